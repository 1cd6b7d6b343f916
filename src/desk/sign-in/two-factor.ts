/** The second factor at the door: a code of an app, each good once, or a recovery code. */
import type { Transaction } from '../../platform/database.js';
import { findSecret, useRecoveryCode, useStep } from './two-factor-store.js';
import { stepOf } from './totp.js';

/** What came of the second factor; `none` where the account has none. */
export type SecondFactor = 'none' | 'passed' | 'passed-by-recovery' | 'missing' | 'wrong';

/** Checks a code and uses it up, in the caller's transaction. */
export async function passSecondFactor(
  manager: Transaction,
  username: string,
  code: string | undefined,
  now: Date,
): Promise<SecondFactor> {
  const secret = await findSecret(manager, username);
  if (secret === null) return 'none';
  if (code === undefined || code.trim() === '') return 'missing';
  const step = stepOf(secret, code, now);
  if (step !== null) return (await useStep(manager, username, step)) ? 'passed' : 'wrong';
  return (await useRecoveryCode(manager, username, code)) ? 'passed-by-recovery' : 'wrong';
}
