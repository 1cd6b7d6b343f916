/**
 * From 0.1 to this version: what was published stays as it was, what was sealed and open becomes counters and envelopes,
 * and the quarters that 0.1 had begun end as they were frozen.
 */
import { createHash } from 'node:crypto';
import { seededRandom } from '../../bench/seeded-random.js';
import { unpackCall } from '../../src/contract/call.js';
import type { Query } from '../../src/contract/queries.js';
import { storeCall, type IncomingCall } from '../../src/intake/store.js';
import { drawShares } from '../../src/keeping/noise.js';
import { openerOf } from '../../src/keeping/opener.js';
import { prepareKey } from '../../src/keeping/turn.js';
import { readAudit, readPeriods, readTable, readTables } from '../../src/statistics/read.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';
import { closeOn, keepingOf } from '../support/keeping.js';
import { namedKey } from '../support/opened.js';
import { aReceipt } from '../support/calls.js';
import { published01, releaseHashes, rows01, trueCounts01 } from './from-0.1/expected.js';
import { countersOf, upgraded, type Upgraded } from './from-0.1/upgraded.js';

const TODAY = '2026-11-20';
const YESTERDAY = '2026-11-19';

/** Receipts whose calls 0.1 held: their hashes stand in the place of some that nobody knows the receipts of. */
const receipts = { remembered: aReceipt(), yesterday: aReceipt(), today: aReceipt() };
const hashOf = (receipt: string) => createHash('sha256').update(receipt).digest();

interface OpenRow {
  readonly hash: Buffer;
  readonly month: string;
  readonly codes: number[];
}

/** The open calls of the last day, as 0.1 held them. */
let open01: OpenRow[];
let database: Upgraded;
let shutBefore: unknown;

beforeAll(async () => {
  database = await upgraded({
    async change({ owner }) {
      for (const [receipt, table, condition] of [
        [receipts.remembered, 'receipt_memory', 'true'],
        [receipts.yesterday, 'call', `day = '${YESTERDAY}'`],
        [receipts.today, 'call', `day = '${TODAY}'`],
      ] as const)
        await owner.query(
          `UPDATE intake.${table} SET receipt_hash = $1
           WHERE receipt_hash = (SELECT max(receipt_hash) FROM intake.${table} WHERE ${condition})`,
          [hashOf(receipt)],
        );
      open01 = await owner.query(
        'SELECT receipt_hash AS hash, month, codes FROM intake.call WHERE day = $1 ORDER BY receipt_hash',
        [TODAY],
      );
    },
  });
  shutBefore = await storeCall(database.intake, callOf(aReceipt()));
  await prepareKey(keepingOf(database, TODAY, { random: seededRandom('first shares') }));
});
afterAll(() => database.destroy());

/** A call of the last day, as its handler's browser sends it. */
const callOf = (receipt: string): IncomingCall => {
  const { month, codes } = open01.find(({ hash }) => hash.equals(hashOf(receipt))) ?? {
    month: '2026-11',
    codes: open01[0]?.codes ?? [],
  };
  return { receipt, day: TODAY, month, codes };
};

/** How many calls a query of 0.1 counts. */
function trueCount(quarter: string, { table, row, column }: Query, when: 'before' | 'today'): number {
  const count = trueCounts01[quarter]?.[when][table ?? '']?.[row ?? -1]?.[column ?? -1];
  if (count === undefined) throw new Error('0.1 asked no such query.');
  return count;
}

/** The shares that were drawn for some queries, one list after the other. */
function sharesFrom(seed: string, ...lists: readonly (readonly Query[])[]): number[][] {
  const random = seededRandom(seed);
  return lists.map((queries) =>
    drawShares(
      queries.map(({ sigma2 }) => sigma2),
      random,
    ),
  );
}

