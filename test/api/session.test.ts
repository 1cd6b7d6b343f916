import type { Express } from 'express';
import request, { type Response } from 'supertest';
import { deskEntities } from '../../src/desk/entities.js';
import { roleUrl } from '../../src/platform/installation.js';
import { connect } from '../../src/platform/database.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import {
  anAccount,
  cookieFor,
  cookieOf,
  deskApp,
  PASSWORD,
  SESSION,
  setCookie,
  signIn,
  VOCABULARY,
} from '../support/desk-app.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '../support/jest.js';
import { untilWaiting } from '../support/waiters.js';

const clock = standingClock('2026-03-10T08:00:00Z');
let database: TestDatabase;
let app: Express;

beforeAll(async () => {
  database = await freshDatabase(clock);
  await anAccount(database.desk, 'anna', { role: 'supervisor', locale: 'en' });
});
afterAll(() => database.destroy());
beforeEach(async () => {
  clock.set('2026-03-10T08:00:00Z');
  await database.owner.query('TRUNCATE desk.session, desk.sign_in_failure');
  app = deskApp({ desk: database.desk, reader: database.reader, clock });
});

const problem = (slug: string) => `/problems/${slug}`;

describe('signing in', () => {
  test('says who is signed in', async () => {
    const reply = await signIn(app, 'anna').expect(200);
    expect(reply.body).toEqual({ user: { username: 'anna', role: 'supervisor', locale: 'en' } });
    expect(reply.headers['cache-control']).toBe('no-store');
  });

  test('stores the hash of the token and the day of the sign-in, not the token', async () => {
    const [, token] = (await cookieFor(app, 'anna')).split('=');
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const rows: unknown = await database.owner.query(
      `SELECT username FROM desk.session WHERE token_hash = sha256(convert_to($1, 'UTF8'))`,
      [token],
    );
    expect(rows).toEqual([{ username: 'anna' }]);
    const events: unknown = await database.owner.query(
      `SELECT day::text, actor, kind, subject FROM desk.event ORDER BY id DESC LIMIT 1`,
    );
    expect(events).toEqual([{ day: '2026-03-10', actor: 'anna', kind: 'sign-in', subject: null }]);
  });

  test('ends the session that the browser had before', async () => {
    const first = await cookieFor(app, 'anna');
    await signIn(app, 'anna').set('Cookie', first).expect(200);
    await request(app).get(SESSION).set('Cookie', first).expect(401);
  });

  test('forgets sessions that are over', async () => {
    await cookieFor(app, 'anna');
    clock.set('2026-03-10T09:00:00Z');
    await cookieFor(app, 'anna');
    expect(await database.owner.query('SELECT count(*)::int AS n FROM desk.session')).toEqual([{ n: 1 }]);
  });

  test('forgets those whose twelve hours are over, though they were renewed a moment ago', async () => {
    const cookie = await cookieFor(app, 'anna');
    for (let minutes = 25; minutes < 12 * 60; minutes += 25) {
      clock.set(new Date(Date.UTC(2026, 2, 10, 8, minutes)).toISOString());
      await request(app).get(SESSION).set('Cookie', cookie).expect(200);
    }
    clock.set('2026-03-10T20:00:00Z');
    await cookieFor(app, 'anna');
    expect(await database.owner.query('SELECT count(*)::int AS n FROM desk.session')).toEqual([{ n: 1 }]);
  });
});

describe('the cookie', () => {
  const plain = /^tyst_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/;
  const secure = /^tyst_session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/;

  test.each([
    ['http on localhost', 'localhost:3000', 'http', plain],
    ['http on 127.0.0.1', '127.0.0.1:3000', 'http', plain],
    ['http on [::1]', '[::1]:3000', 'http', plain],
    ['https behind a proxy on this machine', 'localhost', 'https', secure],
    ['https elsewhere', 'stodlinje.example', 'https', secure],
    ['http elsewhere', 'stodlinje.example', 'http', secure],
    ['a name that begins like loopback', 'localhost.example', 'http', secure],
  ])('%s', async (_name, host, protocol, expected) => {
    const reply = await signIn(app, 'anna').set('Host', host).set('X-Forwarded-Proto', protocol).expect(200);
    expect(setCookie(reply)).toMatch(expected);
  });

  test('is taken back with the same attributes', async () => {
    const cookie = await cookieFor(app, 'anna');
    const reply = await request(app).delete(SESSION).set('Cookie', cookie).expect(204);
    expect(setCookie(reply)).toBe('tyst_session=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict');
  });
});

