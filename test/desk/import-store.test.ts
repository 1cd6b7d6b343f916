/** What passes between the web and the keeper of a file of calls, as the database sees it. */
import { randomUUID } from 'node:crypto';
import { importRoutes } from '../../src/desk/imports/routes.js';
import { fileImport, stateOf, withdrawImport } from '../../src/desk/imports/import-store.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { importOf, importsOf, untilFiled } from '../support/imports.js';
import { afterAll, beforeAll, beforeEach, expect, test } from '../support/jest.js';
import { untilWaiting } from '../support/waiters.js';

const clock = standingClock('2026-11-11T12:00:00Z');

let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase(clock);
});
afterAll(() => database.destroy());
beforeEach(async () => {
  await database.owner.query('TRUNCATE desk.import_request');
});

/** Sends a file to a keeper who is away. */
function send(text: string, waitMilliseconds: number) {
  const [route] = importRoutes({ desk: database.desk, waitMilliseconds });
  const user = { username: 'ada', role: 'administrator', locale: 'sv' } as const;
  return route?.handle({ user, locale: 'sv', request: {}, body: importOf(text) } as never);
}

test('a request is taken back while it waits, and not from a keeper that is at it', async () => {
  const { desk, keeper } = database;
  const [waiting, taken] = [randomUUID(), randomUUID()];
  for (const id of [waiting, taken]) await fileImport(desk, id, Buffer.from('an envelope'));
  await keeper.query(`UPDATE desk.import_request SET state = 'taken' WHERE id = $1`, [taken]);
  expect(await withdrawImport(desk, waiting)).toBe(true);
  expect(await stateOf(desk, waiting)).toBeNull();
  expect(await withdrawImport(desk, taken)).toBe(false);
  expect(await stateOf(desk, taken)).toMatchObject({ state: 'taken' });
});

test('an envelope does not tell one call from a thousand', async () => {
  await importsOf(database, clock).begin();
  const sizes: number[] = [];
  for (const lines of [1, 1000]) {
    const reply = expect(send('2017-05,conversation\n'.repeat(lines), 300)).rejects.toMatchObject({
      slug: 'unavailable',
    });
    const id = await untilFiled(database);
    const [row]: { size: number }[] = await database.owner.query(
      'SELECT length(envelope) AS size FROM desk.import_request WHERE id = $1',
      [id],
    );
    sizes.push(row?.size ?? NaN);
    await reply;
  }
  expect(sizes[0]).toBe(sizes[1]);
});

test('a file that the keeper has taken up and broken off is not sent again', async () => {
  await importsOf(database, clock).begin();
  const reply = expect(send('2017-05\n', 600_000)).rejects.toMatchObject({ slug: 'unavailable' });
  await untilFiled(database);
  // Each is done while the one who waits is held at its look, so that it sees the one and then the other.
  for (const state of ["'taken'", "'refused', envelope = NULL"])
    await database.owner.transaction(async (manager) => {
      await manager.query('LOCK TABLE desk.import_request IN ACCESS EXCLUSIVE MODE');
      await untilWaiting(database, 1);
      await manager.query(`UPDATE desk.import_request SET state = ${state}`);
    });
  await reply;
  expect(await database.owner.query('SELECT id FROM desk.import_request')).toEqual([]);
}, 20_000);
