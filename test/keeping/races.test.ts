/**
 * A retry, a withdrawal and a new call, from two web processes that remember the key of the night, that meet a seal, a
 * close or an import: every call that was acknowledged is counted once, and none that was refused or withdrawn. Both
 * orders are forced by holding one side open, and chance orders are run many times.
 */
import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { callName, CALL_BYTES, packCall } from '../../src/contract/call.js';
import type { Plan } from '../../src/contract/plan.js';
import { storeCall, withdrawCall, type IncomingCall } from '../../src/intake/store.js';
import type { Counters } from '../../src/keeping/counters.js';
import { findPublicKey } from '../../src/keeping/key-store.js';
import { connect } from '../../src/platform/database.js';
import { sealEnvelope } from '../../src/platform/envelope.js';
import { roleUrl } from '../../src/platform/installation.js';
import { aConversation, aReceipt, codesOf, vocabulary } from '../support/calls.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { sum } from '../support/discrete-gaussian.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';
import { closeOn, importOn, sealBefore } from '../support/keeping.js';
import { begunCounters, countedBetween, openedCounters, openedIntake } from '../support/opened.js';
import { until } from '../support/until.js';
import { untilWaiting } from '../support/waiters.js';
import { aCall, csvOf, fileFolder } from './import-support.js';

const QUARTER = '2026-Q4';
const plan: Plan = { preset: 'own', rho: 0.5, tables: [{ id: 'kind', rows: 'kind' }] };
const change = {
  desk: { planOf: () => Promise.resolve(plan), vocabularyOf: () => Promise.resolve(vocabulary) },
};
const { file, remove } = fileFolder();

let database: TestDatabase;
/** The intake of a second web process: it remembers a key of its own. */
let other: DataSource;
let begun: Counters;

beforeAll(async () => {
  database = await freshDatabase(standingClock('2026-10-01T10:00:00Z'));
  other = await connect({ url: roleUrl(database.installation, 'intake'), poolSize: 4 });
  begun = await begunCounters(database, '2026-10-02', QUARTER, change);
});
afterAll(async () => {
  await other.destroy();
  await database.destroy();
  remove();
});

const call = (given: Partial<IncomingCall> = {}): IncomingCall => ({
  ...{ receipt: aReceipt(), day: '2026-11-10', month: '2026-11' },
  codes: codesOf(aConversation()),
  ...given,
});

/** The one process or the other, in turns. */
let turn = 0;
const web = () => ((turn += 1) % 2 === 0 ? database.intake : other);
const put = (one: IncomingCall) => storeCall(web(), one);
const withdraw = ({ receipt }: IncomingCall) => withdrawCall(web(), receipt);

/** Calls anywhere: counted, or in intake and such that they open. */
async function known(): Promise<number> {
  const counted = countedBetween(begun, await openedCounters(database, QUARTER));
  return sum(counted['kind']?.flat() ?? []) + (await openedIntake(database)).length;
}

const sealNow = () => sealBefore(database, '2026-11-11', change);

/** Lets a seal come to its last step, with the intake in its hands, and `write` stand behind it. */
async function behindASeal<Outcome>(write: () => Promise<Outcome>): Promise<Outcome> {
  const holder = database.owner.createQueryRunner();
  await holder.startTransaction();
  await holder.query('SELECT 1 FROM published.installation FOR UPDATE');
  const sealing = sealNow();
  await untilWaiting(database, 1);
  const written = write();
  await untilWaiting(database, 2);
  await holder.commitTransaction();
  await holder.release();
  await sealing;
  return written;
}

describe('a write that waits for a seal', () => {
  test.each([1, 2])('of a retry: answered sealed, counted once (process %d)', async () => {
    const before = await known();
    const one = call();
    expect(await storeCall(database.intake, one)).toBe('stored');
    expect(await behindASeal(() => put(one))).toBe('sealed');
    expect(await known()).toBe(before + 1);
  });

  test('of a withdrawal: answered sealed, still counted once', async () => {
    const before = await known();
    const one = call();
    await put(one);
    expect(await behindASeal(() => withdraw(one))).toBe('sealed');
    expect(await known()).toBe(before + 1);
  });

  test.each([1, 2])(
    'of a new call, to a key that is dead by then: sealed anew, there once (process %d)',
    async () => {
      const before = await known();
      const one = call({ day: '2026-11-11' });
      expect(await behindASeal(() => put(one))).toBe('stored');
      expect(await known()).toBe(before + 1);
    },
  );
});

test('a retry whose call is withdrawn while it waits is stored', async () => {
  const before = await known();
  const one = call({ day: '2026-11-11' });
  await put(one);
  let retried: Promise<string> | undefined;
  await database.owner.transaction(async (manager) => {
    // Locked first, so that the retry finds the row and waits to replace it; then it is gone.
    const row = 'FROM intake.call WHERE receipt_hash = sha256($1)';
    const receipt = [Buffer.from(one.receipt)];
    await manager.query(`SELECT 1 ${row} FOR UPDATE`, receipt);
    retried = put(one);
    await untilWaiting(database, 1);
    await manager.query(`DELETE ${row}`, receipt);
  });
  expect(await retried).toBe('stored');
  expect(await known()).toBe(before + 1);
});

