/**
 * A turn of the key: what a seal, a close, an import and a discard have in common. A new key comes, the rows of intake
 * and every blob of counters move to it, what is finished is counted, and the old key is destroyed. In a crash model
 * every other order of the four steps lost counts:
 *
 * 1. the new key, on the disk;
 * 2. one transaction: count, empty intake, name the new key, put back what stays, write the counters, remember receipts;
 * 3. only after a commit that is confirmed: destroy the old key;
 * 4. let the server forget (`forgetTraces`).
 *
 * Steps 1 to 3 are under the lock of the night, on the connection that commits. Rows are opened before anybody has to
 * wait, and compared under the lock with what they are then. Source: the design's rules for the night ("Seal").
 */
import { randomBytes } from 'node:crypto';
import type { Month } from '../contract/period.js';
import { monthsOfQuarter } from '../contract/period.js';
import type { Database, Transaction } from '../platform/database.js';
import { recipientOf } from '../platform/envelope.js';
import { actors, recordEvent } from '../platform/event-log.js';
import { describeError } from '../platform/log.js';
import { onConnection, underLock } from '../platform/session.js';
import { changedRows, emptyIntake, insertRows, lockTables, noRow, seenRows } from './intake-store.js';
import { commitDurably, namePublicKey, readInstallation, setOpen } from './key-store.js';
import { makeKey, type NightKey } from './keys.js';
import type { KeyDirectory } from '../platform/key-directory.js';
import { Ledger } from './ledger.js';
import { parallelOpener, type Open } from './opener.js';
import { forgetImported } from './quarter-store.js';
import { correctRemembered, forgetFull, receiptTables, rememberSeen } from './receipt-store.js';
import { Rows } from './rows.js';
import { settle } from './settle.js';
import { forgetTraces } from './traces-store.js';
import { countBefore } from './upgrade.js';
import type { Keeping, Turn, Work } from './work.js';

export type { Keeping } from './work.js';

/** How a turn begins: with the key that opens what there is, or with none. */
type Beginning = NightKey | 'first' | 'lost';

/** A turn that came to its COMMIT. */
interface Committing<Result> {
  /** The key that the database names if it went through. */
  readonly id: string;
  readonly result: Result;
  /** What came in place of the answer; null where it was answered. */
  readonly unanswered: Error | null;
}

/** How a turn begins, and the key it goes to. */
interface Keys {
  readonly beginning: Beginning;
  readonly next: NightKey;
  readonly open: Open;
}

/** Step 2, all of it in one transaction. */
async function rewrite<Result>(
  transaction: Transaction,
  { desk, keys, today, log, random = randomBytes }: Keeping,
  { beginning, next, open }: Keys,
  work: Work<Result>,
): Promise<Result> {
  const named = { id: next.id, publicKey: recipientOf(next.privateBytes).publicKey };
  await commitDurably(transaction);
  const ledger = new Ledger(transaction, desk, random);
  if (typeof beginning !== 'string') await ledger.open(beginning);
  const turn: Turn = {
    ...{ transaction, today, random, next: named },
    begin: (quarter) => ledger.begin(quarter),
    countersOf: (quarter) => ledger.of(quarter),
    forget: (quarter) => {
      ledger.forget(quarter);
    },
  };
  await work.before?.(turn);
  const rows = new Rows(open, named, ledger);
  const finished = work.finished ?? noRow;
  await rows.seeAll(seenRows(transaction, finished));
  await rows.change(await changedRows(transaction, finished));
  const receipts = await receiptTables(transaction);
  await rememberSeen(transaction, receipts, today);
  await lockTables(transaction, ['intake.call', receipts.full, 'sealed.counters']);
  await rows.change(await changedRows(transaction, finished));
  await emptyIntake(transaction);
  await namePublicKey(transaction, { ...named, inNamedDirectory: keys.named });
  await insertRows(transaction, rows.staying);
  await correctRemembered(transaction, receipts, { ...rows.corrections, today });
  await forgetFull(transaction, receipts);
  if (beginning === 'lost') await beginAnew(transaction, ledger, { today, log, lost: rows.dropped });
  const result = await work.after(turn);
  await ledger.write(next);
  if (rows.dropped.size > 0) log('call-did-not-open');
  return result;
}

const neverOpens: Open = (sealed) => Promise.resolve(sealed.map(() => null));

/** What opens the rows there are; without a key nothing does: of a first one there are none, of a lost one they are lost. */
function openerFrom(beginning: Beginning) {
  if (typeof beginning === 'string') return { number: 0, open: neverOpens, end: () => Promise.resolve() };
  const { open, end } = parallelOpener(beginning);
  const endAndForget = async () => {
    await end();
    beginning.privateBytes.fill(0);
  };
  return { number: beginning.number, open, end: endAndForget };
}

