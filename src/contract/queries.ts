/**
 * What is asked of a quarter's calls: a plan compiles to a list of queries with whole-number weights and a variance
 * each, and what is counted, drawn and published follows from that list alone. Pure; nothing here looks at a call.
 * Source: the design's protection rules ("Plan and queries").
 */
import { z } from 'zod';
import { monthSchema, monthsOfQuarter, type Month, type Quarter } from './period.js';
import {
  exact,
  MAX_RHO,
  MONTH,
  planSigma2,
  tableShapes,
  type Plan,
  type Rational,
  type TableShape,
} from './plan.js';
import type { Vocabulary } from './vocabulary.js';

/** The calls that a query's `universe` counts; `other` is what was no conversation. */
export const universes = ['all', 'conversation', 'other'] as const;
export type QueryUniverse = (typeof universes)[number];

/**
 * One query. Its answer is `cell` x (calls in one cell of the table) + `margin` x (calls in the cell's row, each once)
 * + `universe` x (calls of the universe `of`), plus noise of variance `sigma2`. A total has no table, row and column.
 */
export interface Query {
  readonly table: string | null;
  /** 0-based, in the order of the API; the row is that of the quarter's table, also where a month publishes it. */
  readonly row: number | null;
  readonly column: number | null;
  /** Whose calls alone are asked about, and with which the answer is published; null: the whole quarter. */
  readonly month: Month | null;
  readonly cell: number;
  readonly margin: number;
  readonly universe: number;
  readonly of: QueryUniverse;
  readonly sigma2: Rational;
}

const fractionSchema = z
  .string()
  .regex(/^[1-9]\d{0,39}(\/[1-9]\d{0,39})?$/)
  .transform((text): Rational => {
    const [numerator = '1', denominator = '1'] = text.split('/');
    return { numerator: BigInt(numerator), denominator: BigInt(denominator) };
  });

const placeSchema = z.int().min(0).nullable();
const weightSchema = z.int().min(-1_000).max(1_000);

/** Queries as they stand in the database, frozen with their quarter; `writeQueries` writes them. */
export const queriesSchema = z.array(
  z.strictObject({
    table: z.string().nullable(),
    row: placeSchema,
    column: placeSchema,
    month: monthSchema.nullable(),
    cell: weightSchema,
    margin: weightSchema,
    universe: weightSchema,
    of: z.enum(universes),
    sigma2: fractionSchema,
  }),
) satisfies z.ZodType<readonly Query[]>;

/** A variance as it is written down: whole, or a fraction. */
export const writeRational = ({ numerator, denominator }: Rational): string =>
  denominator === 1n ? String(numerator) : `${numerator}/${denominator}`;

/** Queries as JSON, to be read back by `queriesSchema`. */
export const writeQueries = (queries: readonly Query[]): string =>
  JSON.stringify(queries.map((query) => ({ ...query, sigma2: writeRational(query.sigma2) })));

/** The queries of one table: each cell once. The rows of a month table are published month by month. */
function cellQueries(
  { id, rows, columns, universe }: TableShape,
  months: readonly Month[],
  sigma2: Rational,
): Query[] {
  const width = columns?.codes.length ?? 1;
  return rows.codes.flatMap((_, row) =>
    Array.from({ length: width }, (_cell, column) => ({
      table: id,
      row,
      column,
      month: rows.dimension === MONTH ? (months[row] ?? null) : null,
      cell: 1,
      margin: 0,
      universe: 0,
      of: universe,
      sigma2,
    })),
  );
}

/**
 * The list of queries that a quarter's plan compiles to, table by table, row by row. The variance is the plan's own
 * unless another one is given: that of a quarter which an older version began.
 */
export function compileQueries(
  plan: Plan,
  vocabulary: Vocabulary,
  quarter: Quarter,
  sigma2: Rational = querySigma2(plan, vocabulary),
): Query[] {
  const months = monthsOfQuarter(quarter);
  return tableShapes(plan, vocabulary, quarter).flatMap((shape) => cellQueries(shape, months, sigma2));
}

/** Noise comes in two shares, and the sum of two discrete Gaussians is a little less private than one of their variance. */
const LEAST_SIGMA2 = 2n;
const ENLARGED_BELOW = 4n;

/**
 * A variance that keeps to rho as the sum of two shares: at least 2, and between 2 and 4 enlarged by a thousandth.
 * Source: Kairouz, Liu and Steinke 2021, arXiv 2102.06387, on sums of discrete Gaussians.
 */
export function forTwoShares({ numerator, denominator }: Rational): Rational {
  if (numerator < LEAST_SIGMA2 * denominator)
    return forTwoShares({ numerator: LEAST_SIGMA2, denominator: 1n });
  if (numerator >= ENLARGED_BELOW * denominator) return { numerator, denominator };
  return { numerator: numerator * 1_001n, denominator: denominator * 1_000n };
}

/** The variance of each query of a plan. */
export const querySigma2 = (plan: Plan, vocabulary: Vocabulary): Rational =>
  forTwoShares(planSigma2(plan, vocabulary));

const zero: Rational = { numerator: 0n, denominator: 1n };

