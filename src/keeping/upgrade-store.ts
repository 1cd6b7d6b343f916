/** The tables of version 0.1 that hold calls, as long as they are there. */
import { z } from 'zod';
import type { Day, Month, Quarter } from '../contract/period.js';
import type { Transaction } from '../platform/database.js';
import { affected, all, bytesSchema, one } from '../platform/statements.js';
import { forgetOn, receiptTables } from './receipt-store.js';

/** Whether 0.1 left any. */
export async function hasBefore(transaction: Transaction): Promise<boolean> {
  const { found } = await one(
    transaction,
    z.strictObject({ found: z.boolean() }),
    `SELECT to_regclass('sealed.open_calls_before') IS NOT NULL AS found`,
  );
  return found;
}

/** The months that have a table of sealed rows. */
export async function sealedMonthsBefore(transaction: Transaction): Promise<Month[]> {
  const rows = await all(
    transaction,
    z.strictObject({ month: z.string().regex(/^\d{4}-\d{2}$/) }),
    `SELECT replace(substr(relname, 7), '_', '-') AS month FROM pg_class
     WHERE relnamespace = 'sealed'::regnamespace AND relkind = 'r' AND relname LIKE 'calls\\_%' ORDER BY 1`,
  );
  return rows.map(({ month }) => month);
}

const tableOf = (month: Month): string => `sealed.calls_${month.replace('-', '_')}`;

/** The mark of a month's table, and that of its quarter as it was frozen, as 0.1 made them. */
export async function markBefore(
  transaction: Transaction,
  month: Month,
  quarter: Quarter,
): Promise<{ readonly found: string | null; readonly frozen: string }> {
  return one(
    transaction,
    z.strictObject({ found: z.string().nullable(), frozen: z.string() }),
    `SELECT obj_description(to_regclass($1), 'pg_class') AS found,
       encode(sha256(convert_to(plan::text || vocabulary::text, 'UTF8')), 'hex') AS frozen
     FROM published.quarter_plan WHERE quarter = $2`,
    [tableOf(month), quarter],
  );
}

const codesSchema = z.array(z.int());
const BATCH = 5_000;

/** The rows of a month's table, in pieces. */
export async function* sealedRowsBefore(transaction: Transaction, month: Month): AsyncGenerator<number[][]> {
  await affected(
    transaction,
    `DECLARE sealed_before NO SCROLL CURSOR FOR SELECT codes FROM ${tableOf(month)}`,
  );
  for (;;) {
    const rows = await all(
      transaction,
      z.strictObject({ codes: codesSchema }),
      `FETCH ${BATCH} FROM sealed_before`,
    );
    if (rows.length === 0) break;
    yield rows.map(({ codes }) => codes);
  }
  await affected(transaction, 'CLOSE sealed_before');
}

const openSchema = z.strictObject({
  receiptHash: bytesSchema,
  day: z.string(),
  month: z.string(),
  codes: codesSchema,
});

/** The open calls: at most a day's. */
export const openRowsBefore = (transaction: Transaction): Promise<z.infer<typeof openSchema>[]> =>
  all(
    transaction,
    openSchema,
    `SELECT receipt_hash AS "receiptHash", day::text AS day, month, codes FROM sealed.open_calls_before`,
  );

/** Remembers the receipts of the open calls that are finished. */
export async function rememberBefore(transaction: Transaction, today: Day): Promise<void> {
  const { full } = await receiptTables(transaction);
  await affected(
    transaction,
    `INSERT INTO ${full} (receipt_hash, forget_on)
     SELECT receipt_hash, $2::date FROM sealed.open_calls_before WHERE day <> $1::date ON CONFLICT DO NOTHING`,
    [today, forgetOn(today)],
  );
}

/** Drops all of it, file and all. */
export async function dropBefore(transaction: Transaction, months: readonly Month[]): Promise<void> {
  for (const month of months) await affected(transaction, `DROP TABLE ${tableOf(month)}`);
  await affected(transaction, 'SELECT sealed.forget_before()');
}
