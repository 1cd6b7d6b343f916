/**
 * What a reader of the published pages may conclude about each true count, if no number strays beyond four of its own
 * standard deviations, which follow from the plan. Goes through the functions that make the pages, so it sees what people
 * see.
 */

import { isConversationTotal } from '../../../src/contract/cells.js';
import type { TableShape } from '../../../src/contract/plan.js';
import { MONTH } from '../../../src/contract/plan.js';
import type { PublishedTable, ShownNumber } from '../../../src/contract/statistics.js';
import { cell as cellTerm, estimate, type Table } from '../../../src/statistics/numbers.js';
import type { NoisyPeriod } from '../../../src/statistics/period.js';
import { publishedTableOf, summaryOf } from '../../../src/statistics/present.js';
import { MONTHS, QUARTER, columnsOf, type Layout } from './line.js';
import { countsOnce, knownOf } from './structure.js';

/** The attacker trusts that a number stays within so many standard deviations. */
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
  /** What is known of sums of counts: totals, and what shown numbers leave for hidden ones. */
  readonly sums: readonly (Range & { readonly cells: readonly number[] })[];
}

const free: Range = { low: 0, high: Infinity };

const around = (value: number, reach: number): Range => ({
  low: Math.max(0, value - reach),
  high: value + reach,
});

/** What a number tells that was shown with an error of that deviation, and rounded by so much at most. */
function rangeOf(number: ShownNumber, deviation: number, rounding: number): Range {
  if ('withheld' in number) return free;
  if ('under' in number) return { low: 0, high: number.under + REACH * deviation };
  return around(number.value, rounding + REACH * deviation);
}

const deviationOf = (table: Table, places: readonly number[]): number => {
  const found = estimate(
    table,
    places.map((place) => [cellTerm(place), 1] as const),
  );
  return Math.sqrt(found?.variance ?? Infinity);
};

/** What the cells of a table tell. Where numbers are made to add up, rounding moves each of them by a step at most. */
function cellsOf(page: PublishedTable, table: Table): PageCell[] {
  return page.cells.flat().map((number, place) => {
    const deviation = deviationOf(table, [place]);
    const range = rangeOf(number, deviation, page.step);
    if (!('value' in number)) return { ...range, shown: false, value: null };
    // What is shown was not under the threshold before it was rounded; a total is shown by another one.
    const least = isConversationTotal(table.shape, place) ? 0 : page.threshold - REACH * deviation;
    return { ...range, low: Math.max(range.low, least), shown: true, value: number.value };
  });
}

const valueOf = (number: ShownNumber | null | undefined): number | null =>
  number != null && 'value' in number ? number.value : null;

type Sums = Page['sums'];

function totalsOf(layout: Layout, period: NoisyPeriod): Sums {
  const { totals, sureness } = summaryOf(period);
  const known = knownOf(layout);
  const month = period.kind === 'month' ? period.id : null;
  return (
    [
      ['contacts', 'all'],
      ['conversations', 'conversation'],
    ] as const
  ).flatMap(([of, universe]) => {
    const [shown, sure, cells] = [totals[of], sureness[of], known.total(universe, month)];
    if (shown === null || sure === null || cells === undefined) return [];
    return [{ cells, ...rangeOf(shown, Math.sqrt(sure.sigma2), sure.step) }];
  });
}

/** A line of a table's cells, and the number elsewhere on the page that they add up to. */
interface Line {
  readonly places: readonly number[];
  readonly sum: number | null;
  /** How far the shown numbers together may be rounded from their estimates, in steps. */
  readonly steps: (shown: number) => number;
}

/** By what shown numbers leave of their sum: what the hidden cells of a line hold, as surely as the estimates know it. */
function restsOf(page: PublishedTable, table: Table, lines: readonly Line[], offset: number): Sums {
  const numbers = page.cells.flat();
  return lines.flatMap(({ places, sum, steps }) => {
    const hidden = places.filter((place) => valueOf(numbers[place]) === null);
    const shown = places.flatMap((place) => valueOf(numbers[place]) ?? []);
    if (sum === null || hidden.length === 0) return [];
    const rest = sum - shown.reduce((all, one) => all + one, 0);
    const reach = steps(shown.length) * page.step + REACH * deviationOf(table, hidden);
    return [{ cells: hidden.map((place) => offset + place), ...around(rest, reach) }];
  });
}

