/** A keeper whose process for an order dies, or that dies itself while one is carried out. */
import { runKeeper } from '../../src/keeper.js';
import { IMPORT_CHANNEL } from '../../src/platform/import-channel.js';
import { roleUrl } from '../../src/platform/installation.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { afterEach, beforeEach, expect, test } from '../support/jest.js';
import { until } from '../support/until.js';

const clock = standingClock('2026-10-01T10:00:00Z');

let database: TestDatabase;
beforeEach(async () => {
  clock.set('2026-10-01T10:00:00Z');
  database = await freshDatabase(clock);
});
afterEach(() => database.destroy());

test('looks at the keys again after an order that failed, though the intake is open', async () => {
  clock.set('2026-10-02T10:00:00Z');
  const orders: string[] = [];
  const end = new AbortController();
  const running = runKeeper(
    {
      ...{
        keeper: database.keeper,
        url: roleUrl(database.installation, 'keeper'),
        dataDir: database.keys.path,
        clock,
      },
      log: () => undefined,
      keysRefused: () => undefined,
      carryOut: ({ act }) => {
        orders.push(act);
        return Promise.resolve(orders.length === 1 ? { failed: true } : { done: true });
      },
    },
    end.signal,
  );
  await until(() => orders.length === 1, 20);
  // A request wakes it, before half a minute is over.
  await until(async () => {
    await database.owner.query(`NOTIFY ${IMPORT_CHANNEL}`);
    return orders.length >= 3;
  }, 20);
  end.abort();
  await running;
  expect(orders.slice(0, 3)).toEqual(['seal', 'prepare', 'seal']);
});
