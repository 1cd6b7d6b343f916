import type { Express } from 'express';
import request from 'supertest';
import type { AccountEntry } from '../../src/contract/users.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { aProblem } from '../support/app.js';
import { anAccount, cookieFor, deskApp, PASSWORD, SESSION, signIn } from '../support/desk-app.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '../support/jest.js';

const clock = standingClock('2026-03-10T08:00:00Z');
let database: TestDatabase;
let app: Express;
let cookie: string;

beforeAll(async () => {
  database = await freshDatabase(clock);
});
afterAll(() => database.destroy());
beforeEach(async () => {
  clock.set('2026-03-10T08:00:00Z');
  await database.owner.query('TRUNCATE desk.account, desk.event, desk.sign_in_failure CASCADE');
  await anAccount(database.desk, 'ada', { role: 'administrator' });
  await anAccount(database.desk, 'hanna');
  app = deskApp({ desk: database.desk, reader: database.reader, clock });
  cookie = await cookieFor(app, 'ada');
  await database.owner.query('TRUNCATE desk.event');
});

const list = async (): Promise<AccountEntry[]> =>
  (
    (await request(app).get('/api/v1/users').set('Cookie', cookie).expect(200)).body as {
      users: AccountEntry[];
    }
  ).users;
const find = async (username: string) => (await list()).find((one) => one.username === username);
const add = (body: object) => request(app).post('/api/v1/users').set('Cookie', cookie).send(body);
const change = (username: string, body: object, as = cookie) =>
  request(app).patch(`/api/v1/users/${username}`).set('Cookie', as).send(body);
const invite = (username: string) =>
  request(app).post('/api/v1/invitations').set('Cookie', cookie).send({ username });
const accept = (link: string, password = PASSWORD) =>
  request(app)
    .post(`/api/v1/invitations/${link.replace('/invitation#', '')}`)
    .send({ password, locale: 'en' });
const linkTo = async (username: string): Promise<string> =>
  ((await invite(username).expect(201)).body as { link: string }).link;
const events = (): Promise<unknown> =>
  database.owner.query(`SELECT day::text, actor, kind, subject FROM desk.event ORDER BY id`);
const anEvent = (kind: string, subject: string) => ({ day: '2026-03-10', actor: 'ada', kind, subject });

describe('adding somebody', () => {
  test('makes an account without a password, and a link lets its owner choose one, once', async () => {
    const added = await add({ username: 'siv', role: 'supervisor' }).expect(201);
    expect(added.text).toBe('');
    expect(await find('siv')).toEqual({
      username: 'siv',
      role: 'supervisor',
      locale: 'sv',
      disabled: false,
      ready: false,
      twoFactor: false,
    });
    const link = await linkTo('siv');
    expect(link).toMatch(/^\/invitation#[\w-]{43}$/);
    await accept(link).expect(200);
    expect(await find('siv')).toMatchObject({ ready: true, locale: 'en' });
    await signIn(app, 'siv').expect(200);
    expect((await accept(link)).body).toMatchObject(aProblem('unknown-invitation'));
    expect(await events()).toEqual([
      anEvent('account-added', 'siv'),
      anEvent('invitation-made', 'siv'),
      { day: '2026-03-10', actor: 'siv', kind: 'invitation-accepted', subject: null },
      { day: '2026-03-10', actor: 'siv', kind: 'sign-in', subject: null },
    ]);
  });

  test('with a name that is taken is refused, also twice at once', async () => {
    expect((await add({ username: 'hanna', role: 'handler' })).body).toMatchObject(
      aProblem('username-taken'),
    );
    const both = await Promise.all([1, 2].map(() => add({ username: 'bo', role: 'handler' })));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await events()).toEqual([anEvent('account-added', 'bo')]);
  });

  test.each([
    [
      {},
      [
        { path: 'username', code: 'missing' },
        { path: 'role', code: 'missing' },
      ],
    ],
    [{ username: 'Åsa', role: 'handler' }, [{ path: 'username', code: 'wrong-type' }]],
    [{ username: 'bo', role: 'boss' }, [{ path: 'role', code: 'wrong-type' }]],
    [{ username: 'bo', role: 'handler', password: PASSWORD }, [{ path: '', code: 'unknown-field' }]],
  ] as const)('%j is refused', async (body, errors) => {
    expect((await add(body)).body).toMatchObject(aProblem('invalid-request', [...errors]));
    expect(await list()).toHaveLength(2);
  });
});

