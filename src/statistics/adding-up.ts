/**
 * The shown cells of a table. Where the period has consistent estimates they take the place of the noisy numbers,
 * rounded so that what is shown adds up: the cells of a table and one remainder to the shown total, in a cross table
 * those of each row and a remainder to the row's number in its own table, and a column shown whole to its number.
 * Which rows are shown the noisy numbers decide; a cell stays under the threshold when noisy number or estimate is.
 * Pure.
 */
import type { Axis, TableShape } from '../contract/plan.js';
import type { Remainder, ShownNumber } from '../contract/statistics.js';
import { CONVERSATION, KIND } from '../contract/vocabulary.js';
import { roundTogether, quantise } from './controlled.js';
import type { NoisyPeriod, NoisyTable, TableEstimates } from './noisy.js';
import {
  showCells,
  showNumber,
  thresholdFor,
  uncertaintyOf,
  type DisplayRule,
  type Margins,
} from './show.js';
import { estimatedValue } from './totals.js';

/** The cells of a table, with one remainder, or one for each row of a cross table; null where nothing adds up. */
export interface ShownCells {
  readonly cells: ShownNumber[][];
  readonly remainders: (Remainder | null)[] | null;
}

/** Threshold and step of the numbers of a period, or of one table of it. */
export const ruleOf = ({ step }: NoisyPeriod, { sigma2 }: { readonly sigma2: number }): DisplayRule => ({
  threshold: thresholdFor(sigma2, step),
  step,
});

/** A total of a period as it is shown; null where its tables do not give it. */
export function shownTotal(period: NoisyPeriod, total: 'contacts' | 'conversations'): ShownNumber | null {
  const estimate = period.totals[total];
  return estimate === null ? null : showNumber(estimatedValue(estimate), ruleOf(period, period));
}

const valueOf = (number: ShownNumber | null | undefined): number | null =>
  number != null && 'value' in number ? number.value : null;

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

/** The period's one-way table over an axis of a table, of the same universe. */
function oneWayTable(period: NoisyPeriod, axis: Axis, { universe }: TableShape): NoisyTable | undefined {
  return period.tables.find(
    ({ shape: { rows, columns, universe: own } }) =>
      columns === null && rows.dimension === axis.dimension && rows.level === axis.level && own === universe,
  );
}

/**
 * The noisy margin of each row of a cross table: the period's own one-way table over the same rows, or else the
 * sum of the row's cells. Where a call may be in several of a row's cells that sum is larger than the group and
 * would hide that all of it is in one cell: without a published margin every row is withheld. Null for a table
 * without columns.
 */
function marginsOf(period: NoisyPeriod, table: NoisyTable): Margins | null {
  const { shape, noisy, sigma2 } = table;
  if (shape.columns === null) return null;
  const margins = oneWayTable(period, shape.rows, shape);
  // A published margin less a cell is the difference of two noisy numbers.
  if (margins !== undefined) return { values: margins.noisy.map(sumOf), restVariance: 2 * sigma2 };
  if (shape.columns.several) return { values: noisy.map(() => 0), restVariance: 2 * sigma2 };
  // A sum less one of its cells is the sum of the others: every column adds its noise, and enough of them would
  // lift a row that is all in one cell over the threshold of two.
  const others = shape.columns.codes.length - 1;
  return { values: noisy.map(sumOf), restVariance: Math.max(2, others) * sigma2 };
}

/** The numbers shown along an axis in its own table, where those fit together; null for what is not shown. */
function shownAlong(period: NoisyPeriod, axis: Axis, { shape }: NoisyTable): (number | null)[] {
  const table = oneWayTable(period, axis, shape);
  const fits = table !== undefined && period.estimates().get(table.shape.id)?.fitTogether === true;
  return fits ? shownCells(period, table).cells.map(([cell]) => valueOf(cell)) : [];
}

/** Cells that are to add up to a sum along a line, by their places in the table; a null sum is not shown. */
interface Line {
  readonly places: readonly number[];
  readonly sum: number | null;
  /** Cells that are rounded elsewhere. */
  readonly fixed: ReadonlyMap<number, number>;
}

/** The one line of a one-way table: to the total. The conversations among the kinds are that total itself. */
function wholeLine(period: NoisyPeriod, { rows, universe }: TableShape): Line {
  const places = rows.codes.map((_, place) => place);
  const sum = valueOf(shownTotal(period, universe === 'all' ? 'contacts' : 'conversations'));
  const conversations = valueOf(shownTotal(period, 'conversations'));
  const place = rows.codes.findIndex(({ code }) => code === CONVERSATION);
  if (universe !== 'all' || rows.dimension !== KIND || place === -1 || conversations === null)
    return { places, sum, fixed: new Map() };
  return { places, sum, fixed: new Map([[place, conversations]]) };
}

