import type { Express } from 'express';
import request, { type Response } from 'supertest';
import type { DataSource } from 'typeorm';
import { deskEntities } from '../../src/desk/entities.js';
import { connect } from '../../src/platform/database.js';
import { roleUrl } from '../../src/platform/installation.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { anAccount, countingPasswords, deskApp, PASSWORD, signIn } from '../support/desk-app.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '../support/jest.js';

const START = '2026-03-10T08:00:00Z';
const WRONG = 'fel fel fel fel fel';
const clock = standingClock(START);
const later = (minutes: number, seconds = 0): void => {
  clock.set(new Date(Date.parse(START) + (minutes * 60 + seconds) * 1000).toISOString());
};
let database: TestDatabase;
let otherPool: DataSource;
let app: Express;

beforeAll(async () => {
  database = await freshDatabase(clock);
  otherPool = await connect({ url: roleUrl(database.installation, 'desk'), entities: deskEntities });
  await anAccount(database.desk, 'anna');
  await anAccount(database.desk, 'bo');
  await anAccount(database.desk, 'ute', { disabled: true });
  await anAccount(database.desk, 'ny', { password: null });
});
afterAll(async () => {
  await otherPool.destroy();
  await database.destroy();
});
beforeEach(async () => {
  clock.set(START);
  await database.owner.query('TRUNCATE desk.session, desk.sign_in_failure, desk.event');
  app = deskApp({ desk: database.desk, reader: database.reader, clock, failuresPerAddress: 1_000 });
});

async function fail(name: string, times: number): Promise<void> {
  for (let time = 0; time < times; time++) await signIn(app, name, WRONG).expect(401);
}

/** What anybody can see of a reply, but for the date. */
const seen = ({ status, headers, text }: Response) => {
  const { date: _date, ...rest } = headers as Record<string, string>;
  return { status, headers: rest, text };
};

describe('an unknown name, a wrong password, a disabled account and one without a password', () => {
  const attempts = [
    ['anna', WRONG],
    ['ingen', WRONG],
    ['ingen', PASSWORD],
    ['ute', PASSWORD],
    ['ny', PASSWORD],
    ['ny', ''.padEnd(12, '.')],
    ['Anna Andersson!', PASSWORD],
    ['\u0000', PASSWORD],
    ['\ud800', '\ud800\u0000'],
  ] as const;

  test('look the same', async () => {
    const replies = await Promise.all(attempts.map(([name, password]) => signIn(app, name, password)));
    expect(new Set(replies.map((reply) => JSON.stringify(seen(reply)))).size).toBe(1);
    expect(replies[0]?.status).toBe(401);
    expect(replies[0]?.body).toMatchObject({ type: '/problems/wrong-credentials' });
  });

  test.each(attempts)('take one comparison of the same cost: %j', async (name, password) => {
    const passwords = countingPasswords();
    const counted = deskApp({ desk: database.desk, reader: database.reader, clock, passwords });
    await signIn(counted, name, password).expect(401);
    expect(passwords.costs).toEqual([4]);
  });
});

describe('ten failures within a quarter of an hour', () => {
  test.each(['anna', 'ingen', 'ute', 'Anna Andersson!'])(
    'shut %j out for a quarter of an hour',
    async (name) => {
      await fail(name, 9);
      later(2);
      await fail(name, 1);
      const locked = await signIn(app, name);
      expect(locked.status).toBe(429);
      expect(locked.headers['retry-after']).toBe('900');
      expect(locked.body.type).toBe('/problems/too-many-requests');
      later(16, 59);
      const still = await signIn(app, name);
      expect(still.status).toBe(429);
      expect(still.headers['retry-after']).toBe('1');
      later(17);
      await signIn(app, name).expect(name === 'anna' ? 200 : 401);
    },
  );

  test('are counted whatever the address, and shut nobody else out', async () => {
    for (let time = 0; time < 10; time++) {
      const address = `198.51.100.${time.toString()}`;
      await signIn(app, 'anna', WRONG).set('X-Forwarded-For', address).expect(401);
    }
    await signIn(app, 'anna').set('X-Forwarded-For', '203.0.113.9').expect(429);
    await signIn(app, 'bo').expect(200);
  });

  test('count within any quarter of an hour, not only from the first failure', async () => {
    await fail('anna', 1);
    later(14);
    await fail('anna', 8);
    later(15);
    await fail('anna', 2);
    await signIn(app, 'anna').expect(429);
  });

  test('are forgotten as they grow old', async () => {
    await fail('anna', 9);
    later(15);
    await fail('anna', 9);
    await signIn(app, 'anna').expect(200);
  });

  test('are forgotten after a right password', async () => {
    for (let round = 0; round < 2; round++) {
      await fail('anna', 9);
      await signIn(app, 'anna').expect(200);
    }
  });

  test('an attempt while shut out does not make it longer', async () => {
    await fail('anna', 10);
    later(10);
    await signIn(app, 'anna', WRONG).expect(429);
    later(15);
    await signIn(app, 'anna').expect(200);
  });

  test('get ten tries and no more when fifty come at once to two servers', async () => {
    const passwords = countingPasswords();
    const servers = [database.desk, otherPool].map((desk) =>
      deskApp({ desk, reader: database.reader, clock, passwords, failuresPerAddress: 1_000 }),
    );
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, index) => signIn(servers[index % 2] ?? app, 'anna', WRONG)),
    );
    const count = (status: number) => replies.filter((reply) => reply.status === status).length;
    expect([count(401), count(429)]).toEqual([10, 40]);
    expect(passwords.costs).toHaveLength(10);
  });
});

