/** What a seal leaves: counters that are locked, what is not finished under a new key, receipts, and nothing of a call. */
import { createHash } from 'node:crypto';
import { monthOfDay } from '../../src/contract/period.js';
import { tableShapes } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import { storeCall, withdrawCall } from '../../src/intake/store.js';
import { listKeys } from '../../src/keeping/keys.js';
import { forgetOn } from '../../src/keeping/receipt-store.js';
import { aConversation, aReceipt, aSilentCall, anyCall, codesOf, vocabulary } from '../support/calls.js';
import { countByHand, type CountedCall } from '../support/counting.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { afterEach, beforeEach, describe, expect, test } from '../support/jest.js';
import { sealBefore } from '../support/keeping.js';
import { begunCounters, countedBetween, namedKey, openedCounters, openedIntake } from '../support/opened.js';

const desk = {
  planOf: () => Promise.resolve(presetPlan('large')),
  vocabularyOf: () => Promise.resolve(vocabulary),
};
let database: TestDatabase;
let state = 1;
const pick = (n: number) => (state = (state * 48_271) % 2_147_483_647) % n;

beforeEach(async () => {
  database = await freshDatabase(standingClock('2026-11-01T10:00:00Z'));
});
afterEach(() => database.destroy());

const add = (day: string, answers = anyCall(pick), receipt = aReceipt()) =>
  storeCall(database.intake, { receipt, day, month: monthOfDay(day), codes: codesOf(answers) });

const rowsOf = <Row>(sql: string) => database.owner.query<Row[]>(sql);
const blobs = () =>
  rowsOf<{ quarter: string; keyId: string; blob: Buffer }>(
    'SELECT quarter, key_id AS "keyId", blob FROM sealed.counters ORDER BY 1',
  );

