/**
 * What a reader of the published pages may conclude about each true count, if noise never strays beyond four
 * standard deviations. Goes through the functions that make the pages, so it sees what people see.
 */
import type { PublishedTable, ShownNumber, Step } from '../../../src/contract/statistics.js';
import type { Estimate, NoisyPeriod, TableEstimates } from '../../../src/statistics/noisy.js';
import { publishedTableOf, summaryOf } from '../../../src/statistics/present.js';
import { MONTHS, QUARTER, columnsOf, sizeOf, type Layout } from './line.js';
import { countsOnce } from './structure.js';

/** The attacker trusts that noise stays within so many standard deviations. */
const REACH = 4;

export interface Range {
  readonly low: number;
  readonly high: number;
}

export interface PageCell extends Range {
  /** Whether a number stands in the cell, rather than "under T" or nothing. */
  readonly shown: boolean;
  readonly value: number | null;
}

export interface Page {
  readonly cells: readonly PageCell[];
  /** Shown sums of cells: totals and remainders. */
  readonly sums: readonly (Range & { readonly cells: readonly number[] })[];
}

const around = (value: number, reach: number): Range => ({
  low: Math.max(0, value - reach),
  high: value + reach,
});

/** What a number tells that was shown with an error of that deviation, and rounded by so much at most. */
function rangeOf(number: ShownNumber, deviation: number, rounding: number): Range {
  if ('withheld' in number) return { low: 0, high: Infinity };
  if ('under' in number) return { low: 0, high: number.under + REACH * deviation };
  return around(number.value, rounding + REACH * deviation);
}

/** How far rounding moves an estimate, which may be any fraction: where numbers were made to add up, a whole step. */
const estimateRounding = (step: Step, addsUp: boolean): number => (addsUp ? step : step / 2);

/**
 * What the cells of a table tell. A number that is shown is the cell's consistent estimate where there is one, whose
 * own deviation follows from the plan and is less than that of the noise; it is shown only where the noisy number
 * reached the threshold too. Under the threshold is a cell of which either was, so there the larger error counts.
 */
function cellsOf(page: PublishedTable, estimates: TableEstimates | undefined): PageCell[] {
  const noise = Math.sqrt(page.sigma2);
  return page.cells.flat().map((cell, place) => {
    if (!('value' in cell)) return { ...rangeOf(cell, noise, 0), shown: false, value: null };
    const { value } = cell;
    // Noisy numbers are whole: in steps of one they are not rounded.
    if (estimates === undefined)
      return { ...rangeOf(cell, noise, page.step === 1 ? 0 : page.step / 2), shown: true, value };
    const deviation = Math.sqrt(estimates.varianceOf([place]));
    const { low, high } = rangeOf(cell, deviation, estimateRounding(page.step, estimates.fitTogether));
    return { low: Math.max(low, page.threshold - REACH * noise), high, shown: true, value };
  });
}

function totalsOf(layout: Layout, period: NoisyPeriod, month: number | null): Page['sums'] {
  const { totals, plan } = summaryOf(period);
  const whole = (universe: 'all' | 'conversation'): readonly number[] | null => {
    const table = layout.shapes.findIndex(
      (shape) =>
        shape.universe === universe &&
        countsOnce(shape) &&
        (month === null || shape.rows.dimension === 'month'),
    );
    const shape = layout.shapes[table];
    if (shape === undefined) return null;
    const cells = Array.from({ length: sizeOf(shape) }, (_, cell) => (layout.offsets[table] ?? 0) + cell);
    const width = columnsOf(shape);
    return month === null ? cells : cells.slice(month * width, (month + 1) * width);
  };
  const sumFor = (shown: ShownNumber | null, estimate: Estimate | null, cells: readonly number[] | null) => {
    if (shown === null || estimate === null || cells === null) return [];
    return [{ cells, ...rangeOf(shown, Math.sqrt(estimate.variance), estimateRounding(plan.step, false)) }];
  };
  return [
    ...sumFor(totals.contacts, period.totals.contacts, whole('all')),
    ...sumFor(totals.conversations, period.totals.conversations, whole('conversation')),
  ];
}

function remaindersOf(
  table: PublishedTable,
  estimates: TableEstimates | undefined,
  offset: number,
): Page['sums'] {
  if (estimates === undefined) return [];
  const width = table.columns?.codes.length ?? 1;
  const lines = table.columns === null ? [table.cells.map(([cell]) => cell)] : table.cells;
  return lines.flatMap((line, index) => {
    const remainder = table.remainders?.[index] ?? null;
    if (remainder === null) return [];
    const hidden = line.flatMap((cell, place) =>
      cell !== undefined && 'under' in cell ? [index * width + place] : [],
    );
    const deviation = Math.sqrt(estimates.varianceOf(hidden));
    const reach = estimateRounding(table.step, true) + REACH * deviation;
    return [{ cells: hidden.map((place) => offset + place), ...around(remainder.value, reach) }];
  });
}

/** Reads the pages of a quarter and of its months; the cells in the order of the layout. */
export function readPage(layout: Layout, periods: readonly NoisyPeriod[]): Page {
  const find = (id: string) => {
    const period = periods.find((one) => one.id === id);
    if (period === undefined) throw new Error(`${id} is not published`);
    return period;
  };
  const quarter = find(QUARTER);
  const pages = layout.shapes.map((shape): PublishedTable => {
    const table = quarter.tables.find((one) => one.shape.id === shape.id);
    if (table === undefined) throw new Error(`${shape.id} is not published`);
    return publishedTableOf(quarter, table);
  });
  const estimates = pages.map(({ table }) => quarter.estimates().get(table));
  const cells = pages.flatMap((page, table) => cellsOf(page, estimates[table]));
  const sums = [
    ...totalsOf(layout, quarter, null),
    ...MONTHS.flatMap((month, index) => totalsOf(layout, find(month), index)),
    ...pages.flatMap((page, table) => remaindersOf(page, estimates[table], layout.offsets[table] ?? 0)),
  ];
  return { cells, sums };
}
