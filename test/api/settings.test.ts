import type { Express } from 'express';
import request from 'supertest';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { aProblem } from '../support/app.js';
import { anAccount, cookieFor, deskApp } from '../support/desk-app.js';
import { afterAll, beforeAll, expect, test } from '../support/jest.js';

const clock = standingClock('2026-03-10T08:00:00Z');
let database: TestDatabase;
let app: Express;
let cookie: string;

beforeAll(async () => {
  database = await freshDatabase(clock);
  await anAccount(database.desk, 'ada', { role: 'administrator' });
  await anAccount(database.desk, 'siv', { role: 'supervisor' });
  app = deskApp({ desk: database.desk, reader: database.reader, clock });
  cookie = await cookieFor(app, 'ada');
});
afterAll(() => database.destroy());

const get = async () =>
  (await request(app).get('/api/v1/settings').set('Cookie', cookie).expect(200)).body as unknown;
const put = (body: object) => request(app).put('/api/v1/settings').set('Cookie', cookie).send(body);
const events = () =>
  database.owner.query<unknown[]>(`SELECT actor, kind, subject FROM desk.event WHERE kind = 'settings-set'`);
const anEvent = { actor: 'ada', kind: 'settings-set', subject: null };

test('the name of the organisation is set, kept and taken away; a repetition is no event', async () => {
  expect(await get()).toEqual({ organisation: null, openReleases: false });
  await put({ organisation: null, openReleases: false }).expect(204);
  expect(await events()).toEqual([]);
  for (let round = 0; round < 2; round += 1)
    await put({ organisation: ' Stödlinjen Värmland ', openReleases: false }).expect(204);
  expect(await get()).toEqual({ organisation: 'Stödlinjen Värmland', openReleases: false });
  expect((await request(app).get('/api/v1/about').expect(200)).body).toMatchObject({
    organisation: 'Stödlinjen Värmland',
  });
  expect(await events()).toEqual([anEvent]);
  await put({ organisation: null, openReleases: false }).expect(204);
  expect(await get()).toEqual({ organisation: null, openReleases: false });
  expect(await events()).toEqual([anEvent, anEvent]);
});

test('the releases are opened and closed; the organisation stays, and a repetition is no event', async () => {
  const before = (await events()).length;
  for (let round = 0; round < 2; round += 1)
    await put({ organisation: 'Linjen', openReleases: true }).expect(204);
  expect(await get()).toEqual({ organisation: 'Linjen', openReleases: true });
  expect(await events()).toHaveLength(before + 1);
  await put({ organisation: 'Linjen', openReleases: false }).expect(204);
  expect(await get()).toEqual({ organisation: 'Linjen', openReleases: false });
  expect(await database.owner.query(`SELECT name FROM desk.setting`)).toEqual([{ name: 'organisation' }]);
});

test('two at once leave one of the two', async () => {
  const both = await Promise.all(
    ['Ett', 'Två'].map((organisation) => put({ organisation, openReleases: false })),
  );
  expect(both.map(({ status }) => status)).toEqual([204, 204]);
  expect(['Ett', 'Två'].map((organisation) => ({ organisation, openReleases: false }))).toContainEqual(
    await get(),
  );
});

test.each([
  [{ openReleases: false }, 'organisation', 'missing'],
  [{ organisation: null }, 'openReleases', 'missing'],
  [{ organisation: null, openReleases: 'yes' }, 'openReleases', 'wrong-type'],
  [{ organisation: '', openReleases: false }, 'organisation', 'wrong-type'],
  [{ organisation: '   ', openReleases: false }, 'organisation', 'wrong-type'],
  [{ organisation: 'Rad\nrad', openReleases: false }, 'organisation', 'wrong-type'],
  [{ organisation: 'x'.repeat(121), openReleases: false }, 'organisation', 'too-long'],
  [{ organisation: 5, openReleases: false }, 'organisation', 'wrong-type'],
  [{ organisation: null, openReleases: false, more: true }, '', 'unknown-field'],
] as const)('%j is refused', async (body, path, code) => {
  const before = await get();
  expect((await put(body)).body).toMatchObject(aProblem('invalid-request', [{ path, code }]));
  expect(await get()).toEqual(before);
});

test('are for administrators alone', async () => {
  const siv = await cookieFor(app, 'siv');
  for (const reply of [
    await request(app).get('/api/v1/settings').set('Cookie', siv),
    await request(app).put('/api/v1/settings').set('Cookie', siv).send({ organisation: 'Siv' }),
  ])
    expect(reply.body).toMatchObject(aProblem('not-allowed'));
});
