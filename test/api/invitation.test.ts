import type { Express } from 'express';
import request, { type Response } from 'supertest';
import { addUser } from '../../src/desk/people/accounts.js';
import { firstAdministratorInvitation } from '../../src/desk/people/invitations.js';
import { hashOfToken, newToken } from '../../src/desk/sign-in/token.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { anAccount, cookieFor, deskApp, PASSWORD, SESSION, signIn } from '../support/desk-app.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '../support/jest.js';
import { untilWaiting } from '../support/waiters.js';

const START = '2026-03-10T08:00:00Z';
const chosen = { password: PASSWORD, locale: 'en' };
const clock = standingClock(START);
let database: TestDatabase;
let app: Express;

beforeAll(async () => {
  database = await freshDatabase(clock);
});
afterAll(() => database.destroy());
beforeEach(async () => {
  clock.set(START);
  await database.owner.query('TRUNCATE desk.account, desk.event CASCADE');
  app = deskApp({ desk: database.desk, reader: database.reader, clock });
});

const accept = (token: string, body: object = chosen) =>
  request(app).post(`/api/v1/invitations/${token}`).send(body);

async function invited(username: string): Promise<string> {
  const token = await addUser(database.desk, { username, role: 'supervisor' }, clock);
  if (token === null) throw new Error('No invitation was made.');
  return token;
}

async function inviteAgain(username: string): Promise<string> {
  const token = newToken();
  await database.desk.query(
    'INSERT INTO desk.invitation (token_hash, username, valid_before) VALUES ($1, $2, $3)',
    [hashOfToken(token), username, '2026-03-11T08:00:00Z'],
  );
  return token;
}

const countOf = async (table: string): Promise<number> => {
  const [row] = await database.owner.query<{ n: number }[]>(`SELECT count(*)::int AS n FROM desk.${table}`);
  return row?.n ?? -1;
};

describe('an invitation', () => {
  test('lets a person choose password and language, and signs nobody in', async () => {
    const token = await invited('anna');
    await signIn(app, 'anna').expect(401);
    const reply = await accept(token).expect(200);
    expect(reply.body).toEqual({ user: { username: 'anna', role: 'supervisor', locale: 'en' } });
    expect(reply.headers['set-cookie']).toBeUndefined();
    expect(await countOf('session')).toBe(0);
    const entered = await signIn(app, 'anna').expect(200);
    expect(entered.body).toEqual(reply.body);
  });

  test('is used once', async () => {
    const token = await invited('anna');
    await accept(token).expect(200);
    const again = await accept(token, { ...chosen, password: 'en annan lång lösenfras' }).expect(404);
    expect(again.body.type).toBe('/problems/unknown-invitation');
    await signIn(app, 'anna').expect(200);
  });

  test('is kept as a hash', async () => {
    const token = await invited('anna');
    const found: unknown[] = await database.owner.query(
      `SELECT 1 FROM desk.invitation WHERE token_hash = sha256(convert_to($1, 'UTF8'))`,
      [token],
    );
    expect(found).toHaveLength(1);
  });

  test('is valid for 24 hours', async () => {
    const first = await invited('anna');
    const second = await invited('bo');
    clock.set('2026-03-11T07:59:59Z');
    await accept(first).expect(200);
    clock.set('2026-03-11T08:00:00Z');
    await accept(second).expect(404);
    await signIn(app, 'bo').expect(401);
    expect(await countOf('invitation')).toBe(0);
  });

  test('is used by one of two who take it up at once', async () => {
    for (let round = 0; round < 10; round++) {
      const username = `anna${round.toString()}`;
      const token = await invited(username);
      const passwords = ['den första lösenfrasen', 'den andra lösenfrasen'];
      const replies = await Promise.all(passwords.map((password) => accept(token, { ...chosen, password })));
      expect(replies.map(({ status }) => status).sort()).toEqual([200, 404]);
      const winner = replies.findIndex(({ status }) => status === 200);
      await signIn(app, username, passwords[winner]).expect(200);
      await signIn(app, username, passwords[1 - winner]).expect(401);
    }
  });

  test('takes the other invitations to the account with it, also when both are used at once', async () => {
    for (let round = 0; round < 10; round++) {
      const username = `bo${round.toString()}`;
      const tokens = [await invited(username), await inviteAgain(username)];
      const replies = await Promise.all(tokens.map((token) => accept(token)));
      expect(replies.map(({ status }) => status).sort()).toEqual([200, 404]);
    }
    expect(await countOf('invitation')).toBe(0);
  });

  test('too old to be used leaves a newer one alone', async () => {
    const old = await invited('anna');
    clock.set('2026-03-10T20:00:00Z');
    await database.desk.query(`UPDATE desk.invitation SET valid_before = '2026-03-10T20:00:00Z'`);
    const newer = await inviteAgain('anna');
    await accept(old).expect(404);
    await accept(newer).expect(200);
  });

  test('to an account with a password ends its sessions', async () => {
    await anAccount(database.desk, 'anna');
    const cookie = await cookieFor(app, 'anna');
    const token = await inviteAgain('anna');
    await request(app).get(SESSION).set('Cookie', cookie).expect(200);
    await accept(token).expect(200);
    await request(app).get(SESSION).set('Cookie', cookie).expect(401);
  });

  test('to a disabled account is not valid', async () => {
    const token = await invited('anna');
    await database.desk.query('UPDATE desk.account SET disabled = true');
    await accept(token).expect(404);
    await database.desk.query('UPDATE desk.account SET disabled = false');
    await accept(token).expect(200);
  });

  test('to an account that is disabled at that moment is not valid', async () => {
    const token = await invited('anna');
    let accepting: Promise<Response> | undefined;
    await database.owner.transaction(async (manager) => {
      await manager.query('UPDATE desk.account SET disabled = true');
      accepting = accept(token).then((reply) => reply);
      await untilWaiting(database, 1);
    });
    expect((await accepting)?.status).toBe(404);
    await database.desk.query('UPDATE desk.account SET disabled = false');
    await signIn(app, 'anna').expect(401);
  });

  test.each([
    ['unknown', 'A'.repeat(43)],
    ['of another length', 'A'.repeat(42)],
    ['of other characters', encodeURIComponent('å'.repeat(43))],
    ['a zero byte', '%00'],
  ])('is not found when its token is %s', async (_name, token) => {
    const reply = await accept(token).expect(404);
    expect(reply.body).toMatchObject({ type: '/problems/unknown-invitation', status: 404 });
  });

  test.each([
    ['a short password', { ...chosen, password: 'elva tecken' }, 'password', 'too-short'],
    ['a long password', { ...chosen, password: 'a'.repeat(257) }, 'password', 'too-long'],
    ['no password', { locale: 'sv' }, 'password', 'missing'],
    ['another language', { ...chosen, locale: 'de' }, 'locale', 'wrong-type'],
    ['an unknown field', { ...chosen, role: 'administrator' }, '', 'unknown-field'],
  ])('is not used up by %s', async (_name, body, path, code) => {
    const token = await invited('anna');
    const reply = await accept(token, body).expect(422);
    expect(reply.body).toMatchObject({ type: '/problems/invalid-request', errors: [{ path, code }] });
    await accept(token).expect(200);
  });

  test('is not used up from another site, nor by what is not JSON', async () => {
    const token = await invited('anna');
    const post = () => request(app).post(`/api/v1/invitations/${token}`);
    await post().set('Sec-Fetch-Site', 'cross-site').send(chosen).expect(403);
    await post().type('form').send(chosen).expect(415);
    await post().set('Content-Type', 'application/json').send('{').expect(400);
    await post()
      .send({ ...chosen, password: 'x'.repeat(9_000) })
      .expect(413);
    await accept(token).expect(200);
  });

  test('leaves its day in the event log', async () => {
    await accept(await invited('anna')).expect(200);
    const events: unknown = await database.owner.query(
      'SELECT day::text, actor, kind, subject FROM desk.event ORDER BY id',
    );
    const day = '2026-03-10';
    expect(events).toEqual([
      { day, actor: 'command line', kind: 'account-added', subject: 'anna' },
      { day, actor: 'command line', kind: 'invitation-made', subject: 'anna' },
      { day, actor: 'anna', kind: 'invitation-accepted', subject: null },
    ]);
  });
});

