/** Forgetting the imports of a quarter before the installation, as long as nothing of it is out. */
import type { CloseDependencies } from '../../src/keeping/close.js';
import { discard } from '../../src/keeping/discard.js';
import { CommandError } from '../../src/platform/command-error.js';
import { storeCall } from '../../src/intake/store.js';
import { aConversation, aReceipt, codesOf } from '../support/calls.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { afterAll, afterEach, beforeEach, expect, test } from '../support/jest.js';
import { closeOn, importOn, keepingOf } from '../support/keeping.js';
import { openedCounters, openedIntake } from '../support/opened.js';
import { aCall, csvOf, fileFolder } from './import-support.js';

const TODAY = '2026-11-11';
const QUARTER = '2017-Q2';
const { file, remove } = fileFolder();
afterAll(remove);

let database: TestDatabase;
beforeEach(async () => {
  database = await freshDatabase(standingClock('2026-11-11T12:00:00Z'));
});
afterEach(() => database.destroy());

const dependencies = (): CloseDependencies => ({ ...keepingOf(database, TODAY), actor: 'keeper' });
const load = (...months: string[]) =>
  importOn(database, TODAY, file(csvOf(months.map((month) => aCall(month)))));
const rowsOf = (sql: string) => database.owner.query<unknown[]>(sql);

test('forgets counters, marks and plan of the quarter, says so, and leaves all others', async () => {
  await load('2017-04', '2017-05', '2018-01');
  await storeCall(database.intake, {
    ...{ receipt: aReceipt(), day: TODAY, month: '2026-11' },
    codes: codesOf(aConversation()),
  });
  const other = [...(await openedCounters(database, '2018-Q1')).values];
  await discard(dependencies(), QUARTER);
  expect(await rowsOf('SELECT quarter FROM sealed.counters')).toEqual([{ quarter: '2018-Q1' }]);
  expect(await rowsOf('SELECT quarter FROM published.quarter_plan')).toEqual([{ quarter: '2018-Q1' }]);
  expect(await rowsOf('SELECT month FROM published.imported_month')).toEqual([{ month: '2018-01' }]);
  expect(
    await rowsOf(
      `SELECT day::text, actor, kind, subject FROM desk.event WHERE kind = 'imports-discarded' ORDER BY id`,
    ),
  ).toEqual([{ day: TODAY, actor: 'keeper', kind: 'imports-discarded', subject: QUARTER }]);
  expect([...(await openedCounters(database, '2018-Q1')).values]).toEqual(other);
  expect(await openedIntake(database)).toEqual([codesOf(aConversation())]);
});

test('lets the months be imported anew, over first shares that are new', async () => {
  await load('2017-04', '2017-05');
  const first = await openedCounters(database, QUARTER);
  await expect(load('2017-05')).rejects.toThrow('An import was made before into 2017-05');
  await discard(dependencies(), QUARTER);
  await load('2017-04', '2017-05');
  const second = await openedCounters(database, QUARTER);
  expect(second.quarter.queries).toEqual(first.quarter.queries);
  // The same calls: were it the same noise, every number would be the same.
  const same = [...first.values].filter(([query, value]) => second.values.get(query) === value);
  expect(same.length).toBeLessThan(first.values.size / 2);
});

test('refuses the quarter of the installation and those after it', async () => {
  await load('2026-10');
  for (const quarter of ['2026-Q4', '2027-Q1'])
    await expect(discard(dependencies(), quarter)).rejects.toThrow(
      `Calls may have been logged in ${quarter}, and are not discarded: only a quarter before 2026-Q4 can be.`,
    );
  expect(await rowsOf('SELECT quarter FROM sealed.counters')).toEqual([{ quarter: '2026-Q4' }]);
});

test('refuses the quarter before an installation in the first month of one: a call of the month before could be logged', async () => {
  const fresh = await freshDatabase(standingClock('2026-10-05T10:00:00Z'));
  try {
    const order = discard({ ...keepingOf(fresh, '2026-10-06'), actor: 'keeper' }, '2026-Q3');
    await expect(order).rejects.toThrow('only a quarter before 2026-Q3 can be.');
  } finally {
    await fresh.destroy();
  }
});

test('refuses where a month is out, or the quarter', async () => {
  await load('2017-04', '2017-05');
  await closeOn(database, TODAY, '2017-04');
  const before = [...(await openedCounters(database, QUARTER)).values];
  const refused = `Numbers of ${QUARTER} are published; its imports cannot be discarded any more.`;
  await expect(discard(dependencies(), QUARTER)).rejects.toThrow(new CommandError(refused));
  expect([...(await openedCounters(database, QUARTER)).values]).toEqual(before);
  await closeOn(database, TODAY, QUARTER);
  await expect(discard(dependencies(), QUARTER)).rejects.toThrow(refused);
  expect(await rowsOf('SELECT month FROM published.imported_month')).toHaveLength(2);
});

test('refuses where nothing was imported', async () => {
  const refused = new CommandError(`Nothing was imported into ${QUARTER}.`);
  await expect(discard(dependencies(), QUARTER)).rejects.toThrow(refused);
  await load('2017-04');
  await discard(dependencies(), QUARTER);
  await expect(discard(dependencies(), QUARTER)).rejects.toThrow(refused);
});
