import type { Express } from 'express';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import request from 'supertest';
import { quartersOfYear } from '../../src/contract/period.js';
import type { Role } from '../../src/contract/session.js';
import type { Draft } from '../../src/contract/vocabulary-draft.js';
import { askedUnder } from '../../src/contract/counted.js';
import { presetPlan } from '../../src/contract/presets.js';
import { askedVocabularySchema, type Vocabulary } from '../../src/contract/vocabulary.js';
import { installDesk } from '../../src/desk/install.js';
import { vocabularyOf } from '../../src/desk/planning/vocabulary.js';
import { projectRoot } from '../../src/platform/project.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { anAccount, cookieFor, deskApp, VOCABULARY } from '../support/desk-app.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '../support/jest.js';

const clock = standingClock('2026-03-31T08:00:00Z');
const file = JSON.parse(readFileSync(join(projectRoot, 'vocabulary', 'default.json'), 'utf8')) as Vocabulary;
let database: TestDatabase;
let app: Express;

beforeAll(async () => {
  database = await freshDatabase(clock);
  for (const role of ['handler', 'supervisor', 'administrator'] satisfies Role[])
    await anAccount(database.desk, role, { role });
});
afterAll(() => database.destroy());
beforeEach(async () => {
  clock.set('2026-03-31T08:00:00Z');
  await database.owner.query('DELETE FROM desk.vocabulary WHERE version > 1');
  app = deskApp({ desk: database.desk, reader: database.reader, clock });
});

const get = (cookie: string) => request(app).get(VOCABULARY).set('Cookie', cookie);

async function addVersion(version: number, fromQuarter: string): Promise<void> {
  const document = { version, dimensions: file.dimensions.slice(0, 3) };
  await database.desk.query(
    'INSERT INTO desk.vocabulary (version, from_quarter, document) VALUES ($1, $2, $3)',
    [version, fromQuarter, JSON.stringify(document)],
  );
}

describe('GET /vocabulary', () => {
  test.each(['handler', 'supervisor', 'administrator'])(
    'gives a %s the vocabulary of the file, as the plan asks it',
    async (name) => {
      const reply = await get(await cookieFor(app, name)).expect(200);
      const { dimensions } = file;
      expect(reply.body).toEqual(askedUnder(presetPlan('large'), { version: 1, dimensions }));
      expect(askedVocabularySchema.safeParse(reply.body).success).toBe(true);
    },
  );

  test('is for those who are signed in', async () => {
    const reply = await request(app).get(VOCABULARY).set('If-None-Match', '*').expect(401);
    expect(reply.body.type).toBe('/problems/not-signed-in');
    expect(reply.headers['etag']).toBeUndefined();
  });

  test('has a tag, with which it is not sent again', async () => {
    const cookie = await cookieFor(app, 'handler');
    const tag = (await get(cookie).expect(200)).headers['etag'] ?? '';
    expect(tag).toMatch(/^"[\w-]{43}"$/);
    const same = await get(cookie).set('If-None-Match', tag).expect(304);
    expect(same.text).toBe('');
    expect(same.headers['etag']).toBe(tag);
    await get(cookie).set('If-None-Match', `"other", W/${tag}`).expect(304);
    await get(cookie).set('If-None-Match', '"other"').expect(200);
    const head = await request(app).head(VOCABULARY).set('Cookie', cookie).expect(200);
    expect(head.headers['etag']).toBe(tag);
  });

  test('may be kept by the browser alone, and is asked for again each time', async () => {
    const reply = await get(await cookieFor(app, 'handler')).expect(200);
    expect(reply.headers['cache-control']).toBe('private, no-cache');
  });

  test('changes with the quarter, at local midnight', async () => {
    await addVersion(2, '2026-Q2');
    clock.set('2026-03-31T21:59:00Z');
    const cookie = await cookieFor(app, 'handler');
    const before = await get(cookie).expect(200);
    clock.set('2026-03-31T22:00:00Z');
    const after = await get(cookie)
      .set('If-None-Match', before.headers['etag'] ?? '')
      .expect(200);
    expect([before.body.version, after.body.version]).toEqual([1, 2]);
  });
});

describe('the vocabulary of a quarter', () => {
  test('is the latest that takes effect in it or before', async () => {
    await addVersion(2, '2026-Q2');
    await addVersion(3, '2027-Q1');
    const versionIn = async (quarter: string) => (await vocabularyOf(database.desk)(quarter)).version;
    const quarters = ['1900-Q1', '2026-Q1', '2026-Q2', '2026-Q4', '2027-Q1', '2031-Q3'];
    expect(await Promise.all(quarters.map(versionIn))).toEqual([1, 1, 2, 2, 3, 3]);
  });

  test('is read once for many calls', async () => {
    const read = vocabularyOf(database.desk);
    expect(await read('2026-Q1')).toBe(await read('2026-Q1'));
  });

  test('is kept of sixteen quarters at most, however many are asked for', async () => {
    const read = vocabularyOf(database.desk);
    const versionsIn = async (quarters: readonly string[]) =>
      Promise.all(quarters.map(async (quarter) => (await read(quarter)).version));
    const sixteen = ['2027', '2028', '2029', '2030'].flatMap(quartersOfYear);
    const first = sixteen.map(() => 1);
    expect(await versionsIn(sixteen)).toEqual(first);
    await addVersion(2, '2027-Q1');
    // What is kept is not read again, and so is still the old one.
    expect(await versionsIn(sixteen)).toEqual(first);
    expect(await versionsIn(['2031-Q1'])).toEqual([2]);
    expect(await versionsIn(sixteen)).toEqual(sixteen.map(() => 2));
  });

  test('may be read by the keeper', async () => {
    expect((await vocabularyOf(database.keeper)('2026-Q1')).version).toBe(1);
  });

  test('is installed once', async () => {
    await addVersion(2, '2026-Q2');
    await installDesk(database.desk);
    await installDesk(database.owner);
    const rows: unknown = await database.owner.query(
      'SELECT version, from_quarter FROM desk.vocabulary ORDER BY version',
    );
    expect(rows).toEqual([
      { version: 1, from_quarter: '0001-Q1' },
      { version: 2, from_quarter: '2026-Q2' },
    ]);
  });
});

test('a change to the vocabulary of next quarter is not taken for the one after, though nothing else has changed', async () => {
  const next = `${VOCABULARY}/next`;
  const read = async () => {
    const cookie = await cookieFor(app, 'administrator');
    const { body } = await request(app).get(next).set('Cookie', cookie).expect(200);
    return { cookie, draft: body as Draft };
  };
  const { draft } = await read();
  clock.set('2026-04-01T08:00:00Z');
  const { cookie, draft: later } = await read();
  expect([draft.quarter, later.quarter]).toEqual(['2026-Q2', '2026-Q3']);
  const dimensions = later.dimensions.map((dimension) => ({ ...dimension, label: { sv: 'Ny', en: 'New' } }));
  const put = (tag: string) => request(app).put(next).set('Cookie', cookie).send({ tag, dimensions });
  expect((await put(draft.tag)).body).toMatchObject({ type: '/problems/vocabulary-changed' });
  await put(later.tag).expect(204);
});