describe('what is kept of failures', () => {
  const names = () =>
    database.owner.query<{ name_hash: Buffer }[]>('SELECT name_hash FROM desk.sign_in_failure');

  test('goes with the next sign-in after a quarter of an hour', async () => {
    await fail('anna', 1);
    await fail('ingen', 10);
    later(15);
    await signIn(app, 'bo').expect(200);
    expect(await names()).toEqual([]);
  });

  test('is two bytes when it cannot be a name, for it may be a password', async () => {
    await fail('Min Hemliga Fras', 1);
    await fail('ingen', 1);
    const rows = await names();
    expect(rows.map(({ name_hash }) => name_hash.length).sort()).toEqual([2, 32]);
  });

  test('in the event log is the day and the account, and no word that was typed', async () => {
    await fail('anna', 10);
    await fail('ingen', 10);
    const events: unknown = await database.owner.query(
      'SELECT day::text, actor, kind, subject FROM desk.event ORDER BY id',
    );
    const locked = { day: '2026-03-10', actor: 'not signed in', kind: 'sign-in-locked' };
    expect(events).toEqual([
      { ...locked, subject: 'anna' },
      { ...locked, subject: null },
    ]);
  });
});

describe('failures from one address', () => {
  const accept = (server: Express) =>
    request(server)
      .post(`/api/v1/invitations/${'A'.repeat(43)}`)
      .send({ password: PASSWORD, locale: 'sv' });

  beforeEach(() => {
    app = deskApp({ desk: database.desk, reader: database.reader, clock, failuresPerAddress: 3 });
  });

  test('shut the address out of sign-in and invitations, and of nothing else', async () => {
    const cookie = (await signIn(app, 'bo').expect(200)).headers['set-cookie']?.[0] ?? '';
    await signIn(app, 'anna', WRONG).expect(401);
    await signIn(app, 'ingen', WRONG).expect(401);
    await accept(app).expect(404);
    const refused = await signIn(app, 'bo');
    expect(refused.status).toBe(429);
    expect(refused.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(refused.body.type).toBe('/problems/too-many-requests');
    const wait = Number(refused.headers['retry-after']);
    expect(wait).toBeGreaterThan(890);
    expect(wait).toBeLessThanOrEqual(900);
    await accept(app).expect(429);
    await request(app).get('/api/v1/session').set('Cookie', cookie).expect(200);
    await request(app).get('/api/v1/vocabulary').set('Cookie', cookie).expect(200);
    await signIn(app, 'bo').set('X-Forwarded-For', '203.0.113.9').expect(200);
  });

  test('are all that counts: a whole office may sign in', async () => {
    for (let time = 0; time < 6; time++) await signIn(app, 'bo').expect(200);
  });

  test('count for a whole IPv6 network', async () => {
    const from = (address: string) => signIn(app, 'ingen', WRONG).set('X-Forwarded-For', address);
    for (const host of ['1', '2', '3']) await from(`2001:db8:1:1::${host}`).expect(401);
    await from('2001:db8:1:2::4').expect(429);
    await from('2001:db8:2:1::4').expect(401);
  });

  test('leave no header that tells how others at the address fare', async () => {
    const reply = await signIn(app, 'bo').expect(200);
    expect(Object.keys(reply.headers as object).filter((name) => /ratelimit/i.test(name))).toEqual([]);
  });
});
