/**
 * The advisory locks of an installation, in one place so that no two meanings share a number. They live in the
 * database, so every process and every role that names one waits for the same.
 */
import type { Transaction } from './database.js';

export const locks = {
  /** Setting a quarter's plan, and freezing it as the quarter begins: one of them at a time. */
  plan: 7_201_001,
  /** Held by the one keeper that works; a second one waits. */
  keeper: 7_201_002,
  /** A turn of the key, and what else makes or rewrites tables: one of them at a time. */
  night: 7_201_003,
  /** Issuing a release. */
  publish: 7_201_004,
  /** Held, shared, by each command that uses a server which another command may have started. */
  inUse: 7_201_005,
} as const;

/** Takes a lock once it is free, and holds it until the transaction ends. */
export async function lockUntilCommit(transaction: Transaction, lock: keyof typeof locks): Promise<void> {
  await transaction.query('SELECT pg_advisory_xact_lock($1)', [locks[lock]]);
}
