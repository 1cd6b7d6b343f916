import type { NewAccount } from '../../src/desk/people/accounts.js';
import { addUser } from '../../src/desk/people/accounts.js';
import { CommandError } from '../../src/platform/command-error.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { deskApp, PASSWORD, signIn } from '../support/desk-app.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '../support/jest.js';

const clock = standingClock('2026-03-10T08:00:00Z');
let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase(clock);
});
afterAll(() => database.destroy());
beforeEach(() => database.owner.query('TRUNCATE desk.account CASCADE'));

const anna = { username: 'anna', role: 'handler', password: PASSWORD } as const;
const add = (account: NewAccount) => addUser(database.desk, account, clock);

async function refusal(account: NewAccount): Promise<CommandError> {
  const error: unknown = await add(account).catch((thrown: unknown) => thrown);
  if (!(error instanceof CommandError)) throw new Error('It was not refused.');
  return error;
}

describe('an account added by command line', () => {
  test('with a password is ready', async () => {
    expect(await add(anna)).toBeNull();
    const reply = await signIn(
      deskApp({ desk: database.desk, reader: database.reader, clock }),
      'anna',
    ).expect(200);
    expect(reply.body).toEqual({ user: { username: 'anna', role: 'handler', locale: 'sv' } });
  });

  test('without one waits for its invitation', async () => {
    expect(await add({ username: 'anna', role: 'handler' })).toMatch(/^[A-Za-z0-9_-]{43}$/);
    await signIn(deskApp({ desk: database.desk, reader: database.reader, clock }), 'anna').expect(401);
  });

  test('does not take a name that is taken, and leaves its account alone', async () => {
    await add(anna);
    const error = await refusal({ username: 'anna', role: 'administrator', password: 'en annan lösenfras' });
    expect(error.exitCode).toBe(1);
    expect(error.message).toBe('There is already an account with that user name.');
    const reply = await signIn(
      deskApp({ desk: database.desk, reader: database.reader, clock }),
      'anna',
    ).expect(200);
    expect(reply.body.user.role).toBe('handler');
  });

  test('of a name that two add at once is made once', async () => {
    const account = { username: 'anna', role: 'handler' } as const;
    const results = await Promise.allSettled([add(account), add(account), add(account)]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const events: unknown[] = await database.owner.query('SELECT 1 FROM desk.invitation');
    expect(events).toHaveLength(1);
  });

  test.each(['', 'Anna', 'anna andersson', '-anna', 'a'.repeat(33), 'åsa', 'anna\n', '\u0000'])(
    'does not get the name %j',
    async (username) => {
      const { message } = await refusal({ ...anna, username });
      expect(message).toMatch(/^A user name has /);
    },
  );

  test.each(['', 'elva tecken', 'a'.repeat(257)])('does not get the password %j', async (password) => {
    const { message } = await refusal({ ...anna, password });
    expect(message).toBe('The password must have at least 12 and at most 256 characters.');
  });
});
