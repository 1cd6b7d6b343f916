/** Invitations: links that let one person choose the password of one account, once, within a day. */
import { z } from 'zod';
import { userSchema, usernameSchema, type User } from '../../contract/session.js';
import type { Database, Sql, Transaction } from '../../platform/database.js';
import { affected, maybeOne } from '../../platform/statements.js';
import { invitations } from '../entities.js';
import { endSessionsOf } from '../sign-in/session-store.js';
import { hashOfToken, newToken } from '../sign-in/token.js';

const VALID_SECONDS = 24 * 60 * 60;

const namedSchema = z.strictObject({ username: usernameSchema });

/** Makes an invitation to an account and gives its token, which is nowhere else. */
export async function insertInvitation(desk: Sql, username: string, now: Date): Promise<string> {
  const token = newToken();
  const validBefore = new Date(now.getTime() + VALID_SECONDS * 1000);
  await desk.getRepository(invitations).insert({ tokenHash: hashOfToken(token), username, validBefore });
  return token;
}

/** Takes every invitation to an account back. */
export async function removeInvitations(desk: Sql, username: string): Promise<void> {
  await desk.getRepository(invitations).delete({ username });
}

/** The account a token invites to; null when the token is unknown, used or too old, or the account disabled. */
export async function findInvited(desk: Database, token: string, now: Date): Promise<string | null> {
  const found = await maybeOne(
    desk,
    namedSchema,
    `SELECT username FROM desk.invitation JOIN desk.account USING (username)
     WHERE token_hash = $1 AND valid_before > $2 AND NOT disabled`,
    [hashOfToken(token), now],
  );
  return found?.username ?? null;
}

/** Uses every invitation to an account up, if the one with this token is among them and still valid. */
async function useUp(transaction: Transaction, username: string, token: string, now: Date): Promise<boolean> {
  const used = await affected(
    transaction,
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
  transaction: Transaction,
  invitation: { readonly username: string; readonly token: string; readonly now: Date },
  chosen: { readonly passwordHash: string; readonly locale: User['locale'] },
): Promise<User | null> {
  const { username, token, now } = invitation;
  const locked = await maybeOne(
    transaction,
    namedSchema,
    'SELECT username FROM desk.account WHERE username = $1 AND NOT disabled FOR UPDATE',
    [username],
  );
  if (locked === null || !(await useUp(transaction, username, token, now))) return null;
  await endSessionsOf(transaction, username);
  return maybeOne(
    transaction,
    userSchema,
    `UPDATE desk.account SET password_hash = $2, locale = $3 WHERE username = $1
     RETURNING username, role, locale`,
    [username, chosen.passwordHash, chosen.locale],
  );
}

/** Forgets invitations that are too old. */
export async function purgeInvitations(desk: Database, now: Date): Promise<void> {
  await affected(
    desk,
    `DELETE FROM desk.invitation WHERE token_hash IN (
       SELECT token_hash FROM desk.invitation WHERE valid_before <= $1 FOR UPDATE SKIP LOCKED)`,
    [now],
  );
}