describe('what 0.1 published', () => {
  test('is shown as it was', async () => {
    const { reader } = database;
    const shown = await readPeriods(reader);
    expect(shown).toMatchObject(published01.periods.periods);
    for (const { id } of published01.periods.periods) {
      const tables = Object.entries(published01.tables[id] ?? {});
      expect((await readTables(reader, id))?.tables.map((table) => table.id)).toEqual(
        tables.map(([table]) => table),
      );
      for (const [table, reply] of tables) expect(await readTable(reader, id, table)).toMatchObject(reply);
    }
  });

  test('has every noisy number and variance that it had', async () => {
    for (const { id } of published01.periods.periods) {
      const audit = await readAudit(database.reader, id);
      const numbers = (published01.audit[id]?.tables ?? []).flatMap(({ id: table, sigma2, noisy }) =>
        noisy.flat().map((number) => ({ table, sigma2, noisy: number })),
      );
      expect(audit?.queries).toMatchObject(numbers);
      expect(audit?.queries).toHaveLength(numbers.length);
    }
  });

  test('and was frozen of the quarter of installation stands: its plan cannot be chosen any more', async () => {
    const frozen: unknown = await database.owner.query(
      `SELECT quarter FROM published.quarter_plan, published.installation
       WHERE quarter = to_char(installed_on, 'YYYY"-Q"Q')`,
    );
    expect(frozen).toHaveLength(1);
    expect(await database.owner.query('SELECT quarter FROM desk.begun_quarter')).toEqual(frozen);
  });

  test('is released in the same bytes', async () => {
    expect(await releaseHashes(database.owner)).toEqual(published01.releases);
  });
});

describe('what 0.1 had not closed', () => {
  test('nothing is taken in before the keeper has a key', () => {
    expect(shutBefore).toBe('shut');
  });

  test('is in counters: every true count, and a first share of noise', async () => {
    const counters = await countersOf(database);
    expect(Object.keys(counters)).toEqual(['2026-Q1', '2026-Q4']);
    const quarters = Object.entries(counters);
    const shares = sharesFrom('first shares', ...quarters.map(([, queries]) => queries));
    for (const [place, [quarter, queries]] of quarters.entries()) {
      expect(queries.length).toBeGreaterThan(20);
      const expected = queries.map(
        (query, index) => trueCount(quarter, query, 'before') + (shares[place]?.[index] ?? NaN),
      );
      expect(queries.map(({ value }) => value)).toEqual(expected);
      expect(shares[place]?.some((share) => share !== 0)).toBe(true);
    }
  });

  test('counts nothing more for the months that are out', async () => {
    const counters = await countersOf(database);
    const months = (quarter: string) => [...new Set(counters[quarter]?.map(({ month }) => month))];
    expect(months('2026-Q1')).toEqual(['2026-02', '2026-03', null]);
    expect(months('2026-Q4')).toEqual([null, '2026-11', '2026-12']);
  });

  test('of the last day lies in envelopes that open to the same codes', async () => {
    const rows: { receiptHash: Buffer; keyId: string; month: string; envelope: Buffer }[] =
      await database.owner.query(
        `SELECT receipt_hash AS "receiptHash", key_id AS "keyId", month, envelope FROM intake.call
         WHERE day = $1 ORDER BY receipt_hash`,
        [TODAY],
      );
    expect(rows).toHaveLength(rows01.open[TODAY] ?? -1);
    const packed = openerOf(await namedKey(database))(rows);
    expect(
      rows.map(({ receiptHash, month }, index) => ({
        ...{ hash: receiptHash, month },
        codes: unpackCall(packed[index] ?? new Uint8Array()),
      })),
    ).toEqual(open01);
    const [{ n } = { n: -1 }]: { n: number }[] = await database.owner.query(
      'SELECT count(*)::int AS n FROM intake.call',
    );
    expect(n).toBe(rows.length);
  });

  test('late retries of what is counted are answered so, and a call of today may still change', async () => {
    const { intake } = database;
    expect(await storeCall(intake, callOf(receipts.remembered))).toBe('sealed');
    expect(await storeCall(intake, callOf(receipts.yesterday))).toBe('sealed');
    expect(await storeCall(intake, callOf(receipts.today))).toBe('replaced');
  });

  test('and was imported before the installation is marked so', async () => {
    expect(await database.owner.query('SELECT month FROM published.imported_month ORDER BY 1')).toEqual(
      ['2026-01', '2026-02', '2026-03'].map((month) => ({ month })),
    );
  });

  test('is nowhere else any more: tables and functions of 0.1 are gone', async () => {
    expect(await left01(database)).toEqual([]);
    const [intake]: { codes: boolean }[] = await database.owner.query(
      `SELECT EXISTS (SELECT 1 FROM pg_attribute WHERE attname = 'codes'
         AND attrelid IN (SELECT oid FROM pg_class WHERE relnamespace IN ('intake'::regnamespace, 'sealed'::regnamespace))
       ) AS codes`,
    );
    expect(intake).toEqual({ codes: false });
  });
});

