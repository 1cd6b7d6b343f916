/** What each login role may and may not do: read from the live database, and tried. */
import pg from 'pg';
import { storeCall } from '../../src/intake/store.js';
import { seal } from '../../src/keeping/seal.js';
import { databaseOf, withLogin } from '../../src/platform/database.js';
import { roleUrl } from '../../src/platform/installation.js';
import { loginOf, passwordOf, prepareRoles, roleNames, type RoleName } from '../../src/platform/roles.js';
import { aConversation, aReceipt, codesOf, vocabulary } from '../support/calls.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';
import { smallPlan } from '../support/small.js';

let database: TestDatabase;
const desk = {
  planOf: () => Promise.resolve(smallPlan('tiny')),
  vocabularyOf: () => Promise.resolve(vocabulary),
};

beforeAll(async () => {
  database = await freshDatabase(standingClock('2026-10-01T10:00:00Z'));
  const call = (day: string) => ({
    receipt: aReceipt(),
    day,
    month: '2026-11',
    codes: codesOf(aConversation()),
  });
  await storeCall(database.intake, call('2026-11-01'));
  await seal(database.keeper, desk, '2026-11-02', '2026-11-02');
  await storeCall(database.intake, call('2026-11-02'));
});
afterAll(async () => {
  await database.destroy();
});

/** Every right on tables and columns that a role was given, as PostgreSQL's own catalogue has it. */
async function rightsOf(role: RoleName): Promise<string[]> {
  const login = loginOf(databaseOf(database.installation.ownerUrl), role);
  const rows: { granted: string }[] = await database.owner.query(
    `SELECT format('%s on %s', string_agg(privilege_type, ', ' ORDER BY privilege_type), name) AS granted FROM (
       SELECT c.oid::regclass::text AS name, a.privilege_type FROM pg_class c, aclexplode(c.relacl) a
         WHERE a.grantee = $1::regrole AND c.relowner <> a.grantee
       UNION ALL
       SELECT format('%s(%s)', c.oid::regclass, t.attname), a.privilege_type
         FROM pg_attribute t JOIN pg_class c ON c.oid = t.attrelid, aclexplode(t.attacl) a WHERE a.grantee = $1::regrole
     ) rights GROUP BY name ORDER BY name`,
    [login],
  );
  return rows.map(({ granted }) => granted);
}

const all = (rights: string, schema: string, tables: string[]) =>
  tables.map((table) => `${rights} on ${schema}.${table}`);
const published = [
  'installation',
  'noisy_table',
  'period',
  'quarter_plan',
  'release',
  'release_file',
  'release_key',
  'release_key_withdrawal',
];

describe('the catalogue gives each role exactly its rights', () => {
  const expected: Record<RoleName, string[]> = {
    intake: [
      'DELETE, INSERT on intake.call',
      'UPDATE on intake.call(codes)',
      'UPDATE on intake.call(month)',
      'SELECT on intake.call(receipt_hash)',
      'SELECT on intake.receipt_memory',
      'SELECT on published.period',
    ],
    reader: all('SELECT', 'published', published),
    desk: [
      ...all('DELETE, INSERT, SELECT, UPDATE', 'desk', [
        'account',
        'invitation',
        'recovery_code',
        'session',
        'setting',
        'sign_in_failure',
        'two_factor',
        'used_code',
        'unanswered',
      ]),
      ...all('INSERT, SELECT, UPDATE', 'desk', ['organisation', 'plan', 'vocabulary']),
      ...all('INSERT, SELECT', 'desk', ['event', 'release_request']),
      'SELECT on desk.import_key',
      'DELETE, INSERT, SELECT on desk.import_request',
    ],
    keeper: [
      ...all('DELETE, INSERT, SELECT, TRUNCATE', 'intake', ['call', 'receipt_memory']),
      ...all('INSERT, SELECT', 'published', published),
      ...all('SELECT', 'desk', ['plan', 'release_request', 'setting', 'unanswered', 'vocabulary']),
      'INSERT on desk.event',
      'INSERT, SELECT, UPDATE on desk.import_key',
      'DELETE, SELECT, UPDATE on desk.import_request',
    ],
  };
  test.each(roleNames)('%s', async (role) => {
    expect((await rightsOf(role)).toSorted()).toEqual(expected[role].toSorted());
  });

  test('PUBLIC has no right on any table, schema or the database', async () => {
    const rows: unknown[] = await database.owner.query(
      `SELECT 'table' AS what, c.oid::regclass::text AS name FROM pg_class c, aclexplode(c.relacl) a
         WHERE a.grantee = 0 AND c.relnamespace::regnamespace::text IN ('intake', 'sealed', 'published', 'desk', 'public')
       UNION ALL SELECT 'schema', nspname FROM pg_namespace n, aclexplode(n.nspacl) a
         WHERE a.grantee = 0 AND nspname IN ('intake', 'sealed', 'published', 'desk', 'public')
       UNION ALL SELECT 'database', datname FROM pg_database d, aclexplode(d.datacl) a
         WHERE a.grantee = 0 AND datname = current_database()`,
    );
    expect(rows).toEqual([]);
  });

  test('the sealed tables belong to the keeper, and to nobody else', async () => {
    const keeper = loginOf(databaseOf(database.installation.ownerUrl), 'keeper');
    const rows: unknown[] = await database.owner.query(
      `SELECT DISTINCT relowner::regrole::text AS owner, relacl::text AS acl FROM pg_class WHERE relnamespace = 'sealed'::regnamespace AND relkind = 'r'`,
    );
    expect(rows).toEqual([{ owner: keeper, acl: null }]);
  });

  test('no role can create databases or roles, replicate, or take another role on', async () => {
    const logins = roleNames.map((role) => loginOf(databaseOf(database.installation.ownerUrl), role));
    const rows: unknown[] = await database.owner.query(
      `SELECT rolname FROM pg_roles WHERE rolname = ANY($1) AND (rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls)`,
      [logins],
    );
    expect(rows).toEqual([]);
    const members: unknown[] = await database.owner.query(
      `SELECT member::regrole::text AS member, roleid::regrole::text AS role FROM pg_auth_members WHERE member::regrole::text = ANY($1)`,
      [logins],
    );
    expect(members).toEqual([{ member: logins[3], role: 'pg_checkpoint' }]);
  });

  test('a right given by hand does not outlive the next start', async () => {
    const reader = loginOf(databaseOf(database.installation.ownerUrl), 'reader');
    await database.owner.query(
      `GRANT SELECT ON intake.call TO ${reader}; GRANT SELECT (codes) ON intake.call TO ${reader}`,
    );
    await prepareRoles(database.owner, database.installation.secret);
    expect(await rightsOf('reader')).toEqual(all('SELECT', 'published', published).toSorted());
  });
});

