/** What an administrator does with accounts. Whatever changes one locks its row first, so that two changes take turns. */
import type { Role } from '../../contract/session.js';
import type { AccountEntry } from '../../contract/users.js';
import { ProblemError } from '../../platform/problems.js';
import type { Sql } from '../settings/events.js';
import { endSessionsOf } from '../sign-in/session-store.js';

/** Every account, by name. */
export async function listAccounts(desk: Sql): Promise<AccountEntry[]> {
  return desk.query(
    `SELECT username, role, locale, disabled, password_hash IS NOT NULL AS ready,
       EXISTS (SELECT 1 FROM desk.two_factor t WHERE t.username = a.username AND t.secret IS NOT NULL) AS "twoFactor"
     FROM desk.account a ORDER BY username`,
  );
}

interface LockedAccount {
  readonly username: string;
  readonly role: Role;
  readonly disabled: boolean;
  /** Whether it has a password. */
  readonly ready: boolean;
}

const columns = 'username, role, disabled, password_hash IS NOT NULL AS ready';

/** An account, locked until the transaction ends. Throws the problem unknown-user. */
export async function lockAccount(manager: Sql, username: string): Promise<LockedAccount> {
  const [account]: LockedAccount[] = await manager.query(
    `SELECT ${columns} FROM desk.account WHERE username = $1 FOR UPDATE`,
    [username],
  );
  if (account === undefined) throw new ProblemError('unknown-user');
  return account;
}

const administers = ({ role, disabled, ready }: LockedAccount): boolean =>
  role === 'administrator' && !disabled && ready;

/**
 * Makes sure that somebody else can administer Tyst. Locks every administrator's account in one order: of two who
 * shut each other out at once, the second finds the first one gone. Throws the problem last-administrator.
 */
async function spareAdministrator(manager: Sql, username: string): Promise<void> {
  const accounts: LockedAccount[] = await manager.query(
    `SELECT ${columns} FROM desk.account
     WHERE username = $1 OR role = 'administrator' ORDER BY username FOR UPDATE`,
    [username],
  );
  const account = accounts.find((one) => one.username === username);
  const others = accounts.filter((one) => one.username !== username && administers(one));
  if (account !== undefined && administers(account) && others.length === 0)
    throw new ProblemError('last-administrator');
}

/**
 * Gives an account a role or shuts it or opens it, in the caller's transaction. Its sessions end when it is shut or
 * gets another role, its invitations when it is shut. Gives what it was before.
 */
export async function changeAccount(
  manager: Sql,
  username: string,
  change: { readonly role?: Role | undefined; readonly disabled?: boolean | undefined },
): Promise<LockedAccount> {
  const leaves = change.disabled === true || (change.role !== undefined && change.role !== 'administrator');
  if (leaves) await spareAdministrator(manager, username);
  const before = await lockAccount(manager, username);
  const { role = before.role, disabled = before.disabled } = change;
  if (role === before.role && disabled === before.disabled) return before;
  await manager.query('UPDATE desk.account SET role = $2, disabled = $3 WHERE username = $1', [
    username,
    role,
    disabled,
  ]);
  await endSessionsOf(manager, username);
  if (disabled) await manager.query('DELETE FROM desk.invitation WHERE username = $1', [username]);
  return before;
}
