import { seededRandom } from '../../bench/seeded-random.js';
import { monthsOfQuarter } from '../../src/contract/period.js';
import { tableShapes } from '../../src/contract/plan.js';
import { presetPlan, presets } from '../../src/contract/presets.js';
import { storeCall } from '../../src/intake/store.js';
import { queriesOf, queryAt, type Counters } from '../../src/keeping/counters.js';
import { listKeys } from '../../src/keeping/keys.js';
import { drawShares } from '../../src/keeping/noise.js';
import { findQuarter, insertQuarter } from '../../src/keeping/quarter-store.js';
import { chance } from '../attacks/support/chance.js';
import { aReceipt, anyCall, codesOf, vocabulary } from '../support/calls.js';
import { countByHand } from '../support/counting.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '../support/jest.js';
import { closeOn, sealBefore } from '../support/keeping.js';
import { olderQueries } from '../support/older-queries.js';
import { begunCounters, countedBetween, openedCounters } from '../support/opened.js';

const QUARTER = '2026-Q4';
const months = monthsOfQuarter(QUARTER);

const publishedOf = async ({ owner }: TestDatabase, period: string): Promise<number[]> => {
  const rows = await owner.query<{ noisy: string }[]>(
    'SELECT noisy FROM published.noisy_answer WHERE period = $1 ORDER BY query',
    [period],
  );
  return rows.map(({ noisy }) => Number(noisy));
};

/** What a close publishes, worked out from the counters: their values, and second shares from a source like its own. */
function expectedOf({ quarter, values }: Counters, random: ReturnType<typeof seededRandom>) {
  return new Map(
    [...months, QUARTER].map((period) => {
      const asked = queriesOf(quarter, period === QUARTER ? null : period);
      const shares = drawShares(
        asked.map((query) => queryAt(quarter, query).sigma2),
        random,
      );
      return [period, asked.map((query, place) => (values.get(query) ?? NaN) + (shares[place] ?? NaN))];
    }),
  );
}

describe.each(Object.keys(presets) as (keyof typeof presets)[])('counting under preset %s', (preset) => {
  let database: TestDatabase;
  let counters: Counters;
  const desk = {
    planOf: () => Promise.resolve(presetPlan(preset)),
    vocabularyOf: () => Promise.resolve(vocabulary),
  };
  const { below } = chance(preset);
  const calls = Array.from({ length: 200 }, (_, index) => ({
    month: months[index % 3] ?? '',
    answers: anyCall(below),
  }));
  const change = { desk, random: seededRandom(preset) };

  beforeAll(async () => {
    database = await freshDatabase(standingClock('2026-10-01T10:00:00Z'));
    for (const { month, answers } of calls)
      await storeCall(database.intake, {
        ...{ receipt: aReceipt(), day: `${month}-15`, month },
        codes: codesOf(answers),
      });
  });
  afterAll(() => database.destroy());

  test('every table equals the count by hand', async () => {
    const before = await begunCounters(database, '2026-12-31', QUARTER, { desk });
    await sealBefore(database, '2026-12-31', { desk });
    counters = await openedCounters(database, QUARTER);
    const counted = countedBetween(before, counters);
    for (const shape of tableShapes(counters.quarter.plan, vocabulary, QUARTER))
      expect([shape.id, counted[shape.id]]).toEqual([shape.id, countByHand(shape, calls)]);
  });

  test('closing publishes the counters with a second share on each, once, and they are gone', async () => {
    await expect(closeOn(database, '2027-01-06', QUARTER, change)).rejects.toThrow(
      'may close from 2027-01-07',
    );
    await closeOn(database, '2027-01-07', QUARTER, change);
    await expect(closeOn(database, '2027-01-08', QUARTER, change)).rejects.toThrow('already closed');
    for (const [period, noisy] of expectedOf(counters, seededRandom(preset)))
      expect([period, await publishedOf(database, period)]).toEqual([period, noisy]);
    expect(await database.owner.query('SELECT quarter FROM sealed.counters')).toEqual([]);
    expect(await database.owner.query('SELECT display_rules AS rules FROM published.quarter_plan')).toEqual([
      { rules: 2 },
    ]);
    expect(await listKeys(database.keys)).toHaveLength(1);
    // The nights after it make no new ones for a quarter that is out.
    await sealBefore(database, '2027-01-09', { desk });
    expect(await database.owner.query('SELECT quarter FROM sealed.counters')).toEqual([
      { quarter: '2027-Q1' },
    ]);
  });
});