describe('a link', () => {
  test('for a forgotten password ends every earlier link, and the sessions when it is used', async () => {
    const session = await cookieFor(app, 'hanna');
    const first = await linkTo('hanna');
    const second = await linkTo('hanna');
    expect((await accept(first)).status).toBe(404);
    await request(app).get(SESSION).set('Cookie', session).expect(200);
    await accept(second, 'ett helt annat lösenord').expect(200);
    await request(app).get(SESSION).set('Cookie', session).expect(401);
    await signIn(app, 'hanna').expect(401);
    await signIn(app, 'hanna', 'ett helt annat lösenord').expect(200);
  });

  test('is good for 24 hours', async () => {
    const link = await linkTo('hanna');
    clock.set('2026-03-11T07:59:59Z');
    expect((await accept(link, 'för kort')).status).toBe(422);
    clock.set('2026-03-11T08:00:00Z');
    expect((await accept(link)).body).toMatchObject(aProblem('unknown-invitation'));
  });

  test('of two made at once, one is good', async () => {
    const links = await Promise.all([1, 2].map(() => linkTo('hanna')));
    const used = [await accept(links[0] ?? ''), await accept(links[1] ?? '')];
    expect(used.map(({ status }) => status).sort()).toEqual([200, 404]);
  });

  test('is not made for nobody, nor for a disabled account', async () => {
    expect((await invite('nobody')).body).toMatchObject(aProblem('unknown-user'));
    await change('hanna', { disabled: true }).expect(204);
    expect((await invite('hanna')).body).toMatchObject(aProblem('account-disabled'));
  });
});

describe('shutting an account', () => {
  test('ends its sessions and links at once; opening it lets the same password in', async () => {
    const session = await cookieFor(app, 'hanna');
    const link = await linkTo('hanna');
    await database.owner.query('TRUNCATE desk.event');
    await change('hanna', { disabled: true }).expect(204);
    await request(app).get(SESSION).set('Cookie', session).expect(401);
    expect(await database.owner.query(`SELECT 1 FROM desk.session WHERE username = 'hanna'`)).toEqual([]);
    await signIn(app, 'hanna').expect(401);
    expect((await accept(link)).status).toBe(404);
    await change('hanna', { disabled: true }).expect(204);
    await change('hanna', { disabled: false }).expect(204);
    await request(app).get(SESSION).set('Cookie', session).expect(401);
    expect((await accept(link)).status).toBe(404);
    await signIn(app, 'hanna').expect(200);
    expect(await events()).toEqual([
      anEvent('account-disabled', 'hanna'),
      anEvent('account-opened', 'hanna'),
      { day: '2026-03-10', actor: 'hanna', kind: 'sign-in', subject: null },
    ]);
  });

  test('while somebody signs in to it leaves no session', async () => {
    for (let round = 0; round < 5; round += 1) {
      await Promise.all([signIn(app, 'hanna'), signIn(app, 'hanna'), change('hanna', { disabled: true })]);
      expect(await database.owner.query(`SELECT 1 FROM desk.session WHERE username = 'hanna'`)).toEqual([]);
      await change('hanna', { disabled: false }).expect(204);
      await database.owner.query('TRUNCATE desk.sign_in_failure');
    }
  });
});

