/**
 * A close that fails publishes nothing, and leaves counters, calls and key as they were; then it succeeds. What it drew
 * may stay on the disk, in dead rows and in the write-ahead log: whoever finds it has one more draw of the second share,
 * over the same first one. That is accepted, since k draws together cost at most rho / (1/2 + 1/(2k)), which is under
 * 2 rho however many there are.
 */
import { presetPlan } from '../../src/contract/presets.js';
import { storeCall } from '../../src/intake/store.js';
import type { Counters } from '../../src/keeping/counters.js';
import { listKeys } from '../../src/keeping/keys.js';
import { CommandError } from '../../src/platform/command-error.js';
import { locks } from '../../src/platform/locks.js';
import { prepareRoles } from '../../src/platform/roles.js';
import { aConversation, aReceipt, codesOf, vocabulary } from '../support/calls.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { afterAll, beforeAll, expect, test } from '../support/jest.js';
import { closeOn, sealBefore } from '../support/keeping.js';
import { namedKey, openedCounters, openedIntake } from '../support/opened.js';
import { untilWaiting } from '../support/waiters.js';

let database: TestDatabase;
const change = {
  desk: {
    planOf: () => Promise.resolve(presetPlan('small')),
    vocabularyOf: () => Promise.resolve(vocabulary),
  },
};

beforeAll(async () => {
  database = await freshDatabase(standingClock('2026-10-01T10:00:00Z'));
});
afterAll(() => database.destroy());

const put = (month: string) =>
  storeCall(database.intake, {
    ...{ receipt: aReceipt(), day: `${month}-10`, month },
    codes: codesOf(aConversation()),
  });

async function count(sql: string): Promise<number> {
  const [row]: { n: number }[] = await database.owner.query(`SELECT count(*)::int AS n FROM ${sql}`);
  return row?.n ?? NaN;
}

const valuesOf = ({ values }: Counters) => [...values];

/** What a failed close must leave as it was, but for the key, which may have been turned. */
async function kept(quarter: string) {
  return {
    counters: valuesOf(await openedCounters(database, quarter)),
    waiting: (await openedIntake(database)).toSorted(),
    receipts: await count('intake.receipt_memory'),
    published: [await count('published.period'), await count('published.noisy_answer')],
    events: await count('desk.event'),
    open: await count('intake.key WHERE open'),
  };
}

test('when the last statement of the transaction is refused', async () => {
  await put('2026-10');
  await sealBefore(database, '2026-10-11', change);
  for (let index = 0; index < 5; index += 1) await put('2026-11');
  const before = await kept('2026-Q4');
  const [row]: { role: string }[] = await database.owner.query(
    `SELECT rolname AS role FROM pg_roles WHERE rolname = current_database() || '_keeper'`,
  );
  await database.owner.query(`REVOKE INSERT ON desk.event FROM ${row?.role ?? ''}`);
  await expect(closeOn(database, '2027-01-20', '2026-Q4', change)).rejects.toThrow('permission denied');
  expect(await kept('2026-Q4')).toEqual(before);
  expect(before).toMatchObject({ published: [0, 0], open: 1 });
  // The key that the failed close made is gone again.
  expect(await listKeys(database.keys)).toEqual([(await namedKey(database)).id]);

  await prepareRoles(database.owner, database.installation.secret);
  await closeOn(database, '2027-01-20', '2026-Q4', change);
  expect(await count('published.period')).toBe(4);
});

test('when the server process dies in the middle of the close', async () => {
  await sealBefore(database, '2027-02-02', change);
  await put('2027-02');
  const before = await kept('2027-Q1');
  // Nothing can be published meanwhile, so the close stands there with everything drawn.
  const holder = database.owner.createQueryRunner();
  await holder.startTransaction();
  await holder.query('LOCK TABLE published.noisy_answer IN EXCLUSIVE MODE');
  const closing = closeOn(database, '2027-04-20', '2027-01', change);
  closing.catch(() => undefined);
  await untilWaiting(database, 1);
  await database.owner.query(
    `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE NOT granted AND relation = 'published.noisy_answer'::regclass
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  );
  await expect(closing).rejects.toThrow();
  await holder.commitTransaction();
  await holder.release();
  await closeOn(database, '2027-04-20', '2027-01', change);
  const after = await kept('2027-Q1');
  expect(await count(`published.period WHERE id = '2027-01'`)).toBe(1);
  expect(await listKeys(database.keys)).toEqual([(await namedKey(database)).id]);
  // Nothing was drawn anew but for what is out: the first shares of the others are those of before.
  const left = new Set(after.counters.map(([query]) => query));
  expect(after.counters).toEqual(before.counters.filter(([query]) => left.has(query)));
  expect(after.waiting).toEqual(before.waiting);
});

test('when the source of randomness fails, nothing is drawn with less', async () => {
  const before = await kept('2027-Q1');
  const random = () => {
    throw new Error('no entropy');
  };
  await expect(closeOn(database, '2027-04-20', '2027-Q1', { ...change, random })).rejects.toThrow(
    'no entropy',
  );
  expect(await kept('2027-Q1')).toEqual(before);
  await closeOn(database, '2027-04-20', '2027-Q1', change);
});

/** The closes wait in line behind whoever holds the lock of the night; both have found the period open by then. */
async function together(period: string): Promise<unknown[]> {
  const holder = database.owner.createQueryRunner();
  await holder.query('SELECT pg_advisory_lock($1)', [locks.night]);
  const both = Promise.allSettled([1, 2].map(() => closeOn(database, '2027-10-20', period, change)));
  await untilWaiting(database, 2);
  await holder.query('SELECT pg_advisory_unlock($1)', [locks.night]);
  await holder.release();
  return (await both).flatMap((outcome): unknown[] =>
    outcome.status === 'rejected' ? [outcome.reason] : [],
  );
}

test('two closes at once: one publishes, the other is told that it is closed', async () => {
  const refused = await together('2027-07');
  expect(refused).toEqual([new CommandError('2027-07 is already closed. A period is drawn only once.')]);
  expect(refused[0]).toBeInstanceOf(CommandError);
  expect(await count(`published.period WHERE id = '2027-07'`)).toBe(1);
  expect(await count(`desk.event WHERE subject = '2027-07'`)).toBe(1);
});

test('two closes of a quarter at once: each of its periods is published once', async () => {
  const refused = await together('2027-Q3');
  expect(refused).toHaveLength(1);
  expect(refused[0]).toBeInstanceOf(CommandError);
  expect(await count(`published.period WHERE quarter = '2027-Q3'`)).toBe(4);
  expect(
    await count(
      `desk.event WHERE kind = 'period-closed' AND subject LIKE '2027-%' AND subject >= '2027-07' AND subject < '2027-10'`,
    ),
  ).toBe(3);
});
