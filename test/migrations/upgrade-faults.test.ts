/** From 0.1 to this version when something is in the way: nothing that 0.1 held is lost, and nothing is counted twice. */
import { seededRandom } from '../../bench/seeded-random.js';
import { storeCall } from '../../src/intake/store.js';
import { prepareKey } from '../../src/keeping/turn.js';
import { aConversation, aReceipt, codesOf } from '../support/calls.js';
import { describe, expect, test } from '../support/jest.js';
import { keepingOf } from '../support/keeping.js';
import { rows01, trueCounts01 } from './from-0.1/expected.js';
import { countersOf, upgraded, type Upgraded } from './from-0.1/upgraded.js';

const TODAY = '2026-11-20';
const WAITING = 'sealed.open_calls_before';

/** How many rows each table of 0.1 with calls still has; fewer tables when they are gone. */
async function held({ owner }: Upgraded): Promise<Record<string, number>> {
  const tables: { name: string }[] = await owner.query(
    `SELECT oid::regclass::text AS name FROM pg_class WHERE relnamespace = 'sealed'::regnamespace AND relkind = 'r'
       AND (relname LIKE 'calls\\_%' OR relname LIKE '%\\_before')`,
  );
  const rows: Record<string, number> = {};
  for (const { name } of tables) {
    const [row]: { n: number }[] = await owner.query(`SELECT count(*)::int AS n FROM ${name}`);
    rows[name] = row?.n ?? -1;
  }
  return rows;
}

const sealed01 = Object.entries(rows01.tables).filter(([name]) => name.startsWith('sealed.'));
const everything = { ...Object.fromEntries(sealed01), [WAITING]: rows01.tables['intake.call'] };

async function withUpgraded(
  before: Parameters<typeof upgraded>[0],
  work: (database: Upgraded) => Promise<void>,
): Promise<void> {
  const database = await upgraded(before);
  try {
    await work(database);
  } finally {
    await database.destroy();
  }
}

const prepare = (database: Upgraded, change: Parameters<typeof keepingOf>[2] = {}) =>
  prepareKey(keepingOf(database, TODAY, change));

const outcomeOfACall = ({ intake }: Upgraded) =>
  storeCall(intake, {
    receipt: aReceipt(),
    day: TODAY,
    month: '2026-11',
    codes: codesOf(aConversation()),
  });

describe('an upgrade', () => {
  test('that breaks off in the middle leaves all that 0.1 held, and the next start does it', () =>
    withUpgraded({}, async (database) => {
      const good = seededRandom('shares');
      let asked = 0;
      // The first quarter's shares are drawn, and its calls counted; then there is no more randomness.
      const breaking = (bytes: number) => {
        asked += 1;
        if (asked > 30) throw new Error('no more randomness');
        return good(bytes);
      };
      await expect(prepare(database, { random: breaking })).rejects.toThrow('no more randomness');
      expect(await held(database)).toEqual(everything);
      expect(await database.owner.query('SELECT id FROM intake.key')).toEqual([]);
      expect(await database.owner.query('SELECT quarter FROM sealed.counters')).toEqual([]);
      expect(await outcomeOfACall(database)).toBe('shut');

      await prepare(database);
      expect(await held(database)).toEqual({});
      expect(database.keyFiles()).toHaveLength(1);
      expect(await outcomeOfACall(database)).toBe('stored');
      const counters = await countersOf(database);
      for (const [quarter, queries] of Object.entries(counters)) {
        const noise = queries.map(
          ({ value, table, row, column }) =>
            value - (trueCounts01[quarter]?.before[table ?? '']?.[row ?? -1]?.[column ?? -1] ?? NaN),
        );
        // Twice counted, or begun from half, they would be off by tens.
        const mean = noise.reduce((sum, one) => sum + one, 0) / noise.length;
        expect(Math.abs(mean)).toBeLessThan(2.5);
      }
    }));

  test('is not done twice', () =>
    withUpgraded({}, async (database) => {
      await prepare(database);
      const before = await countersOf(database);
      await prepare(database);
      expect(await countersOf(database)).toEqual(before);
    }));

  test('counts nothing of a quarter whose frozen plan was changed by hand, and drops nothing', () =>
    withUpgraded(
      {
        async change({ owner }) {
          await owner.query(
            `UPDATE published.quarter_plan SET plan = jsonb_set(plan, '{rho}', '0.25') WHERE quarter = '2026-Q4'`,
          );
        },
      },
      async (database) => {
        await expect(prepare(database)).rejects.toThrow(
          'The plan or vocabulary of 2026-Q4 is not the one it began with; nothing is counted. Put the database back as it was.',
        );
        expect(await held(database)).toEqual(everything);
        expect(await database.owner.query('SELECT id FROM intake.key')).toEqual([]);
        expect(await outcomeOfACall(database)).toBe('shut');
      },
    ));

  test('lets no role of the web read what waits for the keeper', () =>
    withUpgraded({}, async (database) => {
      for (const role of ['intake', 'reader', 'desk'] as const)
        for (const table of [WAITING, 'sealed.calls_2026_11'])
          await expect(database[role].query(`SELECT * FROM ${table}`)).rejects.toMatchObject({
            driverError: { code: '42501' },
          });
      for (const role of ['intake', 'reader', 'desk'] as const)
        await expect(database[role].query('SELECT sealed.forget_before()')).rejects.toMatchObject({
          driverError: { code: '42501' },
        });
      expect(await database.keeper.query(`SELECT 1 FROM ${WAITING}`)).toHaveLength(
        rows01.tables['intake.call'] ?? -1,
      );
    }));

  test('of an installation without a call has nothing to count, and takes calls in', () =>
    withUpgraded({ used: false }, async (database) => {
      expect(await held(database)).toEqual({});
      expect(await outcomeOfACall(database)).toBe('shut');
      await prepare(database);
      expect(await database.owner.query('SELECT quarter FROM sealed.counters')).toEqual([]);
      expect(await database.owner.query('SELECT month FROM published.imported_month')).toEqual([]);
      expect(await outcomeOfACall(database)).toBe('stored');
    }));
});
