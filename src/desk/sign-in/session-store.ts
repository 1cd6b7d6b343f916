/** Sessions: who is signed in, known by the hash of a token that only the browser has. */
import { Not } from 'typeorm';
import { z } from 'zod';
import { userSchema, type User } from '../../contract/session.js';
import type { Database, Sql, Transaction } from '../../platform/database.js';
import { affected, maybeOne } from '../../platform/statements.js';
import { sessions } from '../entities.js';
import { hashOfToken } from './token.js';

/** A session ends this long after it was last renewed ... */
const RENEW_SECONDS = 30 * 60;
/** ... and this long after the sign-in in any case. */
const MAX_SECONDS = 12 * 60 * 60;

const after = (now: Date, seconds: number): Date => new Date(now.getTime() + seconds * 1000);

const valid = 'renew_before > $2 AND ends_at > $2';

/** Who a token belongs to; null for an unknown or expired one, and for a disabled account from that moment on. */
export async function findUser(desk: Database, token: string, now: Date): Promise<User | null> {
  // No repository: it would make two statements of this, and read the password's hash with every request.
  return maybeOne(
    desk,
    userSchema,
    `SELECT username, role, locale FROM desk.session JOIN desk.account USING (username)
     WHERE token_hash = $1 AND ${valid} AND NOT disabled`,
    [hashOfToken(token), now],
  );
}

/**
 * Opens a session for an account if its password is still the one that was compared. The lock on the account
 * makes a new password, which ends all sessions, come wholly before or wholly after.
 */
export async function openSession(
  transaction: Transaction,
  token: string,
  { username, passwordHash }: { username: string; passwordHash: string },
  now: Date,
): Promise<boolean> {
  const opened = await affected(
    transaction,
    `INSERT INTO desk.session (token_hash, username, renew_before, ends_at)
     SELECT $1, username, $3, $4 FROM desk.account
     WHERE username = $2 AND password_hash = $5 AND NOT disabled FOR SHARE`,
    [hashOfToken(token), username, after(now, RENEW_SECONDS), after(now, MAX_SECONDS), passwordHash],
  );
  return opened > 0;
}

/** Gives a session another half hour, within its twelve. Resolves to the seconds it has left; 0 for one that is over. */
export async function renewSession(desk: Database, token: string, now: Date): Promise<number> {
  const renewed = await maybeOne(
    desk,
    z.strictObject({ ends: z.date() }),
    `UPDATE desk.session SET renew_before = $3 WHERE token_hash = $1 AND ${valid}
     RETURNING least(renew_before, ends_at) AS ends`,
    [hashOfToken(token), now, after(now, RENEW_SECONDS)],
  );
  return renewed === null ? 0 : Math.max(0, Math.floor((renewed.ends.getTime() - now.getTime()) / 1000));
}

export async function endSession(desk: Sql, token: string): Promise<void> {
  await desk.getRepository(sessions).delete({ tokenHash: hashOfToken(token) });
}

/** Ends every session of an account, as when it gets a new password. */
export async function endSessionsOf(desk: Sql, username: string): Promise<void> {
  await desk.getRepository(sessions).delete({ username });
}

/** Ends every session of an account but the one with this token. */
export async function endOtherSessionsOf(desk: Sql, username: string, token: string): Promise<void> {
  await desk.getRepository(sessions).delete({ username, tokenHash: Not(hashOfToken(token)) });
}

/** Forgets sessions that are over. */
export async function purgeSessions(desk: Database, now: Date): Promise<void> {
  await affected(
    desk,
    `DELETE FROM desk.session WHERE token_hash IN (
       SELECT token_hash FROM desk.session WHERE renew_before <= $1 OR ends_at <= $1 FOR UPDATE SKIP LOCKED)`,
    [now],
  );
}
