/** Frozen quarters, and what is out of them, in the database. */
import { z } from 'zod';
import type { Day, Month, Period, Quarter } from '../contract/period.js';
import { compileOlderQueries } from '../contract/compile.js';
import { planSchema } from '../contract/plan.js';
import { queriesSchema, writeQueries } from '../contract/queries.js';
import { vocabularySchema } from '../contract/vocabulary.js';
import { CommandError } from '../platform/command-error.js';
import type { Sql, Transaction } from '../platform/database.js';
import { affected, all, maybeOne } from '../platform/statements.js';
import type { FrozenQuarter } from './frozen-quarter.js';

const frozenSchema = z.strictObject({
  plan: planSchema,
  vocabulary: vocabularySchema,
  queries: queriesSchema,
  mark: z.string(),
});

const storedSchema = z.strictObject({
  ...{ plan: z.unknown(), vocabulary: z.unknown(), queries: z.unknown() },
  mark: z.string(),
});

/**
 * A quarter that has begun, as it was frozen; null for one that has not. The mark is a hash of what stands in the
 * database: a plan, a vocabulary or a list of queries that is changed there by hand has another. Throws CommandError where it is not even one any more.
 */
export async function findQuarter(keeper: Sql, quarter: Quarter): Promise<FrozenQuarter | null> {
  const found = await maybeOne(
    keeper,
    storedSchema,
    `SELECT plan, vocabulary, queries,
       encode(sha256(convert_to(plan::text || vocabulary::text || queries::text, 'UTF8')), 'hex') AS mark
     FROM published.quarter_plan WHERE quarter = $1`,
    [quarter],
  );
  if (found === null) return null;
  const { data } = frozenSchema.safeParse(found);
  if (data === undefined)
    throw new CommandError(
      `The plan or vocabulary of ${quarter} is not what the quarter began with. Nothing was counted or closed. Put the database back as it was.`,
    );
  return { quarter, ...data };
}

/** The quarters that have begun by the desk's record and are not frozen yet. */
export async function begunUnfrozen(keeper: Sql): Promise<Quarter[]> {
  const rows = await all(
    keeper,
    z.strictObject({ quarter: z.string() }),
    'SELECT quarter FROM desk.begun_quarter EXCEPT SELECT quarter FROM published.quarter_plan',
  );
  return rows.map(({ quarter }) => quarter);
}

/**
 * The rules by which what a quarter publishes is shown. 1: its cells are its queries, with one variance, as version 0.1
 * showed them; 2: its numbers are estimates from all its queries, each with a variance of its own.
 */
const DISPLAY_RULES = 2;

/** Freezes a quarter. */
export async function insertQuarter(
  transaction: Transaction,
  { quarter, plan, vocabulary, queries }: Omit<FrozenQuarter, 'mark'>,
): Promise<void> {
  await affected(
    transaction,
    'INSERT INTO published.quarter_plan (quarter, plan, vocabulary, queries, display_rules) VALUES ($1, $2, $3, $4, $5)',
    [quarter, JSON.stringify(plan), JSON.stringify(vocabulary), writeQueries(queries), DISPLAY_RULES],
  );
}

/** Forgets that a quarter began. */
export async function deleteQuarter(transaction: Transaction, quarter: Quarter): Promise<void> {
  await affected(transaction, 'DELETE FROM published.quarter_plan WHERE quarter = $1', [quarter]);
}

/** Gives the quarters that version 0.1 began their list of queries: its own, one a cell, with its own variance. */
export async function compileOlder(owner: Sql): Promise<void> {
  const older = await all(
    owner,
    z.strictObject({ quarter: z.string(), plan: planSchema, vocabulary: vocabularySchema }),
    'SELECT quarter, plan, vocabulary FROM published.quarter_plan WHERE queries IS NULL',
  );
  for (const { quarter, plan, vocabulary } of older)
    await affected(owner, 'UPDATE published.quarter_plan SET queries = $2 WHERE quarter = $1', [
      quarter,
      writeQueries(compileOlderQueries(plan, vocabulary, quarter)),
    ]);
}

/** Which of these periods are out. */
export async function publishedAmong(keeper: Sql, periods: readonly Period[]): Promise<Set<Period>> {
  const rows = await all(
    keeper,
    z.strictObject({ id: z.string() }),
    'SELECT id FROM published.period WHERE id = ANY($1::text[])',
    [periods],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Whether a month's or a quarter's numbers are out. */
export const isPublished = async (keeper: Sql, period: Period): Promise<boolean> =>
  (await publishedAmong(keeper, [period])).has(period);

/** A period, and the noisy answers to its queries in their order. */
interface Publication {
  readonly period: Period;
  readonly kind: 'month' | 'quarter';
  readonly quarter: Quarter;
  readonly today: Day;
  readonly noisy: readonly number[];
}

/** Publishes a period, once: the keys of both tables refuse a second time. */
export async function publish(
  transaction: Transaction,
  { period, kind, quarter, today, noisy }: Publication,
): Promise<void> {
  await affected(
    transaction,
    'INSERT INTO published.period (id, kind, quarter, published_on) VALUES ($1, $2, $3, $4)',
    [period, kind, quarter, today],
  );
  await affected(
    transaction,
    `INSERT INTO published.noisy_answer (period, query, noisy)
     SELECT $1, place - 1, noisy FROM unnest($2::bigint[]) WITH ORDINALITY AS answer (noisy, place)`,
    [period, noisy],
  );
}

/** Notes that a quarter's counters began anew on a day. */
export async function noteCountedFrom(transaction: Transaction, quarter: Quarter, day: Day): Promise<void> {
  await affected(transaction, 'UPDATE published.quarter_plan SET counted_from = $2 WHERE quarter = $1', [
    quarter,
    day,
  ]);
}

/** Which of these months have had an import. */
export async function importedAmong(keeper: Sql, months: readonly Month[]): Promise<Month[]> {
  const rows = await all(
    keeper,
    z.strictObject({ month: z.string() }),
    'SELECT month FROM published.imported_month WHERE month = ANY($1::text[]) ORDER BY month',
    [months],
  );
  return rows.map(({ month }) => month);
}

/** Notes that months have had an import. */
export async function noteImported(transaction: Transaction, months: readonly Month[]): Promise<void> {
  await affected(
    transaction,
    'INSERT INTO published.imported_month (month) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING',
    [months],
  );
}

/** Forgets that months have had an import: what was imported is gone. */
export async function forgetImported(transaction: Transaction, months: readonly Month[]): Promise<void> {
  await affected(transaction, 'DELETE FROM published.imported_month WHERE month = ANY($1::text[])', [months]);
}