/** The lines of a table whose cells add up along them; where a call may have no code there is no sum to meet. */
function linesOf(period: NoisyPeriod, table: NoisyTable, { answeredByAll }: TableEstimates): Line[] {
  const { rows, columns } = table.shape;
  if (columns === null) {
    const line = wholeLine(period, table.shape);
    return [answeredByAll.rows ? line : { ...line, sum: null }];
  }
  const sums = answeredByAll.columns ? shownAlong(period, rows, table) : [];
  return rows.codes.map((_, row) => ({
    places: columns.codes.map((_code, column) => row * columns.codes.length + column),
    sum: sums[row] ?? null,
    fixed: new Map(),
  }));
}

/** The numbers that whole columns must add up to; null for a column with a cell that is not shown. */
function columnSums(
  period: NoisyPeriod,
  table: NoisyTable,
  { answeredByAll }: TableEstimates,
  cells: readonly ShownNumber[][],
) {
  const { columns } = table.shape;
  if (columns === null || !answeredByAll.rows) return [];
  return shownAlong(period, columns, table).map((sum, column) =>
    cells.every((row) => valueOf(row[column]) !== null) ? sum : null,
  );
}

/** A line with what is known of its cells before rounding. */
interface OpenLine {
  readonly places: readonly number[];
  /** Shown cells that are rounded elsewhere, and what they leave of the sum. */
  readonly fixed: ReadonlyMap<number, number>;
  readonly rest: number | null;
  /** The cells under the threshold, and what they hold together. */
  readonly hidden: readonly number[];
  readonly remainder: number;
}

function openLine(
  { places, sum, fixed }: Line,
  numbers: readonly ShownNumber[],
  estimates: readonly number[],
): OpenLine {
  const known = [...fixed].filter(([place]) => valueOf(numbers[place]) !== null);
  const hidden = places.filter((place) => 'under' in (numbers[place] ?? {}));
  return {
    places,
    fixed: new Map(known),
    rest: sum === null ? null : sum - sumOf(known.map(([, value]) => value)),
    hidden,
    remainder: sumOf(hidden.map((place) => estimates[place] ?? 0)),
  };
}

/** Rounds the cells that are shown so that they add up. */
function addUp(
  period: NoisyPeriod,
  table: NoisyTable,
  shown: readonly ShownNumber[][],
  estimated: TableEstimates,
): ShownCells {
  const { threshold, step } = ruleOf(period, table);
  const [numbers, estimates] = [shown.flat(), estimated.cells.flat().map(quantise)];
  const lines = linesOf(period, table, estimated).map((line) => openLine(line, numbers, estimates));
  const inSteps = (number: number | null) => (number === null ? null : number / step);
  const toRound = lines.map(({ places, fixed, rest, hidden, remainder }) => {
    const items = places.map((place) =>
      valueOf(numbers[place]) === null || fixed.has(place) ? null : (estimates[place] ?? 0),
    );
    // What is hidden is rounded as one number, the last; without a sum to fill up there is none.
    const last = rest === null || hidden.length === 0 ? null : remainder;
    return { items: [...items, last].map(inSteps), sum: inSteps(rest) };
  });
  const rounded = roundTogether(toRound, columnSums(period, table, estimated, shown).map(inSteps));
  const values = new Map(
    lines.flatMap(({ places, fixed }, line) =>
      places.map((place, item) => [place, fixed.get(place) ?? (rounded[line]?.[item] ?? 0) * step] as const),
    ),
  );
  const width = shown[0]?.length ?? 0;
  return {
    cells: shown.map((row, i) =>
      row.map((number, j) => ('value' in number ? { value: values.get(i * width + j) ?? 0 } : number)),
    ),
    remainders: lines.map(({ hidden, remainder }, line) => {
      const value = rounded[line]?.at(-1) ?? null;
      if (value === null || hidden.length < 2 || remainder < threshold) return null;
      return { value: value * step, uncertainty: uncertaintyOf(estimated.varianceOf(hidden), step) };
    }),
  };
}

/** The cells of a table as they may be shown, and what remains of their sums. */
export function shownCells(period: NoisyPeriod, table: NoisyTable): ShownCells {
  const { shape, noisy, sigma2 } = table;
  const byNoise = showCells(noisy, marginsOf(period, table), sigma2, period.step);
  const estimates = period.estimates().get(shape.id);
  if (estimates === undefined) return { cells: byNoise, remainders: null };
  const rule = ruleOf(period, table);
  const cells = byNoise.map((row, i) =>
    row.map((number, j) =>
      'value' in number ? showNumber(quantise(estimates.cells[i]?.[j] ?? 0), rule) : number,
    ),
  );
  return estimates.fitTogether ? addUp(period, table, cells, estimates) : { cells, remainders: null };
}

/** The variance of the least certain cell of a table: one figure for all of them. */
export function largestVariance(period: NoisyPeriod, { shape, noisy, sigma2 }: NoisyTable): number {
  const estimates = period.estimates().get(shape.id);
  if (estimates === undefined) return sigma2;
  return Math.max(...noisy.flat().map((_, place) => estimates.varianceOf([place])));
}