describe('the first administrator', () => {
  const first = async (): Promise<string> => {
    const token = await firstAdministratorInvitation(database.desk, clock);
    if (token === null) throw new Error('No invitation was made.');
    return token;
  };

  test('is invited as admin until an administrator has a password', async () => {
    const lost = await first();
    const token = await first();
    expect(token).not.toBe(lost);
    expect(await countOf('account')).toBe(1);
    const reply = await accept(token).expect(200);
    expect(reply.body.user).toMatchObject({ username: 'admin', role: 'administrator' });
    expect(await firstAdministratorInvitation(database.desk, clock)).toBeNull();
    await accept(lost).expect(404);
  });

  test('can use the link of a day ago no more, but gets another', async () => {
    const old = await first();
    clock.set('2026-03-11T08:00:00Z');
    await accept(old).expect(404);
    await accept(await first()).expect(200);
  });

  test('does not get an account that is somebody else’s', async () => {
    await anAccount(database.desk, 'admin', { role: 'handler' });
    const reply = await accept(await first()).expect(200);
    expect(reply.body.user).toMatchObject({ username: 'admin-2', role: 'administrator' });
  });

  test('may be one who was added by hand and has not chosen a password', async () => {
    await addUser(database.desk, { username: 'chef', role: 'administrator' }, clock);
    const reply = await accept(await first()).expect(200);
    expect(reply.body.user).toMatchObject({ username: 'chef', role: 'administrator' });
  });

  test('is not one whose account is shut, whose link would be good for nothing', async () => {
    await anAccount(database.desk, 'admin', { role: 'administrator', password: null, disabled: true });
    const reply = await accept(await first()).expect(200);
    expect(reply.body.user).toMatchObject({ username: 'admin-2', role: 'administrator' });
  });

  test('is not needed beside an administrator with a password', async () => {
    await anAccount(database.desk, 'chef', { role: 'administrator' });
    expect(await firstAdministratorInvitation(database.desk, clock)).toBeNull();
    expect(await countOf('account')).toBe(1);
  });

  test('is one, however many processes start at once', async () => {
    const tokens = await Promise.all([first(), first(), first(), first()]);
    expect(await countOf('account')).toBe(1);
    await accept(tokens[2]).expect(200);
  });
});
