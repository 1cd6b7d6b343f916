import { addDays, firstDayOfQuarter } from '../../src/contract/period.js';
import { leastSure } from '../../src/contract/sureness.js';
import { planProblem, presetSchema, type Plan, type PlanTable } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import { describePlan, planOf, setPlan } from '../../src/desk/planning/plan.js';
import { readVocabulary } from '../../src/desk/planning/vocabulary.js';
import { locks } from '../../src/platform/locks.js';
import { ProblemError } from '../../src/platform/problems.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '../support/jest.js';
import { smallCosts, smallPlan, smallVocabulary } from '../support/small.js';
import { waiterFor } from '../support/waiters.js';

// Installed in the second quarter of 2026.
const clock = standingClock('2026-05-20T08:00:00Z');
const tiny = presetPlan('tiny');
const small = presetPlan('small');
const medium = presetPlan('medium', 0.125);
const large = presetPlan('large');
let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase(clock);
});
afterAll(() => database.destroy());
beforeEach(async () => {
  clock.set('2026-05-20T08:00:00Z');
  await database.owner.query(
    'TRUNCATE desk.plan, desk.begun_quarter, desk.event, published.quarter_plan CASCADE',
  );
});

const plan = (quarter: string): Promise<Plan> => planOf(database, quarter);
const set = (quarter: string, value: Plan): Promise<void> =>
  setPlan(database, quarter, value, { clock, actor: 'command line' });

async function freeze(quarter: string, value: Plan): Promise<void> {
  await database.keeper.query(
    'INSERT INTO published.quarter_plan (quarter, plan, vocabulary) VALUES ($1, $2, $3)',
    [quarter, JSON.stringify(value), '{}'],
  );
}

async function refusal(quarter: string, value: Plan): Promise<string> {
  const error: unknown = await set(quarter, value).catch((thrown: unknown) => thrown);
  if (!(error instanceof ProblemError)) throw new Error('It was not refused.');
  return error.slug;
}

describe('the plan of a quarter', () => {
  test('is tiny at rho 0.5 until another is set', async () => {
    for (const quarter of ['2019-Q1', '2026-Q2', '2026-Q3', '2031-Q4'])
      expect(await plan(quarter)).toEqual(tiny);
    expect(tiny).toMatchObject({ preset: 'tiny', rho: 0.5 });
  });

  test('that is set holds from its quarter on, until the next that is set', async () => {
    await set('2026-Q3', small);
    await set('2027-Q1', medium);
    const quarters = ['2026-Q2', '2026-Q3', '2026-Q4', '2027-Q1', '2029-Q4'];
    expect(await Promise.all(quarters.map(plan))).toEqual([tiny, small, small, medium, medium]);
  });

  test('that was frozen holds on as one that was set', async () => {
    await freeze('2026-Q2', small);
    await set('2026-Q4', large);
    await freeze('2026-Q3', small);
    expect(await Promise.all(['2026-Q3', '2026-Q4', '2027-Q1'].map(plan))).toEqual([small, large, large]);
  });

  test('that was frozen is not what is set for it later', async () => {
    await freeze('2026-Q3', medium);
    await database.owner.query(`INSERT INTO desk.plan VALUES ('2026-Q3', $1)`, [JSON.stringify(large)]);
    expect(await plan('2026-Q3')).toEqual(medium);
    expect(await plan('2026-Q4')).toEqual(medium);
  });

  test('of a preset has the tables that the preset has now, unless it was frozen with others', async () => {
    const older: Plan = { preset: 'small', rho: 0.125, tables: small.tables.slice(2) };
    await freeze('2026-Q2', older);
    await database.owner.query(`INSERT INTO desk.plan VALUES ('2027-Q1', $1)`, [JSON.stringify(older)]);
    const now = presetPlan('small', 0.125);
    expect(await Promise.all(['2026-Q2', '2026-Q3', '2027-Q1'].map(plan))).toEqual([older, now, now]);
  });

  test('before the installation stands alone', async () => {
    await set('2017-Q2', large);
    await freeze('2017-Q3', small);
    const quarters = ['2017-Q1', '2017-Q2', '2017-Q3', '2017-Q4', '2026-Q1', '2026-Q2'];
    expect(await Promise.all(quarters.map(plan))).toEqual([tiny, large, small, tiny, tiny, tiny]);
  });

  test('may be read by the keeper', async () => {
    await set('2026-Q3', small);
    expect(await planOf({ desk: database.keeper, reader: database.keeper }, '2026-Q4')).toEqual(small);
  });
});

