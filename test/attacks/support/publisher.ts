/**
 * A way to publish what calls were, and Tyst as one, through the functions it counts, draws and publishes with. Each says
 * what it put out, how likely that was for a given true answer (an attacker knows the method), and what a reader may conclude
 * from it about each count.
 */
import { MONTH, toNumber } from '../../../src/contract/plan.js';
import { drawShares, type RandomSource } from '../../../src/keeping/noise.js';
import { cellValues } from '../../../src/statistics/numbers.js';
import {
  assemblePeriods,
  type ClosedPeriod,
  type DisplayRules,
  type PlannedQuarter,
} from '../../../src/statistics/periods.js';
import type { NoisyPeriod } from '../../../src/statistics/period.js';
import { MONTHS, QUARTER, vocabulary, type Call, type Layout } from './line.js';
import { addedUp, movesUnder, type Moves } from './moves.js';
import { readPage, readTable, type Page, type PageCell } from './page.js';

/** Some of the numbers that are published, by their places, and by how much a call moves each of them. */
export interface Counting {
  readonly places: readonly number[];
  readonly movesOf: (call: Call) => Moves;
}

export interface Publisher {
  readonly name: string;
  /** Of everything that is published, or of what the answer to one question can move. */
  readonly counting: (layout: Layout, question?: string) => Counting;
  /** One published number for each place, NaN where none is shown. `records` holds what each call moves. */
  readonly publish: (layout: Layout, records: readonly Moves[], random: RandomSource) => number[];
  /** log P(published | true answer) of the number at a place, up to a constant that does not depend on the answer. */
  readonly logLikelihood: (layout: Layout) => (place: number, published: number, answer: number) => number;
  /** The standard deviation that the number at a place is said to have. */
  readonly deviations: (layout: Layout) => readonly number[];
  /** The best that can be made of each cell, unrounded. */
  readonly cells: (layout: Layout, published: readonly number[]) => number[];
  readonly page: (layout: Layout, published: readonly number[]) => Page;
  /** The cells of one table of the page. */
  readonly table: (layout: Layout, published: readonly number[], table: number) => PageCell[];
}

/** What the keeper stores of the answers of a quarter: each month's, then the quarter's own. */
export function plannedQuarter(
  { plan, queries }: Pick<Layout, 'plan' | 'queries'>,
  answers: readonly number[],
  quarter = QUARTER,
): PlannedQuarter {
  const of = (id: string | null): ClosedPeriod => ({
    publishedOn: '2027-01-07',
    answers: answers.filter((_, query) => queries[query]?.month === id),
  });
  const closed = new Map([...MONTHS.map((month) => [month, of(month)] as const), [quarter, of(null)]]);
  const displayRules: DisplayRules = 2;
  return { quarter, plan, vocabulary, queries, displayRules, countedFrom: null, closed };
}

const periodsOf = (layout: Layout, published: readonly number[]): NoisyPeriod[] =>
  assemblePeriods([plannedQuarter(layout, published)]);

/** The places of the queries about tables that ask a question; of months those that are asked month by month. */
function asking({ shapes, queries }: Layout, question: string): number[] {
  const tables = new Set(
    shapes
      .filter(({ rows, columns }) => rows.dimension === question || columns?.dimension === question)
      .map(({ id }) => id),
  );
  return queries.flatMap(({ table, month }, place) =>
    tables.has(table ?? '') || (question === MONTH && month !== null) ? [place] : [],
  );
}

/** The answers with their noise, as the keeper draws it: a first share when it begins to count, a second at the close. */
export const tyst: Publisher = {
  name: 'Tyst',
  counting(layout, question) {
    const { plan, queries } = layout;
    const places = question === undefined ? [...queries.keys()] : asking(layout, question);
    const own = places.flatMap((place) => queries[place] ?? []);
    const ids = new Set(own.map(({ table }) => table));
    const tables = plan.tables.filter(({ id }) => ids.has(id));
    return { places, movesOf: movesUnder({ ...plan, tables }, own) };
  },
  publish({ queries }, records, random) {
    const variances = queries.map(({ sigma2 }) => sigma2);
    const [first, second] = [drawShares(variances, random), drawShares(variances, random)];
    return Array.from(
      addedUp(queries.length, records),
      (answer, query) => (first[query] ?? NaN) + answer + (second[query] ?? NaN),
    );
  },
  logLikelihood({ queries }) {
    const scales = queries.map(({ sigma2 }) => -1 / (2 * toNumber(sigma2)));
    return (place, published, answer) => (scales[place] ?? NaN) * (published - answer) ** 2;
  },
  deviations: ({ queries }) => queries.map(({ sigma2 }) => Math.sqrt(toNumber(sigma2))),
  cells(layout, published) {
    const tables = periodsOf(layout, published).find(({ id }) => id === QUARTER)?.tables ?? [];
    return layout.shapes.flatMap((shape) => {
      const table = tables.find((one) => one.shape.id === shape.id);
      return table === undefined ? [] : cellValues(table);
    });
  },
  page: (layout, published) => readPage(layout, periodsOf(layout, published)),
  table: (layout, published, table) => readTable(layout, periodsOf(layout, published), table),
};
