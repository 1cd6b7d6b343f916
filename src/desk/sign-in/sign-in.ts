/**
 * Signing in. A wrong password, an unknown name, a disabled account and one without a password look and take the
 * same: each makes the same statements and exactly one comparison.
 */
import type { User } from '../../contract/session.js';
import { ProblemError } from '../../platform/problems.js';
import type { DeskDependencies } from '../dependencies.js';
import type { Account } from '../entities.js';
import { findAccount } from '../people/account-store.js';
import { admitAttempt, clearAttempts, MAX_ATTEMPTS, purgeAttempts } from './attempt-store.js';
import { actorOf, actors, recordEvent } from '../../platform/event-log.js';
import { purgeInvitations } from '../people/invitation-store.js';
import { beforeSignIn } from '../planning/begun-quarter.js';
import { endSession, openSession, purgeSessions } from './session-store.js';
import { newToken } from './token.js';
import { purgeUsedCodes } from './two-factor-store.js';
import { passSecondFactor } from './two-factor.js';

interface Credentials {
  readonly username: string;
  readonly password: string;
  /** Of an authenticator app, or a recovery code, where the account has a second factor. */
  readonly code?: string | undefined;
}

async function purge({ desk, clock }: DeskDependencies): Promise<void> {
  const now = clock.now();
  await purgeAttempts(desk, now);
  await purgeSessions(desk, now);
  await purgeInvitations(desk, now);
  await purgeUsedCodes(desk, now);
}

async function countAttempt({ desk, clock }: DeskDependencies, username: string): Promise<number> {
  const admission = await admitAttempt(desk, username, clock.now());
  if ('attempt' in admission) return admission.attempt;
  throw new ProblemError('too-many-requests', {
    headers: { 'Retry-After': admission.retryAfter.toString() },
  });
}

/** Says in the log that the limit is reached; for an unknown name too, without it, so that both take the same. */
async function noteFailure(
  { desk, clock }: DeskDependencies,
  attempt: number,
  account: Account | null,
): Promise<void> {
  if (attempt < MAX_ATTEMPTS) return;
  await recordEvent(desk, {
    day: clock.local().day,
    actor: actors.nobody,
    kind: 'sign-in-locked',
    ...(account === null ? {} : { subject: account.username }),
  });
}

type Opening = Account & { readonly passwordHash: string };

/** Ends the transaction, so that a code is not used up by a sign-in that fails all the same. */
class Refused extends Error {}

interface Attempt {
  readonly code: string | undefined;
  /** The session whose place the new one takes. */
  readonly replaced: string | null;
}

/** Opens a session once the second factor is passed; null when it is not, or the account has changed meanwhile. */
async function open(
  { desk, reader, clock }: DeskDependencies,
  account: Opening,
  attempt: Attempt,
): Promise<string | null> {
  const token = newToken();
  const { username } = account;
  const { day } = clock.local();
  try {
    await desk.transaction('READ COMMITTED', async (manager) => {
      const beginning = await beforeSignIn(manager, { reader });
      const factor = await passSecondFactor(manager, username, attempt.code, clock.now());
      if (factor === 'missing') throw new ProblemError('code-required');
      if (factor === 'wrong' || !(await openSession(manager, token, account, clock.now())))
        throw new Refused();
      await beginning.signedIn(username);
      await clearAttempts(manager, username);
      if (attempt.replaced !== null) await endSession(manager, attempt.replaced);
      if (factor === 'passed-by-recovery')
        await recordEvent(manager, { day, actor: actorOf(account), kind: 'recovery-code-used' });
      await recordEvent(manager, { day, actor: actorOf(account), kind: 'sign-in' });
    });
    return token;
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

const hasPassword = (account: Account): account is Opening => account.passwordHash !== null;

/**
 * Signs a person in and gives the token of their new session, which takes the place of the one `replaced` names.
 * Throws the problems wrong-credentials, code-required and too-many-requests.
 */
export async function signIn(
  dependencies: DeskDependencies,
  { username, password, code }: Credentials,
  replaced: string | null,
): Promise<{ token: string; user: User }> {
  await purge(dependencies);
  const attempt = await countAttempt(dependencies, username);
  const account = await findAccount(dependencies.desk, username);
  const right = await dependencies.passwords.matches(password, account?.passwordHash ?? null);
  if (right && account !== null && hasPassword(account) && !account.disabled) {
    const token = await open(dependencies, account, { code, replaced });
    if (token !== null) {
      return { token, user: { username: account.username, role: account.role, locale: account.locale } };
    }
  }
  await noteFailure(dependencies, attempt, account);
  throw new ProblemError('wrong-credentials');
}

/**
 * Makes sure that whoever uses a session knows its account's password, before something that would outlast the
 * session. Counts as an attempt to sign in. Gives the hash that the password was compared with; throws the problems
 * wrong-credentials and too-many-requests.
 */
export async function proveItsYou(
  dependencies: DeskDependencies,
  username: string,
  password: string,
): Promise<string> {
  const attempt = await countAttempt(dependencies, username);
  const account = await findAccount(dependencies.desk, username);
  const right = await dependencies.passwords.matches(password, account?.passwordHash ?? null);
  if (!right || account === null || !hasPassword(account)) {
    await noteFailure(dependencies, attempt, account);
    throw new ProblemError('wrong-credentials');
  }
  await clearAttempts(dependencies.desk, username);
  return account.passwordHash;
}
