/** What a seal leaves: a sorted multiset that tells neither day nor order, and nothing in the catalogue. */
import type { Plan } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import { storeCall, withdrawCall } from '../../src/intake/store.js';
import { keptDimensions } from '../../src/keeping/layout.js';
import { seal } from '../../src/keeping/seal.js';
import { aConversation, aReceipt, aSilentCall, anyCall, codesOf, vocabulary } from '../support/calls.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';
import { smallPlan } from '../support/small.js';

let database: TestDatabase;
let plan: Plan = presetPlan('large');
const desk = { planOf: () => Promise.resolve(plan), vocabularyOf: () => Promise.resolve(vocabulary) };

beforeAll(async () => {
  database = await freshDatabase(standingClock('2026-10-01T10:00:00Z'));
});
afterAll(async () => {
  await database.destroy();
});

let state = 1;
const pick = (n: number) => (state = (state * 48_271) % 2_147_483_647) % n;

const add = (day: string, answers = anyCall(pick)) =>
  storeCall(database.intake, { receipt: aReceipt(), day, month: day.slice(0, 7), codes: codesOf(answers) });

const table = (name: string) =>
  database.owner.query<{ codes: number[]; xmin: string }[]>(
    `SELECT codes, xmin::text FROM ${name} ORDER BY ctid`,
  );

function compare(a: readonly number[], b: readonly number[]): number {
  const place = a.findIndex((value, index) => value !== b[index]);
  return place === -1 ? 0 : (a[place] ?? 0) - (b[place] ?? 0);
}

describe('a month sealed night by night', () => {
  test('stands in the order of its codes, by one transaction, with no other column', async () => {
    for (let day = 1; day <= 9; day += 1) {
      for (let index = 0; index < 12; index += 1) await add(`2026-11-0${day}`);
      await seal(database.keeper, desk, `2026-11-0${day + 1 > 9 ? 9 : day + 1}`, `2026-11-0${day}`);
    }
    await seal(database.keeper, desk, '2026-11-10', '2026-11-10');
    const rows = await table('sealed.calls_2026_11');
    expect(rows).toHaveLength(9 * 12);
    expect(rows.map(({ codes }) => codes)).toEqual(rows.map(({ codes }) => codes).toSorted(compare));
    expect(new Set(rows.map(({ xmin }) => xmin)).size).toBe(1);
    const columns: unknown[] = await database.owner.query(
      `SELECT attname, format_type(atttypid, atttypmod) AS type, attstattarget FROM pg_attribute
       WHERE attrelid = 'sealed.calls_2026_11'::regclass AND attnum > 0 AND NOT attisdropped`,
    );
    expect(columns).toEqual([{ attname: 'codes', type: 'smallint[]', attstattarget: 0 }]);
    expect(
      await database.owner.query(
        `SELECT reloptions FROM pg_class WHERE oid = 'sealed.calls_2026_11'::regclass`,
      ),
    ).toEqual([{ reloptions: ['autovacuum_enabled=false'] }]);
  });

  test('leaves the rest of intake in the order of its hashes, by one transaction, also with nothing to seal', async () => {
    const withdrawn = aReceipt();
    await storeCall(database.intake, {
      receipt: withdrawn,
      day: '2026-11-11',
      month: '2026-11',
      codes: codesOf(aSilentCall()),
    });
    for (let index = 0; index < 20; index += 1) await add('2026-11-11');
    await withdrawCall(database.intake, withdrawn);
    const file = async () =>
      database.owner.query<unknown[]>(`SELECT pg_relation_filepath('intake.call') AS path`);
    const before = await file();
    await seal(database.keeper, desk, '2026-11-11', '2026-11-11');
    expect(await file()).not.toEqual(before);
    for (const name of ['intake.call', 'intake.receipt_memory']) {
      const rows: { hash: string; xmin: string }[] = await database.owner.query(
        `SELECT encode(receipt_hash, 'hex') AS hash, xmin::text FROM ${name} ORDER BY ctid`,
      );
      expect(rows.length).toBeGreaterThanOrEqual(20);
      expect(rows.map(({ hash }) => hash)).toEqual(rows.map(({ hash }) => hash).toSorted());
      expect(new Set(rows.map(({ xmin }) => xmin)).size).toBe(1);
    }
  });

  test('leaves no code in the catalogue, even when somebody asks for statistics', async () => {
    await database.owner.query('ANALYZE');
    const rows: unknown[] = await database.owner.query(
      `SELECT starelid::regclass FROM pg_statistic s JOIN pg_class c ON c.oid = s.starelid
       WHERE c.relnamespace IN ('intake'::regnamespace, 'sealed'::regnamespace)`,
    );
    expect(rows).toEqual([]);
  });
});

describe('what is forgotten', () => {
  test('under a plan of four tables: everything but four dimensions, rolled up', async () => {
    plan = smallPlan('tiny');
    await add(
      '2027-02-01',
      aConversation({ concern: 'violence', environment: 'left', relation: 'sibling', age: '0-12' }),
    );
    await seal(database.keeper, desk, '2027-02-02', '2027-02-02');
    const kept = keptDimensions(plan, vocabulary);
    const names = (await table('sealed.calls_2027_02')).map(({ codes }) =>
      codes.map((code, slot) => kept[slot]?.dimension.codes[code - 1]?.id),
    );
    expect(names).toEqual([['danger', 'other_milieu', 'close', 'minor']]);
  });

  test('under a plan with referrals in groups: several referrals under one parent are one, the empty slots last', async () => {
    plan = smallPlan('small');
    await add('2027-05-01', aConversation({ referral: ['police', 'emergency', 'bup'] }));
    await add('2027-05-01', aConversation({ referral: ['exit', 'police'] }));
    await seal(database.keeper, desk, '2027-05-02', '2027-05-02');
    const referral = keptDimensions(plan, vocabulary).find(({ dimension }) => dimension.id === 'referral');
    if (referral === undefined) throw new Error('the plan counts referrals');
    const names = (await table('sealed.calls_2027_05')).map(({ codes }) =>
      codes
        .slice(referral.sealedSlot - 1, referral.sealedSlot + 2)
        .map((code) => referral.dimension.codes[code - 1]?.id ?? null),
    );
    expect(names.toSorted()).toEqual(
      [
        ['authorities', 'exit', null],
        ['public_services', 'authorities', null],
      ].toSorted(),
    );
  });
});

test('the first night of an October begins the quarter before too, with a call of September and without', async () => {
  for (const month of ['2026-10', '2026-09']) {
    const fresh = await freshDatabase(standingClock('2026-10-05T10:00:00Z'));
    await storeCall(fresh.intake, {
      receipt: aReceipt(),
      day: '2026-10-05',
      month,
      codes: codesOf(aConversation()),
    });
    await seal(fresh.keeper, desk, '2026-10-06', '2026-10-06');
    expect(await fresh.reader.query('SELECT quarter FROM published.quarter_plan ORDER BY 1')).toEqual([
      { quarter: '2026-Q3' },
      { quarter: '2026-Q4' },
    ]);
    await fresh.destroy();
  }
});
