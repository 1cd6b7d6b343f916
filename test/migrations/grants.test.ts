/** What each login role may and may not do: read from the live database, and tried. */
import pg from 'pg';
import { storeCall } from '../../src/intake/store.js';
import { databaseOf, withLogin } from '../../src/platform/database.js';
import { roleUrl } from '../../src/platform/installation.js';
import { loginOf, passwordOf, prepareRoles, roleNames, type RoleName } from '../../src/platform/roles.js';
import { aConversation, aReceipt, codesOf } from '../support/calls.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';
import { sealBefore } from '../support/keeping.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase(standingClock('2026-10-01T10:00:00Z'));
  const call = (day: string) => ({
    receipt: aReceipt(),
    day,
    month: '2026-11',
    codes: codesOf(aConversation()),
  });
  await storeCall(database.intake, call('2026-11-01'));
  await sealBefore(database, '2026-11-02');
  await storeCall(database.intake, call('2026-11-02'));
});
afterAll(async () => {
  await database.destroy();
});

/** Every right on tables, columns and functions of ours that a role was given, as PostgreSQL's own catalogue has it. */
async function rightsOf(role: RoleName): Promise<string[]> {
  const login = loginOf(databaseOf(database.installation.ownerUrl), role);
  const rows: { granted: string }[] = await database.owner.query(
    `SELECT format('%s on %s', string_agg(privilege_type, ', ' ORDER BY privilege_type), name) AS granted FROM (
       SELECT c.oid::regclass::text AS name, a.privilege_type FROM pg_class c, aclexplode(c.relacl) a
         WHERE a.grantee = $1::regrole AND c.relowner <> a.grantee
       UNION ALL
       SELECT format('%s(%s)', c.oid::regclass, t.attname), a.privilege_type
         FROM pg_attribute t JOIN pg_class c ON c.oid = t.attrelid, aclexplode(t.attacl) a WHERE a.grantee = $1::regrole
       UNION ALL
       SELECT p.oid::regprocedure::text, a.privilege_type FROM pg_proc p, aclexplode(p.proacl) a
         WHERE a.grantee = $1::regrole AND p.pronamespace <> 'pg_catalog'::regnamespace
     ) rights GROUP BY name ORDER BY name`,
    [login],
  );
  return rows.map(({ granted }) => granted);
}

const all = (rights: string, schema: string, tables: string[]) =>
  tables.map((table) => `${rights} on ${schema}.${table}`);
const published = [
  'imported_month',
  'installation',
  'noisy_answer',
  'period',
  'quarter_plan',
  'release',
  'release_file',
  'release_key',
  'release_key_withdrawal',
];

const readers = ['SELECT on tyst_migration', ...all('SELECT', 'published', published)];