describe('a month sealed night by night', () => {
  test('is counted once, as by hand, and nothing of a call is left', async () => {
    const before = await begunCounters(database, '2026-11-01', '2026-Q4', { desk });
    const calls: CountedCall[] = [];
    for (const day of ['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04']) {
      for (let index = 0; index < 15; index += 1) {
        const answers = anyCall(pick);
        calls.push({ month: '2026-11', answers });
        await add(day, answers);
      }
      await sealBefore(database, day, { desk });
    }
    await sealBefore(database, '2026-11-05', { desk });
    await sealBefore(database, '2026-11-05', { desk });
    const after = await openedCounters(database, '2026-Q4');
    const counted = countedBetween(before, after);
    for (const shape of tableShapes(after.quarter.plan, vocabulary, '2026-Q4'))
      expect([shape.id, counted[shape.id]]).toEqual([shape.id, countByHand(shape, calls)]);
    expect(await rowsOf('SELECT 1 FROM intake.call')).toEqual([]);
    expect(
      await rowsOf(
        `SELECT relname FROM pg_class WHERE relnamespace = 'sealed'::regnamespace AND relkind <> 'i' AND relname !~ '^pg_'
         ORDER BY 1`,
      ),
    ).toEqual([{ relname: 'counters' }, { relname: 'request' }]);
  });

  test('writes every blob anew each night, under the one new key, with calls and without', async () => {
    const seen = new Set<string>();
    const keys = new Set<string>();
    const sizes = new Set<string>();
    const days = ['2026-11-02', '2026-11-03', '2026-11-04', '2026-11-05'];
    for (const [night, day] of days.entries()) {
      if (night % 2 === 1) for (let index = 0; index < 200; index += 1) await add('2026-11-01');
      await sealBefore(database, day, { desk });
      const all = await blobs();
      expect(all.map(({ quarter }) => quarter)).toEqual(['2026-Q4']);
      const [key] = await listKeys(database.keys);
      expect(await listKeys(database.keys)).toEqual([(await namedKey(database)).id]);
      for (const { blob, keyId } of all) {
        seen.add(blob.toString('hex'));
        keys.add(keyId);
        sizes.add(String(blob.length));
        expect(keyId).toBe(key);
      }
    }
    expect([seen.size, keys.size, sizes.size]).toEqual([days.length, days.length, 1]);
  });

  test('has blobs of a size that depends on the plan alone', async () => {
    await add('2026-11-01');
    await sealBefore(database, '2026-11-02', { desk });
    const [{ blob } = { blob: Buffer.alloc(0) }] = await blobs();
    const { quarter } = await openedCounters(database, '2026-Q4');
    // A nonce, eight bytes a query, and a tag.
    expect(blob.length).toBe(12 + 8 * quarter.queries.length + 16);
  });

  test('leaves the rest of intake in the order of its hashes, by one transaction, also with nothing to seal', async () => {
    const withdrawn = aReceipt();
    await add('2026-11-11', aSilentCall(), withdrawn);
    const codes: number[][] = [];
    for (let index = 0; index < 20; index += 1) {
      const answers = anyCall(pick);
      codes.push(codesOf(answers));
      await add('2026-11-11', answers);
    }
    await withdrawCall(database.intake, withdrawn);
    const look = async () => ({
      file: await rowsOf(`SELECT pg_relation_filepath('intake.call') AS path`),
      envelopes: await rowsOf<{ envelope: Buffer }>('SELECT envelope FROM intake.call ORDER BY receipt_hash'),
    });
    const before = await look();
    await sealBefore(database, '2026-11-11', { desk });
    const after = await look();
    expect(after.file).not.toEqual(before.file);
    expect(after.envelopes).toHaveLength(20);
    const known = new Set(before.envelopes.map(({ envelope }) => envelope.toString('hex')));
    expect(after.envelopes.filter(({ envelope }) => known.has(envelope.toString('hex')))).toEqual([]);
    const rows = await rowsOf<{ hash: string; xmin: string; keyId: string }>(
      `SELECT encode(receipt_hash, 'hex') AS hash, xmin::text, key_id AS "keyId" FROM intake.call ORDER BY ctid`,
    );
    expect(rows.map(({ hash }) => hash)).toEqual(rows.map(({ hash }) => hash).toSorted());
    expect(new Set(rows.map(({ xmin }) => xmin)).size).toBe(1);
    expect(new Set(rows.map(({ keyId }) => keyId))).toEqual(new Set([(await namedKey(database)).id]));
    const inOrder = (numbers: number[][]) => numbers.map((one) => one.join(' ')).toSorted();
    expect(inOrder(await openedIntake(database))).toEqual(inOrder(codes));
  });

  test('leaves no code in the catalogue, even when somebody asks for statistics', async () => {
    await add('2026-11-01');
    await add('2026-11-02');
    await sealBefore(database, '2026-11-02', { desk });
    await database.owner.query('ANALYZE');
    expect(
      await rowsOf(
        `SELECT starelid::regclass FROM pg_statistic s JOIN pg_class c ON c.oid = s.starelid
         WHERE c.relnamespace = 'intake'::regnamespace AND c.relname <> 'key'`,
      ),
    ).toEqual([]);
    expect(
      await rowsOf(`SELECT 1 FROM pg_stats WHERE schemaname = 'sealed' AND attname IN ('blob', 'envelope')`),
    ).toEqual([]);
  });
});

describe('receipts', () => {
  interface Remembered {
    readonly hash: string;
    readonly xmin: string;
    readonly day: number;
    readonly forgetOn: string;
  }
  const remembered = (table: string) =>
    rowsOf<Remembered>(
      `SELECT encode(receipt_hash, 'hex') AS hash, xmin::text, extract(isodow FROM forget_on)::int AS day,
         forget_on::text AS "forgetOn" FROM intake.receipt_memory_${table} ORDER BY ctid`,
    );
  const hashOf = (receipt: string) => createHash('sha256').update(receipt).digest('hex');

  test('stand in one of two tables, by one transaction in the order of their hashes, and move to the other', async () => {
    const receipts = Array.from({ length: 30 }, () => aReceipt());
    let full: string | undefined;
    for (const [night, day] of ['2026-11-02', '2026-11-03', '2026-11-04'].entries()) {
      for (const receipt of receipts.slice(10 * night, 10 * night + 10))
        await add('2026-11-01', undefined, receipt);
      await sealBefore(database, day, { desk });
      const [a, b] = [await remembered('a'), await remembered('b')];
      const [rows, other] = a.length > 0 ? [a, b] : [b, a];
      expect(other).toEqual([]);
      expect(full).not.toBe(rows === a ? 'a' : 'b');
      full = rows === a ? 'a' : 'b';
      expect(rows.map(({ hash }) => hash)).toEqual(
        receipts
          .slice(0, 10 * night + 10)
          .map(hashOf)
          .toSorted(),
      );
      expect(new Set(rows.map(({ xmin }) => xmin)).size).toBe(1);
      expect(await rowsOf('SELECT 1 FROM intake.receipt_memory')).toHaveLength(rows.length);
    }
  });

  test('are forgotten on a Monday that is a week ahead, or up to two', async () => {
    expect(forgetOn('2026-11-02')).toBe('2026-11-09');
    expect(forgetOn('2026-11-03')).toBe('2026-11-16');
    expect(forgetOn('2026-11-08')).toBe('2026-11-16');
    const receipt = aReceipt();
    await add('2026-11-02', undefined, receipt);
    await sealBefore(database, '2026-11-03', { desk });
    const look = async () => [...(await remembered('a')), ...(await remembered('b'))];
    expect(await look()).toMatchObject([{ day: 1, forgetOn: '2026-11-16' }]);
    await sealBefore(database, '2026-11-15', { desk });
    expect(await look()).toHaveLength(1);
    expect(await add('2026-11-15', undefined, receipt)).toBe('sealed');
    await sealBefore(database, '2026-11-16', { desk });
    expect(await look()).toEqual([]);
  });
});

