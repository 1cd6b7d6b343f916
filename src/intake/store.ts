/**
 * Writing a call. It is sealed to the keeper's key of the night before it gets to the database: neither the role `intake`
 * nor anybody else can read one code back from the row.
 *
 * Both ways write first and look afterwards, in the next statement of the same transaction. Looking first would
 * store a call twice: a seal that commits between the look and the write takes the row away, and the write then
 * puts it back. Written first, the row lock waits for the seal, and the look that follows sees what it did. The key is
 * remembered between calls; a row that is sealed to one that is dead fails on the foreign key, and is sealed anew.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { callSealing, packCall } from '../contract/call.js';
import type { Day, Month } from '../contract/period.js';
import { databaseFailure, type Database, type Transaction } from '../platform/database.js';
import { batchSealer } from '../platform/envelope.js';
import { affected, bytesSchema, maybeOne, one } from '../platform/statements.js';

/** `shut`: there is no key that the keeper has confirmed, so nothing can be taken in. */
export type StoreOutcome = 'stored' | 'replaced' | 'sealed' | 'closed-period' | 'shut';
export type WithdrawOutcome = 'withdrawn' | 'unknown-receipt' | 'sealed' | 'shut';

/** A call on its way in: the receipt as the client made it, and the numbers of `encodeCall`. */
export interface IncomingCall {
  readonly receipt: string;
  readonly day: Day;
  readonly month: Month;
  readonly codes: readonly number[];
}

/** Only this is kept of a receipt, so that nobody with the database can change or withdraw a call. */
const hashOf = (receipt: string): Buffer => createHash('sha256').update(receipt).digest();

const keySchema = z.strictObject({ id: z.string(), publicKey: bytesSchema, open: z.boolean() });
type Key = z.infer<typeof keySchema>;

/** The key of the night as it was last seen through a pool. */
const known = new WeakMap<Database, Key>();

async function readKey(intake: Database): Promise<Key | null> {
  const key = await maybeOne(intake, keySchema, 'SELECT id, public_key AS "publicKey", open FROM intake.key');
  if (key === null) known.delete(intake);
  else known.set(intake, key);
  return key;
}

/** Whether the intake is open: there is a key, and the keeper has confirmed it. */
export async function isOpen(intake: Database): Promise<boolean> {
  return (await readKey(intake))?.open === true;
}

/** Ends the transaction without its write; carries what is then answered. */
class RolledBack<Outcome> extends Error {
  constructor(readonly outcome: Outcome) {
    super('rolled back');
  }
}

async function inTransaction<Outcome>(
  intake: Database,
  work: (transaction: Transaction) => Promise<Outcome>,
): Promise<Outcome> {
  try {
    return await intake.transaction('READ COMMITTED', work);
  } catch (error) {
    if (error instanceof RolledBack) return error.outcome as Outcome;
    throw error;
  }
}

const lookSchema = z.strictObject({ remembered: z.boolean(), closed: z.boolean(), open: z.boolean() });

/** Whether a call is counted already, its month closed, and the intake open; asked when the call is written. */
const look = (transaction: Transaction, hash: Buffer, month: Month | null) =>
  one(
    transaction,
    lookSchema,
    `SELECT EXISTS (SELECT 1 FROM intake.receipt_memory WHERE receipt_hash = $1) AS remembered,
            EXISTS (SELECT 1 FROM published.period WHERE id = $2) AS closed,
            EXISTS (SELECT 1 FROM intake.key WHERE open) AS open`,
    [hash, month],
  );

interface SealedCall {
  readonly hash: Buffer;
  readonly keyId: string;
  readonly day: Day;
  readonly month: Month;
  readonly envelope: Buffer;
}

const seal = batchSealer();

function sealTo(key: Key, { receipt, day, month, codes }: IncomingCall): SealedCall {
  const hash = hashOf(receipt);
  const envelope = seal(key.publicKey, packCall(codes), callSealing(hash.toString('hex'), month, key.id));
  return { hash, keyId: key.id, day, month, envelope };
}

/** Whether the row is new; the same receipt twice at once waits here for the first to commit. */
async function insert(
  transaction: Transaction,
  { hash, keyId, day, month, envelope }: SealedCall,
): Promise<boolean> {
  const statement = `INSERT INTO intake.call (receipt_hash, key_id, day, month, envelope) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (receipt_hash) DO NOTHING`;
  return (await affected(transaction, statement, [hash, keyId, day, month, envelope])) > 0;
}

/** Whether there was a row to replace. The day stays what it was: a call is finished on the day it was logged. */
async function replace(
  transaction: Transaction,
  { hash, keyId, month, envelope }: SealedCall,
): Promise<boolean> {
  const statement = 'UPDATE intake.call SET envelope = $2, key_id = $3, month = $4 WHERE receipt_hash = $1';
  return (await affected(transaction, statement, [hash, envelope, keyId, month])) > 0;
}

async function write(transaction: Transaction, call: SealedCall): Promise<'stored' | 'replaced'> {
  // A withdrawal may take the row away between the two statements; then the insert finds room the next time.
  for (;;) {
    if (await insert(transaction, call)) return 'stored';
    if (await replace(transaction, call)) return 'replaced';
  }
}

const FOREIGN_KEY_VIOLATION = '23503';

/** How often a call is sealed anew because the key has changed meanwhile: once a night, or once a command. */
const ATTEMPTS = 5;

/** Stores a call, or replaces the one with the same receipt; resolves after the commit. */
export async function storeCall(intake: Database, call: IncomingCall): Promise<StoreOutcome> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const key = (attempt === 0 ? known.get(intake) : undefined) ?? (await readKey(intake));
    if (key === null) return 'shut';
    const sealed = sealTo(key, call);
    try {
      return await inTransaction<StoreOutcome>(intake, async (transaction) => {
        const outcome = await write(transaction, sealed);
        const { remembered, closed, open } = await look(transaction, sealed.hash, call.month);
        if (!open) throw new RolledBack<StoreOutcome>('shut');
        if (remembered) throw new RolledBack<StoreOutcome>('sealed');
        if (closed) throw new RolledBack<StoreOutcome>('closed-period');
        return outcome;
      });
    } catch (error) {
      if (databaseFailure(error)?.code !== FOREIGN_KEY_VIOLATION) throw error;
      known.delete(intake);
    }
  }
  return 'shut';
}

/** Withdraws the call with a receipt; resolves after the commit. */
export async function withdrawCall(intake: Database, receipt: string): Promise<WithdrawOutcome> {
  const hash = hashOf(receipt);
  return inTransaction<WithdrawOutcome>(intake, async (transaction) => {
    const count = await affected(transaction, 'DELETE FROM intake.call WHERE receipt_hash = $1', [hash]);
    const { remembered, open } = await look(transaction, hash, null);
    if (!open) throw new RolledBack<WithdrawOutcome>('shut');
    if (remembered) throw new RolledBack<WithdrawOutcome>('sealed');
    return count > 0 ? 'withdrawn' : 'unknown-receipt';
  });
}
