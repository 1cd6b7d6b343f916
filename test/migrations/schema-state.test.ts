/** Whether a database was made by this version, an older or a newer one: as the logins of the processes see it. */
import { connect, databaseOf } from '../../src/platform/database.js';
import { migrate } from '../../src/platform/installation.js';
import { loginOf } from '../../src/platform/roles.js';
import { refuseNewer, schemaState } from '../../src/platform/schema.js';
import { freshDatabase, serverUrl, type TestDatabase } from '../support/database.js';
import { afterAll, beforeAll, expect, test } from '../support/jest.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(async () => {
  await database.destroy();
});

const statesSeen = () =>
  Promise.all([database.owner, database.reader, database.keeper].map((login) => schemaState(login)));
const all = (state: string) => [state, state, state];

/** Does some work while the history of migrations is another one. */
async function meanwhile(change: string, work: () => Promise<void>): Promise<void> {
  const rows: { timestamp: string; name: string }[] = await database.owner.query(
    'SELECT "timestamp", name FROM tyst_migration ORDER BY id',
  );
  await database.owner.query(change);
  try {
    await work();
  } finally {
    await database.owner.query('DELETE FROM tyst_migration');
    for (const { timestamp, name } of rows)
      await database.owner.query('INSERT INTO tyst_migration ("timestamp", name) VALUES ($1, $2)', [
        timestamp,
        name,
      ]);
  }
}

const added = `INSERT INTO tyst_migration ("timestamp", name) VALUES (1, 'Unheard1')`;
const removed = `DELETE FROM tyst_migration WHERE name LIKE 'Night%'`;

test('one that this version has made is current', async () => {
  expect(await statesSeen()).toEqual(all('current'));
  for (const login of [database.owner, database.reader, database.keeper]) await refuseNewer(login);
});

test('a migration that this version does not know makes it newer, whatever their number', async () => {
  await meanwhile(added, async () => {
    expect(await statesSeen()).toEqual(all('newer'));
  });
  // As many as there should be.
  await meanwhile(`${removed}; ${added}`, async () => {
    expect(await statesSeen()).toEqual(all('newer'));
    for (const login of [database.owner, database.reader, database.keeper])
      await expect(refuseNewer(login)).rejects.toThrow(
        /^This data was made by a newer version of Tyst than \d/,
      );
  });
});

test('one that is still to be run makes it older', async () => {
  await meanwhile(removed, async () => {
    expect(await statesSeen()).toEqual(all('older'));
    await refuseNewer(database.keeper);
  });
});

test('so does a history that may not be read, and one that is not there', async () => {
  expect(await schemaState(database.desk)).toBe('older');
  const nothing = await connect({ url: serverUrl(), poolSize: 1 });
  expect(await schemaState(nothing)).toBe('older');
  await nothing.destroy();
});

test('whoever waits for a newer version that is at work is refused, and sets up no role', async () => {
  // Its salt is another one each time that a password is set, the same password too.
  const verifier = (): Promise<unknown> =>
    database.owner.query('SELECT rolpassword FROM pg_authid WHERE rolname = $1', [
      loginOf(databaseOf(database.installation.ownerUrl), 'keeper'),
    ]);
  const before = await verifier();
  await meanwhile(added, async () => {
    await expect(migrate(database.owner, database.installation.secret)).rejects.toThrow(/newer version/);
  });
  expect(await verifier()).toEqual(before);
});
