/** The public account of what can be stored about a call. */
import request from 'supertest';
import { askedUnder } from '../../src/contract/counted.js';
import { presetPlan } from '../../src/contract/presets.js';
import { aboutSchema, type About, type Vocabulary } from '../../src/contract/vocabulary.js';
import { aProblem, startApp, type TestApp } from '../support/app.js';
import { vocabulary } from '../support/calls.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '../support/jest.js';

const ABOUT = '/api/v1/about';
const LAST_SECOND = '2026-12-31T22:59:59Z';

let app: TestApp;
beforeAll(async () => {
  app = await startApp(LAST_SECOND);
});
afterAll(() => app.close());
beforeEach(() => {
  app.clock.set(LAST_SECOND);
});

const get = () => request(app.server).get(ABOUT);
const read = async () => (await get().expect(200)).body as About;

describe('GET /about', () => {
  const asked = (of: Vocabulary) => askedUnder(presetPlan('tiny'), of);

  test('tells anybody every question and every answer, which are asked, and nothing else', async () => {
    const body = await read();
    expect(aboutSchema.parse(body)).toEqual(body);
    expect(body).toEqual({ vocabulary: asked(vocabulary), organisation: null });
    expect(body.vocabulary.dimensions.flatMap(({ codes }) => codes)).toHaveLength(
      vocabulary.dimensions.reduce((sum, { codes }) => sum + codes.length, 0),
    );
  });

  test('is the vocabulary that handlers answer by', async () => {
    const handler = await app.as('handler');
    expect((await read()).vocabulary).toEqual((await handler.get('/api/v1/vocabulary').expect(200)).body);
  });

  test('sets no cookie, keeps no session and is kept by no cache', async () => {
    const sessions = () =>
      app.database.owner.query<unknown[]>('SELECT * FROM desk.session ORDER BY token_hash');
    const before = await sessions();
    const reply = await get().set('Cookie', 'tyst_session=not-a-session').expect(200);
    expect(reply.headers['set-cookie']).toBeUndefined();
    expect(reply.headers['cache-control']).toBe('no-store');
    expect(await sessions()).toEqual(before);
    expect(app.logged).toEqual([]);
  });

  test('can only be read', async () => {
    const reply = await request(app.server).put(ABOUT).send({}).expect(405);
    expect(reply.body).toMatchObject(aProblem('method-not-allowed'));
    expect(reply.headers['allow']).toBe('GET, HEAD');
  });

  test('follows the vocabulary into a new quarter, at local midnight', async () => {
    const next: Vocabulary = { version: 2, dimensions: vocabulary.dimensions.slice(0, 4) };
    await app.database.desk.query(
      'INSERT INTO desk.vocabulary (version, from_quarter, document) VALUES ($1, $2, $3)',
      [next.version, '2027-Q1', JSON.stringify(next)],
    );
    expect((await read()).vocabulary).toEqual(asked(vocabulary));
    app.clock.set('2026-12-31T23:00:00Z');
    expect((await read()).vocabulary).toEqual(asked(next));
  });
});
