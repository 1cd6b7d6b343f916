/**
 * Writing a call. The role `intake` can insert, replace and delete by receipt and cannot read one code back.
 *
 * Both ways write first and look afterwards, in the next statement of the same transaction. Looking first would
 * store a call twice: a seal that commits between the look and the write takes the row away, and the write then
 * puts it back. Written first, the row lock waits for the seal, and the look that follows sees what it did.
 */
import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import type { Day, Month } from '../contract/period.js';

export type StoreOutcome = 'stored' | 'replaced' | 'sealed' | 'closed-period';
export type WithdrawOutcome = 'withdrawn' | 'unknown-receipt' | 'sealed';

/** A call on its way in: the receipt as the client made it, and the numbers of `encodeCall`. */
export interface IncomingCall {
  readonly receipt: string;
  readonly day: Day;
  readonly month: Month;
  readonly codes: readonly number[];
}

/** Only this is kept of a receipt, so that nobody with the database can change or withdraw a call. */
const hashOf = (receipt: string): Buffer => createHash('sha256').update(receipt).digest();

/** Ends the transaction without its write; carries what is then answered. */
class RolledBack<Outcome> extends Error {
  constructor(readonly outcome: Outcome) {
    super('rolled back');
  }
}

async function inTransaction<Outcome>(
  intake: DataSource,
  work: (manager: EntityManager) => Promise<Outcome>,
): Promise<Outcome> {
  try {
    return await intake.transaction('READ COMMITTED', work);
  } catch (error) {
    if (error instanceof RolledBack) return error.outcome as Outcome;
    throw error;
  }
}

async function isRemembered(manager: EntityManager, hash: Buffer): Promise<boolean> {
  const rows: unknown[] = await manager.query('SELECT 1 FROM intake.receipt_memory WHERE receipt_hash = $1', [
    hash,
  ]);
  return rows.length > 0;
}

async function isClosed(manager: EntityManager, month: Month): Promise<boolean> {
  const rows: unknown[] = await manager.query('SELECT 1 FROM published.period WHERE id = $1', [month]);
  return rows.length > 0;
}

/** Whether the row is new; the same receipt twice at once waits here for the first to commit. */
async function insert(manager: EntityManager, hash: Buffer, call: IncomingCall): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    `INSERT INTO intake.call (receipt_hash, day, month, codes) VALUES ($1, $2, $3, $4)
     ON CONFLICT (receipt_hash) DO NOTHING RETURNING receipt_hash`,
    [hash, call.day, call.month, call.codes],
  );
  return rows.length > 0;
}

/** Whether there was a row to replace. The day stays what it was: a call is finished on the day it was logged. */
async function replace(manager: EntityManager, hash: Buffer, call: IncomingCall): Promise<boolean> {
  const [, count]: [unknown, number] = await manager.query(
    'UPDATE intake.call SET codes = $2, month = $3 WHERE receipt_hash = $1',
    [hash, call.codes, call.month],
  );
  return count > 0;
}

async function write(
  manager: EntityManager,
  hash: Buffer,
  call: IncomingCall,
): Promise<'stored' | 'replaced'> {
  // A withdrawal may take the row away between the two statements; then the insert finds room the next time.
  for (;;) {
    if (await insert(manager, hash, call)) return 'stored';
    if (await replace(manager, hash, call)) return 'replaced';
  }
}

/** Stores a call, or replaces the one with the same receipt; resolves after the commit. */
export async function storeCall(intake: DataSource, call: IncomingCall): Promise<StoreOutcome> {
  const hash = hashOf(call.receipt);
  return inTransaction<StoreOutcome>(intake, async (manager) => {
    const outcome = await write(manager, hash, call);
    if (await isRemembered(manager, hash)) throw new RolledBack<StoreOutcome>('sealed');
    if (await isClosed(manager, call.month)) throw new RolledBack<StoreOutcome>('closed-period');
    return outcome;
  });
}

/** Withdraws the call with a receipt; resolves after the commit. */
export async function withdrawCall(intake: DataSource, receipt: string): Promise<WithdrawOutcome> {
  const hash = hashOf(receipt);
  return inTransaction<WithdrawOutcome>(intake, async (manager) => {
    const [, count]: [unknown, number] = await manager.query(
      'DELETE FROM intake.call WHERE receipt_hash = $1',
      [hash],
    );
    if (await isRemembered(manager, hash)) throw new RolledBack<WithdrawOutcome>('sealed');
    return count > 0 ? 'withdrawn' : 'unknown-receipt';
  });
}
