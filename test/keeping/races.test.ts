/**
 * A retry, a withdrawal and a new call that meet a seal or a close in mid-transaction: stored exactly once, or
 * refused. Both orders are forced by holding one side open, and chance orders are run many times.
 */
import { presetPlan } from '../../src/contract/presets.js';
import { storeCall, withdrawCall, type IncomingCall } from '../../src/intake/store.js';
import { close } from '../../src/keeping/close.js';
import { seal } from '../../src/keeping/seal.js';
import { aConversation, aReceipt, codesOf, vocabulary } from '../support/calls.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';
import { until } from '../support/until.js';
import { untilWaiting } from '../support/waiters.js';

const desk = {
  planOf: () => Promise.resolve(presetPlan('large')),
  vocabularyOf: () => Promise.resolve(vocabulary),
};
let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase(standingClock('2026-10-01T10:00:00Z'));
});
afterAll(async () => {
  await database.destroy();
});

const call = (change: Partial<IncomingCall> = {}): IncomingCall => ({
  receipt: aReceipt(),
  day: '2026-11-10',
  month: '2026-11',
  codes: codesOf(aConversation()),
  ...change,
});

async function count(sql: string): Promise<number> {
  const [row]: { n: number }[] = await database.owner.query(`SELECT count(*)::int AS n FROM ${sql}`);
  return row?.n ?? NaN;
}

/** Calls anywhere: in intake, or in the sealed tables of the quarter. */
async function stored(): Promise<number> {
  const tables: { name: string }[] = await database.owner.query(
    `SELECT oid::regclass::text AS name FROM pg_class WHERE relnamespace = 'sealed'::regnamespace AND relkind = 'r'`,
  );
  const counts = await Promise.all(['intake.call', ...tables.map(({ name }) => name)].map(count));
  return counts.reduce((sum, n) => sum + n, 0);
}

const sealNow = () => seal(database.keeper, desk, '2026-11-11', '2026-11-11');

/** Waits until so many transactions stand in line for the intake, so that they are served in a known order. */
async function untilInLine(waiting: number): Promise<void> {
  const line = `pg_locks WHERE relation = 'intake.call'::regclass AND database =
    (SELECT oid FROM pg_database WHERE datname = current_database()) AND NOT granted`;
  await until(async () => (await count(line)) >= waiting, 60);
}

/** Holds the intake as a seal does, lets a seal and then `write` stand in line for it, and lets go. */
async function behindASeal<Outcome>(write: () => Promise<Outcome>): Promise<Outcome> {
  const holder = database.keeper.createQueryRunner();
  await holder.startTransaction();
  await holder.query('LOCK TABLE intake.call IN ACCESS EXCLUSIVE MODE');
  const sealing = sealNow();
  await untilInLine(1);
  const written = write();
  await untilInLine(2);
  await holder.commitTransaction();
  await holder.release();
  await sealing;
  return written;
}

describe('a write that waits for a seal', () => {
  test('of a retry: answered sealed, stored once', async () => {
    const before = await stored();
    const one = call();
    expect(await storeCall(database.intake, one)).toBe('stored');
    expect(await behindASeal(() => storeCall(database.intake, one))).toBe('sealed');
    expect(await stored()).toBe(before + 1);
  });

  test('of a withdrawal: answered sealed, still stored once', async () => {
    const before = await stored();
    const one = call();
    await storeCall(database.intake, one);
    expect(await behindASeal(() => withdrawCall(database.intake, one.receipt))).toBe('sealed');
    expect(await stored()).toBe(before + 1);
  });

  test('of a new call: stored once', async () => {
    const before = await stored();
    const one = call({ day: '2026-11-11' });
    expect(await behindASeal(() => storeCall(database.intake, one))).toBe('stored');
    expect(await stored()).toBe(before + 1);
  });
});

test('a retry whose call is withdrawn while it waits is stored', async () => {
  const before = await stored();
  const one = call({ day: '2026-11-11' });
  await storeCall(database.intake, one);
  let retried: Promise<string> | undefined;
  await database.owner.transaction(async (manager) => {
    // Locked first, so that the retry finds the row and waits to replace it; then it is gone.
    const row = 'FROM intake.call WHERE receipt_hash = sha256($1)';
    const receipt = [Buffer.from(one.receipt)];
    await manager.query(`SELECT 1 ${row} FOR UPDATE`, receipt);
    retried = storeCall(database.intake, one);
    await untilWaiting(database, 1);
    await manager.query(`DELETE ${row}`, receipt);
  });
  expect(await retried).toBe('stored');
  expect(await stored()).toBe(before + 1);
});

test('a seal that waits for a write seals what was written', async () => {
  const before = await stored();
  const one = call();
  const writer = database.intake.createQueryRunner();
  await writer.startTransaction();
  await writer.query(
    'INSERT INTO intake.call (receipt_hash, day, month, codes) VALUES (sha256($1), $2, $3, $4)',
    [Buffer.from(one.receipt), one.day, one.month, one.codes],
  );
  const sealing = sealNow();
  await untilInLine(1);
  await writer.commitTransaction();
  await writer.release();
  await sealing;
  expect(await stored()).toBe(before + 1);
  expect(await storeCall(database.intake, one)).toBe('sealed');
  expect(await stored()).toBe(before + 1);
});

test('by chance, many times: every acknowledged call is there once, every withdrawn one is not', async () => {
  let expected = await stored();
  for (let round = 0; round < 40; round += 1) {
    const calls = Array.from({ length: 6 }, () => call());
    const known = calls.slice(0, 4);
    await Promise.all(known.map((one) => storeCall(database.intake, one)));
    const [a, b, c] = known;
    if (!a || !b || !c) throw new Error('no calls');
    const pause = Math.random() * 12;
    const [, withdrawn, again, ...fresh] = await Promise.all([
      new Promise((resolve) => setTimeout(resolve, pause)).then(sealNow),
      withdrawCall(database.intake, a.receipt),
      storeCall(database.intake, b),
      storeCall(database.intake, c),
      ...calls.slice(4).map((one) => storeCall(database.intake, one)),
    ]);
    expect(['withdrawn', 'sealed']).toContain(withdrawn);
    expect(['replaced', 'sealed']).toContain(again);
    expect(fresh.slice(1)).toEqual(['stored', 'stored']);
    expected += withdrawn === 'withdrawn' ? 5 : 6;
    expect(await stored()).toBe(expected);
  }
});

test('a call that meets the close of its month is counted, or refused and stored nowhere', async () => {
  const days = ['2026-10-20', '2026-10-21'];
  for (const month of ['2026-10', '2026-11'] as const) {
    const today = month === '2026-10' ? '2026-11-20' : '2026-12-20';
    const before = await stored();
    const closing = close(
      { keeper: database.keeper, desk, today, actor: 'keeper', forgetDraws: () => Promise.resolve() },
      month,
    );
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        await new Promise((resolve) => setTimeout(resolve, index * 4));
        return storeCall(database.intake, call({ month, day: days[index % 2] ?? '' }));
      }),
    );
    await closing;
    const kept = outcomes.filter((outcome) => outcome === 'stored').length;
    expect(outcomes.filter((outcome) => outcome === 'closed-period').length).toBe(12 - kept);
    expect(await stored()).toBe(before + kept);
    // What was accepted before the close was sealed by it: the month is empty in intake.
    expect(await count(`intake.call WHERE month = '${month}'`)).toBe(0);
    expect(await storeCall(database.intake, call({ month }))).toBe('closed-period');
  }
});
