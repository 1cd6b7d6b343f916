/**
 * Nothing that anybody can see of a seal or a close depends on how many calls there are: a line without a call and
 * a busy one leave the same tables, events, periods, refusals and shapes of published numbers.
 */
import { presetPlan } from '../../src/contract/presets.js';
import { storeCall } from '../../src/intake/store.js';
import { listKeys } from '../../src/keeping/keys.js';
import { readPeriods, readTables } from '../../src/statistics/read.js';
import { aReceipt, anyCall, codesOf, vocabulary } from '../support/calls.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { afterAll, beforeAll, expect, test } from '../support/jest.js';
import { closeOn, sealBefore } from '../support/keeping.js';

const desk = {
  planOf: () => Promise.resolve(presetPlan('medium')),
  vocabularyOf: () => Promise.resolve(vocabulary),
};
let quiet: TestDatabase;
let busy: TestDatabase;

beforeAll(async () => {
  quiet = await freshDatabase(standingClock('2026-10-01T10:00:00Z'));
  busy = await freshDatabase(standingClock('2026-10-01T10:00:00Z'));
  let state = 7;
  const pick = (n: number) => (state = (state * 48_271) % 2_147_483_647) % n;
  for (let index = 0; index < 200; index += 1) {
    const day = `2026-1${index % 3}-10`;
    await storeCall(busy.intake, {
      receipt: aReceipt(),
      day,
      month: day.slice(0, 7),
      codes: codesOf(anyCall(pick)),
    });
  }
});
afterAll(async () => {
  await Promise.all([quiet.destroy(), busy.destroy()]);
});

/** Everything an operator is told or can look up without reading calls, receipts or noise. */
async function visible(database: TestDatabase): Promise<unknown> {
  const { owner, reader, keys } = database;
  const outcome = async (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: unknown) => (error as Error).message,
    );
  const logged: string[] = [];
  const change = {
    desk,
    log: (event: string, facts = {}) => {
      logged.push(JSON.stringify({ event, ...facts }));
    },
  };
  const sealed = async () => ({
    counters: await owner.query('SELECT quarter, length(blob) AS bytes FROM sealed.counters ORDER BY 1'),
    size: await owner.query(
      `SELECT pg_relation_size('sealed.counters') AS main, pg_total_relation_size('sealed.counters') AS total`,
    ),
    keys: [
      (await listKeys(keys)).length,
      await owner.query('SELECT length(id) AS id, length(public_key) AS bytes, open FROM intake.key'),
    ],
    waiting: await owner.query('SELECT count(*) AS calls FROM intake.call'),
  });
  const nights = [];
  for (const day of ['2026-11-11', '2026-12-11', '2026-12-31'])
    nights.push(await outcome(sealBefore(database, day, change)), await sealed());
  const told = [
    await outcome(closeOn(database, '2026-12-31', '2026-12', change)),
    await outcome(closeOn(database, '2026-12-31', '2026-10', change)),
  ];
  const halfway = await sealed();
  told.push(
    await outcome(closeOn(database, '2027-01-10', '2026-Q4', change)),
    await outcome(closeOn(database, '2027-01-10', '2026-Q4', change)),
  );
  const periods = await readPeriods(reader);
  return {
    ...{ told, nights, halfway, logged },
    events: await owner.query('SELECT day::text, actor, kind, subject FROM desk.event ORDER BY id'),
    begun: await owner.query('SELECT quarter, queries, counted_from FROM published.quarter_plan ORDER BY 1'),
    installation: await owner.query('SELECT sealed_on::text FROM published.installation'),
    imported: await owner.query('SELECT month FROM published.imported_month'),
    periods: periods.map(({ id, kind, publishedOn, plan, sureness }) => ({
      ...{ id, kind, publishedOn, plan, sureness },
    })),
    tables: await Promise.all(periods.map(({ id }) => readTables(reader, id))),
    shapes: await owner.query(
      'SELECT period, count(*), min(query), max(query) FROM published.noisy_answer GROUP BY 1 ORDER BY 1',
    ),
    left: await owner.query('SELECT quarter FROM sealed.counters ORDER BY 1'),
  };
}

test('an empty quarter and a full one look the same from outside', async () => {
  const seen = await visible(quiet);
  expect(await visible(busy)).toEqual(seen);
  expect(seen).toMatchObject({
    told: [
      '2026-12 may close from 2027-01-03, so that late calls still find it open.',
      'done',
      'done',
      '2026-Q4 is already closed. A period is drawn only once.',
    ],
    left: [],
    logged: [],
  });
});
