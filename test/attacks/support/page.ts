/**
 * What a reader of the published pages may conclude about each true count, if noise never strays beyond four
 * standard deviations. Goes through the functions that make the pages, so it sees what people see.
 */
import type { PublishedTable, ShownNumber, Step } from '../../../src/contract/statistics.js';
import type { Estimate, NoisyPeriod } from '../../../src/statistics/noisy.js';
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

function rangeOf(number: ShownNumber, deviation: number, rounding: number): Range {
  if ('withheld' in number) return { low: 0, high: Infinity };
  if ('under' in number) return { low: 0, high: number.under + REACH * deviation };
  const reach = rounding + REACH * deviation;
  return { low: Math.max(0, number.value - reach), high: number.value + reach };
}

/** Remainders stand in tables whose numbers were rounded to add up; then a number may be a whole step off. */
const roundingOf = (step: Step, addsUp: boolean): number => {
  if (step === 1) return 0;
  return addsUp ? step : step / 2;
};

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
    return [{ cells, ...rangeOf(shown, Math.sqrt(estimate.variance), roundingOf(plan.step, false)) }];
  };
  return [
    ...sumFor(totals.contacts, period.totals.contacts, whole('all')),
    ...sumFor(totals.conversations, period.totals.conversations, whole('conversation')),
  ];
}

function remaindersOf(table: PublishedTable, offset: number): Page['sums'] {
  const width = table.columns?.codes.length ?? 1;
  const lines = table.columns === null ? [table.cells.map(([cell]) => cell)] : table.cells;
  return lines.flatMap((line, index) => {
    const remainder = table.remainders?.[index] ?? null;
    if (remainder === null) return [];
    const hidden = line.flatMap((cell, place) =>
      cell !== undefined && 'under' in cell ? [offset + index * width + place] : [],
    );
    // The uncertainty is 1.96 standard deviations, rounded up: more than the attacker needs, never less.
    const reach = table.step + (REACH / 1.96) * remainder.uncertainty;
    return [{ cells: hidden, low: Math.max(0, remainder.value - reach), high: remainder.value + reach }];
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
  const cells = pages.flatMap((page) => {
    const rounding = roundingOf(page.step, page.remainders !== undefined);
    return page.cells.flat().map((cell) => ({
      ...rangeOf(cell, Math.sqrt(page.sigma2), rounding),
      shown: 'value' in cell,
      value: 'value' in cell ? cell.value : null,
    }));
  });
  const sums = [
    ...totalsOf(layout, quarter, null),
    ...MONTHS.flatMap((month, index) => totalsOf(layout, find(month), index)),
    ...pages.flatMap((page, table) => remaindersOf(page, layout.offsets[table] ?? 0)),
  ];
  return { cells, sums };
}
