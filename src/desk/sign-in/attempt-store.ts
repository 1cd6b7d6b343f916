/**
 * The limit on sign-in attempts for one name: ten within a quarter of an hour, then a quarter of an hour's wait.
 * It counts in the database, so it holds over all web processes, and it counts an attempt before its password is
 * looked at, so that fifty attempts at once get no more tries than fifty after each other.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { usernameSchema } from '../../contract/session.js';
import type { Database, Sql } from '../../platform/database.js';
import { affected, maybeOne } from '../../platform/statements.js';
import { signInFailures } from '../entities.js';

export const MAX_ATTEMPTS = 10;
const WINDOW_SECONDS = 15 * 60;

const windowStart = (now: Date): Date => new Date(now.getTime() - WINDOW_SECONDS * 1000);

/**
 * What is kept of a name that was tried. Names of no account count too, or the limit would tell them apart. What
 * cannot be an account's name at all may well be a password in the wrong field: two bytes say little about it.
 */
function hashOfName(name: string): Buffer {
  const hash = createHash('sha256').update(name).digest();
  return usernameSchema.safeParse(name).success ? hash : hash.subarray(0, 2);
}

/** The count of an attempt that may be made, 1 to 10; or for how many seconds none may. */
type Admission = { readonly attempt: number } | { readonly retryAfter: number };

/** Counts an attempt as failed until `clearAttempts` says otherwise. */
export async function admitAttempt(desk: Database, name: string, now: Date): Promise<Admission> {
  const hash = hashOfName(name);
  const since = windowStart(now);
  const counted = await maybeOne(
    desk,
    z.strictObject({ attempt: z.int() }),
    `INSERT INTO desk.sign_in_failure AS known (name_hash, failed_at) VALUES ($1, ARRAY[$2::timestamptz])
     ON CONFLICT (name_hash) DO UPDATE SET failed_at =
       ARRAY(SELECT moment FROM unnest(known.failed_at) AS moment WHERE moment > $3) || $2::timestamptz
     WHERE cardinality(known.failed_at) < $4 OR known.failed_at[$4] <= $3
     RETURNING cardinality(failed_at) AS attempt`,
    [hash, now, since, MAX_ATTEMPTS],
  );
  return counted ?? { retryAfter: await secondsLeft(desk, hash, now) };
}

async function secondsLeft(desk: Database, hash: Buffer, now: Date): Promise<number> {
  const row = await maybeOne(
    desk,
    z.strictObject({ last: z.date() }),
    'SELECT failed_at[cardinality(failed_at)] AS last FROM desk.sign_in_failure WHERE name_hash = $1',
    [hash],
  );
  if (row === null) return 1;
  return Math.max(1, Math.ceil((row.last.getTime() - now.getTime()) / 1000) + WINDOW_SECONDS);
}

/** Forgets the attempts for a name, after a right password. */
export async function clearAttempts(desk: Sql, name: string): Promise<void> {
  await desk.getRepository(signInFailures).delete({ nameHash: hashOfName(name) });
}

/** Forgets attempts that no longer count. */
export async function purgeAttempts(desk: Database, now: Date): Promise<void> {
  // Rows another process is at are left to it: two of these at once would otherwise wait for each other.
  await affected(
    desk,
    `DELETE FROM desk.sign_in_failure WHERE name_hash IN (
       SELECT name_hash FROM desk.sign_in_failure
       WHERE failed_at[cardinality(failed_at)] <= $1 FOR UPDATE SKIP LOCKED)`,
    [windowStart(now)],
  );
}