describe('a row that does not open', () => {
  test('is dropped with a line that says only that, is not remembered, and stops nothing', async () => {
    const logged: string[] = [];
    const before = await begunCounters(database, '2026-11-01', '2026-Q4', { desk });
    await add('2026-11-01', aConversation());
    // The same row under other receipts; and one whose month was changed.
    await database.owner.query(
      `INSERT INTO intake.call (receipt_hash, key_id, day, month, envelope)
       SELECT sha256(n::text::bytea), key_id, day, month, envelope FROM intake.call, generate_series(1, 50) AS n`,
    );
    await add('2026-11-01', aConversation());
    await database.owner.query(
      `UPDATE intake.call SET month = '2026-10' WHERE ctid = (SELECT max(ctid) FROM intake.call)`,
    );
    const log = (event: string, facts = {}) => {
      logged.push(JSON.stringify({ event, ...facts }));
    };
    await sealBefore(database, '2026-11-02', { desk, log });
    const counted = countedBetween(before, await openedCounters(database, '2026-Q4'));
    expect(counted['kind']?.[0]).toEqual([1]);
    expect(counted['kind']?.flat().reduce((sum, one) => sum + one, 0)).toBe(1);
    expect(logged.filter((line) => line.includes('call'))).toEqual(['{"event":"call-did-not-open"}']);
    expect(await rowsOf('SELECT 1 FROM intake.receipt_memory')).toHaveLength(1);
    expect(await rowsOf('SELECT 1 FROM intake.call')).toEqual([]);
  });
});

test('a day after today’s was written by a wrong clock: it is over too', async () => {
  const before = await begunCounters(database, '2026-11-01', '2026-Q4', { desk });
  await add('2026-11-20', aConversation());
  await add('2026-11-10', aConversation());
  await sealBefore(database, '2026-11-10', { desk });
  const counted = countedBetween(before, await openedCounters(database, '2026-Q4'));
  expect(counted['kind']?.[0]).toEqual([1]);
  expect(await rowsOf('SELECT day::text FROM intake.call')).toEqual([{ day: '2026-11-10' }]);
});

test('a seal notes its day', async () => {
  await sealBefore(database, '2026-11-10', { desk });
  expect(await rowsOf('SELECT sealed_on::text AS on FROM published.installation')).toEqual([
    { on: '2026-11-10' },
  ]);
});

test('the first night of an October begins the quarter before too, with a call of September and without', async () => {
  for (const month of ['2026-10', '2026-09']) {
    const fresh = await freshDatabase(standingClock('2026-10-05T10:00:00Z'));
    await storeCall(fresh.intake, {
      ...{ receipt: aReceipt(), day: '2026-10-05', month },
      codes: codesOf(aConversation()),
    });
    await sealBefore(fresh, '2026-10-06', { desk });
    for (const table of ['published.quarter_plan', 'sealed.counters'])
      expect(await fresh.owner.query(`SELECT quarter FROM ${table} ORDER BY 1`)).toEqual([
        { quarter: '2026-Q3' },
        { quarter: '2026-Q4' },
      ]);
    await fresh.destroy();
  }
});
