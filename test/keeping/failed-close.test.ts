/** A close that fails leaves nothing: no period, no draw in a file, the sealed calls untouched; then it succeeds. */
import { seededRandom } from '../../bench/seeded-random.js';
import { presetPlan } from '../../src/contract/presets.js';
import { storeCall } from '../../src/intake/store.js';
import { close } from '../../src/keeping/close.js';
import { seal } from '../../src/keeping/seal.js';
import { CommandError } from '../../src/platform/command-error.js';
import { rewritePublished } from '../../src/platform/installation.js';
import { prepareRoles } from '../../src/platform/roles.js';
import { dyingWhileDrawing } from '../attacks/support/crash.js';
import { aConversation, aReceipt, codesOf, vocabulary } from '../support/calls.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { afterAll, beforeAll, expect, test } from '../support/jest.js';
import { untilWaiting } from '../support/waiters.js';

let database: TestDatabase;
const desk = {
  planOf: () => Promise.resolve(presetPlan('small')),
  vocabularyOf: () => Promise.resolve(vocabulary),
};

beforeAll(async () => {
  database = await freshDatabase(standingClock('2026-10-01T10:00:00Z'));
  for (let index = 0; index < 30; index += 1) {
    const call = {
      receipt: aReceipt(),
      day: '2026-10-10',
      month: '2026-10',
      codes: codesOf(aConversation()),
    };
    await storeCall(database.intake, call);
  }
  await seal(database.keeper, desk, '2026-10-11', '2026-10-11');
});
afterAll(async () => {
  await database.destroy();
});

const options = () => ({
  keeper: database.keeper,
  desk,
  today: '2027-01-20',
  actor: 'keeper' as const,
  forgetDraws: () => rewritePublished(database.owner),
});

const one = async <Value>(sql: string): Promise<Value> => {
  const [row]: { value: Value }[] = await database.owner.query(`SELECT (${sql}) AS value`);
  if (row === undefined) throw new Error('no row');
  return row.value;
};

test('when the last statement of the transaction is refused', async () => {
  const keeper = await one<string>(
    `SELECT rolname FROM pg_roles WHERE rolname = current_database() || '_keeper'`,
  );
  await database.owner.query(`REVOKE INSERT ON desk.event FROM ${keeper}`);

  let sizeAfterFailure = 0;
  const forgetDraws = async () => {
    sizeAfterFailure = await one<number>(`SELECT pg_relation_size('published.noisy_table')::int`);
    await rewritePublished(database.owner);
  };
  await expect(close({ ...options(), forgetDraws }, '2026-Q4')).rejects.toThrow('permission denied');

  // The draw had been written, so that the file could be found in the first place; now it is gone.
  expect(sizeAfterFailure).toBeGreaterThan(0);
  expect(await one<number>(`SELECT pg_relation_size('published.noisy_table')::int`)).toBe(0);
  expect(await one<number>('SELECT count(*)::int FROM published.period')).toBe(0);
  expect(await one<number>('SELECT count(*)::int FROM sealed.calls_2026_10')).toBe(30);

  await prepareRoles(database.owner, database.installation.secret);
  await close(options(), '2026-Q4');
  expect(await one<number>('SELECT count(*)::int FROM published.period')).toBe(4);
});

test('when the process that closes is killed, which then tidies nothing: the close that succeeds does', async () => {
  for (const month of ['2027-04', '2027-05', '2027-06'])
    await close({ ...options(), today: '2027-07-20' }, month);
  const { keeper, drawn } = dyingWhileDrawing(database.keeper, database.owner);
  const killed = {
    ...options(),
    keeper,
    today: '2027-07-20',
    random: seededRandom('killed'),
    forgetDraws: () => Promise.resolve(),
  };
  await expect(close(killed, '2027-Q2')).rejects.toThrow();
  expect(drawn.length).toBeGreaterThan(0);
  const onDisk = async () => {
    await database.owner.query('CHECKPOINT');
    const file = await one<Buffer>(`pg_read_binary_file(pg_relation_filepath('published.noisy_table'))`);
    const bytes = drawn.map(({ noisy }) => Buffer.from(Int32Array.from(noisy.flat()).buffer));
    return bytes.filter((draw) => file.includes(draw)).length;
  };
  expect(await onDisk()).toBeGreaterThan(0);
  await close({ ...options(), today: '2027-07-20', random: seededRandom('not killed') }, '2027-Q2');
  expect(await onDisk()).toBe(0);
});

test('when the source of randomness fails, nothing is drawn with less', async () => {
  const random = () => {
    throw new Error('no entropy');
  };
  await expect(close({ ...options(), today: '2027-04-20', random }, '2027-Q1')).rejects.toThrow('no entropy');
  expect(await one<number>(`SELECT count(*)::int FROM published.period WHERE quarter = '2027-Q1'`)).toBe(0);
  await close({ ...options(), today: '2027-04-20' }, '2027-Q1');
});

test('two closes at once: one publishes, the other is told that it is closed', async () => {
  const closing = () => close({ ...options(), today: '2027-10-20' }, '2027-07');
  // Nothing can be published meanwhile, so both have found the month open before the first is through.
  const holder = database.owner.createQueryRunner();
  await holder.startTransaction();
  await holder.query('LOCK TABLE published.period IN EXCLUSIVE MODE');
  const both = Promise.allSettled([closing(), closing()]);
  await untilWaiting(database, 2);
  await holder.commitTransaction();
  await holder.release();

  const refused = (await both).flatMap((outcome) =>
    outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
  );
  expect(refused).toEqual([new CommandError('2027-07 is already closed. A period is drawn only once.')]);
  expect(refused[0]).toBeInstanceOf(CommandError);
  expect(await one<number>(`SELECT count(*)::int FROM published.period WHERE id = '2027-07'`)).toBe(1);
  expect(await one<number>(`SELECT count(*)::int FROM desk.event WHERE subject = '2027-07'`)).toBe(1);
});

test('two closes of a quarter at once: each of its periods is published once', async () => {
  const closing = () => close({ ...options(), today: '2027-10-20' }, '2027-Q3');
  const outcomes = await Promise.allSettled([closing(), closing()]);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const refused = outcomes.find((outcome) => outcome.status === 'rejected');
  expect(refused?.reason).toBeInstanceOf(CommandError);
  expect(await one<number>(`SELECT count(*)::int FROM published.period WHERE quarter = '2027-Q3'`)).toBe(4);
});
