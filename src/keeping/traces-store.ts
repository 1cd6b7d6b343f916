/** What the database itself would remember of a day, and how the keeper makes it forget. */
import { setTimeout as pause } from 'node:timers/promises';
import { databaseFailure, isLockedOut, type Database } from '../platform/database.js';
import type { Log } from '../platform/log.js';
import { affected } from '../platform/statements.js';

const INSUFFICIENT_PRIVILEGE = '42501';

/** Does something that a rented server may not allow; then it is said, and left to the server. */
async function whereAllowed(log: Log, refusal: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (databaseFailure(error)?.code !== INSUFFICIENT_PRIVILEGE) throw error;
    log(refusal);
  }
}

const ATTEMPTS = 20;
const PAUSE = 250;

/**
 * Writes sessions and events anew: the transactions in their rows would count the calls between two of them. Whoever
 * reads them all night, as a dump does, is not waited for: the next night does it.
 */
async function writeAnew(keeper: Database, log: Log): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    try {
      await keeper.transaction('READ COMMITTED', async (transaction) => {
        await affected(transaction, 'SET LOCAL lock_timeout = 100');
        await affected(transaction, 'SELECT desk.write_anew()');
      });
      return;
    } catch (error) {
      if (!isLockedOut(error)) throw error;
      await pause(PAUSE);
    }
  }
  log('staff-traces-kept-till-tomorrow');
}

/**
 * Starts a new file of the write-ahead log and makes a checkpoint, after which the server removes the old files: what
 * is in them is sealed, but they say when it was saved. Then the numbers that the server keeps of its tables.
 */
export async function forgetTraces(keeper: Database, log: Log): Promise<void> {
  await writeAnew(keeper, log);
  await whereAllowed(log, 'checkpoint-not-allowed', async () => {
    await affected(keeper, 'SELECT pg_switch_wal()');
    await affected(keeper, 'CHECKPOINT');
  });
  await whereAllowed(log, 'table-counters-not-reset', () =>
    affected(
      keeper,
      `SELECT pg_stat_reset_single_table_counters(oid) FROM pg_class
       WHERE relnamespace IN ('intake'::regnamespace, 'sealed'::regnamespace) AND relkind IN ('r', 'i')`,
    ),
  );
}
