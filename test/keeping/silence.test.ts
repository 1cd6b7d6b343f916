/**
 * Nothing that anybody can see of a seal or a close depends on how many calls there are: a line without a call and
 * a busy one leave the same tables, events, periods, refusals and shapes of published numbers.
 */
import { presetPlan } from '../../src/contract/presets.js';
import { storeCall } from '../../src/intake/store.js';
import { close } from '../../src/keeping/close.js';
import { seal } from '../../src/keeping/seal.js';
import { readPeriods, readTables } from '../../src/statistics/read.js';
import { aReceipt, anyCall, codesOf, vocabulary } from '../support/calls.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { afterAll, beforeAll, expect, test } from '../support/jest.js';

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
async function visible({ owner, keeper, reader }: TestDatabase): Promise<unknown> {
  const outcome = async (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: unknown) => (error as Error).message,
    );
  const options = (today: string) => ({
    keeper,
    desk,
    today,
    actor: 'test' as const,
    forgetDraws: () => Promise.resolve(),
  });
  const told = [
    await outcome(seal(keeper, desk, '2026-12-31', '2026-12-31')),
    await outcome(close(options('2026-12-31'), '2026-12')),
    await outcome(close(options('2026-12-31'), '2026-10')),
  ];
  const sealed: unknown = await owner.query(
    `SELECT relname, reloptions FROM pg_class WHERE relnamespace = 'sealed'::regnamespace ORDER BY 1`,
  );
  told.push(
    await outcome(close(options('2027-01-10'), '2026-Q4')),
    await outcome(close(options('2027-01-10'), '2026-Q4')),
  );
  const periods = await readPeriods(reader);
  return {
    told,
    sealed,
    events: await owner.query('SELECT day::text, actor, kind, subject FROM desk.event ORDER BY id'),
    begun: await owner.query('SELECT quarter FROM published.quarter_plan ORDER BY 1'),
    periods: periods.map(({ id, kind, publishedOn, plan, uncertainty }) => ({
      id,
      kind,
      publishedOn,
      plan,
      uncertainty,
    })),
    tables: await Promise.all(periods.map(({ id }) => readTables(reader, id))),
    shapes: await owner.query(
      'SELECT period, id, array_dims(noisy) FROM published.noisy_table ORDER BY 1, 2',
    ),
    left: await owner.query(`SELECT relname FROM pg_class WHERE relnamespace = 'sealed'::regnamespace`),
  };
}

test('an empty quarter and a full one look the same from outside', async () => {
  const seen = await visible(quiet);
  expect(await visible(busy)).toEqual(seen);
  expect(seen).toMatchObject({
    told: [
      'done',
      '2026-12 may close from 2027-01-03, so that late calls still find it open.',
      'done',
      'done',
      '2026-Q4 is already closed. A period is drawn only once.',
    ],
    left: [],
  });
});
