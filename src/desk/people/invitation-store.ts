/** Invitations: links that let one person choose the password of one account, once, within a day. */
import type { DataSource } from 'typeorm';
import type { User } from '../../contract/session.js';
import type { Sql } from '../settings/events.js';
import { endSessionsOf } from '../sign-in/session-store.js';
import { hashOfToken, newToken } from '../sign-in/token.js';

const VALID_SECONDS = 24 * 60 * 60;

/** Makes an invitation to an account and gives its token, which is nowhere else. */
export async function insertInvitation(desk: Sql, username: string, now: Date): Promise<string> {
  const token = newToken();
  await desk.query('INSERT INTO desk.invitation (token_hash, username, valid_before) VALUES ($1, $2, $3)', [
    hashOfToken(token),
    username,
    new Date(now.getTime() + VALID_SECONDS * 1000),
  ]);
  return token;
}

/** The account a token invites to; null when the token is unknown, used or too old, or the account disabled. */
export async function findInvited(desk: DataSource, token: string, now: Date): Promise<string | null> {
  const [found]: { username: string }[] = await desk.query(
    `SELECT username FROM desk.invitation JOIN desk.account USING (username)
     WHERE token_hash = $1 AND valid_before > $2 AND NOT disabled`,
    [hashOfToken(token), now],
  );
  return found?.username ?? null;
}

/** Uses every invitation to an account up, if the one with this token is among them and still valid. */
async function useUp(manager: Sql, username: string, token: string, now: Date): Promise<boolean> {
  const [, used]: [unknown, number] = await manager.query(
    `DELETE FROM desk.invitation WHERE username = $1 AND EXISTS (
       SELECT 1 FROM desk.invitation WHERE username = $1 AND token_hash = $2 AND valid_before > $3)`,
    [username, hashOfToken(token), now],
  );
  return used > 0;
}

/**
 * Gives an invited account its password and language, in the caller's transaction; null, with nothing changed,
 * when somebody else has used the invitation. All other invitations and sessions of the account end. The account is
 * locked first: two people with two links would otherwise each wait for the other.
 */
export async function acceptInvitation(
  manager: Sql,
  invitation: { readonly username: string; readonly token: string; readonly now: Date },
  chosen: { readonly passwordHash: string; readonly locale: User['locale'] },
): Promise<User | null> {
  const { username, token, now } = invitation;
  const found: unknown[] = await manager.query(
    'SELECT 1 FROM desk.account WHERE username = $1 AND NOT disabled FOR UPDATE',
    [username],
  );
  if (found.length === 0 || !(await useUp(manager, username, token, now))) return null;
  await endSessionsOf(manager, username);
  const [users]: [User[], number] = await manager.query(
    `UPDATE desk.account SET password_hash = $2, locale = $3 WHERE username = $1
     RETURNING username, role, locale`,
    [username, chosen.passwordHash, chosen.locale],
  );
  return users[0] ?? null;
}

/** Forgets invitations that are too old. */
export async function purgeInvitations(desk: DataSource, now: Date): Promise<void> {
  await desk.query(
    `DELETE FROM desk.invitation WHERE token_hash IN (
       SELECT token_hash FROM desk.invitation WHERE valid_before <= $1 FOR UPDATE SKIP LOCKED)`,
    [now],
  );
}
