/** Locked counters in the database: one blob a quarter. */
import { z } from 'zod';
import type { Quarter } from '../contract/period.js';
import type { Sql, Transaction } from '../platform/database.js';
import { affected, all, bytesSchema } from '../platform/statements.js';

const lockedSchema = z.strictObject({ quarter: z.string(), keyId: z.string(), blob: bytesSchema });
export type LockedCounters = z.infer<typeof lockedSchema>;

/** All there are. */
export const readCounters = (keeper: Sql): Promise<LockedCounters[]> =>
  all(keeper, lockedSchema, 'SELECT quarter, key_id AS "keyId", blob FROM sealed.counters ORDER BY quarter');

/** Writes a quarter's counters anew. */
export async function writeCounters(
  transaction: Transaction,
  { quarter, keyId, blob }: LockedCounters,
): Promise<void> {
  await affected(
    transaction,
    `INSERT INTO sealed.counters (quarter, key_id, blob) VALUES ($1, $2, $3)
     ON CONFLICT (quarter) DO UPDATE SET key_id = excluded.key_id, blob = excluded.blob`,
    [quarter, keyId, blob],
  );
}

/** Forgets a quarter's counters. */
export async function deleteCounters(transaction: Transaction, quarter: Quarter): Promise<void> {
  await affected(transaction, 'DELETE FROM sealed.counters WHERE quarter = $1', [quarter]);
}
