/**
 * What may be shown: a pure function of noisy numbers and the variance of their noise, so that the same noisy
 * numbers give the same page whatever the true counts were. Source: the design's protection rules ("What may be
 * shown"). The noise is what protects a call; threshold, step and withholding are for reading and for groups.
 */
import { showNumber, thresholdFor } from '../contract/display.js';
import type { ShownNumber, Step } from '../contract/statistics.js';

// The part that follows from the plan alone is shared with the web app.
export {
  displayRuleFor,
  showNumber,
  stepFor,
  thresholdFor,
  uncertaintyOf,
  type DisplayRule,
} from '../contract/display.js';

/** A row of a cross table with fewer calls than this says too much about too few people. */
const MIN_MARGIN = 50;

/** How many calls each row of a cross table holds, by its noisy numbers. */
export interface Margins {
  readonly values: readonly number[];
  /** The variance of a margin less one of the row's cells. */
  readonly restVariance: number;
}

/** Whether a row of a cross table may be shown: enough calls, and not (nearly) all of them in one cell. */
function rowIsOpen(cells: readonly number[], margin: number, leastRest: number): boolean {
  return margin >= MIN_MARGIN && margin - Math.max(...cells) >= leastRest;
}

/**
 * The cells of one table as they may be shown. `noisy` is rows x columns; `margins` those of its rows in a cross
 * table, null in a table without columns, where nothing is withheld; sigma2 is the variance of one cell's noise.
 */
export function showCells(
  noisy: readonly (readonly number[])[],
  margins: Margins | null,
  sigma2: number,
  step: Step,
): ShownNumber[][] {
  const rule = { threshold: thresholdFor(sigma2, step), step };
  if (margins === null) return noisy.map((row) => row.map((cell) => showNumber(cell, rule)));
  const leastRest = thresholdFor(margins.restVariance, step);
  return noisy.map((row, index) =>
    rowIsOpen(row, margins.values[index] ?? 0, leastRest)
      ? row.map((cell) => showNumber(cell, rule))
      : row.map(() => ({ withheld: true as const })),
  );
}
