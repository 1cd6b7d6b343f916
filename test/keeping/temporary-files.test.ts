/**
 * A sort or a count that does not fit in memory is spilled to a temporary file, with the codes of calls in it. On a
 * server that gives a statement next to no memory, as a rented one may, the keeper's work leaves none all the same.
 */
import type { DataSource } from 'typeorm';
import type { Plan } from '../../src/contract/plan.js';
import { close } from '../../src/keeping/close.js';
import { seal } from '../../src/keeping/seal.js';
import { connect } from '../../src/platform/database.js';
import { roleUrl } from '../../src/platform/installation.js';
import { aConversation, codesOf, vocabulary } from '../support/calls.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { afterAll, beforeAll, expect, test } from '../support/jest.js';
import { until } from '../support/until.js';

const CALLS = 20_000;
const plan: Plan = {
  preset: 'own',
  rho: 0.5,
  tables: [
    { id: 'month-by-concern', rows: 'month', columns: 'concern' },
    { id: 'area-by-concern', rows: 'area', columns: 'concern' },
    { id: 'age-by-relation', rows: 'age', columns: 'relation' },
  ],
};
const desk = { planOf: () => Promise.resolve(plan), vocabularyOf: () => Promise.resolve(vocabulary) };
let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase(standingClock('2026-10-01T10:00:00Z'));
  await database.owner.query(
    `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem = %L', current_database(), '64kB'); END $$`,
  );
  // Half of them finished; the others are sorted anew where they stand.
  await database.owner.query(
    `INSERT INTO intake.call (receipt_hash, day, month, codes)
     SELECT sha256(n::text::bytea), date '2026-10-10' + n % 2, '2026-10', $2::smallint[]
     FROM generate_series(1, $1::int) AS n`,
    [CALLS, codesOf(aConversation())],
  );
});
afterAll(() => database.destroy());

async function one<Value>(sql: string, parameters: unknown[] = []): Promise<Value> {
  const [row]: { value: Value }[] = await database.owner.query(`SELECT (${sql}) AS value`, parameters);
  if (row === undefined) throw new Error('no row');
  return row.value;
}

const files = () =>
  one<number>('SELECT temp_files::int FROM pg_stat_database WHERE datname = current_database()');

/** How many temporary files some work of the keeper's makes. What a session has made is counted once it has ended. */
async function filesOf(work: (keeper: DataSource) => Promise<unknown>): Promise<number> {
  const before = await files();
  const keeper = await connect({ url: roleUrl(database.installation, 'keeper'), poolSize: 1 });
  const [session]: { pid: number }[] = await keeper.query('SELECT pg_backend_pid() AS pid');
  await work(keeper);
  await keeper.destroy();
  const sessions = 'SELECT count(*)::int FROM pg_stat_activity WHERE pid = $1';
  await until(async () => (await one<number>(sessions, [session?.pid])) === 0, 20);
  return (await files()) - before;
}

test('a sort that is given no more memory is spilled, and seen', async () => {
  const sort =
    'SELECT count(*) FROM (SELECT codes FROM intake.call ORDER BY codes, receipt_hash OFFSET 0) AS sorted';
  expect(await filesOf((keeper) => keeper.query(sort))).toBeGreaterThan(0);
});

test('neither a seal nor a close leaves one', async () => {
  expect(await filesOf((keeper) => seal(keeper, desk, '2026-10-11', '2026-10-11'))).toBe(0);
  expect(await one<number>('SELECT count(*)::int FROM sealed.calls_2026_10')).toBe(CALLS / 2);
  const options = {
    desk,
    today: '2026-11-03',
    actor: 'keeper' as const,
    forgetDraws: () => Promise.resolve(),
  };
  expect(await filesOf((keeper) => close({ ...options, keeper }, '2026-10'))).toBe(0);
  expect(await one<number>('SELECT count(*)::int FROM sealed.calls_2026_10')).toBe(CALLS);
});