describe('a role', () => {
  test('changes at once, and ends the sessions that began under the other', async () => {
    const session = await cookieFor(app, 'hanna');
    await change('hanna', { role: 'supervisor' }).expect(204);
    await request(app).get(SESSION).set('Cookie', session).expect(401);
    expect((await signIn(app, 'hanna').expect(200)).body).toMatchObject({ user: { role: 'supervisor' } });
    await change('hanna', { role: 'supervisor' }).expect(204);
    const kinds = (await events()) as { kind: string }[];
    expect(kinds.filter(({ kind }) => kind.startsWith('made-'))).toEqual([
      anEvent('made-supervisor', 'hanna'),
    ]);
  });

  test('that is given again ends no session', async () => {
    const session = await cookieFor(app, 'hanna');
    await change('hanna', { role: 'handler', disabled: false }).expect(204);
    await change('hanna', { resetTwoFactor: true }).expect(204);
    await request(app).get(SESSION).set('Cookie', session).expect(200);
  });

  test('of nobody cannot be changed, nor can nothing', async () => {
    expect((await change('nobody', { role: 'handler' })).body).toMatchObject(aProblem('unknown-user'));
    expect((await change('%C3%85sa', { role: 'handler' })).body).toMatchObject(aProblem('unknown-user'));
    expect((await change('hanna', {})).body).toMatchObject(
      aProblem('invalid-request', [{ path: '', code: 'missing' }]),
    );
    expect((await change('hanna', { resetTwoFactor: false })).status).toBe(422);
    expect(await events()).toEqual([]);
  });
});

describe('the last administrator', () => {
  test.each([{ disabled: true }, { role: 'handler' }, { role: 'supervisor', disabled: false }])(
    'cannot give it up: %j',
    async (body) => {
      // Neither one who has not chosen a password nor one who is shut out can take over.
      await anAccount(database.desk, 'ny', { role: 'administrator', password: null });
      await anAccount(database.desk, 'gammal', { role: 'administrator', disabled: true });
      expect((await change('ada', body)).body).toMatchObject(aProblem('last-administrator'));
      expect(await find('ada')).toMatchObject({ role: 'administrator', disabled: false });
      expect(await events()).toEqual([]);
      await anAccount(database.desk, 'bea', { role: 'administrator' });
      await change('ada', body).expect(204);
    },
  );

  test('stays when two shut each other out at once', async () => {
    for (let round = 0; round < 10; round += 1) {
      await database.owner.query(`DELETE FROM desk.account WHERE username = 'bea'`);
      await database.owner.query(`UPDATE desk.account SET disabled = false WHERE username = 'ada'`);
      await anAccount(database.desk, 'bea', { role: 'administrator' });
      const [ada, bea] = [await cookieFor(app, 'ada'), await cookieFor(app, 'bea')];
      await Promise.all([
        change('bea', { disabled: true }, ada),
        change('ada', round % 2 === 0 ? { disabled: true } : { role: 'handler' }, bea),
      ]);
      const [left]: { n: number }[] = await database.owner.query(
        `SELECT count(*)::int AS n FROM desk.account WHERE role = 'administrator' AND NOT disabled`,
      );
      expect(left?.n).toBeGreaterThanOrEqual(1);
      await database.owner.query(`UPDATE desk.account SET role = 'administrator' WHERE username = 'ada'`);
    }
  });
});

test('accounts are for administrators alone', async () => {
  await anAccount(database.desk, 'siv', { role: 'supervisor' });
  for (const name of ['hanna', 'siv']) {
    const as = await cookieFor(app, name);
    for (const reply of [
      await request(app).get('/api/v1/users').set('Cookie', as),
      await request(app)
        .post('/api/v1/users')
        .set('Cookie', as)
        .send({ username: 'x', role: 'administrator' }),
      await change(name, { role: 'administrator' }, as),
      await request(app).post('/api/v1/invitations').set('Cookie', as).send({ username: 'ada' }),
    ])
      expect(reply.body).toMatchObject(aProblem('not-allowed'));
  }
  expect(await list()).toHaveLength(3);
});
