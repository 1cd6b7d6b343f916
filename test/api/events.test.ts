import type { Express } from 'express';
import request from 'supertest';
import type { Events } from '../../src/contract/event.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { aProblem } from '../support/app.js';
import { anAccount, cookieFor, deskApp } from '../support/desk-app.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '../support/jest.js';

const clock = standingClock('2026-03-10T08:00:00Z');
let database: TestDatabase;
let app: Express;
let cookie: string;

beforeAll(async () => {
  database = await freshDatabase(clock);
  await anAccount(database.desk, 'ada', { role: 'administrator' });
  await anAccount(database.desk, 'hanna');
  app = deskApp({ desk: database.desk, reader: database.reader, clock });
});
afterAll(() => database.destroy());
beforeEach(async () => {
  clock.set('2026-03-10T08:00:00Z');
  cookie = await cookieFor(app, 'ada');
  await database.owner.query('TRUNCATE desk.event');
});

const get = (query = '', as = cookie) => request(app).get(`/api/v1/events${query}`).set('Cookie', as);
const read = async (query = ''): Promise<Events> => (await get(query).expect(200)).body as Events;
const write = (actor: string, kind: string, subject: string | null) =>
  database.owner.query(
    `INSERT INTO desk.event (day, actor, kind, subject) VALUES ('2026-03-10', $1, $2, $3)`,
    [actor, kind, subject],
  );

test('says who did what to whom, and on which day, the newest first', async () => {
  await request(app)
    .patch('/api/v1/users/hanna')
    .set('Cookie', cookie)
    .send({ role: 'supervisor' })
    .expect(204);
  clock.set('2026-03-10T23:30:00Z');
  await cookieFor(app, 'hanna');
  // That sign-in has forgotten the sessions that were over.
  clock.set('2026-03-10T08:00:00Z');
  cookie = await cookieFor(app, 'ada');
  await database.owner.query(`DELETE FROM desk.event WHERE actor = 'ada' AND kind = 'sign-in'`);
  expect(await read()).toEqual({
    events: [
      { day: '2026-03-11', actor: 'hanna', kind: 'sign-in', subject: null },
      { day: '2026-03-10', actor: 'ada', kind: 'made-supervisor', subject: 'hanna' },
    ],
    before: null,
  });
});

test('goes back a hundred at a time, every event once', async () => {
  for (let n = 0; n < 205; n += 1) await write('hanna', 'sign-in', String(n));
  const subjects: (string | null)[] = [];
  let before: string | null = null;
  const sizes: number[] = [];
  do {
    const page: Events = await read(before === null ? '' : `?before=${before}`);
    sizes.push(page.events.length);
    subjects.push(...page.events.map(({ subject }) => subject));
    before = page.before;
  } while (before !== null);
  expect(sizes).toEqual([100, 100, 5]);
  expect(subjects).toEqual(Array.from({ length: 205 }, (_, n) => String(204 - n)));
});

test('says of a hundred that there are no more', async () => {
  for (let n = 0; n < 100; n += 1) await write('hanna', 'sign-in', String(n));
  const page = await read();
  expect(page.events).toHaveLength(100);
  expect(page.before).toBeNull();
});

describe('can be asked for', () => {
  beforeEach(async () => {
    await write('ada', 'account-added', 'hanna');
    await write('hanna', 'sign-in', null);
    await write('the keeper', 'period-closed', '2026-Q1');
  });

  test.each([
    ['?kind=sign-in', ['sign-in']],
    ['?kind=nothing', []],
    ['?who=hanna', ['sign-in', 'account-added']],
    ['?who=the%20keeper', ['period-closed']],
    ['?who=2026-Q1', ['period-closed']],
    ['?who=hanna&kind=account-added', ['account-added']],
    ['?who=hann', []],
    ['?who=%00', []],
    ['?before=1', []],
  ])('with %s', async (query, kinds) => {
    expect((await read(query)).events.map(({ kind }) => kind)).toEqual(kinds);
  });

  test.each([
    ['?kind=', 'kind', 'wrong-type'],
    ['?kind=a&kind=b', 'kind', 'wrong-type'],
    ['?who=', 'who', 'too-short'],
    [`?who=${'x'.repeat(65)}`, 'who', 'too-long'],
    ['?before=0', 'before', 'wrong-type'],
    ['?before=-1', 'before', 'wrong-type'],
    [`?before=${'9'.repeat(19)}`, 'before', 'wrong-type'],
    ['?order=time', '', 'unknown-field'],
  ] as const)('and not with %.30s', async (query, path, code) => {
    expect((await get(query)).body).toMatchObject(aProblem('invalid-request', [{ path, code }]));
  });
});

test('are for administrators alone, and logging a call is none', async () => {
  await database.owner.query(`UPDATE desk.account SET role = 'handler' WHERE username = 'hanna'`);
  const hanna = await cookieFor(app, 'hanna');
  expect((await get('', hanna)).body).toMatchObject(aProblem('not-allowed'));
  expect((await request(app).get('/api/v1/events')).body).toMatchObject(aProblem('not-signed-in'));
});