describe('the catalogue gives each role exactly its rights', () => {
  const expected: Record<RoleName, string[]> = {
    intake: [
      'DELETE, INSERT on intake.call',
      'UPDATE on intake.call(envelope)',
      'UPDATE on intake.call(key_id)',
      'UPDATE on intake.call(month)',
      'SELECT on intake.call(receipt_hash)',
      'SELECT on intake.key',
      'SELECT on intake.receipt_memory',
      'SELECT on published.period',
    ],
    reader: readers,
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
      ...all('INSERT, SELECT', 'desk', ['begun_quarter', 'event', 'release_request']),
      'SELECT on desk.import_key',
      'DELETE, INSERT, SELECT on desk.import_request',
    ],
    keeper: [
      'SELECT on tyst_migration',
      'INSERT, SELECT, TRUNCATE on intake.call',
      'INSERT, SELECT, TRUNCATE on sealed.counters',
      'INSERT, SELECT, UPDATE on intake.key',
      ...all('DELETE, INSERT, SELECT, TRUNCATE', 'intake', ['receipt_memory_a', 'receipt_memory_b']),
      ...all('DELETE, INSERT, SELECT, UPDATE', 'sealed', ['request']),
      ...all(
        'INSERT, SELECT',
        'published',
        published.filter((table) => !['imported_month', 'quarter_plan'].includes(table)),
      ),
      ...all('DELETE, INSERT, SELECT', 'published', ['imported_month', 'quarter_plan']),
      'UPDATE on published.installation(sealed_on)',
      'UPDATE on published.quarter_plan(counted_from)',
      'EXECUTE on desk.write_anew()',
      ...all('SELECT', 'desk', [
        ...['begun_quarter', 'plan', 'release_request', 'setting', 'unanswered', 'vocabulary'],
      ]),
      'INSERT on desk.event',
      'INSERT, SELECT, UPDATE on desk.import_key',
      'DELETE, SELECT, UPDATE on desk.import_request',
    ],
  };
  test.each(roleNames)('%s', async (role) => {
    expect((await rightsOf(role)).toSorted()).toEqual(expected[role].toSorted());
  });

  test('PUBLIC has no right on any table, function, schema or the database', async () => {
    const rows: unknown[] = await database.owner.query(
      `SELECT 'table' AS what, c.oid::regclass::text AS name FROM pg_class c, aclexplode(c.relacl) a
         WHERE a.grantee = 0 AND c.relnamespace::regnamespace::text IN ('intake', 'sealed', 'published', 'desk', 'public')
       UNION ALL SELECT 'schema', nspname FROM pg_namespace n, aclexplode(n.nspacl) a
         WHERE a.grantee = 0 AND nspname IN ('intake', 'sealed', 'published', 'desk', 'public')
       UNION ALL SELECT 'function', p.oid::regprocedure::text
         FROM pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
         WHERE a.grantee = 0 AND p.pronamespace::regnamespace::text IN ('intake', 'sealed', 'published', 'desk', 'public')
       UNION ALL SELECT 'database', datname FROM pg_database d, aclexplode(d.datacl) a
         WHERE a.grantee = 0 AND datname = current_database()`,
    );
    expect(rows).toEqual([]);
  });

  test('no login owns a table or a function, or may make one', async () => {
    const logins = roleNames.map((role) => loginOf(databaseOf(database.installation.ownerUrl), role));
    const rows: unknown[] = await database.owner.query(
      `SELECT oid::regclass::text AS name FROM pg_class WHERE relowner::regrole::text = ANY($1)
       UNION ALL SELECT oid::regprocedure::text FROM pg_proc WHERE proowner::regrole::text = ANY($1)
       UNION ALL SELECT nspname FROM pg_namespace, unnest($1) AS login
         WHERE has_schema_privilege(login, oid, 'CREATE') AND nspname !~ '^pg_'`,
      [logins],
    );
    expect(rows).toEqual([]);
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
      `GRANT SELECT ON intake.call, intake.receipt_memory, sealed.counters TO ${reader};
       GRANT SELECT (envelope) ON intake.call TO ${reader};
       GRANT EXECUTE ON FUNCTION desk.write_anew() TO ${reader};
       GRANT ALL ON tyst_migration TO ${reader}`,
    );
    await prepareRoles(database.owner, database.installation.secret);
    expect((await rightsOf('reader')).toSorted()).toEqual(readers.toSorted());
  });

  test('nor do settings with which the sessions of a login would begin', async () => {
    const name = databaseOf(database.installation.ownerUrl);
    const ofLogins = `SELECT 1 FROM pg_db_role_setting WHERE setrole::regrole::text = ANY($1)`;
    const logins = roleNames.map((role) => loginOf(name, role));
    for (const role of roleNames) {
      // What a login may do itself, and what a superuser may do to it.
      await database[role].query('ALTER ROLE CURRENT_USER SET synchronous_commit = off');
      await database[role].query(`ALTER ROLE CURRENT_USER IN DATABASE ${name} SET work_mem = '64kB'`);
      await database.owner.query(`ALTER ROLE ${loginOf(name, role)} SET log_statement = 'all'`);
    }
    expect(await database.owner.query(ofLogins, [logins])).toHaveLength(8);
    await prepareRoles(database.owner, database.installation.secret);
    expect(await database.owner.query(ofLogins, [logins])).toEqual([]);
  });

  test('no login may keep anything in a large object, where a superuser owns the database', async () => {
    const logins = roleNames.map((role) => loginOf(databaseOf(database.installation.ownerUrl), role));
    const found: { functions: number; allowed: number }[] = await database.owner.query(
      `SELECT count(*)::int AS functions, count(*) FILTER (WHERE has_function_privilege(login, oid, 'EXECUTE'))::int AS allowed
       FROM pg_proc, unnest($1::text[]) AS login
       WHERE pronamespace = 'pg_catalog'::regnamespace AND (proname ~ '^lo_' OR proname IN ('loread', 'lowrite'))`,
      [logins],
    );
    expect(found).toEqual([{ functions: expect.any(Number), allowed: 0 }]);
    expect(found[0]?.functions).toBeGreaterThan(10 * logins.length);
  });
});

