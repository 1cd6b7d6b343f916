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
import { monthsOfQuarter } from '../contract/period.js';
import type { Transaction } from '../platform/database.js';
import { recipientOf } from '../platform/envelope.js';
import { actors, recordEvent } from '../platform/event-log.js';
import { onConnection, underLock } from '../platform/session.js';
import {
  changedRows,
  emptyIntake,
  insertRows,
  lockTables,
  noRow,
  seenRows,
  type IntakeRow,
} from './intake-store.js';
import { commitDurably, namePublicKey, readInstallation, setOpen, writeDurably } from './key-store.js';
import { destroyKey, makeKey, type NightKey } from './keys.js';
import { Ledger } from './ledger.js';
import { parallelOpener } from './opener.js';
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

/** Steps 1 to 3. The caller holds the lock of the night and has settled which key it is. */
async function turnFrom<Result>(
  connection: Transaction,
  { keeper, desk, keys, today, log, random = randomBytes }: Keeping,
  beginning: Beginning,
  work: Work<Result>,
): Promise<Result> {
  const old = typeof beginning === 'string' ? null : beginning;
  const { id: installation } = await readInstallation(connection);
  const next = await makeKey(keys, installation, (old?.number ?? 0) + 1);
  const named = { id: next.id, publicKey: recipientOf(next.privateBytes).publicKey };
  const opener = old === null ? null : parallelOpener(old);
  try {
    const result = await connection.transaction('READ COMMITTED', async (transaction) => {
      await commitDurably(transaction);
      const ledger = new Ledger(transaction, desk, random);
      if (old !== null) await ledger.open(old);
      const turn: Turn = {
        ...{ transaction, today, random, next: named },
        begin: (quarter) => ledger.begin(quarter),
        countersOf: (quarter) => ledger.of(quarter),
        forget: (quarter) => {
          ledger.forget(quarter);
        },
      };
      await work.before?.(turn);
      // Without a key no row opens: of a first key there are none, of a lost one they are lost.
      const rows = new Rows(opener?.open ?? neverOpens, named, ledger);
      const finished = work.finished ?? noRow;
      await seeAll(seenRows(transaction, finished), rows);
      await rows.change(await changedRows(transaction, finished));
      const receipts = await receiptTables(transaction);
      await rememberSeen(transaction, receipts, today);
      // Brings to the disk, on another connection, what was written so far: the commit has less to wait for.
      await writeDurably(keeper);
      await lockTables(transaction, ['intake.call', receipts.full, 'sealed.counters']);
      await rows.change(await changedRows(transaction, finished));
      await emptyIntake(transaction);
      await namePublicKey(transaction, named);
      await insertRows(transaction, rows.staying);
      await correctRemembered(transaction, receipts, { ...rows.corrections, today });
      await forgetFull(transaction, receipts);
      if (beginning === 'lost') await beginAnew(transaction, ledger, { today, log });
      const result = await work.after(turn);
      await ledger.write(next);
      if (rows.dropped) log('call-did-not-open');
      return result;
    });
    if (old !== null) await destroyKey(keys, old.id);
    return result;
  } finally {
    await opener?.end();
    for (const key of [old, next]) key?.privateBytes.fill(0);
  }
}

/** Takes all rows as they are seen: while some are opened, the next ones are fetched. */
async function seeAll(batches: AsyncIterable<readonly IntakeRow[]>, rows: Rows): Promise<void> {
  let before: Promise<void> = Promise.resolve();
  for await (const batch of batches) {
    await before;
    before = rows.see(batch);
    // Whatever becomes of it is awaited with the next batch, or at the end.
    before.catch(() => undefined);
  }
  await before;
}

const neverOpens = (sealed: readonly unknown[]) => Promise.resolve(sealed.map(() => null));

/** Counters that nobody can open any more begin anew, and everything about their quarters says so. */
async function beginAnew(
  transaction: Transaction,
  ledger: Ledger,
  { today, log }: Pick<Keeping, 'today' | 'log'>,
): Promise<void> {
  for (const quarter of await ledger.beginAnew(today)) {
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

/** Makes sure that there is a key, and that it opens what there is; with `lostIsSaid`, that there is a new one. */
export async function prepareKey(keeping: Keeping, lostIsSaid = false): Promise<void> {
  await onConnection(keeping.keeper, (connection) =>
    underLock(connection, 'night', async () => {
      await keyOfTonight(connection, keeping, lostIsSaid);
      await setOpen(connection, true);
    }),
  );
}

/** Turns the key. Throws CommandError, with nothing changed, where the work refuses or the key is not there. */
export async function turnKey<Result>(keeping: Keeping, work: Work<Result>): Promise<Result> {
  const result = await onConnection(keeping.keeper, (connection) =>
    underLock(connection, 'night', async () => {
      const key = await keyOfTonight(connection, keeping);
      try {
        return await turnFrom(connection, keeping, key, work);
      } catch (error) {
        // Whichever key the database names now: the other one goes, if it can be known; else the next turn sees to it.
        await settle(connection, keeping.keys).catch(() => undefined);
        throw error;
      }
    }),
  );
  await forgetTraces(keeping.keeper, keeping.log);
  return result;
}