describe('a session', () => {
  const at = (time: string) => {
    clock.set(`2026-03-10T${time}Z`);
  };
  const show = (cookie: string) => request(app).get(SESSION).set('Cookie', cookie);
  const use = (cookie: string) => request(app).get(VOCABULARY).set('Cookie', cookie);

  test('lasts half an hour, however much it is used', async () => {
    const cookie = await cookieFor(app, 'anna');
    at('08:20:00');
    await use(cookie).expect(200);
    at('08:29:59');
    await use(cookie).expect(200);
    at('08:30:00');
    await use(cookie).expect(401);
    await show(cookie).expect(401);
  });

  test('is renewed by GET /session', async () => {
    const cookie = await cookieFor(app, 'anna');
    at('08:29:00');
    const reply = await show(cookie).expect(200);
    expect(reply.body).toEqual({ user: { username: 'anna', role: 'supervisor', locale: 'en' } });
    at('08:58:59');
    await use(cookie).expect(200);
    at('08:59:00');
    await use(cookie).expect(401);
  });

  test('is written by nothing but GET /session', async () => {
    const cookie = await cookieFor(app, 'anna');
    const version = 'SELECT xmin::text, ctid::text FROM desk.session';
    const before: unknown = await database.owner.query(version);
    await use(cookie).expect(200);
    expect(await database.owner.query(version)).toEqual(before);
    await show(cookie).expect(200);
    expect(await database.owner.query(version)).not.toEqual(before);
  });

  test('ends after twelve hours, however often it is renewed', async () => {
    const cookie = await cookieFor(app, 'anna');
    for (let minutes = 25; minutes < 12 * 60; minutes += 25) {
      clock.set(new Date(Date.UTC(2026, 2, 10, 8, minutes)).toISOString());
      await show(cookie).expect(200);
    }
    at('19:59:59');
    await show(cookie).expect(200);
    at('20:00:00');
    await show(cookie).expect(401);
  });

  test('ends with the sign-out', async () => {
    const cookie = await cookieFor(app, 'anna');
    await request(app).delete(SESSION).set('Cookie', cookie).expect(204);
    await show(cookie).expect(401);
    const again = await request(app).delete(SESSION).set('Cookie', cookie).expect(401);
    expect(again.body.type).toBe(problem('not-signed-in'));
  });

  test('of a disabled account is over at once', async () => {
    await anAccount(database.desk, 'bo');
    const cookie = await cookieFor(app, 'bo');
    await show(cookie).expect(200);
    await database.owner.query(`UPDATE desk.account SET disabled = true WHERE username = 'bo'`);
    await show(cookie).expect(401);
    await use(cookie).expect(401);
  });

  test('is not opened by a password that is being replaced', async () => {
    await anAccount(database.desk, 'cecilia');
    let entering: Promise<Response> | undefined;
    await database.owner.transaction(async (manager) => {
      await manager.query(`UPDATE desk.account SET password_hash = 'another' WHERE username = 'cecilia'`);
      entering = signIn(app, 'cecilia').then((reply) => reply);
      await untilWaiting(database, 1);
    });
    expect((await entering)?.status).toBe(401);
  });

  test.each([
    ['no cookie', ''],
    ['another cookie', 'session=1'],
    ['an empty token', 'tyst_session='],
    ['an unknown token', `tyst_session=${'A'.repeat(43)}`],
    ['a token of another length', `tyst_session=${'A'.repeat(44)}`],
    ['a zero byte', 'tyst_session=%00'],
    ['a broken escape', `tyst_session=%E0%A4%A${'A'.repeat(36)}`],
  ])('is not found with %s', async (_name, cookie) => {
    const reply = await show(cookie).expect(401);
    expect(reply.body).toMatchObject({ type: problem('not-signed-in'), status: 401 });
  });
});

