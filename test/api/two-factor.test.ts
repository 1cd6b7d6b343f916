import type { Express } from 'express';
import request from 'supertest';
import { base32, codeAt, otpAddress, stepAt, stepOf } from '../../src/desk/sign-in/totp.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { aProblem } from '../support/app.js';
import { anAccount, cookieFor, cookieOf, deskApp, PASSWORD, SESSION } from '../support/desk-app.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '../support/jest.js';
import { untilWaiting } from '../support/waiters.js';
import { wrongCode } from '../support/wrong-code.js';

const START = '2026-03-10T08:00:00Z';
const TWO_FACTOR = `${SESSION}/two-factor`;
const clock = standingClock(START);
let database: TestDatabase;
let app: Express;
let cookie: string;

beforeAll(async () => {
  database = await freshDatabase(clock);
});
afterAll(() => database.destroy());
beforeEach(async () => {
  clock.set(START);
  await database.owner.query('TRUNCATE desk.account, desk.event, desk.sign_in_failure CASCADE');
  await anAccount(database.desk, 'ada', { role: 'administrator' });
  await anAccount(database.desk, 'hanna');
  app = deskApp({ desk: database.desk, reader: database.reader, clock });
  cookie = await cookieFor(app, 'hanna');
});

const bytesOf = (text: string): Buffer => {
  const bits = Array.from(text)
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
};
const send = (method: 'get' | 'post' | 'put', path: string, body?: object, as = cookie) => {
  const sent = request(app)[method](path).set('Cookie', as);
  return body === undefined ? sent : sent.send(body);
};
const signIn = (code?: string, password = PASSWORD) =>
  request(app)
    .post(SESSION)
    .send({ username: 'hanna', password, ...(code === undefined ? {} : { code }) });
const state = async () => (await send('get', TWO_FACTOR).expect(200)).body as unknown;

const codeNow = (secret: Buffer, steps = 0) => codeAt(secret, stepAt(clock.now()) + steps);

/**
 * Begins an enrolment and gives the secret, as an app would take it; once more in the rare case that two of the codes
 * near to now are the same, so that which step a code is of can be told.
 */
async function begin(): Promise<Buffer> {
  const { body } = await send('post', TWO_FACTOR, { password: PASSWORD }).expect(201);
  const secret = bytesOf((body as { secret: string }).secret);
  const near = [-1, 0, 1, 2, 3].map((steps) => codeNow(secret, steps));
  return new Set(near).size === near.length ? secret : begin();
}

/** Enrols, and goes on to the next step, whose code is fresh. */
async function enrol(): Promise<{ secret: Buffer; recoveryCodes: string[] }> {
  const secret = await begin();
  const { body } = await send('put', TWO_FACTOR, { code: codeNow(secret) }).expect(200);
  clock.set('2026-03-10T08:00:30Z');
  return { secret, recoveryCodes: (body as { recoveryCodes: string[] }).recoveryCodes };
}
const kinds = async () =>
  (
    await database.owner.query<{ kind: string }[]>(
      `SELECT kind FROM desk.event WHERE kind <> 'sign-in' ORDER BY id`,
    )
  ).map(({ kind }) => kind);

describe('codes by time', () => {
  // RFC 6238, appendix B, SHA-1; its eight digits end in the six of ours.
  test.each([
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ])('at second %d', (second, expected) => {
    const secret = Buffer.from('12345678901234567890');
    expect(codeAt(secret, stepAt(new Date(second * 1000)))).toBe(expected.slice(2));
  });

  test('are taken one step before and after, spaces or not, and nothing else is', () => {
    const secret = Buffer.from('12345678901234567890');
    const now = new Date(START);
    const at = (steps: number) => stepOf(secret, codeAt(secret, stepAt(now) + steps), now);
    expect([-1, 0, 1].map(at)).toEqual([-1, 0, 1].map((steps) => stepAt(now) + steps));
    const code = codeAt(secret, stepAt(now));
    expect(stepOf(secret, `${code.slice(0, 3)} ${code.slice(3)}`, now)).toBe(stepAt(now));
    // Two steps away is too late, and too early.
    expect([-2, 2].map(at)).toEqual([null, null]);
    for (const other of ['', '12345', '1234567', 'abcdef', `${code}0`, '\0'])
      expect(stepOf(secret, other, now)).toBeNull();
  });

  test('are good from the second their step before begins until the step after is over', () => {
    const secret = Buffer.from('12345678901234567890');
    const step = stepAt(new Date(START));
    const code = codeAt(secret, step);
    const at = (milliseconds: number) => stepOf(secret, code, new Date(Date.parse(START) + milliseconds));
    expect([-30_001, -30_000, 59_999, 60_000].map(at)).toEqual([null, step, step, null]);
  });

  test('have their secret in base32', () => {
    expect(base32(Buffer.from('foobar'))).toBe('MZXW6YTBOI');
    expect(bytesOf(base32(Buffer.from('12345678901234567890'))).toString()).toBe('12345678901234567890');
    expect(otpAddress('hanna', Buffer.from('foobar'))).toBe(
      'otpauth://totp/Tyst:hanna?secret=MZXW6YTBOI&issuer=Tyst',
    );
  });
});

