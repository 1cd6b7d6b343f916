/** The second factor in the database: secrets, recovery codes, and the codes that were used a moment ago. */
import type { DataSource } from 'typeorm';
import type { TwoFactor } from '../../contract/own-account.js';
import type { Sql } from '../settings/events.js';
import { hashOfCode, newRecoveryCodes } from './recovery-codes.js';
import { stepAt } from './totp.js';

/** Steps after which a used code is no longer good anyway. */
const FORGET_AFTER = 3;

/** Whether an account has a second factor, and how many recovery codes are left. */
export async function readTwoFactor(desk: Sql, username: string): Promise<TwoFactor> {
  const [row]: TwoFactor[] = await desk.query(
    `SELECT EXISTS (SELECT 1 FROM desk.two_factor WHERE username = $1 AND secret IS NOT NULL) AS on,
       (SELECT count(*)::int FROM desk.recovery_code WHERE username = $1) AS "recoveryCodes"`,
    [username],
  );
  return row ?? { on: false, recoveryCodes: 0 };
}

/** The secret that codes of an account are checked with; null without a second factor. */
export async function findSecret(desk: Sql, username: string): Promise<Buffer | null> {
  const [row]: { secret: Buffer | null }[] = await desk.query(
    'SELECT secret FROM desk.two_factor WHERE username = $1',
    [username],
  );
  return row?.secret ?? null;
}

/** Keeps a secret until its first code proves that an app has it. */
export async function keepPending(desk: Sql, username: string, secret: Buffer): Promise<void> {
  await desk.query(
    `INSERT INTO desk.two_factor (username, pending) VALUES ($1, $2)
     ON CONFLICT (username) DO UPDATE SET pending = excluded.pending`,
    [username, secret],
  );
}

/** The secret that waits for its first code, locked until the transaction ends; null when none does. */
export async function lockPending(manager: Sql, username: string): Promise<Buffer | null> {
  const [row]: { pending: Buffer | null }[] = await manager.query(
    'SELECT pending FROM desk.two_factor WHERE username = $1 FOR UPDATE',
    [username],
  );
  return row?.pending ?? null;
}

/** Puts the waiting secret in force. */
export async function confirmPending(manager: Sql, username: string): Promise<void> {
  await manager.query('UPDATE desk.two_factor SET secret = pending, pending = NULL WHERE username = $1', [
    username,
  ]);
}

/** Takes the second factor and every recovery code away; whether there was a second factor. */
export async function removeTwoFactor(manager: Sql, username: string): Promise<boolean> {
  await manager.query('DELETE FROM desk.recovery_code WHERE username = $1', [username]);
  const [gone]: [{ had: boolean }[], number] = await manager.query(
    'DELETE FROM desk.two_factor WHERE username = $1 RETURNING secret IS NOT NULL AS had',
    [username],
  );
  return gone[0]?.had === true;
}

/** Gives an account ten new recovery codes in place of those it had. The account's row is locked by the caller. */
export async function replaceRecoveryCodes(manager: Sql, username: string): Promise<string[]> {
  const codes = newRecoveryCodes();
  await manager.query('DELETE FROM desk.recovery_code WHERE username = $1', [username]);
  await manager.query(
    'INSERT INTO desk.recovery_code (code_hash, username) SELECT hash, $2 FROM unnest($1::bytea[]) AS hash',
    [codes.map(hashOfCode), username],
  );
  return codes;
}

/** Uses a recovery code up; false when it is none of the account's. Of two at once one finds it gone. */
export async function useRecoveryCode(manager: Sql, username: string, code: string): Promise<boolean> {
  const [, used]: [unknown, number] = await manager.query(
    'DELETE FROM desk.recovery_code WHERE username = $1 AND code_hash = $2',
    [username, hashOfCode(code)],
  );
  return used > 0;
}

/** Marks a step's code as used; false when it was used before. */
export async function useStep(manager: Sql, username: string, step: number): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    `INSERT INTO desk.used_code (username, step) VALUES ($1, $2)
     ON CONFLICT (username, step) DO NOTHING RETURNING step`,
    [username, step],
  );
  return rows.length > 0;
}

/** Forgets used codes that are too old to be good again. */
export async function purgeUsedCodes(desk: DataSource, now: Date): Promise<void> {
  await desk.query(
    `DELETE FROM desk.used_code WHERE (username, step) IN (
       SELECT username, step FROM desk.used_code WHERE step < $1 FOR UPDATE SKIP LOCKED)`,
    [stepAt(now) - FORGET_AFTER],
  );
}
