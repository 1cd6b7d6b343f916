/** Waiting until others wait, so that what happens at the same time happens in a known order. */
import type { TestDatabase } from './database.js';
import { until } from './until.js';

/** Resolves once so many sessions wait for a lock that somebody holds in a database. */
export const untilWaiting = ({ owner }: TestDatabase, sessions: number): Promise<void> =>
  until(async () => {
    const [row]: { n: number }[] = await owner.query(
      `SELECT count(DISTINCT pid)::int AS n FROM pg_locks JOIN pg_stat_activity USING (pid)
       WHERE NOT granted AND datname = current_database()`,
    );
    return (row?.n ?? 0) >= sessions;
  }, 20);
