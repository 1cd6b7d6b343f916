/** Seeing that somebody waits or has asked, so that what has not happened is proven and not hoped for. */
import { databaseOf } from '../../src/platform/database.js';
import { loginOf, type RoleName } from '../../src/platform/roles.js';
import type { TestDatabase } from './database.js';
import { until } from './until.js';

/** Resolves once a session of the database waits for an advisory lock that another holds. */
export async function waiterFor({ owner }: TestDatabase, lock: number): Promise<void> {
  await until(async () => {
    const rows: unknown[] = await owner.query(
      `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = $1
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      [lock],
    );
    return rows.length > 0;
  }, 30);
}

/** Resolves once so many sessions wait for a lock that somebody holds in a database. */
export const untilWaiting = ({ owner }: TestDatabase, sessions: number): Promise<void> =>
  until(async () => {
    const [row]: { n: number }[] = await owner.query(
      `SELECT count(DISTINCT pid)::int AS n FROM pg_locks JOIN pg_stat_activity USING (pid)
       WHERE NOT granted AND datname = current_database()`,
    );
    return (row?.n ?? 0) >= sessions;
  }, 20);

/** Shows the owner what a role's later connections ask for, which the settings of production hide from everybody. */
export async function showStatements({ owner, installation }: TestDatabase, role: RoleName): Promise<void> {
  const database = databaseOf(installation.ownerUrl);
  await owner.query(
    `ALTER ROLE ${loginOf(database, role)} IN DATABASE ${database} SET track_activities = on`,
  );
}

/** Resolves once the last thing that so many sessions asked for, and have had the answer to, begins like this. */
export async function haveAsked({ owner }: TestDatabase, sessions: number, beginning: string): Promise<void> {
  await until(async () => {
    const rows: unknown[] = await owner.query(
      `SELECT 1 FROM pg_stat_activity
       WHERE datname = current_database() AND state = 'idle' AND starts_with(query, $1)`,
      [beginning],
    );
    return rows.length === sessions;
  }, 30);
}
