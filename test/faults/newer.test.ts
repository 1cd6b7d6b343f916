/* A database in which a newer version has been: no command of this one touches it. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '../../src/platform/database.js';
import { schemaState } from '../../src/platform/schema.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';
import { programsOf, startExternal, type ExternalServer } from './external-server.js';
import { PASSWORD, setWorkshop } from './tyst.js';

const workshop = setWorkshop();
const { folder, tyst } = workshop;
const keyDir = join(folder, 'keys');
const credentials = join(folder, 'credentials');
let server: ExternalServer;
const ask = (sql: string) => server.query('later', sql);

/** What a start or a command would change: key, intake, roles with their rights and settings, history, events. */
async function everything(): Promise<unknown> {
  const keys = readdirSync(keyDir).map((name) => readFileSync(join(keyDir, name), 'utf8'));
  return [
    keys,
    await ask('SELECT id, open FROM intake.key'),
    await ask(`SELECT rolname, rolpassword FROM pg_authid WHERE rolname LIKE 'later%' ORDER BY 1`),
    await ask('SELECT setconfig FROM pg_db_role_setting'),
    await ask('SELECT oid::regclass::text AS name, relacl::text FROM pg_class ORDER BY oid'),
    await ask('SELECT name FROM tyst_migration ORDER BY id'),
    await ask('SELECT * FROM desk.event ORDER BY id'),
    await ask('SELECT * FROM desk.account'),
    await ask('SELECT count(*) FROM desk.organisation'),
  ];
}

describe('PostgreSQL 18', () => {
  let environment: Record<string, string>;
  beforeAll(async () => {
    mkdirSync(keyDir);
    const programs = await programsOf(18, folder);
    if (programs === null) throw new Error('There is no PostgreSQL 18.');
    server = await startExternal(workshop, programs);
    const url = await server.makeDatabase('later', true);
    environment = {
      TYST_DATA_DIR: join(folder, 'data'),
      DATABASE_URL: url,
      TYST_KEY_DIR: keyDir,
      TYST_CREDENTIALS_FILE: credentials,
    };
  });
  afterAll(async () => {
    await server.stop();
  });

  test('a start and each command are refused, and nothing is changed', async () => {
    expect(await tyst(['seal'], environment)).toMatchObject({ code: 0, stderr: '' });
    const owner = await connect({ url: environment['DATABASE_URL'] ?? '', poolSize: 1 });
    // The names that the built program has written are those that its sources know.
    expect(await schemaState(owner)).toBe('current');
    await owner.destroy();
    await ask(`INSERT INTO tyst_migration ("timestamp", name) VALUES (9999999999999, 'Later9999999999999')`);
    // What a start would take away, give back, open and shut.
    await ask('GRANT SELECT ON desk.account TO later_reader');
    await ask('ALTER ROLE later_intake SET synchronous_commit = off');
    await ask('DELETE FROM desk.organisation');
    const before = await everything();

    for (const args of [
      ['start'],
      ['migrate'],
      ['credentials', 'web'],
      ['seal'],
      ['close', '2017-01'],
      ['discard', '2017-Q1'],
      ['import', join(folder, 'no file.csv')],
      ['keeper', '--keys-are-lost'],
      ['user', 'add', '--username', 'anna', '--role', 'handler', '--password-stdin'],
      ['plan', 'show', '2019-Q1'],
      ['plan', 'set', '2019-Q1', '--preset', 'tiny'],
      ['audit', '2017-Q1'],
      ['release', '2017-Q1', '--out', join(folder, 'release')],
      ['rotate-key'],
    ]) {
      const { code, stdout, stderr } = await tyst(args, environment, `${PASSWORD}\n`);
      // A start says first what it has seen of the server.
      const words = stderr.split('\n').filter((line) => !line.startsWith('{"event":'));
      expect({ args, code, stdout, words }).toEqual({
        args,
        code: 1,
        stdout: '',
        words: [
          expect.stringMatching(
            /^tyst: This data was made by a newer version of Tyst than .* Run that version/,
          ),
          '',
        ],
      });
    }
    expect(await everything()).toEqual(before);
    expect(existsSync(credentials)).toBe(false);

    await ask(`DELETE FROM tyst_migration WHERE name LIKE 'Later%'`);
    expect(await tyst(['seal'], environment)).toMatchObject({ code: 0, stderr: '' });
  });
});
