/** What the database's own log remembers, and how the keeper makes it forget. */
import type { DataSource } from 'typeorm';
import { databaseFailure } from '../platform/database.js';
import { log } from '../platform/log.js';

const INSUFFICIENT_PRIVILEGE = '42501';

/**
 * Starts a new file of the write-ahead log and makes a checkpoint, after which the server removes the old files
 * with the codes of the calls in them. On a rented server the keeper may lack the right; then it says so and
 * the log goes when the server's own checkpoints come round.
 */
export async function forgetLog(keeper: DataSource): Promise<void> {
  try {
    await keeper.query('SELECT pg_switch_wal()');
    await keeper.query('CHECKPOINT');
  } catch (error) {
    if (databaseFailure(error)?.code !== INSUFFICIENT_PRIVILEGE) throw error;
    log('checkpoint-not-allowed');
  }
}
