/** One connection for several statements and transactions: where a lock is held that ends with the connection. */
import { z } from 'zod';
import type { Database, Transaction } from './database.js';
import { locks } from './locks.js';
import { one } from './statements.js';

/** Does some work on one connection of a pool, outside of any transaction; `transaction` on it stays there. */
export async function onConnection<Result>(
  database: Database,
  work: (connection: Transaction) => Promise<Result>,
): Promise<Result> {
  const runner = database.createQueryRunner();
  try {
    return await work(runner.manager);
  } finally {
    await runner.release();
  }
}

/**
 * Does some work under a lock of the connection, which outlives a transaction: the server lets go of it only when the
 * connection has ended, and with it a commit that was still under way when its client was killed.
 */
export async function underLock<Result>(
  connection: Transaction,
  lock: keyof typeof locks,
  work: () => Promise<Result>,
): Promise<Result> {
  await connection.query('SELECT pg_advisory_lock($1)', [locks[lock]]);
  try {
    return await work();
  } finally {
    // Where the connection is lost the lock is gone with it.
    await connection.query('SELECT pg_advisory_unlock($1)', [locks[lock]]).catch(() => undefined);
  }
}

/** Does some work under a lock of the connection if nobody holds it; null, with nothing done, if somebody does. */
export async function underFreeLock<Result>(
  connection: Transaction,
  lock: keyof typeof locks,
  work: () => Promise<Result>,
): Promise<Result | null> {
  const { free } = await one(
    connection,
    z.strictObject({ free: z.boolean() }),
    'SELECT pg_try_advisory_lock($1) AS free',
    [locks[lock]],
  );
  if (!free) return null;
  try {
    return await work();
  } finally {
    await connection.query('SELECT pg_advisory_unlock($1)', [locks[lock]]).catch(() => undefined);
  }
}
