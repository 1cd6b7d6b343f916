/** A keeper whose process for an order dies, or that dies itself while one is carried out. */
import { handOver } from '../../src/keeping/hand-over.js';
import { readImport } from '../../src/keeping/import.js';
import { carryOut, type Order } from '../../src/keeping/orders.js';
import { Requests, type RequestDependencies } from '../../src/keeping/requests.js';
import { runKeeper } from '../../src/keeper.js';
import { IMPORT_CHANNEL } from '../../src/platform/import-channel.js';
import { roleUrl } from '../../src/platform/installation.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { afterEach, beforeEach, expect, test } from '../support/jest.js';
import { keepingOf } from '../support/keeping.js';
import { until } from '../support/until.js';
import { aCall, csvOf } from './import-support.js';

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
      begun: () => undefined,
      keysRefused: () => undefined,
      carryOut: ({ act }) => {
        orders.push(act);
        return Promise.resolve(orders.length === 2 ? { failed: true } : { done: true });
      },
    },
    end.signal,
  );
  await until(() => orders.length === 2, 20);
  // A request wakes it, before half a minute is over.
  await until(async () => {
    await database.owner.query(`NOTIFY ${IMPORT_CHANNEL}`);
    return orders.length >= 4;
  }, 20);
  end.abort();
  await running;
  expect(orders.slice(0, 4)).toEqual(['prepare', 'seal', 'prepare', 'seal']);
});

test('an import that was stored before its keeper died is answered, and not sent again', async () => {
  const keeping = keepingOf(database, '2026-10-01');
  const file = Buffer.from(csvOf([aCall('2026-09')]));
  const { counted } = await readImport(keeping, file, { again: true });
  if (counted === null) throw new Error('There is a call in the file.');
  const requests = (carry: RequestDependencies['carryOut']) =>
    new Requests({ ...keeping, clock, carryOut: carry });
  let died = false;
  const first = requests(async (order: Order) => {
    await carryOut(keeping, order);
    died = true;
    throw new Error('the keeper died');
  });
  await first.begin();
  const asked = handOver(database.keeper, {
    ...{ act: 'import', actor: 'keeper', imported: counted, answer: null },
  });
  await until(async () => {
    await first.handle().catch(() => undefined);
    return died;
  }, 20);
  const next = requests(async (order) => {
    await carryOut(keeping, order);
    return { done: true };
  });
  await next.begin();
  let over = false;
  const outcome = asked.finally(() => {
    over = true;
  });
  await until(async () => {
    await next.handle();
    return over;
  }, 30);
  expect(await outcome).toEqual({ done: true });
  expect(await database.owner.query(`SELECT 1 AS n FROM desk.event WHERE kind = 'calls-imported'`)).toEqual([
    { n: 1 },
  ]);
});