/** A call as a web process writes it, in a transaction that stays open until it is told to commit. */
async function openWrite({ receipt, day, month, codes }: IncomingCall) {
  const key = await findPublicKey(database.keeper);
  if (key === null) throw new Error('There is no key.');
  const hash = createHash('sha256').update(receipt).digest();
  const name = callName(hash.toString('hex'), month, key.id);
  const { envelope } = sealEnvelope(key.publicKey, packCall(codes), { name, least: CALL_BYTES });
  const writer = database.intake.createQueryRunner();
  await writer.startTransaction();
  await writer.query(
    `INSERT INTO intake.call (receipt_hash, key_id, day, month, envelope) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (receipt_hash) DO NOTHING`,
    [hash, key.id, day, month, envelope],
  );
  await writer.query(
    'UPDATE intake.call SET envelope = $2, key_id = $3, month = $4 WHERE receipt_hash = $1',
    [hash, envelope, key.id, month],
  );
  return async () => {
    await writer.commitTransaction();
    await writer.release();
  };
}

/** Resolves once a seal asks for the intake. */
const untilAsked = () =>
  until(async () => {
    const rows: unknown[] = await database.owner.query(
      `SELECT 1 FROM pg_locks WHERE relation = 'intake.call'::regclass AND NOT granted AND database =
         (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    return rows.length > 0;
  }, 60);

describe('a seal that waits for a write', () => {
  test('of a new call: counts it', async () => {
    const before = await known();
    const one = call();
    const commit = await openWrite(one);
    const sealing = sealNow();
    await untilAsked();
    await commit();
    await sealing;
    expect(await known()).toBe(before + 1);
    expect(await put(one)).toBe('sealed');
    expect(await known()).toBe(before + 1);
  });

  test('of a call it has seen already: counts what is written, and not what was', async () => {
    const before = countedBetween(begun, await openedCounters(database, QUARTER))['kind'] ?? [];
    const one = call();
    await put(one);
    const silent = codesOf({ kind: 'silent', channel: 'phone', daypart: 'night' });
    const commit = await openWrite({ ...one, codes: silent });
    const sealing = sealNow();
    await untilAsked();
    await commit();
    await sealing;
    const after = countedBetween(begun, await openedCounters(database, QUARTER))['kind'] ?? [];
    expect(after.map(([n = NaN], row) => n - (before[row]?.[0] ?? NaN))).toEqual([0, 1, 0, 0, 0, 0]);
    expect(await put(one)).toBe('sealed');
  });

  test('of a withdrawal: does not count what is gone', async () => {
    const before = await known();
    const one = call();
    await put(one);
    const writer = database.intake.createQueryRunner();
    await writer.startTransaction();
    await writer.query('DELETE FROM intake.call WHERE receipt_hash = sha256($1)', [Buffer.from(one.receipt)]);
    const sealing = sealNow();
    await untilAsked();
    await writer.commitTransaction();
    await writer.release();
    await sealing;
    expect(await known()).toBe(before);
    // Nobody remembers it: it may be stored again.
    expect(await put(one)).toBe('stored');
    expect(await withdraw(one)).toBe('withdrawn');
  });
});

test('by chance, many times: every acknowledged call is there once, every withdrawn one is not', async () => {
  let expected = await known();
  const imported = file(csvOf([aCall('2026-10'), aCall('2026-10')]));
  for (let round = 0; round < 30; round += 1) {
    const calls = Array.from({ length: 8 }, (_, index) => call(index % 2 === 0 ? {} : { day: '2026-11-11' }));
    const there = calls.slice(0, 5);
    await Promise.all(there.map(put));
    const [a, b, c, d] = there;
    if (!a || !b || !c || !d) throw new Error('no calls');
    // Each third round an import turns the key as well.
    const importing =
      round % 3 === 0 ? importOn(database, '2026-11-11', imported, { again: true, change }) : null;
    const pause = Math.random() * 30;
    const [, withdrawn, taken, again, anew, ...fresh] = await Promise.all([
      new Promise((resolve) => setTimeout(resolve, pause)).then(sealNow),
      withdraw(a),
      withdraw(b),
      put(c),
      put(d),
      ...calls.slice(5).map(put),
      importing,
    ]);
    for (const one of [withdrawn, taken]) expect(['withdrawn', 'sealed']).toContain(one);
    for (const one of [again, anew]) expect(['replaced', 'sealed']).toContain(one);
    expect(fresh.slice(0, 3)).toEqual(['stored', 'stored', 'stored']);
    expected += 8 - [withdrawn, taken].filter((one) => one === 'withdrawn').length;
    if (importing !== null) expected += 2;
    expect(await known()).toBe(expected);
  }
});

test('a call that meets the close of its month is counted, or refused and there nowhere', async () => {
  const days = ['2026-10-20', '2026-10-21'];
  for (const month of ['2026-10', '2026-11'] as const) {
    const today = month === '2026-10' ? '2026-11-20' : '2026-12-20';
    const before = await known();
    const closing = closeOn(database, today, month, change);
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        await new Promise((resolve) => setTimeout(resolve, index * 4));
        return put(call({ month, day: days[index % 2] ?? '' }));
      }),
    );
    await closing;
    const kept = outcomes.filter((outcome) => outcome === 'stored').length;
    expect(outcomes.filter((outcome) => outcome === 'closed-period').length).toBe(12 - kept);
    expect(await known()).toBe(before + kept);
    // What was accepted before the close was counted by it: the month is empty in intake.
    const waiting: unknown[] = await database.owner.query('SELECT 1 FROM intake.call WHERE month = $1', [
      month,
    ]);
    expect(waiting).toEqual([]);
    expect(await put(call({ month }))).toBe('closed-period');
  }
});
