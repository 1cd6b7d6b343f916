/** Whether an installation can do its work, and which quarters began anew: for a watcher, and for its people. */
import request from 'supertest';
import { unreadyReasons } from '../../src/contract/readiness.js';
import { aQuarter } from '../statistics/builders.js';
import { publish } from '../statistics/published.js';
import { startApp, type TestApp } from '../support/app.js';
import { afterAll, beforeAll, beforeEach, expect, test } from '../support/jest.js';
import { expectProblem } from './expect-problem.js';

const READY = '/health/ready';
const STATUS = '/api/v1/status';
const INSTALLED = '2026-11-11T12:00:00+01:00';

let app: TestApp;
beforeAll(async () => {
  app = await startApp(INSTALLED);
});
afterAll(() => app.close());
beforeEach(async () => {
  app.clock.set(INSTALLED);
  await app.database.owner.query('UPDATE intake.key SET open = true');
});

const change = (statement: string) => app.database.owner.query(statement);
const unready = async () => {
  const administrator = await app.as('administrator');
  return (await administrator.get(STATUS).expect(200)).body as { unready: string[]; begunAnew: object[] };
};

/** What a watcher and an administrator are told, which has to be the same. */
async function told(): Promise<string[]> {
  const ready = await request(app.server).get(READY);
  const codes = ((ready.body as { errors?: { code: string }[] }).errors ?? []).map(({ code }) => code);
  expect((await unready()).unready).toEqual(codes);
  expect(ready.status).toBe(codes.length === 0 ? 200 : 503);
  return codes;
}

test('all is well: there is nothing to say', async () => {
  await request(app.server).get(READY).expect(200, { status: 'ok' });
  expect(await unready()).toEqual({ unready: [], begunAnew: [] });
});

test('an intake that is shut, or has no key at all, is not ready, and says why in both languages', async () => {
  await change('UPDATE intake.key SET open = false');
  expect(await told()).toEqual(['intake-shut']);
  for (const locale of ['sv', 'en'] as const) {
    const reply = await request(app.server).get(READY).set('Accept-Language', locale);
    expectProblem(reply, 'not-ready', { locale, errors: [['', 'intake-shut']] });
    expect(reply.headers['retry-after']).toBe('30');
  }
  await change('CREATE TABLE intake.key_aside AS TABLE intake.key; DELETE FROM intake.key');
  expect(await told()).toEqual(['intake-shut']);
  await change(`
    INSERT INTO intake.key SELECT * FROM intake.key_aside;
    UPDATE intake.key SET open = true;
    DROP TABLE intake.key_aside`);
  expect(await told()).toEqual([]);
});

test('nights that went by without a seal, and a clock that jumped', async () => {
  app.clock.set('2026-11-13T03:59:59+01:00');
  expect(await told()).toEqual([]);
  app.clock.set('2026-11-13T04:00:00+01:00');
  expect(await told()).toEqual(['nights-not-sealed']);
  await change(`UPDATE published.installation SET sealed_on = '2026-11-12'`);
  expect(await told()).toEqual([]);
  app.clock.set('2026-12-22T23:59:59+01:00');
  expect(await told()).toEqual(['nights-not-sealed']);
  app.clock.set('2026-12-23T00:00:00+01:00');
  expect(await told()).toEqual(['clock-gap', 'nights-not-sealed']);
  await change('UPDATE intake.key SET open = false');
  expect(await told()).toEqual([...unreadyReasons]);
  await change('UPDATE published.installation SET sealed_on = NULL');
});

test('quarters that began anew are told until they are published, to administrators alone', async () => {
  const countedFrom = '2026-11-14';
  await publish(app.database, aQuarter({ quarter: '2026-Q3', countedFrom }));
  await publish(app.database, aQuarter({ quarter: '2026-Q4', countedFrom, closed: ['2026-10'] }));
  await publish(app.database, aQuarter({ quarter: '2027-Q1', closed: [] }));
  expect((await unready()).begunAnew).toEqual([{ quarter: '2026-Q4', countedFrom }]);
  const supervisor = await app.as('supervisor');
  expectProblem(await supervisor.get(STATUS), 'not-allowed');
  expectProblem(await request(app.server).get(STATUS), 'not-signed-in');
  // A supervisor is told of one that is out as well, until it is issued.
  expect((await supervisor.get('/api/v1/release-status').expect(200)).body).toMatchObject({
    begunAnew: [
      { quarter: '2026-Q3', countedFrom },
      { quarter: '2026-Q4', countedFrom },
    ],
  });
});

test('the statistics say it with a period, its tables and in the list', async () => {
  const supervisor = await app.as('supervisor');
  const anew = { countedFrom: '2026-11-14', begunAnew: [{ quarter: '2026-Q3', countedFrom: '2026-11-14' }] };
  const list = (await supervisor.get('/api/v1/statistics/periods').expect(200)).body as {
    periods: { id: string }[];
  };
  expect(list.periods.find(({ id }) => id === '2026-Q3')).toMatchObject(anew);
  const table = await supervisor.get('/api/v1/statistics/periods/2026-Q3/tables/kind').expect(200);
  expect(table.body).toMatchObject(anew);
});