describe('enrolling', () => {
  test('takes the password, a secret and a code of it; from then on a sign-in takes one too', async () => {
    expect(await state()).toEqual({ on: false, recoveryCodes: 0 });
    const secret = await begin();
    // Not in force before the app has shown that it has the secret.
    await signIn().expect(200);
    const { body } = await send('put', TWO_FACTOR, { code: codeNow(secret) }).expect(200);
    const { recoveryCodes } = body as { recoveryCodes: string[] };
    expect(new Set(recoveryCodes).size).toBe(10);
    for (const code of recoveryCodes) expect(code).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
    expect(await state()).toEqual({ on: true, recoveryCodes: 10 });
    expect((await signIn()).body).toMatchObject(aProblem('code-required'));
    expect((await signIn('')).body).toMatchObject(aProblem('code-required'));
    clock.set('2026-03-10T08:00:30Z');
    await signIn(codeNow(secret)).expect(200);
    expect(await kinds()).toEqual(['two-factor-on']);
  });

  test('uses the code up that it was done with', async () => {
    const secret = await begin();
    await send('put', TWO_FACTOR, { code: codeNow(secret) }).expect(200);
    expect((await signIn(codeNow(secret))).body).toMatchObject(aProblem('wrong-credentials'));
  });

  test('with a wrong password, a wrong code or without a secret comes to nothing', async () => {
    expect((await send('post', TWO_FACTOR, { password: 'fel' })).body).toMatchObject(
      aProblem('wrong-credentials'),
    );
    expect((await send('put', TWO_FACTOR, { code: '123456' })).body).toMatchObject(
      aProblem('two-factor-not-begun'),
    );
    const secret = await begin();
    const wrong = wrongCode(secret, clock.now());
    expect((await send('put', TWO_FACTOR, { code: wrong })).body).toMatchObject(
      aProblem('invalid-request', [{ path: 'code', code: 'wrong-code' }]),
    );
    expect(await state()).toEqual({ on: false, recoveryCodes: 0 });
    await signIn().expect(200);
  });

  test('twice at once succeeds once', async () => {
    const secret = await begin();
    const code = codeNow(secret);
    const both = await Promise.all([1, 2].map(() => send('put', TWO_FACTOR, { code })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await state()).toEqual({ on: true, recoveryCodes: 10 });
  });

  test('anew leaves the old app in force until the new one has shown a code', async () => {
    const { secret: old } = await enrol();
    const fresh = await begin();
    expect((await signIn()).body).toMatchObject(aProblem('code-required'));
    await signIn(codeNow(old)).expect(200);
    await send('put', TWO_FACTOR, { code: codeNow(fresh) }).expect(200);
    clock.set('2026-03-10T08:01:00Z');
    expect((await signIn(codeNow(old))).body).toMatchObject(aProblem('wrong-credentials'));
    await signIn(codeNow(fresh)).expect(200);
  });
});

describe('signing in with a code', () => {
  test('says nothing of the second factor to whoever lacks the password', async () => {
    const { secret } = await enrol();
    expect((await signIn(undefined, 'fel')).body).toMatchObject(aProblem('wrong-credentials'));
    expect((await signIn(codeNow(secret), 'fel')).body).toMatchObject(aProblem('wrong-credentials'));
    await signIn(codeNow(secret)).expect(200);
  });

  test('takes each code once, also of two at once', async () => {
    const { secret } = await enrol();
    const code = codeNow(secret);
    const both = await Promise.all([signIn(code), signIn(code)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect((await signIn(code)).body).toMatchObject(aProblem('wrong-credentials'));
  });

  test('says nothing of the second factor of an account that is shut', async () => {
    const { secret } = await enrol();
    await database.owner.query(`UPDATE desk.account SET disabled = true WHERE username = 'hanna'`);
    expect((await signIn()).body).toMatchObject(aProblem('wrong-credentials'));
    expect((await signIn(codeNow(secret))).body).toMatchObject(aProblem('wrong-credentials'));
  });

  test('takes a code no second time for as long as it is good', async () => {
    const { secret } = await enrol();
    const code = codeNow(secret, 1);
    await signIn(code).expect(200);
    for (const time of ['08:01:00', '08:01:59']) {
      clock.set(`2026-03-10T${time}Z`);
      // Whoever signs in clears away what is too old.
      await cookieFor(app, 'ada');
      expect((await signIn(code)).body).toMatchObject(aProblem('wrong-credentials'));
    }
  });

  test('counts wrong codes as failed attempts', async () => {
    const { secret } = await enrol();
    const wrong = wrongCode(secret, clock.now());
    for (let attempt = 0; attempt < 10; attempt += 1) expect((await signIn(wrong)).status).toBe(401);
    expect((await signIn(codeNow(secret))).body).toMatchObject(aProblem('too-many-requests'));
  });

  test('forgets the codes that were used with the next sign-in a minute and a half later', async () => {
    const { secret } = await enrol();
    await signIn(codeNow(secret)).expect(200);
    clock.set('2026-03-10T08:03:00Z');
    await request(app).post(SESSION).send({ username: 'ada', password: PASSWORD }).expect(200);
    expect(await database.owner.query('SELECT 1 FROM desk.used_code')).toEqual([]);
  });
});

describe('recovery codes', () => {
  test('open the account once each, however they are typed, and are stored as hashes alone', async () => {
    const { recoveryCodes } = await enrol();
    const [first = '', second = ''] = recoveryCodes;
    await signIn(first).expect(200);
    expect((await signIn(first)).body).toMatchObject(aProblem('wrong-credentials'));
    await signIn(` ${second.toUpperCase().replaceAll('-', ' ')} `).expect(200);
    expect(await state()).toEqual({ on: true, recoveryCodes: 8 });
    expect(await kinds()).toEqual(['two-factor-on', 'recovery-code-used', 'recovery-code-used']);
    const dump = JSON.stringify(
      await database.owner.query(`SELECT encode(code_hash, 'escape') AS h, username FROM desk.recovery_code`),
    );
    for (const code of recoveryCodes) expect(dump).not.toContain(code);
  });

  test('of two sign-ins with one at once let one in', async () => {
    const { recoveryCodes } = await enrol();
    const [code = ''] = recoveryCodes;
    const both = await Promise.all([signIn(code), signIn(code)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  test('are made anew with the password, and the old ones end', async () => {
    const { recoveryCodes } = await enrol();
    const path = `${TWO_FACTOR}/recovery-codes`;
    expect((await send('post', path, { password: 'fel' })).status).toBe(401);
    const { body } = await send('post', path, { password: PASSWORD }).expect(201);
    expect((await signIn(recoveryCodes[0])).status).toBe(401);
    await signIn((body as { recoveryCodes: string[] }).recoveryCodes[0]).expect(200);
    const ada = await cookieFor(app, 'ada');
    expect((await send('post', path, { password: PASSWORD }, ada)).body).toMatchObject(
      aProblem('two-factor-not-begun'),
    );
    expect(await kinds()).toEqual(['two-factor-on', 'recovery-codes-made', 'recovery-code-used']);
  });

  test('made anew twice at once are ten', async () => {
    await enrol();
    const renew = () =>
      send('post', `${TWO_FACTOR}/recovery-codes`, { password: PASSWORD }).then((reply) => reply);
    let both: Promise<unknown> | undefined;
    await database.owner.transaction(async (manager) => {
      await manager.query('SELECT 1 FROM desk.recovery_code FOR UPDATE');
      both = Promise.all([renew(), renew()]);
      await untilWaiting(database, 2);
    });
    await both;
    expect(await state()).toEqual({ on: true, recoveryCodes: 10 });
  });
});

describe('the second factor is taken away', () => {
  test('by its owner, with the password; again changes nothing', async () => {
    await enrol();
    const path = `${TWO_FACTOR}/removal`;
    expect((await send('post', path, { password: 'fel' })).body).toMatchObject(aProblem('wrong-credentials'));
    await send('post', path, { password: PASSWORD }).expect(204);
    await send('post', path, { password: PASSWORD }).expect(204);
    await signIn().expect(200);
    expect(await state()).toEqual({ on: false, recoveryCodes: 0 });
    expect(await kinds()).toEqual(['two-factor-on', 'two-factor-off']);
  });

  test('by an administrator, who sees of it only whether there is one', async () => {
    const ada = await cookieFor(app, 'ada');
    const seen = async () => (await send('get', '/api/v1/users', undefined, ada).expect(200)).body as object;
    const hannas = (twoFactor: boolean) =>
      expect.objectContaining({ username: 'hanna', twoFactor }) as unknown;
    // One that has only been begun is none.
    await begin();
    expect(await seen()).toEqual({ users: expect.arrayContaining([hannas(false)]) as unknown });
    await enrol();
    expect(await seen()).toEqual({ users: expect.arrayContaining([hannas(true)]) as unknown });
    for (let round = 0; round < 2; round += 1)
      await request(app)
        .patch('/api/v1/users/hanna')
        .set('Cookie', ada)
        .send({ resetTwoFactor: true })
        .expect(204);
    await signIn().expect(200);
    expect(await kinds()).toEqual(['two-factor-on', 'two-factor-reset']);
  });

  test('not by a new password', async () => {
    const { secret } = await enrol();
    await send('put', `${SESSION}/password`, { password: PASSWORD, newPassword: 'ett helt annat' }).expect(
      204,
    );
    expect((await signIn(undefined, 'ett helt annat')).body).toMatchObject(aProblem('code-required'));
    await signIn(codeNow(secret), 'ett helt annat').expect(200);
  });
});

describe("one's own password and language", () => {
  const put = (body: object) => send('put', `${SESSION}/password`, body);

  test('a new password ends the other sessions and the links, and keeps this one', async () => {
    const other = cookieOf(await signIn().expect(200));
    const ada = await cookieFor(app, 'ada');
    const { body } = await send('post', '/api/v1/invitations', { username: 'hanna' }, ada).expect(201);
    await put({ password: PASSWORD, newPassword: 'ett helt annat' }).expect(204);
    await send('get', SESSION, undefined, other).expect(401);
    await send('get', SESSION).expect(200);
    await signIn().expect(401);
    await signIn(undefined, 'ett helt annat').expect(200);
    const token = (body as { link: string }).link.replace('/invitation#', '');
    await send('post', `/api/v1/invitations/${token}`, { password: PASSWORD, locale: 'sv' }).expect(404);
    expect(await kinds()).toEqual(['invitation-made', 'password-changed']);
  });

  test('a wrong or short one changes nothing; guesses are limited as at the door', async () => {
    expect((await put({ password: 'fel', newPassword: 'ett helt annat' })).body).toMatchObject(
      aProblem('wrong-credentials'),
    );
    expect((await put({ password: PASSWORD, newPassword: 'kort' })).body).toMatchObject(
      aProblem('invalid-request', [{ path: 'newPassword', code: 'too-short' }]),
    );
    for (let attempt = 1; attempt < 10; attempt += 1)
      expect((await put({ password: 'fel', newPassword: 'ett helt annat' })).status).toBe(401);
    expect((await put({ password: PASSWORD, newPassword: 'ett helt annat' })).body).toMatchObject(
      aProblem('too-many-requests'),
    );
    expect(await kinds()).toEqual(['sign-in-locked']);
  });

  test('of two changes at once one counts, and says so to the other', async () => {
    const both = await Promise.all(
      ['ett helt annat', 'ett helt tredje'].map((newPassword) => put({ password: PASSWORD, newPassword })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([204, 401]);
  });

  test("the language is that of the next sign-in, and nobody else's", async () => {
    await request(app).patch(SESSION).set('Cookie', cookie).send({ locale: 'en' }).expect(204);
    expect((await signIn().expect(200)).body).toMatchObject({ user: { locale: 'en' } });
    const ada = await request(app).post(SESSION).send({ username: 'ada', password: PASSWORD }).expect(200);
    expect(ada.body).toMatchObject({ user: { locale: 'sv' } });
    expect((await request(app).patch(SESSION).set('Cookie', cookie).send({ locale: 'de' })).status).toBe(422);
  });
});