describe('the quarters that 0.1 had begun', () => {
  test('close with the tables, the variances and every call they began with', async () => {
    const periods = async (quarter: string) => {
      const audit = await readAudit(database.reader, quarter);
      return audit?.queries ?? [];
    };
    const before = await countersOf(database);
    const of = (quarter: string, month: string | null) =>
      (before[quarter] ?? []).filter((query) => query.month === month);
    const { first, last } = {
      first: [of('2026-Q1', '2026-02'), of('2026-Q1', '2026-03'), of('2026-Q1', null)],
      last: [of('2026-Q4', '2026-11'), of('2026-Q4', '2026-12'), of('2026-Q4', null)],
    };
    await closeOn(database, TODAY, '2026-Q1', { random: seededRandom('second') });
    await closeOn(database, '2027-01-07', '2026-Q4', { random: seededRandom('second') });
    for (const [quarter, lists] of [
      ['2026-Q1', first],
      ['2026-Q4', last],
    ] as const) {
      const shares = sharesFrom('second', ...lists);
      const expected = new Map(
        lists.flatMap((queries, list) =>
          queries.map((query, index) => {
            // What was still open on the last day is counted when its month closes.
            const value = query.value + trueCount(quarter, query, 'today') + (shares[list]?.[index] ?? NaN);
            return [`${query.table} ${query.row} ${query.column}`, value] as const;
          }),
        ),
      );
      const published = (await periods(quarter)).filter(({ table, row, column }) =>
        expected.has(`${table} ${row} ${column}`),
      );
      expect(published).toHaveLength(expected.size);
      expect(
        new Map(published.map(({ table, row, column, noisy }) => [`${table} ${row} ${column}`, noisy])),
      ).toEqual(expected);
      expect([...new Set(published.map(({ table }) => table))].sort()).toEqual(
        Object.keys(trueCounts01[quarter]?.before ?? {}).sort(),
      );
    }
    expect(await countersOf(database)).toEqual({});
    const rules: { quarter: string; rules: number }[] = await database.owner.query(
      'SELECT quarter, display_rules AS rules FROM published.quarter_plan ORDER BY 1',
    );
    expect(rules).toEqual(
      ['2025-Q4', '2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4'].map((quarter) => ({ quarter, rules: 1 })),
    );
  });
});

/** What there is of the tables and functions of 0.1 that hold calls. */
async function left01({ owner }: Pick<Upgraded, 'owner'>): Promise<string[]> {
  const rows: { name: string }[] = await owner.query(
    `SELECT relname AS name FROM pg_class WHERE relnamespace IN ('intake'::regnamespace, 'sealed'::regnamespace)
       AND relkind = 'r' AND (relname LIKE 'calls\\_%' OR relname LIKE '%\\_before')
     UNION ALL SELECT proname FROM pg_proc WHERE proname = 'forget_before'
     UNION ALL SELECT 'noisy_table' WHERE to_regclass('published.noisy_table') IS NOT NULL ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}