/** The numbers that are shown along an axis by its own table; of months their totals. */
function shownAlong(periods: Periods, shape: TableShape, axis: TableShape['rows']): (number | null)[] {
  if (axis.dimension === MONTH)
    return axis.codes.map(({ code }) => {
      const { contacts, conversations } = summaryOf(periods.find(code)).totals;
      return valueOf(shape.universe === 'all' ? contacts : conversations);
    });
  const own = periods.quarter.tables.find(
    ({ shape: { rows, columns, universe } }) =>
      columns === null &&
      rows.dimension === axis.dimension &&
      rows.level === axis.level &&
      universe === shape.universe,
  );
  return own === undefined ? [] : periods.pageOf(own).cells.map(([number]) => valueOf(number));
}

/** The lines of a quarter's table that add up to a number on the page. */
function linesOf(periods: Periods, page: PublishedTable, { shape }: Table): Line[] {
  const { rows, columns, universe } = shape;
  const { totals } = summaryOf(periods.quarter);
  const all = rows.codes.flatMap((_, row) =>
    (columns?.codes ?? [null]).map((_cell, column) => row * columnsOf(shape) + column),
  );
  const whole = valueOf(universe === 'all' ? totals.contacts : totals.conversations);
  const width = columnsOf(shape);
  // Months were rounded with their own periods.
  const together: Line[] =
    countsOnce(shape) && rows.dimension !== MONTH
      ? [{ places: all, sum: whole, steps: (shown) => 2 + (columns === null ? 0 : shown) }]
      : [];
  if (columns === null) return together;
  const along = (axis: TableShape['rows'], other: TableShape['rows'], of: (place: number) => number) =>
    countsOnce({ ...shape, rows: other, columns: null })
      ? shownAlong(periods, shape, axis).map((sum, line): Line => ({
          places: all.filter((place) => of(place) === line),
          sum,
          steps: (shown) => 2 + shown,
        }))
      : [];
  return [
    ...together,
    ...along(rows, columns, (place) => Math.floor(place / width)),
    ...along(columns, rows, (place) => place % width),
  ];
}

/** The periods of a quarter, with their pages, each made once. */
interface Periods {
  readonly quarter: NoisyPeriod;
  readonly find: (id: string) => NoisyPeriod;
  readonly pageOf: (table: Table) => PublishedTable;
}

function periodsOf(all: readonly NoisyPeriod[]): Periods {
  const find = (id: string) => {
    const period = all.find((one) => one.id === id);
    if (period === undefined) throw new Error(`${id} is not published`);
    return period;
  };
  const quarter = find(QUARTER);
  const pages = new Map<Table, PublishedTable>();
  const pageOf = (table: Table) => {
    const page = pages.get(table) ?? publishedTableOf(quarter, table);
    pages.set(table, page);
    return page;
  };
  return { quarter, find, pageOf };
}

function tableIn({ tables }: NoisyPeriod, id: string | undefined): Table {
  const table = tables.find(({ shape }) => shape.id === id);
  if (table === undefined) throw new Error(`${id ?? 'a table'} is not published`);
  return table;
}

/** Reads one table of the quarter; its cells row by row. */
export function readTable(layout: Layout, all: readonly NoisyPeriod[], at: number): PageCell[] {
  const { quarter, pageOf } = periodsOf(all);
  const table = tableIn(quarter, layout.shapes[at]?.id);
  return cellsOf(pageOf(table), table);
}

/** What the pages of a month say of the cells of its row in the tables over months. */
function monthCells(layout: Layout, period: NoisyPeriod, month: number): Sums {
  return period.tables.flatMap((table) => {
    const at = layout.shapes.findIndex(({ id }) => id === table.shape.id);
    const first = (layout.offsets[at] ?? NaN) + month * columnsOf(table.shape);
    return cellsOf(publishedTableOf(period, table), table).map(({ low, high }, place) => ({
      ...{ cells: [first + place], low, high },
    }));
  });
}

/** Reads the pages of a quarter and of its months; the cells in the order of the layout. */
export function readPage(layout: Layout, all: readonly NoisyPeriod[]): Page {
  const periods = periodsOf(all);
  const { quarter, find, pageOf } = periods;
  const tables = layout.shapes.map(({ id }) => tableIn(quarter, id));
  return {
    cells: tables.flatMap((table) => cellsOf(pageOf(table), table)),
    sums: [
      ...totalsOf(layout, quarter),
      ...MONTHS.flatMap((month, at) => [
        ...totalsOf(layout, find(month)),
        ...monthCells(layout, find(month), at),
      ]),
      ...tables.flatMap((table, at) =>
        restsOf(pageOf(table), table, linesOf(periods, pageOf(table), table), layout.offsets[at] ?? 0),
      ),
    ],
  };
}
