/** The second factor in the database: secrets, recovery codes, and the codes that were used a moment ago. */
import { z } from 'zod';
import { twoFactorSchema, type TwoFactor } from '../../contract/own-account.js';
import type { Database, Sql, Transaction } from '../../platform/database.js';
import { affected, bytesSchema, maybeOne, one } from '../../platform/statements.js';
import { recoveryCodes, twoFactors } from '../entities.js';
import { hashOfCode, newRecoveryCodes } from './recovery-codes.js';
import { stepAt } from './totp.js';

/** Steps after which a used code is no longer good anyway. */
const FORGET_AFTER = 3;

/** Whether an account has a second factor, and how many recovery codes are left. */
export async function readTwoFactor(desk: Sql, username: string): Promise<TwoFactor> {
  return one(
    desk,
    twoFactorSchema,
    `SELECT EXISTS (SELECT 1 FROM desk.two_factor WHERE username = $1 AND secret IS NOT NULL) AS on,
       (SELECT count(*)::int FROM desk.recovery_code WHERE username = $1) AS "recoveryCodes"`,
    [username],
  );
}

/** The secret that codes of an account are checked with; null without a second factor. */
export async function findSecret(desk: Sql, username: string): Promise<Buffer | null> {
  const found = await desk.getRepository(twoFactors).findOneBy({ username });
  return found?.secret ?? null;
}

/** Keeps a secret until its first code proves that an app has it. */
export async function keepPending(desk: Sql, username: string, secret: Buffer): Promise<void> {
  await desk.getRepository(twoFactors).upsert({ username, pending: secret }, ['username']);
}

/** The secret that waits for its first code, locked until the transaction ends; null when none does. */
export async function lockPending(transaction: Transaction, username: string): Promise<Buffer | null> {
  const locked = await maybeOne(
    transaction,
    z.strictObject({ pending: bytesSchema.nullable() }),
    'SELECT pending FROM desk.two_factor WHERE username = $1 FOR UPDATE',
    [username],
  );
  return locked?.pending ?? null;
}

/** Puts the waiting secret in force. */
export async function confirmPending(transaction: Transaction, username: string): Promise<void> {
  await affected(
    transaction,
    'UPDATE desk.two_factor SET secret = pending, pending = NULL WHERE username = $1',
    [username],
  );
}

/** Takes the second factor and every recovery code away; whether there was a second factor. */
export async function removeTwoFactor(transaction: Transaction, username: string): Promise<boolean> {
  await transaction.getRepository(recoveryCodes).delete({ username });
  const removed = await maybeOne(
    transaction,
    z.strictObject({ had: z.boolean() }),
    'DELETE FROM desk.two_factor WHERE username = $1 RETURNING secret IS NOT NULL AS had',
    [username],
  );
  return removed?.had === true;
}

/** Gives an account ten new recovery codes in place of those it had. The account's row is locked by the caller. */
export async function replaceRecoveryCodes(transaction: Transaction, username: string): Promise<string[]> {
  const codes = newRecoveryCodes();
  const kept = transaction.getRepository(recoveryCodes);
  await kept.delete({ username });
  await kept.insert(codes.map((code) => ({ codeHash: hashOfCode(code), username })));
  return codes;
}

/** Uses a recovery code up; false when it is none of the account's. Of two at once one finds it gone. */
export async function useRecoveryCode(
  transaction: Transaction,
  username: string,
  code: string,
): Promise<boolean> {
  const used = await transaction
    .getRepository(recoveryCodes)
    .delete({ username, codeHash: hashOfCode(code) });
  return used.affected === 1;
}

/** Marks a step's code as used; false when it was used before. */
export async function useStep(transaction: Transaction, username: string, step: number): Promise<boolean> {
  const marked = await affected(
    transaction,
    'INSERT INTO desk.used_code (username, step) VALUES ($1, $2) ON CONFLICT (username, step) DO NOTHING',
    [username, step],
  );
  return marked > 0;
}

/** Forgets used codes that are too old to be good again. */
export async function purgeUsedCodes(desk: Database, now: Date): Promise<void> {
  await affected(
    desk,
    `DELETE FROM desk.used_code WHERE (username, step) IN (
       SELECT username, step FROM desk.used_code WHERE step < $1 FOR UPDATE SKIP LOCKED)`,
    [stepAt(now) - FORGET_AFTER],
  );
}