describe('tried', () => {
  const DENIED = '42501';
  const attempts: [RoleName, string, string][] = [
    ['intake', 'read a call', 'SELECT * FROM intake.call'],
    ['intake', 'read an envelope', 'SELECT envelope FROM intake.call'],
    ['intake', 'read the day', 'SELECT day FROM intake.call'],
    ['intake', 'read the month', 'SELECT month FROM intake.call'],
    ['intake', 'read the key of a call', 'SELECT key_id FROM intake.call'],
    ['intake', 'search by an envelope', `SELECT 1 FROM intake.call WHERE envelope > ''`],
    ['intake', 'delete by an envelope', `DELETE FROM intake.call WHERE envelope > ''`],
    ['intake', 'copy an envelope into another column', `UPDATE intake.call SET month = envelope::text`],
    [
      'intake',
      'get an envelope back from a write',
      `UPDATE intake.call SET month = month RETURNING envelope`,
    ],
    ['intake', 'get an envelope back from a delete', `DELETE FROM intake.call RETURNING envelope`],
    [
      'intake',
      'merge with the old envelope',
      `INSERT INTO intake.call (receipt_hash, key_id, day, month, envelope) SELECT sha256('x'), id, '2026-11-01', '2026-11', ''
       FROM intake.key ON CONFLICT (receipt_hash) DO UPDATE SET envelope = call.envelope`,
    ],
    ['intake', 'put a key of its own in the place of the night’s', `UPDATE intake.key SET public_key = ''`],
    ['intake', 'open itself', 'UPDATE intake.key SET open = true'],
    ['intake', 'forget a receipt', 'DELETE FROM intake.receipt_memory_a'],
    ['intake', 'copy the table out', 'COPY intake.call TO STDOUT'],
    ['intake', 'change the day', `UPDATE intake.call SET day = '2020-01-01'`],
    ['intake', 'empty it', 'TRUNCATE intake.call'],
    ['intake', 'read noisy numbers', 'SELECT * FROM published.noisy_answer'],
    ['intake', 'read the queries', 'SELECT queries FROM published.quarter_plan'],
    ['intake', 'read accounts', 'SELECT * FROM desk.account'],
    [
      'intake',
      'make a trigger',
      `CREATE TRIGGER t BEFORE INSERT ON intake.call FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()`,
    ],
    ['intake', 'make a function', `CREATE FUNCTION public.leak() RETURNS int LANGUAGE sql AS 'SELECT 1'`],
    ['intake', 'make a temporary table', 'CREATE TEMPORARY TABLE t (x int)'],
    ['reader', 'read intake', 'SELECT receipt_hash FROM intake.call'],
    ['reader', 'read the key of the night', 'SELECT * FROM intake.key'],
    ['reader', 'change a published number', 'UPDATE published.noisy_answer SET noisy = 1'],
    ['reader', 'change the day of the last seal', 'UPDATE published.installation SET sealed_on = NULL'],
    [
      'reader',
      'publish',
      `INSERT INTO published.period VALUES ('2026-11', 'month', '2026-Q4', '2026-12-03')`,
    ],
    ['reader', 'read accounts', 'SELECT * FROM desk.account'],
    ['desk', 'read intake', 'SELECT count(*) FROM intake.call'],
    ['desk', 'read published numbers', 'SELECT * FROM published.noisy_answer'],
    ['desk', 'read the key of the night', 'SELECT * FROM intake.key'],
    ['desk', 'sign a release', `INSERT INTO published.release_key (id, public_key) VALUES ('x', 'x')`],
    [
      'desk',
      'withdraw a release key',
      `INSERT INTO published.release_key_withdrawal VALUES ('x', '2026-11-01')`,
    ],
    ...roleNames.flatMap((role): [RoleName, string, string][] => [
      [role, 'make a large object', `SELECT lo_from_bytea(0, 'x')`],
      [role, 'open a large object', 'SELECT lo_open(1, 131072)'],
      [role, 'forget a migration', 'DELETE FROM public.tyst_migration'],
    ]),
    ...(['intake', 'desk'] as const).map((role): [RoleName, string, string] => [
      role,
      'read which migrations were run',
      'SELECT * FROM public.tyst_migration',
    ]),
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
    ['keeper', 'change a published number', 'UPDATE published.noisy_answer SET noisy = 1'],
    ['keeper', 'take a noisy answer back', 'DELETE FROM published.noisy_answer'],
    ['keeper', 'change the queries of a quarter', `UPDATE published.quarter_plan SET queries = '[]'`],
    ['keeper', 'change the plan of a quarter', `UPDATE published.quarter_plan SET plan = '{}'`],
    ['keeper', 'become another installation', 'UPDATE published.installation SET id = gen_random_uuid()'],
    [
      'keeper',
      'change the day of installation',
      `UPDATE published.installation SET installed_on = '2020-01-01'`,
    ],
    ['keeper', 'change a call', `UPDATE intake.call SET month = '2026-10'`],
    ['keeper', 'take one call away', 'DELETE FROM intake.call'],
    ['keeper', 'clear the sessions', 'TRUNCATE desk.session'],
    ['keeper', 'make a table', 'CREATE TABLE sealed.t (x int)'],
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
      [role, 'read counters', 'SELECT * FROM sealed.counters'],
      [role, 'read the orders of commands', 'SELECT * FROM sealed.request'],
      [
        role,
        'give the keeper an order',
        `INSERT INTO sealed.request (id, envelope) VALUES (gen_random_uuid(), '')`,
      ],
      [role, 'write sessions and events anew', 'SELECT desk.write_anew()'],
      [role, 'look at the write-ahead log', 'SELECT pg_switch_wal()'],
      [role, 'make a table', 'CREATE TABLE public.t (x int)'],
      [role, 'read a file', `SELECT pg_read_file('postgresql.conf')`],
    ]),
  ];

  test.each(attempts)('%s cannot %s', async (role, _what, statement) => {
    await expect(database[role].query(statement)).rejects.toMatchObject({ driverError: { code: DENIED } });
  });

  test('the keeper reads envelopes and counters, and writes sessions and events anew', async () => {
    expect(await database.keeper.query('SELECT octet_length(envelope) AS n FROM intake.call')).toEqual([
      { n: 304 },
    ]);
    expect(await database.keeper.query('SELECT quarter FROM sealed.counters')).toEqual([
      { quarter: '2026-Q4' },
    ]);
    const events = () => database.owner.query('SELECT * FROM desk.event ORDER BY id');
    const before: unknown = await events();
    await database.keeper.query('SELECT desk.write_anew()');
    expect(await events()).toEqual(before);
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
