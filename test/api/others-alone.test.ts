/** What is done to one account leaves every other account as it was: its sessions, links, codes and failed attempts. */
import type { Express } from 'express';
import request from 'supertest';
import { codeAt, stepAt } from '../../src/desk/sign-in/totp.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { anAccount, cookieFor, deskApp, PASSWORD, SESSION, signIn } from '../support/desk-app.js';
import { afterAll, beforeAll, expect, test } from '../support/jest.js';

const TWO_FACTOR = `${SESSION}/two-factor`;
const ANOTHER = 'ett helt annat lösenord';
const clock = standingClock('2026-03-10T08:00:00Z');
let database: TestDatabase;
let app: Express;

beforeAll(async () => {
  database = await freshDatabase(clock);
  app = deskApp({ desk: database.desk, reader: database.reader, clock });
  await anAccount(database.desk, 'ada', { role: 'administrator' });
  await anAccount(database.desk, 'hanna');
  await anAccount(database.desk, 'bo');
});
afterAll(() => database.destroy());

/** Everything that the desk knows of Bo. */
async function everythingOfBo(): Promise<unknown> {
  const tables = ['account', 'session', 'invitation', 'two_factor', 'recovery_code', 'used_code'];
  const rows = await Promise.all(
    tables.map((table) =>
      database.owner.query(`SELECT * FROM desk.${table} WHERE username = 'bo' ORDER BY 1, 2`),
    ),
  );
  const failures: unknown = await database.owner.query(
    `SELECT * FROM desk.sign_in_failure WHERE name_hash = sha256('bo')`,
  );
  return { ...Object.fromEntries(tables.map((table, index) => [table, rows[index]])), failures };
}

/** Gives Bo one of everything. */
async function furnishBo(): Promise<void> {
  await cookieFor(app, 'bo');
  await signIn(app, 'bo', ANOTHER).expect(401);
  await database.owner.query(
    `INSERT INTO desk.invitation (token_hash, username, valid_before)
     VALUES (sha256('a link'), 'bo', '2026-03-11T08:00:00Z')`,
  );
  await database.owner.query(
    `INSERT INTO desk.two_factor (username, secret, pending)
     VALUES ('bo', decode(repeat('01', 20), 'hex'), decode(repeat('02', 20), 'hex'))`,
  );
  await database.owner.query(
    `INSERT INTO desk.recovery_code (code_hash, username) VALUES (sha256('bosbosbosbosbosb'), 'bo')`,
  );
  await database.owner.query('INSERT INTO desk.used_code (username, step) VALUES ($1, $2)', [
    'bo',
    stepAt(clock.now()),
  ]);
}

test('whatever Hanna does with hers, and an administrator with hers', async () => {
  await furnishBo();
  const before = await everythingOfBo();
  const [hanna, ada] = [await cookieFor(app, 'hanna'), await cookieFor(app, 'ada')];
  const send = (method: 'patch' | 'post' | 'put' | 'delete', path: string, body: object, cookie: string) =>
    request(app)[method](path).set('Cookie', cookie).send(body);
  const secretOf = async (column: 'secret' | 'pending'): Promise<Buffer> => {
    const [row]: { secret: Buffer }[] = await database.owner.query(
      `SELECT ${column} AS secret FROM desk.two_factor WHERE username = 'hanna'`,
    );
    return row?.secret ?? Buffer.alloc(0);
  };
  const enter = (code: string) =>
    request(app).post(SESSION).send({ username: 'hanna', password: PASSWORD, code });
  let recoveryCodes: string[] = [];
  let link = '';

  const deeds: Record<string, () => Promise<unknown>> = {
    'a wrong password': () => signIn(app, 'hanna', ANOTHER).expect(401),
    'signing in': () => signIn(app, 'hanna').expect(200),
    'looking whether she is signed in': async () => {
      clock.set('2026-03-10T08:00:20Z');
      await request(app).get(SESSION).set('Cookie', hanna).expect(200);
    },
    'another language': () => send('patch', SESSION, { locale: 'en' }, hanna).expect(204),
    'a secret': () => send('post', TWO_FACTOR, { password: PASSWORD }, hanna).expect(201),
    'a second factor': async () => {
      const code = codeAt(await secretOf('pending'), stepAt(clock.now()));
      await send('put', TWO_FACTOR, { code }, hanna).expect(200);
    },
    'new recovery codes': async () => {
      const path = `${TWO_FACTOR}/recovery-codes`;
      const { body } = await send('post', path, { password: PASSWORD }, hanna).expect(201);
      ({ recoveryCodes } = body as { recoveryCodes: string[] });
    },
    "a recovery code of Bo's": () => enter('bosb-osbo-sbos-bosb').expect(401),
    'a recovery code': () => enter(recoveryCodes[0] ?? '').expect(200),
    'a code of the app': async () => {
      const code = codeAt(await secretOf('secret'), stepAt(clock.now()) + 1);
      await enter(code).expect(200);
    },
    'no second factor': () =>
      send('post', `${TWO_FACTOR}/removal`, { password: PASSWORD }, hanna).expect(204),
    'a new password': () =>
      send('put', `${SESSION}/password`, { password: PASSWORD, newPassword: ANOTHER }, hanna).expect(204),
    'signing out': () => send('delete', SESSION, {}, hanna).expect(204),
    'two links': async () => {
      for (let time = 0; time < 2; time += 1) {
        const { body } = await send('post', '/api/v1/invitations', { username: 'hanna' }, ada).expect(201);
        ({ link } = body as { link: string });
      }
    },
    'the link used': () =>
      request(app)
        .post(`/api/v1/invitations/${link.replace('/invitation#', '')}`)
        .send({ password: PASSWORD, locale: 'sv' })
        .expect(200),
    'another role': () => send('patch', '/api/v1/users/hanna', { role: 'supervisor' }, ada).expect(204),
    'her second factor reset': async () => {
      await database.owner.query(
        `INSERT INTO desk.two_factor (username, secret) VALUES ('hanna', decode(repeat('03', 20), 'hex'))`,
      );
      await send('patch', '/api/v1/users/hanna', { resetTwoFactor: true }, ada).expect(204);
      await signIn(app, 'hanna').expect(200);
    },
    'her account shut': () => send('patch', '/api/v1/users/hanna', { disabled: true }, ada).expect(204),
    'her account opened': () => send('patch', '/api/v1/users/hanna', { disabled: false }, ada).expect(204),
  };
  for (const [name, deed] of Object.entries(deeds)) {
    await deed();
    expect([name, await everythingOfBo()]).toEqual([name, before]);
  }
});