/** Steps 1 and 2. The caller holds the lock of the night and has settled which key it is. */
async function turnFrom<Result>(
  connection: Transaction,
  keeping: Keeping,
  beginning: Beginning,
  work: Work<Result>,
): Promise<Committing<Result>> {
  const { id: installation } = await readInstallation(connection);
  const { number, open, end } = openerFrom(beginning);
  const next = await makeKey(keeping.keys, installation, number + 1);
  const reached: Result[] = [];
  let unanswered: Error | null = null;
  try {
    await connection.transaction('READ COMMITTED', async (transaction) => {
      reached.push(await rewrite(transaction, keeping, { beginning, next, open }, work));
    });
  } catch (error) {
    if (reached.length === 0 || !(error instanceof Error)) throw error;
    unanswered = error;
  } finally {
    await end();
    next.privateBytes.fill(0);
  }
  for (const result of reached) return { id: next.id, result, unanswered };
  throw new Error('A transaction was committed without its work.');
}

/** Counters that nobody can open any more begin anew, and everything about their quarters says so. */
async function beginAnew(
  transaction: Transaction,
  ledger: Ledger,
  { today, log, lost }: Pick<Keeping, 'today' | 'log'> & { readonly lost: ReadonlySet<Month> },
): Promise<void> {
  for (const quarter of await ledger.beginAnew(today, lost)) {
    await forgetImported(transaction, monthsOfQuarter(quarter));
    await recordEvent(transaction, {
      day: today,
      actor: actors.keeper,
      kind: 'counters-begun-anew',
      subject: quarter,
    });
    log('counters-begun-anew', { quarter });
  }
}

const nothing: Work<void> = { after: () => Promise.resolve() };

/**
 * Finds the key of tonight, on a connection that holds the lock of the night: makes the first one, counting what version
 * 0.1 left, and begins anew where it is gone for good. Throws CommandError where it may still come back.
 */
async function keyOfTonight(
  connection: Transaction,
  keeping: Keeping,
  lostIsSaid = false,
): Promise<NightKey> {
  const settled = await settle(connection, keeping.keys, lostIsSaid);
  if (settled.state === 'ready') return settled.key;
  if (settled.state === 'lost') keeping.log('night-key-lost');
  await turnFrom(connection, keeping, settled.state, settled.state === 'first' ? countBefore : nothing);
  const again = await settle(connection, keeping.keys);
  if (again.state !== 'ready') throw new Error('A key that was just made is gone.');
  return again.key;
}

/** Does some work on one connection, under the lock of the night. */
const underNight = <Result>(
  keeper: Database,
  work: (connection: Transaction) => Promise<Result>,
): Promise<Result> =>
  onConnection(keeper, (connection) => underLock(connection, 'night', () => work(connection)));

/** Makes sure that there is a key, and that it opens what there is; with `lostIsSaid`, that there is a new one. */
export async function prepareKey(keeping: Keeping, lostIsSaid = false): Promise<void> {
  await underNight(keeping.keeper, async (connection) => {
    await keyOfTonight(connection, keeping, lostIsSaid);
    await setOpen(connection, true);
  });
}

/**
 * Step 3. An answer to COMMIT is not enough: a transaction that had failed is given one too. So the database is asked
 * which key it names; that one stays, and every other is destroyed. Whether it is the new one.
 */
async function isTurned(connection: Transaction, keys: KeyDirectory, id: string): Promise<boolean> {
  const settled = await settle(connection, keys);
  return settled.state === 'ready' && settled.key.id === id;
}

/** Steps 1 to 3. Throws where nothing was committed. */
async function turnOnce<Result>(keeping: Keeping, work: Work<Result>): Promise<Result> {
  const { keeper, keys, log } = keeping;
  const { committing, known } = await underNight(keeper, async (connection) => {
    const key = await keyOfTonight(connection, keeping);
    const committing = await turnFrom(connection, keeping, key, work);
    const { id, unanswered } = committing;
    return {
      committing,
      known: unanswered === null ? await isTurned(connection, keys, id).catch(() => null) : null,
    };
  });
  const { id, result, unanswered } = committing;
  // On another connection. The lock waits for what the server may still be doing for the first.
  const turned =
    known ??
    (await underNight(keeper, (connection) => isTurned(connection, keys, id)).catch((error: unknown) => {
      if (unanswered !== null) throw unanswered;
      log('old-key-kept', describeError(error));
      return true;
    }));
  if (!turned) throw unanswered ?? new Error('What was committed is not there.');
  return result;
}

/** Turns the key. Throws CommandError, with nothing changed, where the work refuses or the key is not there. */
export async function turnKey<Result>(keeping: Keeping, work: Work<Result>): Promise<Result> {
  const { keeper, keys, log } = keeping;
  const result = await turnOnce(keeping, work).catch(async (error: unknown) => {
    // Whichever key the database names now: the other one goes, if it can be known; else the next turn sees to it.
    await underNight(keeper, (connection) => settle(connection, keys)).catch(() => undefined);
    throw error;
  });
  // It is done, whatever becomes of this: who is told that it failed does it again.
  await forgetTraces(keeper, log).catch((error: unknown) => {
    log('traces-kept-till-tomorrow', describeError(error));
  });
  return result;
}
