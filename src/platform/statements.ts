/**
 * Statements that are more than a repository says: with a lock, with work of the database's own, or over several
 * tables. Each says how many rows it gives and what is in one, and both are checked. For stores alone.
 */
import type { QueryRunner } from 'typeorm';
import { z } from 'zod';
import type { Sql } from './database.js';

/** What a bytea arrives as. */
export const bytesSchema = z.instanceof(Buffer);

/** Without this the driver's answer is a list of rows for some verbs, and a list and a number for others. */
const STRUCTURED = true;

interface Answer {
  readonly rows: readonly unknown[];
  readonly affected: number;
}

async function answerOf(
  runner: QueryRunner,
  statement: string,
  parameters: readonly unknown[],
): Promise<Answer> {
  const { records, affected } = await runner.query(statement, [...parameters], STRUCTURED);
  return { rows: records, affected: affected ?? 0 };
}

async function run(sql: Sql, statement: string, parameters: readonly unknown[]): Promise<Answer> {
  const { queryRunner, dataSource } = 'manager' in sql ? sql.manager : sql;
  if (queryRunner !== undefined) return answerOf(queryRunner, statement, parameters);
  // Outside a transaction: on a connection that the pool lends for the statement.
  const lent = dataSource.createQueryRunner();
  try {
    return await answerOf(lent, statement, parameters);
  } finally {
    await lent.release();
  }
}

/** A row as its schema has it. The error names columns and never a value. */
function rowOf<Row>(schema: z.ZodType<Row>, found: unknown): Row {
  const { data, error } = schema.safeParse(found);
  if (error === undefined) return data;
  const columns = error.issues.map(({ path, code }) => `${String(path[0] ?? 'row')}: ${code}`);
  throw new Error(`A row is not what its statement says (${[...new Set(columns)].join(', ')}).`);
}

/** Every row of a statement. */
export async function all<Row>(
  sql: Sql,
  schema: z.ZodType<Row>,
  statement: string,
  parameters: readonly unknown[] = [],
): Promise<Row[]> {
  const { rows } = await run(sql, statement, parameters);
  return rows.map((row) => rowOf(schema, row));
}

/** The row of a statement that gives one at most; null when it gives none. */
export async function maybeOne<Row>(
  sql: Sql,
  schema: z.ZodType<Row>,
  statement: string,
  parameters: readonly unknown[] = [],
): Promise<Row | null> {
  const rows = await all(sql, schema, statement, parameters);
  if (rows.length > 1) throw new Error(`A statement that gives one row at most gave ${rows.length}.`);
  return rows[0] ?? null;
}

/** The row of a statement that always gives exactly one. */
export async function one<Row>(
  sql: Sql,
  schema: z.ZodType<Row>,
  statement: string,
  parameters: readonly unknown[] = [],
): Promise<Row> {
  const row = await maybeOne(sql, schema, statement, parameters);
  if (row === null) throw new Error('A statement that gives one row gave none.');
  return row;
}

/** How many rows a statement wrote, changed or removed. */
export async function affected(
  sql: Sql,
  statement: string,
  parameters: readonly unknown[] = [],
): Promise<number> {
  return (await run(sql, statement, parameters)).affected;
}

/** Wakes whoever listens to a channel. */
export async function notify(sql: Sql, channel: string): Promise<void> {
  await affected(sql, 'SELECT pg_notify($1, $2)', [channel, '']);
}
