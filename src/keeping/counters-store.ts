/** Locked counters in the database: one blob a quarter. */
import { z } from 'zod';
import type { Sql, Transaction } from '../platform/database.js';
import { affected, all, bytesSchema } from '../platform/statements.js';

const lockedSchema = z.strictObject({ quarter: z.string(), keyId: z.string(), blob: bytesSchema });
type LockedCounters = z.infer<typeof lockedSchema>;

/** All there are. */
export const readCounters = (keeper: Sql): Promise<LockedCounters[]> =>
  all(keeper, lockedSchema, 'SELECT quarter, key_id AS "keyId", blob FROM sealed.counters ORDER BY quarter');

/** Writes all counters anew, into a new file of the table; the caller holds it. */
export async function writeCounters(
  transaction: Transaction,
  counters: readonly LockedCounters[],
): Promise<void> {
  await affected(transaction, 'TRUNCATE sealed.counters');
  for (const { quarter, keyId, blob } of counters)
    await affected(transaction, 'INSERT INTO sealed.counters (quarter, key_id, blob) VALUES ($1, $2, $3)', [
      quarter,
      keyId,
      blob,
    ]);
}