describe('what is refused', () => {
  const post = () => request(app).post(SESSION).set('Content-Type', 'application/json');
  const credentials = { username: 'anna', password: PASSWORD };

  test.each([
    ['malformed JSON', 400, 'malformed-json', () => post().send('{"username": "anna", "pass')],
    ['a JSON string', 422, 'invalid-request', () => post().send('"anna"')],
    ['a form', 415, 'wrong-content-type', () => request(app).post(SESSION).type('form').send(credentials)],
    ['no body', 415, 'wrong-content-type', () => request(app).post(SESSION)],
    [
      'another character set',
      415,
      'wrong-content-type',
      () => request(app).post(SESSION).set('Content-Type', 'application/json; charset=iso-8859-1').send('{}'),
    ],
    ['more than 8 KiB', 413, 'too-large', () => post().send({ ...credentials, password: 'x'.repeat(8_192) })],
    ['an array', 422, 'invalid-request', () => post().send([])],
  ])('%s', async (_name, status, slug, send) => {
    const reply = await send();
    expect(reply.status).toBe(status);
    expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(reply.body).toMatchObject({ type: problem(slug), status });
    expect(reply.headers['set-cookie']).toBeUndefined();
  });

  test.each([
    ['an unknown field', { ...credentials, remember: true }, '', 'unknown-field'],
    ['no password', { username: 'anna' }, 'password', 'missing'],
    ['no name', { password: PASSWORD }, 'username', 'missing'],
    ['an empty name', { ...credentials, username: '' }, 'username', 'too-short'],
    ['a long name', { ...credentials, username: 'a'.repeat(65) }, 'username', 'too-long'],
    ['a long password', { ...credentials, password: 'a'.repeat(257) }, 'password', 'too-long'],
    ['a number', { ...credentials, password: 12 }, 'password', 'wrong-type'],
    ['a list', { ...credentials, username: ['anna'] }, 'username', 'wrong-type'],
  ])('%s', async (_name, body, path, code) => {
    const reply = await post().send(body);
    expect(reply.status).toBe(422);
    expect(reply.body).toMatchObject({ type: problem('invalid-request'), errors: [{ path, code }] });
  });

  test.each([
    ['Sec-Fetch-Site', 'cross-site'],
    ['Sec-Fetch-Site', 'same-site'],
    ['Origin', 'https://example.org'],
    ['Origin', 'null'],
  ])('another origin: %s %s', async (header, value) => {
    const cookie = await cookieFor(app, 'anna');
    const entering = await signIn(app, 'anna').set(header, value);
    const leaving = await request(app).delete(SESSION).set('Cookie', cookie).set(header, value);
    for (const reply of [entering, leaving]) {
      expect(reply.status).toBe(403);
      expect(reply.body.type).toBe(problem('cross-origin'));
    }
    await request(app).get(SESSION).set('Cookie', cookie).expect(200);
  });

  test('our own origin is let in', async () => {
    await signIn(app, 'anna').set('Sec-Fetch-Site', 'same-origin').expect(200);
    await signIn(app, 'anna').set('Host', 'tyst.example').set('Origin', 'https://tyst.example').expect(200);
  });

  test.each([
    ['put', SESSION, 'GET, HEAD, DELETE, POST, PATCH'],
    ['put', `${SESSION}/two-factor/removal`, 'POST'],
    ['post', VOCABULARY, 'GET, HEAD'],
    ['get', '/api/v1/invitations/x', 'POST'],
  ] as const)('%s %s', async (method, path, allow) => {
    const reply = await request(app)[method](path);
    expect(reply.status).toBe(405);
    expect(reply.headers['allow']).toBe(allow);
    expect(reply.body.type).toBe(problem('method-not-allowed'));
  });

  test('in the language of the reader', async () => {
    const swedish = await signIn(app, 'anna', 'fel').set('Accept-Language', 'sv-SE, en;q=0.5').expect(401);
    const english = await signIn(app, 'anna', 'fel').set('Accept-Language', 'de, en;q=0.5').expect(401);
    expect(swedish.body.title).toBe('Fel användarnamn eller lösenord');
    expect(english.body.title).toBe('Wrong user name or password');
    expect(english.headers['content-language']).toBe('en');
  });

  test('while the database is gone: 503, and it mends by itself', async () => {
    const away = await connect({
      url: roleUrl(database.installation, 'desk'),
      entities: deskEntities,
      poolSize: 2,
    });
    try {
      // A fault of ours is nobody's failed attempt: one of those would be the last.
      const other = deskApp({ desk: away, reader: database.reader, clock, failuresPerAddress: 1 });
      await signIn(other, 'anna').expect(200);
      const [row]: { name: string }[] = await database.owner.query('SELECT current_database() AS name');
      const name = row?.name ?? '';
      await database.owner.query(`ALTER DATABASE ${name} CONNECTION LIMIT 0`);
      await database.owner.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = $1 AND usename = $2`,
        [name, `${name}_desk`],
      );
      const reply = await signIn(other, 'anna');
      await database.owner.query(`ALTER DATABASE ${name} CONNECTION LIMIT -1`);
      expect(reply.status).toBe(503);
      expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0);
      await signIn(other, 'anna').expect(200);
    } finally {
      await away.destroy();
    }
  });
});

test('two browsers of one person hold two sessions', async () => {
  const first = await signIn(app, 'anna').expect(200);
  const second = await signIn(app, 'anna').expect(200);
  await request(app).delete(SESSION).set('Cookie', cookieOf(first)).expect(204);
  await request(app).get(SESSION).set('Cookie', cookieOf(second)).expect(200);
});