describe('setting a plan', () => {
  test('replaces the one that was set, and leaves its day in the event log', async () => {
    await set('2026-Q3', small);
    await set('2026-Q3', large);
    expect(await plan('2026-Q3')).toEqual(large);
    const events: unknown = await database.owner.query(
      'SELECT day::text, actor, kind, subject FROM desk.event',
    );
    const event = { day: '2026-05-20', actor: 'command line', kind: 'plan-set', subject: '2026-Q3' };
    expect(events).toEqual([event, event]);
  });

  test.each(['2026-Q3', '2027-Q1'])(
    'is refused from the first midnight of %s, local time',
    async (quarter) => {
      const eve = addDays(firstDayOfQuarter(quarter), -1);
      clock.set(`${eve}T${quarter.endsWith('Q3') ? '21' : '22'}:59:59Z`);
      await set(quarter, small);
      clock.set(new Date(clock.now().getTime() + 1000).toISOString());
      expect(await refusal(quarter, large)).toBe('quarter-begun');
      expect(await plan(quarter)).toEqual(small);
    },
  );

  test('is refused for the quarter of installation once it is frozen', async () => {
    await set('2026-Q2', small);
    await freeze('2026-Q2', small);
    expect(await refusal('2026-Q2', large)).toBe('quarter-begun');
    await set('2026-Q3', large);
  });

  test('is refused for the quarter of installation once the first handler has signed in', async () => {
    await set('2026-Q2', small);
    await database.desk.query(`INSERT INTO desk.begun_quarter VALUES ('2026-Q2')`);
    expect(await refusal('2026-Q2', large)).toBe('quarter-begun');
    expect(await plan('2026-Q2')).toEqual(small);
    await set('2026-Q3', large);
  });

  test('is refused for the quarter of installation when the next has begun, which may follow it', async () => {
    clock.set('2026-06-30T21:59:59Z');
    await set('2026-Q2', small);
    clock.set('2026-06-30T22:00:00Z');
    expect(await refusal('2026-Q2', large)).toBe('quarter-begun');
    expect(await plan('2026-Q3')).toEqual(small);
  });

  test('is refused for an earlier quarter once its first import froze it', async () => {
    await set('2025-Q1', large);
    await freeze('2025-Q1', large);
    expect(await refusal('2025-Q1', small)).toBe('quarter-begun');
    await set('2025-Q2', small);
  });

  const broken: [string, Partial<Plan>][] = [
    ['rho 0.6', { rho: 0.6 }],
    ['rho just above 0.5', { rho: 0.500001 }],
    ['rho 0', { rho: 0 }],
    ['rho below 0', { rho: -0.5 }],
    ['rho that is no number', { rho: Number.NaN }],
    ['no table', { tables: [] }],
    ['a table twice', { tables: [...tiny.tables, ...tiny.tables.slice(0, 1)] }],
    ['an unknown dimension', { tables: [{ id: 'x', rows: 'shoe_size' }] }],
    ['an unknown column', { tables: [{ id: 'x', rows: 'kind', columns: 'shoe_size' }] }],
    ['a dimension by itself', { tables: [{ id: 'x', rows: 'kind', columns: 'kind' }] }],
    ['months as columns', { tables: [{ id: 'x', rows: 'kind', columns: 'month' }] }],
    ['a field that is not a table’s', { tables: [{ id: 'x', rows: 'kind', weight: 2 } as PlanTable] }],
  ];
  test.each(broken)('is refused with %s', async (_name, parts) => {
    expect(await refusal('2026-Q3', { ...tiny, preset: 'own', ...parts })).toBe(
      'rho' in parts ? 'over-budget' : 'invalid-request',
    );
    expect(await plan('2026-Q3')).toEqual(tiny);
    expect(await database.owner.query('SELECT 1 FROM desk.event')).toEqual([]);
  });

  test('waits for a quarter that is being frozen, and is then refused', async () => {
    let answer = '';
    let waiting: Promise<void> = Promise.resolve();
    await database.keeper.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [locks.plan]);
      waiting = refusal('2026-Q2', large).then((slug) => {
        answer = slug;
      });
      await waiterFor(database, locks.plan);
      expect(answer).toBe('');
      await manager.query(
        'INSERT INTO published.quarter_plan (quarter, plan, vocabulary) VALUES ($1, $2, $3)',
        ['2026-Q2', JSON.stringify(tiny), '{}'],
      );
    });
    await waiting;
    expect(answer).toBe('quarter-begun');
  });
});

test('a plan is described by what it costs', () => {
  expect(describePlan(smallPlan('tiny'), smallVocabulary, '2026-Q3')).toEqual({
    quarter: '2026-Q3',
    preset: 'tiny',
    rho: 0.5,
    cost: 4,
    sigma2: leastSure(smallPlan('tiny'), smallVocabulary),
    tables: ['concern-top', 'environment-top', 'relation-top', 'age-top'],
  });
  const costs = presetSchema.options.map(
    (preset) => describePlan(smallPlan(preset), smallVocabulary, '2026-Q3').cost,
  );
  expect(costs).toEqual(presetSchema.options.map((preset) => smallCosts[preset]));
});

test('every preset can be used with the vocabulary that comes with the software', async () => {
  const vocabulary = await readVocabulary(database.desk, '2026-Q3');
  for (const preset of presetSchema.options) expect(planProblem(presetPlan(preset), vocabulary)).toBeNull();
});