describe('tried', () => {
  const DENIED = '42501';
  const attempts: [RoleName, string, string][] = [
    ['intake', 'read a call', 'SELECT * FROM intake.call'],
    ['intake', 'read the codes', 'SELECT codes FROM intake.call'],
    ['intake', 'read the day', 'SELECT day FROM intake.call'],
    ['intake', 'read the month', 'SELECT month FROM intake.call'],
    ['intake', 'search by codes', `SELECT 1 FROM intake.call WHERE codes @> '{1}'`],
    ['intake', 'delete by codes', `DELETE FROM intake.call WHERE codes[1] = 1`],
    ['intake', 'copy codes into another column', `UPDATE intake.call SET month = codes::text`],
    ['intake', 'get codes back from a write', `UPDATE intake.call SET codes = '{2}' RETURNING codes`],
    ['intake', 'get codes back from a delete', `DELETE FROM intake.call RETURNING codes`],
    [
      'intake',
      'merge with the old codes',
      `INSERT INTO intake.call VALUES (sha256('x'), '2026-11-01', '2026-11', '{1}') ON CONFLICT (receipt_hash) DO UPDATE SET codes = call.codes`,
    ],
    ['intake', 'copy the table out', 'COPY intake.call TO STDOUT'],
    ['intake', 'change the day', `UPDATE intake.call SET day = '2020-01-01'`],
    ['intake', 'empty it', 'TRUNCATE intake.call'],
    ['intake', 'read sealed calls', 'SELECT * FROM sealed.calls_2026_11'],
    ['intake', 'read noisy numbers', 'SELECT * FROM published.noisy_table'],
    ['intake', 'read accounts', 'SELECT * FROM desk.account'],
    [
      'intake',
      'make a trigger',
      `CREATE TRIGGER t BEFORE INSERT ON intake.call FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()`,
    ],
    ['intake', 'make a function', `CREATE FUNCTION public.leak() RETURNS int LANGUAGE sql AS 'SELECT 1'`],
    ['intake', 'make a temporary table', 'CREATE TEMPORARY TABLE t (x int)'],
    ['reader', 'read intake', 'SELECT receipt_hash FROM intake.call'],
    ['reader', 'read sealed calls', 'SELECT * FROM sealed.calls_2026_11'],
    ['reader', 'change a published number', `UPDATE published.noisy_table SET noisy = '{{1}}'`],
    [
      'reader',
      'publish',
      `INSERT INTO published.period VALUES ('2026-11', 'month', '2026-Q4', '2026-12-03')`,
    ],
    ['reader', 'read accounts', 'SELECT * FROM desk.account'],
    ['desk', 'read intake', 'SELECT count(*) FROM intake.call'],
    ['desk', 'read sealed calls', 'SELECT * FROM sealed.calls_2026_11'],
    ['desk', 'read published numbers', 'SELECT * FROM published.noisy_table'],
    ['desk', 'sign a release', `INSERT INTO published.release_key (id, public_key) VALUES ('x', 'x')`],
    [
      'desk',
      'withdraw a release key',
      `INSERT INTO published.release_key_withdrawal VALUES ('x', '2026-11-01')`,
    ],
    ['keeper', 'believe a withdrawn key again', 'DELETE FROM published.release_key_withdrawal'],
    ['desk', 'rewrite the event log', `UPDATE desk.event SET actor = 'somebody'`],
    ['desk', 'clear the event log', 'DELETE FROM desk.event'],
    ['desk', 'change the foreword of a wish', `UPDATE desk.release_request SET foreword_sv = 'x'`],
    ['desk', 'read the foreword of a release', 'SELECT foreword_sv FROM published.release'],
    ['keeper', 'change the foreword of a release', `UPDATE published.release SET foreword_sv = 'x'`],
    ['reader', 'read the foreword of a wish', 'SELECT foreword_sv FROM desk.release_request'],
    [
      'desk',
      'put a key of its own in the place of the keeper’s',
      `UPDATE desk.import_key SET public_key = ''`,
    ],
    [
      'desk',
      'give an answer to an import',
      `UPDATE desk.import_request SET state = 'answered', envelope = NULL, answer = ''`,
    ],
    ['reader', 'take the file of an import', 'SELECT * FROM desk.import_request'],
    ['desk', 'let a removed organisation come back', 'DELETE FROM desk.organisation'],
    ['keeper', 'change a published number', `UPDATE published.noisy_table SET noisy = '{{1}}'`],
    ['keeper', 'take a published number back', 'DELETE FROM published.period'],
    ['keeper', 'read password hashes', 'SELECT password_hash FROM desk.account'],
    ['keeper', 'read the secret of a second factor', 'SELECT secret FROM desk.two_factor'],
    ['keeper', 'read recovery codes', 'SELECT * FROM desk.recovery_code'],
    ['reader', 'read the secret of a second factor', 'SELECT secret FROM desk.two_factor'],
    ['intake', 'read the secret of a second factor', 'SELECT secret FROM desk.two_factor'],
    ['desk', 'take a vocabulary away', 'DELETE FROM desk.vocabulary'],
    ['keeper', 'read who is signed in', 'SELECT * FROM desk.session'],
    ['keeper', 'read the event log', 'SELECT * FROM desk.event'],
    ['keeper', 'read the directory', 'SELECT * FROM desk.organisation'],
    ['keeper', 'change what was typed in of unanswered calls', 'DELETE FROM desk.unanswered'],
    ['keeper', 'change a setting', 'DELETE FROM desk.setting'],
    ['reader', 'read what was typed in of unanswered calls', 'SELECT * FROM desk.unanswered'],
    ['reader', 'read whether the releases are open', 'SELECT * FROM desk.setting'],
    ['reader', 'open the releases', `INSERT INTO desk.setting VALUES ('open-releases', 'yes')`],
    ['keeper', 'open the releases', `INSERT INTO desk.setting VALUES ('open-releases', 'yes')`],
    ['keeper', 'change a plan', `UPDATE desk.plan SET plan = '{}'`],
    ...(['intake', 'reader', 'desk'] as const).flatMap((role): [RoleName, string, string][] => [
      [
        role,
        'ask the server how many rows there are',
        `SELECT pg_stat_get_live_tuples('intake.call'::regclass)`,
      ],
      [role, 'ask how big the table is', `SELECT pg_relation_size('intake.call'::regclass)`],
      [role, 'look at the write-ahead log', 'SELECT pg_switch_wal()'],
      [role, 'make a table', 'CREATE TABLE public.t (x int)'],
      [role, 'read a file', `SELECT pg_read_file('postgresql.conf')`],
    ]),
  ];

  test.each(attempts)('%s cannot %s', async (role, _what, statement) => {
    await expect(database[role].query(statement)).rejects.toMatchObject({ driverError: { code: DENIED } });
  });

  test('only the keeper reads a sealed call, and it can', async () => {
    const rows: { codes: number[] }[] = await database.keeper.query('SELECT codes FROM sealed.calls_2026_11');
    expect(rows).toHaveLength(1);
    expect(rows[0]?.codes).toHaveLength(4);
  });

  test('the keeper may make a checkpoint and switch the log', async () => {
    await database.keeper.query('SELECT pg_switch_wal()');
    await database.keeper.query('CHECKPOINT');
  });

  test('a wrong password is refused, and so is a role of another database', async () => {
    const { ownerUrl, secret } = database.installation;
    const connectAs = async (url: string) => {
      const client = new pg.Client({ connectionString: url });
      try {
        await client.connect();
      } finally {
        await client.end();
      }
    };
    await connectAs(roleUrl(database.installation, 'reader'));
    const login = loginOf(databaseOf(ownerUrl), 'keeper');
    await expect(connectAs(withLogin(ownerUrl, login, 'wrong'))).rejects.toMatchObject({ code: '28P01' });
    await expect(
      connectAs(withLogin(ownerUrl, login, passwordOf(`${secret}x`, login))),
    ).rejects.toMatchObject({ code: '28P01' });
    const other = await freshDatabase();
    try {
      const stranger = loginOf(databaseOf(other.installation.ownerUrl), 'keeper');
      await expect(
        connectAs(withLogin(ownerUrl, stranger, passwordOf(secret, stranger))),
      ).rejects.toMatchObject({ code: DENIED });
    } finally {
      await other.destroy();
    }
  });
});
