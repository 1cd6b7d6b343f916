/**
 * Signing in. A wrong password, an unknown name, a disabled account and one without a password look and take the
 * same: each makes the same statements and exactly one comparison.
 */
import type { DataSource } from 'typeorm';
import type { User } from '../contract/session.js';
import type { Clock } from '../platform/clock.js';
import { ProblemError } from '../platform/problems.js';
import { findAccount, type Account } from './account-store.js';
import { admitAttempt, clearAttempts, MAX_ATTEMPTS, purgeAttempts } from './attempts.js';
import { actors, recordEvent } from './events.js';
import { purgeInvitations } from './invitation-store.js';
import type { Passwords } from './passwords.js';
import { endSession, openSession, purgeSessions } from './session-store.js';
import { newToken } from './token.js';

interface Room {
  readonly desk: DataSource;
  readonly clock: Clock;
  readonly passwords: Passwords;
}

interface Credentials {
  readonly username: string;
  readonly password: string;
}

async function purge({ desk, clock }: Room): Promise<void> {
  const now = clock.now();
  await purgeAttempts(desk, now);
  await purgeSessions(desk, now);
  await purgeInvitations(desk, now);
}

async function countAttempt({ desk, clock }: Room, username: string): Promise<number> {
  const admission = await admitAttempt(desk, username, clock.now());
  if ('attempt' in admission) return admission.attempt;
  throw new ProblemError('too-many-requests', {
    headers: { 'Retry-After': admission.retryAfter.toString() },
  });
}

/** Says in the log that the limit is reached; for an unknown name too, without it, so that both take the same. */
async function noteFailure({ desk, clock }: Room, attempt: number, account: Account | null): Promise<void> {
  if (attempt < MAX_ATTEMPTS) return;
  await recordEvent(desk, {
    day: clock.local().day,
    actor: actors.nobody,
    kind: 'sign-in-locked',
    ...(account === null ? {} : { subject: account.username }),
  });
}

async function open(
  { desk, clock }: Room,
  account: Account & { passwordHash: string },
  replaced: string | null,
): Promise<string | null> {
  const token = newToken();
  const { username } = account;
  return desk.transaction(async (manager) => {
    if (!(await openSession(manager, token, account, clock.now()))) return null;
    await clearAttempts(manager, username);
    if (replaced !== null) await endSession(manager, replaced);
    await recordEvent(manager, { day: clock.local().day, actor: username, kind: 'sign-in' });
    return token;
  });
}

const hasPassword = (account: Account): account is Account & { passwordHash: string } =>
  account.passwordHash !== null;

/**
 * Signs a person in and gives the token of their new session, which takes the place of the one `replaced` names.
 * Throws the problems wrong-credentials and too-many-requests.
 */
export async function signIn(
  room: Room,
  { username, password }: Credentials,
  replaced: string | null,
): Promise<{ token: string; user: User }> {
  await purge(room);
  const attempt = await countAttempt(room, username);
  const account = await findAccount(room.desk, username);
  const right = await room.passwords.matches(password, account?.passwordHash ?? null);
  if (right && account !== null && hasPassword(account) && !account.disabled) {
    const token = await open(room, account, replaced);
    if (token !== null) {
      return { token, user: { username: account.username, role: account.role, locale: account.locale } };
    }
  }
  await noteFailure(room, attempt, account);
  throw new ProblemError('wrong-credentials');
}
