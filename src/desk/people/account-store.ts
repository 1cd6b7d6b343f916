/** Accounts in the database. */
import type { Day } from '../../contract/period.js';
import { usernameSchema, type Role, type User } from '../../contract/session.js';
import { recordEvent, type Actor } from '../../platform/event-log.js';
import type { Sql } from '../settings/events.js';

export interface Account extends User {
  /** Null until an invitation is accepted. */
  readonly passwordHash: string | null;
  readonly disabled: boolean;
}

/** The account with a name that somebody typed; null when there is none. */
export async function findAccount(desk: Sql, name: string): Promise<Account | null> {
  // What cannot be a name is asked for as '': the same statement, and no text the database cannot read.
  const username = usernameSchema.safeParse(name).data ?? '';
  const [account]: Account[] = await desk.query(
    `SELECT username, role, locale, disabled, password_hash AS "passwordHash"
     FROM desk.account WHERE username = $1`,
    [username],
  );
  return account ?? null;
}

/** Adds an account; false when the name is taken. */
export async function insertAccount(
  desk: Sql,
  { username, role, passwordHash }: { username: string; role: Role; passwordHash: string | null },
  by: { readonly day: Day; readonly actor: Actor },
): Promise<boolean> {
  const added: unknown[] = await desk.query(
    `INSERT INTO desk.account (username, role, password_hash) VALUES ($1, $2, $3)
     ON CONFLICT (username) DO NOTHING RETURNING username`,
    [username, role, passwordHash],
  );
  if (added.length === 0) return false;
  await recordEvent(desk, { ...by, kind: 'account-added', subject: username });
  return true;
}

/** Whether any administrator has a password. */
export async function hasAdministrator(desk: Sql): Promise<boolean> {
  const found: unknown[] = await desk.query(
    `SELECT 1 FROM desk.account WHERE role = 'administrator' AND password_hash IS NOT NULL LIMIT 1`,
  );
  return found.length > 0;
}

/** An administrator who was invited and has no password yet; the first by name. */
export async function findInvitedAdministrator(desk: Sql): Promise<string | null> {
  const [account]: { username: string }[] = await desk.query(
    `SELECT username FROM desk.account
     WHERE role = 'administrator' AND password_hash IS NULL AND NOT disabled
     ORDER BY username = 'admin' DESC, username LIMIT 1`,
  );
  return account?.username ?? null;
}