describe('one close', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await freshDatabase(standingClock('2026-10-01T10:00:00Z'));
  });
  afterEach(() => database.destroy());

  const desk = (...tables: string[]) => ({
    planOf: () =>
      Promise.resolve({ preset: 'own' as const, rho: 0.5, tables: tables.map((id) => ({ id, rows: id })) }),
    vocabularyOf: () => Promise.resolve(vocabulary),
  });

  test('of a month takes its counters away, and leaves those of the quarter as they were', async () => {
    const plan = { desk: desk('month', 'kind') };
    const before = await begunCounters(database, '2026-10-02', QUARTER, plan);
    await closeOn(database, '2026-11-03', '2026-10', plan);
    const after = await openedCounters(database, QUARTER);
    const october = queriesOf(before.quarter, '2026-10');
    expect(october).toHaveLength(2);
    const rest = [...before.values].filter(([query]) => !october.includes(query));
    expect([...after.values]).toEqual(rest);
  });

  test('of a quarter that had neither seal nor import draws both shares', async () => {
    const random = seededRandom('both shares');
    await closeOn(database, '2027-01-07', QUARTER, { desk: desk('month', 'kind'), random });
    const frozen = await findQuarter(database.keeper, QUARTER);
    if (frozen === null) throw new Error('It has begun.');
    const same = seededRandom('both shares');
    const first = drawShares(
      frozen.queries.map(({ sigma2 }) => sigma2),
      same,
    );
    const values = new Map(first.map((share, query) => [query, share]));
    for (const [period, noisy] of expectedOf({ quarter: frozen, values }, same))
      expect([period, await publishedOf(database, period)]).toEqual([period, noisy]);
  });

  test('of the last month of a list that asks nothing else leaves no counters, and the nights go on', async () => {
    const plan = { desk: desk('month') };
    const months01 = await plan.desk.planOf();
    const queries = olderQueries(months01, vocabulary, QUARTER);
    await database.keeper.transaction((transaction) =>
      insertQuarter(transaction, { quarter: QUARTER, plan: months01, vocabulary, queries }),
    );
    await begunCounters(database, '2026-10-02', QUARTER, plan);
    for (const [month, day] of [
      ['2026-10', '2026-11-03'],
      ['2026-11', '2026-12-03'],
      ['2026-12', '2027-01-03'],
    ] as const)
      await closeOn(database, day, month, plan);
    expect(await database.owner.query('SELECT quarter FROM sealed.counters')).toEqual([]);
    await sealBefore(database, '2027-01-05', plan);
    expect(await database.owner.query('SELECT quarter FROM sealed.counters')).toEqual([
      { quarter: '2027-Q1' },
    ]);
    await closeOn(database, '2027-01-07', QUARTER, plan);
    expect(await publishedOf(database, QUARTER)).toEqual([]);
    expect(await database.owner.query('SELECT id FROM published.period ORDER BY 1')).toHaveLength(4);
  });

  test('counts what waits in intake, today’s calls too, and leaves those of other months there', async () => {
    const plan = { desk: desk('month', 'kind') };
    const store = (day: string, month: string) =>
      storeCall(database.intake, {
        ...{ receipt: aReceipt(), day, month },
        codes: codesOf({ kind: 'silent', channel: 'phone', daypart: 'night' }),
      });
    const before = await begunCounters(database, '2026-10-02', QUARTER, plan);
    await store('2026-11-03', '2026-10');
    await store('2026-11-02', '2026-10');
    await store('2026-11-03', '2026-11');
    await closeOn(database, '2026-11-03', '2026-10', plan);
    const counted = countedBetween(before, await openedCounters(database, QUARTER));
    expect(counted['kind']?.flat().reduce((sum, one) => sum + one, 0)).toBe(2);
    expect(await database.owner.query('SELECT month FROM intake.call')).toEqual([{ month: '2026-11' }]);
  });
});
