/**
 * The receipts of counted calls, remembered for a week or two, so that a late retry is not counted twice. They stand in
 * one of two tables, and every night all of them are written into the other, in the order of their hashes: one
 * transaction has written them all, and nothing tells the nights apart. Meanwhile people read the first.
 */
import { z } from 'zod';
import { addDays, type Day } from '../contract/period.js';
import type { Transaction } from '../platform/database.js';
import { affected, one } from '../platform/statements.js';

const RECEIPT_DAYS = 7;
const DAYS_OF_WEEK = 7;

/** The Monday from which a receipt of today is forgotten: at least a week ahead, and finer than a week it says nothing. */
export function forgetOn(today: Day): Day {
  const earliest = addDays(today, RECEIPT_DAYS);
  const sinceMonday = (new Date(`${earliest}T00:00:00Z`).getUTCDay() + DAYS_OF_WEEK - 1) % DAYS_OF_WEEK;
  return addDays(earliest, (DAYS_OF_WEEK - sinceMonday) % DAYS_OF_WEEK);
}

/** The table that is read, and the one to be filled. */
export interface ReceiptTables {
  readonly full: string;
  readonly idle: string;
}

/** Which of the two is which. */
export async function receiptTables(transaction: Transaction): Promise<ReceiptTables> {
  const { filled } = await one(
    transaction,
    z.strictObject({ filled: z.boolean() }),
    'SELECT EXISTS (SELECT 1 FROM intake.receipt_memory_b) AS filled',
  );
  const [a, b] = ['intake.receipt_memory_a', 'intake.receipt_memory_b'];
  return filled ? { full: b, idle: a } : { full: a, idle: b };
}

/** Writes what is still remembered into the idle table, and the receipts of the seen rows that are finished. */
export async function rememberSeen(
  transaction: Transaction,
  { full, idle }: ReceiptTables,
  today: Day,
): Promise<void> {
  await affected(
    transaction,
    `INSERT INTO ${idle} (receipt_hash, forget_on)
     SELECT receipt_hash, max(forget_on) FROM (
       SELECT receipt_hash, forget_on FROM ${full} WHERE forget_on > $1::date
       UNION ALL SELECT receipt_hash, $2::date FROM pg_temp.seen WHERE finished
     ) AS remembered GROUP BY receipt_hash ORDER BY receipt_hash`,
    [today, forgetOn(today)],
  );
}

/** Takes receipts back, and adds others: of rows that changed after they were seen, or did not open. */
export async function correctRemembered(
  transaction: Transaction,
  { idle }: ReceiptTables,
  { taken, added, today }: { taken: readonly Buffer[]; added: readonly Buffer[]; today: Day },
): Promise<void> {
  if (taken.length > 0)
    await affected(transaction, `DELETE FROM ${idle} WHERE receipt_hash = ANY($1::bytea[])`, [taken]);
  if (added.length > 0)
    await affected(
      transaction,
      `INSERT INTO ${idle} (receipt_hash, forget_on) SELECT unnest($1::bytea[]), $2 ON CONFLICT DO NOTHING`,
      [added, forgetOn(today)],
    );
}

/** Empties the table that was read until now; the caller holds it. */
export async function forgetFull(transaction: Transaction, { full }: ReceiptTables): Promise<void> {
  await affected(transaction, `TRUNCATE ${full}`);
}
