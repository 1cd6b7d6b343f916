/** Adding accounts from the command line. */
import { passwordSchema, usernameSchema, type Role } from '../../contract/session.js';
import type { Clock } from '../../platform/clock.js';
import { CommandError } from '../../platform/command-error.js';
import type { Database } from '../../platform/database.js';
import { insertAccount } from './account-store.js';
import { actors } from '../../platform/event-log.js';
import { invite } from './invitations.js';
import { passwords } from '../sign-in/passwords.js';

export interface NewAccount {
  readonly username: string;
  readonly role: Role;
  /** Without one the account waits for its invitation to be accepted. */
  readonly password?: string;
}

function checkNewAccount({ username, password }: NewAccount): void {
  if (!usernameSchema.safeParse(username).success) {
    throw new CommandError(
      'A user name has 1 to 32 of the characters a-z, 0-9, dot, hyphen and underscore, and begins with a letter or a digit.',
    );
  }
  if (password !== undefined && !passwordSchema.safeParse(password).success) {
    throw new CommandError('The password must have at least 12 and at most 256 characters.');
  }
}

/**
 * Adds an account from the command line. With a password it is ready and null is returned; else the token of its
 * invitation, valid for 24 hours. Throws CommandError for a taken or bad name and a short or long password.
 */
export async function addUser(desk: Database, account: NewAccount, clock: Clock): Promise<string | null> {
  checkNewAccount(account);
  const { username, role, password } = account;
  const passwordHash = password === undefined ? null : await passwords.hash(password);
  return desk.transaction(async (manager) => {
    const by = { day: clock.local().day, actor: actors.commandLine };
    if (!(await insertAccount(manager, { username, role, passwordHash }, by)))
      throw new CommandError('There is already an account with that user name.');
    return passwordHash === null ? invite(manager, username, clock) : null;
  });
}
