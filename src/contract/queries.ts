/**
 * What is asked of a quarter's calls: a list of queries with whole-number weights and a variance each. What is counted,
 * drawn and published follows from that list alone; a plan compiles to it in compile.ts, and spending.ts says what it
 * costs. Pure; nothing here looks at a call. Source: the design's protection rules ("Plan and queries").
 */
import { z } from 'zod';
import { monthSchema, type Month } from './period.js';
import { isAtMost, writeRational, type Rational } from './rational.js';

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

/** Queries as JSON, to be read back by `queriesSchema`; equal lists are equal texts. */
export const writeQueries = (queries: readonly Query[]): string =>
  JSON.stringify(
    queries.map(({ table, row, column, month, cell, margin, universe, of, sigma2 }) => ({
      ...{ table, row, column, month, cell, margin, universe, of },
      sigma2: writeRational(sigma2),
    })),
  );

/** Noise comes in two shares, and the sum of two discrete Gaussians is a little less private than one of their variance. */
export const LEAST_SIGMA2: Rational = { numerator: 2n, denominator: 1n };
const ENLARGED_BELOW: Rational = { numerator: 4n, denominator: 1n };

/**
 * A variance that keeps to rho as the sum of two shares: at least 2, and between 2 and 4 enlarged by a thousandth.
 * Source: Kairouz, Liu and Steinke 2021, arXiv 2102.06387, on sums of discrete Gaussians.
 */
export function forTwoShares(sigma2: Rational): Rational {
  if (isAtMost(ENLARGED_BELOW, sigma2)) return sigma2;
  const { numerator, denominator } = isAtMost(sigma2, LEAST_SIGMA2) ? LEAST_SIGMA2 : sigma2;
  return { numerator: numerator * 1_001n, denominator: denominator * 1_000n };
}
