import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Express } from 'express';
import request from 'supertest';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { aProblem } from '../support/app.js';
import { anAccount, cookieFor, deskApp } from '../support/desk-app.js';

const clock = standingClock('2026-03-10T08:00:00Z');
let database: TestDatabase;
let app: Express;
let cookie: string;

beforeAll(async () => {
  database = await freshDatabase(clock);
  await anAccount(database.desk, 'ada', { role: 'administrator' });
  await anAccount(database.desk, 'siv', { role: 'supervisor' });
  app = deskApp({ desk: database.desk, clock });
  cookie = await cookieFor(app, 'ada');
});
afterAll(() => database.destroy());

const get = async () =>
  (await request(app).get('/api/v1/settings').set('Cookie', cookie).expect(200)).body as unknown;
const put = (body: object) => request(app).put('/api/v1/settings').set('Cookie', cookie).send(body);
const events = () =>
  database.owner.query(`SELECT actor, kind, subject FROM desk.event WHERE kind = 'settings-set'`);
const anEvent = { actor: 'ada', kind: 'settings-set', subject: null };

test('the name of the organisation is set, kept and taken away; a repetition is no event', async () => {
  expect(await get()).toEqual({ organisation: null });
  await put({ organisation: null }).expect(204);
  expect(await events()).toEqual([]);
  for (let round = 0; round < 2; round += 1) await put({ organisation: ' Stödlinjen Värmland ' }).expect(204);
  expect(await get()).toEqual({ organisation: 'Stödlinjen Värmland' });
  expect((await request(app).get('/api/v1/about').expect(200)).body).toMatchObject({
    organisation: 'Stödlinjen Värmland',
  });
  expect(await events()).toEqual([anEvent]);
  await put({ organisation: null }).expect(204);
  expect(await get()).toEqual({ organisation: null });
  expect(await events()).toEqual([anEvent, anEvent]);
});

test('two at once leave one of the two', async () => {
  const both = await Promise.all(['Ett', 'Två'].map((organisation) => put({ organisation })));
  expect(both.map(({ status }) => status)).toEqual([204, 204]);
  expect([{ organisation: 'Ett' }, { organisation: 'Två' }]).toContainEqual(await get());
});

test.each([
  [{}, 'organisation', 'missing'],
  [{ organisation: '' }, 'organisation', 'wrong-type'],
  [{ organisation: '   ' }, 'organisation', 'wrong-type'],
  [{ organisation: 'Rad\nrad' }, 'organisation', 'wrong-type'],
  [{ organisation: 'x'.repeat(121) }, 'organisation', 'too-long'],
  [{ organisation: 5 }, 'organisation', 'wrong-type'],
  [{ organisation: null, publicReleases: true }, '', 'unknown-field'],
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
