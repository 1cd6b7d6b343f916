/** Inviting people to accounts, and letting them choose their passwords. */
import type { User } from '../../contract/session.js';
import type { Clock } from '../../platform/clock.js';
import type { Database, Sql } from '../../platform/database.js';
import { ProblemError } from '../../platform/problems.js';
import type { DeskDependencies } from '../dependencies.js';
import { findInvitedAdministrator, hasAdministrator, insertAccount } from './account-store.js';
import { actorOf, actors, recordEvent } from '../../platform/event-log.js';
import { acceptInvitation, findInvited, insertInvitation } from './invitation-store.js';
import { isToken } from '../sign-in/token.js';

/** Invites somebody to an account, from the command line; the link is `<origin>/invitation#<token>`. */
export async function invite(desk: Sql, username: string, clock: Clock): Promise<string> {
  const token = await insertInvitation(desk, username, clock.now());
  const { day } = clock.local();
  await recordEvent(desk, { day, actor: actors.commandLine, kind: 'invitation-made', subject: username });
  return token;
}

/** `admin`, or where that is somebody else's name, `admin-2`, `admin-3` ... */
async function invitedAdministrator(desk: Sql, clock: Clock): Promise<string> {
  for (let number = 1; ; number++) {
    // Looked for anew each time round: another process may be starting too, and has then just added one.
    const invited = await findInvitedAdministrator(desk);
    if (invited !== null) return invited;
    const username = number === 1 ? 'admin' : `admin-${number.toString()}`;
    const account = { username, role: 'administrator', passwordHash: null } as const;
    const by = { day: clock.local().day, actor: actors.commandLine };
    if (await insertAccount(desk, account, by)) return username;
  }
}

/**
 * The token of a new invitation to the first administrator, whose account is made if need be; null once any
 * administrator has a password. Earlier invitations stay valid for their day, until one of them is used.
 */
export async function firstAdministratorInvitation(desk: Database, clock: Clock): Promise<string | null> {
  return desk.transaction('READ COMMITTED', async (manager) => {
    if (await hasAdministrator(manager)) return null;
    return invite(manager, await invitedAdministrator(manager, clock), clock);
  });
}

/**
 * Takes an invitation up: the account gets its password and language. Signs nobody in. Throws the problem
 * unknown-invitation when the token is unknown, used or too old.
 */
export async function takeInvitation(
  { desk, clock, passwords }: DeskDependencies,
  token: string,
  { password, locale }: { readonly password: string; readonly locale: User['locale'] },
): Promise<User> {
  const now = clock.now();
  const username = isToken(token) ? await findInvited(desk, token, now) : null;
  if (username === null) throw new ProblemError('unknown-invitation');
  // Outside the transaction: a quarter of a second is long to hold a connection.
  const passwordHash = await passwords.hash(password);
  return desk.transaction('READ COMMITTED', async (manager) => {
    const user = await acceptInvitation(manager, { username, token, now }, { passwordHash, locale });
    if (user === null) throw new ProblemError('unknown-invitation');
    await recordEvent(manager, { day: clock.local().day, actor: actorOf(user), kind: 'invitation-accepted' });
    return user;
  });
}
