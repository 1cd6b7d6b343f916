import { randomUUID } from 'node:crypto';
import { fileImport, stateOf, withdrawImport } from '../../src/desk/import-store.js';
import { freshDatabase, type TestDatabase } from '../support/database.js';
import { afterAll, beforeAll, expect, test } from '../support/jest.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.destroy());

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