/** The sum; a denominator that the other already holds is kept, so that a long sum of few variances stays short. */
function plus(a: Rational, b: Rational): Rational {
  if (a.denominator % b.denominator === 0n)
    return {
      numerator: a.numerator + b.numerator * (a.denominator / b.denominator),
      denominator: a.denominator,
    };
  return {
    numerator: a.numerator * b.denominator + b.numerator * a.denominator,
    denominator: a.denominator * b.denominator,
  };
}

const isAtMost = (a: Rational, b: Rational): boolean =>
  a.numerator * b.denominator <= b.numerator * a.denominator;

const dearestFirst = (a: Rational, b: Rational): number => (isAtMost(a, b) ? (isAtMost(b, a) ? 0 : 1) : -1);

const square = (moved: number): bigint => BigInt(moved) ** 2n;

/** What a query costs that a call moves: the square of by how much, over twice the variance. */
const costOf = (squared: bigint, { numerator, denominator }: Rational): Rational => ({
  numerator: squared * denominator,
  denominator: 2n * numerator,
});

/** The square of what a call moves at most that does not enter the query's cell. */
const passing = ({ margin, universe }: Query): bigint => square(Math.abs(margin) + Math.abs(universe));

/**
 * The square of what a call moves at most that enters the query's cell, and its row with it. It is sure to be in the
 * query's universe only where that is everybody or the table's own: else the weights need not cancel.
 */
function entering({ cell, margin, universe, of }: Query, table: TableShape | undefined): bigint {
  const together = square(cell + margin + universe);
  if (of === 'all' || of === table?.universe) return together;
  const apart = square(cell + margin);
  return apart > together ? apart : together;
}

/**
 * The most that one call spends on the queries of one table, of which it enters `cost` cells at most. A cell that
 * several queries ask about is entered in all of them.
 */
function mostSpent(queries: readonly Query[], table: TableShape | undefined): Rational {
  const added = new Map<string, Rational>();
  for (const query of queries) {
    const place = `${query.row} ${query.column}`;
    const more = costOf(entering(query, table) - passing(query), query.sigma2);
    added.set(place, plus(added.get(place) ?? zero, more));
  }
  const dearest = [...added.values()]
    .filter(({ numerator }) => numerator > 0n)
    .toSorted(dearestFirst)
    .slice(0, table?.cost);
  const passed = queries.map((query) => costOf(passing(query), query.sigma2));
  return [...passed, ...dearest].reduce(plus, zero);
}

/** What a list of queries spends at most: on one call, and on which of two stories a call told. */
interface Spending {
  readonly call: Rational;
  readonly story: Rational;
}

/**
 * The spending of a list of queries, table by table, so that it does not depend on which answers go together; `shapes`
 * are the plan's tables. For the weights of one sign that two calls share nothing of, two stories are as dear as both
 * calls together; where weights have different signs, twice as dear at most.
 */
export function spendingOf(queries: readonly Query[], shapes: readonly TableShape[]): Spending {
  const tables = new Set(queries.map(({ table }) => table));
  return [...tables].reduce<Spending>(
    (sum, table) => {
      const own = queries.filter((query) => query.table === table);
      const call = mostSpent(
        own,
        shapes.find(({ id }) => id === table),
      );
      const mixed = own.some(({ cell, margin, universe }) => Math.min(cell, margin, universe) < 0);
      const factor = mixed ? 4n : 2n;
      const story = { numerator: call.numerator * factor, denominator: call.denominator };
      return { call: plus(sum.call, call), story: plus(sum.story, story) };
    },
    { call: zero, story: zero },
  );
}

/** Whether a place is one of so many; none at all only where nothing is asked that needs one. */
const isPlace = (place: number | null, places: number, needed: boolean): boolean =>
  place === null ? !needed : place < places;

const asksNothing = ({ cell, margin, universe }: Query): boolean =>
  cell === 0 && margin === 0 && universe === 0;

/** Whether a query asks of a cell that its table has; a total asks of none. */
function isPlaced({ row, column, cell, margin }: Query, table: TableShape | null): boolean {
  const [rows, columns] =
    table === null ? [0, 0] : [table.rows.codes.length, table.columns?.codes.length ?? 1];
  return isPlace(row, rows, cell !== 0 || margin !== 0) && isPlace(column, columns, cell !== 0);
}

/** Whether a query asks something, of a table that the plan has and a cell that the table has. */
function isAskable(query: Query, shapes: readonly TableShape[]): boolean {
  const table = query.table === null ? null : shapes.find(({ id }) => id === query.table);
  return table !== undefined && !asksNothing(query) && isPlaced(query, table);
}

/**
 * Whether a list of queries keeps both budgets, decided exactly: rho for one call, 2 rho for two stories. Never for a
 * rho above 0.5, and not for a list with a query that asks nothing, or of a table or cell the plan does not have.
 */
export function withinBudgets(
  queries: readonly Query[],
  shapes: readonly TableShape[],
  rho: number,
): boolean {
  if (!(rho > 0) || rho > MAX_RHO) return false;
  if (!queries.every((query) => isAskable(query, shapes))) return false;
  const { call, story } = spendingOf(queries, shapes);
  const limit = exact(rho);
  return isAtMost(call, limit) && isAtMost(story, { ...limit, numerator: 2n * limit.numerator });
}
