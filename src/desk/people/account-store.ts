/**
 * Accounts in the database. Whatever an administrator changes of one locks its row first, so that two changes take
 * turns.
 */
import { IsNull, Not } from 'typeorm';
import { z } from 'zod';
import type { Day } from '../../contract/period.js';
import { usernameSchema, type Role, type User } from '../../contract/session.js';
import { accountSchema, type AccountEntry } from '../../contract/users.js';
import type { Sql, Transaction } from '../../platform/database.js';
import { affected, all, maybeOne } from '../../platform/statements.js';
import { accounts, invitations, type Account } from '../entities.js';
import { recordEvent, type Actor } from '../../platform/event-log.js';
import { endSessionsOf } from '../sign-in/session-store.js';

/** The account with a name that somebody typed; null when there is none. */
export async function findAccount(desk: Sql, name: string): Promise<Account | null> {
  // What cannot be a name is asked for as '': the same statement, and no text the database cannot read.
  const username = usernameSchema.safeParse(name).data ?? '';
  return desk.getRepository(accounts).findOneBy({ username });
}

/** Every account, by name. No password's hash is read for it. */
export async function listAccounts(desk: Sql): Promise<AccountEntry[]> {
  return all(
    desk,
    accountSchema,
    `SELECT username, role, locale, disabled, password_hash IS NOT NULL AS ready,
       EXISTS (SELECT 1 FROM desk.two_factor t WHERE t.username = a.username AND t.secret IS NOT NULL) AS "twoFactor"
     FROM desk.account a ORDER BY username`,
  );
}

/** Adds an account; false when the name is taken. */
export async function insertAccount(
  desk: Sql,
  { username, role, passwordHash }: { username: string; role: Role; passwordHash: string | null },
  by: { readonly day: Day; readonly actor: Actor },
): Promise<boolean> {
  const added = await affected(
    desk,
    `INSERT INTO desk.account (username, role, password_hash) VALUES ($1, $2, $3)
     ON CONFLICT (username) DO NOTHING`,
    [username, role, passwordHash],
  );
  if (added === 0) return false;
  await recordEvent(desk, { ...by, kind: 'account-added', subject: username });
  return true;
}

/** Whether any administrator has a password. */
export async function hasAdministrator(desk: Sql): Promise<boolean> {
  return desk.getRepository(accounts).existsBy({ role: 'administrator', passwordHash: Not(IsNull()) });
}

/** An administrator who was invited and has no password yet; the first by name. */
export async function findInvitedAdministrator(desk: Sql): Promise<string | null> {
  const account = await maybeOne(
    desk,
    z.strictObject({ username: usernameSchema }),
    `SELECT username FROM desk.account
     WHERE role = 'administrator' AND password_hash IS NULL AND NOT disabled
     ORDER BY username = 'admin' DESC, username LIMIT 1`,
  );
  return account?.username ?? null;
}

/** Gives an account a language. */
export async function setLocale(desk: Sql, username: string, locale: User['locale']): Promise<void> {
  await desk.getRepository(accounts).update({ username }, { locale });
}

/** Gives an account a password in place of the known one; false when it has another by now. */
export async function replacePassword(
  desk: Sql,
  username: string,
  hashes: { readonly known: string; readonly chosen: string },
): Promise<boolean> {
  const { affected: changed } = await desk
    .getRepository(accounts)
    .update({ username, passwordHash: hashes.known }, { passwordHash: hashes.chosen });
  return changed === 1;
}

/** An account as it is locked; `ready` is whether it has a password. */
const lockedSchema = accountSchema.pick({ username: true, role: true, disabled: true, ready: true });
type LockedAccount = z.infer<typeof lockedSchema>;

const lockedColumns = 'username, role, disabled, password_hash IS NOT NULL AS ready';

/** An account, locked until the transaction ends; null when there is none. */
export async function lockAccount(transaction: Transaction, username: string): Promise<LockedAccount | null> {
  return maybeOne(
    transaction,
    lockedSchema,
    `SELECT ${lockedColumns} FROM desk.account WHERE username = $1 FOR UPDATE`,
    [username],
  );
}

const administers = ({ role, disabled, ready }: LockedAccount): boolean =>
  role === 'administrator' && !disabled && ready;

/**
 * Whether nobody else can administer Tyst. Locks every administrator's account in one order: of two who shut each
 * other out at once, the second finds the first one gone.
 */
async function isLastAdministrator(transaction: Transaction, username: string): Promise<boolean> {
  const locked = await all(
    transaction,
    lockedSchema,
    `SELECT ${lockedColumns} FROM desk.account
     WHERE username = $1 OR role = 'administrator' ORDER BY username FOR UPDATE`,
    [username],
  );
  const administrators = locked.filter(administers);
  return administrators.length === 1 && administrators[0]?.username === username;
}

interface AccountChange {
  readonly role?: Role | undefined;
  readonly disabled?: boolean | undefined;
}

/** Whether an administrator who is changed so would be one no longer. */
const leavesAdministration = ({ role, disabled }: AccountChange): boolean =>
  disabled === true || (role !== undefined && role !== 'administrator');

/**
 * Gives an account a role or shuts it or opens it, in the caller's transaction. Its sessions end when it is shut or
 * gets another role, its invitations when it is shut. Gives what it was before; or says why nothing was changed.
 */
export async function changeAccount(
  transaction: Transaction,
  username: string,
  change: AccountChange,
): Promise<LockedAccount | 'unknown-user' | 'last-administrator'> {
  if (leavesAdministration(change) && (await isLastAdministrator(transaction, username)))
    return 'last-administrator';
  const before = await lockAccount(transaction, username);
  if (before === null) return 'unknown-user';
  const { role = before.role, disabled = before.disabled } = change;
  if (role === before.role && disabled === before.disabled) return before;
  await transaction.getRepository(accounts).update({ username }, { role, disabled });
  await endSessionsOf(transaction, username);
  if (disabled) await transaction.getRepository(invitations).delete({ username });
  return before;
}
