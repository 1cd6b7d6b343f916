/** What the desk's record of a begun quarter says of an installation that is older than it. */
import { presetPlan } from '../../src/contract/presets.js';
import { BegunQuarter1797000000000 } from '../../migrations/1797000000000-begun-quarter.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { afterAll, beforeAll, beforeEach, expect, test } from '../support/jest.js';

const migration = new BegunQuarter1797000000000();
let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase(standingClock('2026-11-20T08:00:00Z'));
});
afterAll(() => database.destroy());
beforeEach(() =>
  database.owner.query('TRUNCATE published.quarter_plan, desk.event, desk.account, desk.plan CASCADE'),
);

/** What is recorded once the migration has met the database as it is. */
async function recorded(): Promise<unknown> {
  const runner = database.owner.createQueryRunner();
  try {
    await migration.down(runner);
    await migration.up(runner);
    return await runner.query('SELECT * FROM desk.begun_quarter');
  } finally {
    await runner.release();
  }
}

const signIn = (role: string) =>
  database.owner.query(`
    INSERT INTO desk.account (username, role, locale) VALUES ('somebody', '${role}', 'sv');
    INSERT INTO desk.event (day, actor, kind) VALUES ('2026-11-20', 'somebody', 'sign-in')`);

const freeze = (quarter: string) =>
  database.owner.query('INSERT INTO published.quarter_plan (quarter, plan, vocabulary) VALUES ($1, $2, $3)', [
    quarter,
    JSON.stringify(presetPlan('small')),
    '{}',
  ]);

test('one that was only installed has not begun', async () => {
  await database.owner.query(
    `INSERT INTO desk.plan (quarter, plan) VALUES ('2026-Q4', '${JSON.stringify(presetPlan('small'))}')`,
  );
  expect(await recorded()).toEqual([]);
});

test('one whose quarter of installation was frozen has begun', async () => {
  await freeze('2026-Q4');
  expect(await recorded()).toEqual([{ quarter: '2026-Q4' }]);
});

test('one with another quarter frozen, by an import, has not begun', async () => {
  await freeze('2025-Q4');
  expect(await recorded()).toEqual([]);
});

test.each([
  ['handler', [{ quarter: '2026-Q4' }]],
  ['supervisor', []],
  ['administrator', []],
])('where a %s has signed in: %j', async (role, rows) => {
  await signIn(role);
  expect(await recorded()).toEqual(rows);
});
