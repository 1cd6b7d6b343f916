/* What a start finds of a server of somebody else's: each setting planted, and found. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { connect } from '../../src/platform/database.js';
import { lookAtKeys } from '../../src/platform/first-look.js';
import { roleUrl } from '../../src/platform/installation.js';
import { projectRoot } from '../../src/platform/project.js';
import { durableSettings, quietSettings } from '../../src/platform/quiet-settings.js';
import { roleNames } from '../../src/platform/roles.js';
import { readServer } from '../../src/platform/server-look-store.js';
import { findingsOf, type Finding } from '../../src/platform/server-look.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';
import { until } from '../support/until.js';
import { programsOf, startExternal, type ExternalServer } from './external-server.js';
import { folderElsewhere } from './other-file-system.js';
import { startStandby } from './standby.js';
import { setWorkshop } from './tyst.js';

const workshop = setWorkshop();
const elsewhere = folderElsewhere();
const programs = { 15: await programsOf(15, workshop.folder), 18: await programsOf(18, workshop.folder) };
if (programs[15] === null) process.stderr.write('Skipped: there is no PostgreSQL 15 on this machine.\n');

/** A server that keeps all it can. The four kinds of statistics do not go together: the one left out has its own test. */
const planted: Readonly<Record<string, string>> = {
  wal_level: 'logical',
  wal_recycle: 'on',
  track_commit_timestamp: 'on',
  archive_mode: 'on',
  shared_preload_libraries: 'plpgsql',
  session_preload_libraries: 'plpgsql',
  log_destination: 'csvlog',
  log_line_prefix: '%m ',
  log_min_messages: 'warning',
  log_min_error_statement: 'error',
  log_error_verbosity: 'default',
  log_checkpoints: 'on',
  log_connections: 'on',
  log_disconnections: 'on',
  log_hostname: 'on',
  log_statement: 'all',
  log_duration: 'on',
  log_min_duration_statement: '0',
  log_min_duration_sample: '0',
  log_transaction_sample_rate: '0.5',
  log_parameter_max_length: '-1',
  log_parameter_max_length_on_error: '-1',
  log_parser_stats: 'on',
  log_planner_stats: 'on',
  log_executor_stats: 'on',
  log_autovacuum_min_duration: '0',
  log_lock_waits: 'on',
  log_temp_files: '0',
  log_replication_commands: 'on',
  log_recovery_conflict_waits: 'on',
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'local',
};
const since18 = { log_lock_failures: 'on' };
/** Planted in a session: no library is where this one looks for it, and the other does not go with its fellows. */
const ofASession = ['local_preload_libraries', 'log_statement_stats'];

/** The settings that docs/operations.md gives to an operator. */
function recommended(): Record<string, string> {
  const text = readFileSync(join(projectRoot, 'docs/operations.md'), 'utf8');
  const block = /^```\n(log_statement = none[^]*?)^```$/m.exec(text)?.[1] ?? '';
  const pairs = [...block.matchAll(/(\w+) = (?:''|(\S+))/g)];
  return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, value]));
}

const namesOf = (findings: readonly Finding[]) => findings.map(({ setting }) => setting).toSorted();

async function looking<Result>(
  url: string,
  work: (database: DataSource) => Promise<Result>,
): Promise<Result> {
  const database = await connect({ url, poolSize: 1 });
  try {
    return await work(database);
  } finally {
    await database.destroy();
  }
}

const look = (url: string): Promise<string[]> =>
  looking(url, async (database) => namesOf(findingsOf(await readServer(database))));

test('everything that is looked at is planted', () => {
  const all = Object.keys({ ...quietSettings, ...durableSettings });
  expect(
    Object.keys({ ...planted, ...since18 })
      .concat(ofASession)
      .toSorted(),
  ).toEqual(all.toSorted());
});

describe.each([18, 15] as const)('PostgreSQL %d', (version) => {
  const found = programs[version];
  const there = found === null ? test.skip : test;
  const given = version === 18 ? { ...planted, ...since18 } : planted;
  const all = Object.keys(given).toSorted();
  let server: ExternalServer;
  let [owned, rented] = ['', ''];
  beforeAll(async () => {
    if (found === null) return;
    server = await startExternal(workshop, found, given);
    owned = await server.makeDatabase('owned', true);
    rented = await server.makeDatabase('rented', false);
  });
  afterAll(async () => {
    if (found !== null) await server.stop();
  });

  there('a superuser finds each setting that was planted', async () => {
    expect(await look(owned)).toEqual(all);
  });

  there('another login finds them all but the extensions that it may not see', async () => {
    const hidden = ['session_preload_libraries', 'shared_preload_libraries'];
    expect(await look(rented)).toEqual(all.filter((name) => !hidden.includes(name)));
    await server.query('postgres', 'GRANT pg_read_all_settings TO rented_owner');
    expect(await look(rented)).toEqual(all);
    await server.query('postgres', 'REVOKE pg_read_all_settings FROM rented_owner');
  });

  there('what a session has of its own, or by its role or database, comes before the server', async () => {
    await looking(owned, async (owner) => {
      for (const name of ['parser', 'planner', 'executor']) await owner.query(`SET log_${name}_stats = off`);
      await owner.query('SET log_statement_stats = on');
      await owner.query('SET local_preload_libraries = nowhere');
      const names = namesOf(findingsOf(await readServer(owner)));
      expect(names).toEqual(expect.arrayContaining(ofASession));
      expect(names).not.toContain('log_parser_stats');
    });
    await server.query('postgres', 'ALTER ROLE owned_owner SET log_statement = none');
    await server.query('postgres', 'ALTER DATABASE owned SET log_duration = off');
    expect(await look(owned)).toEqual(all.filter((name) => !/^log_(statement|duration)$/.test(name)));
    await server.query('postgres', 'ALTER ROLE owned_owner RESET ALL');
    await server.query('postgres', 'ALTER DATABASE owned RESET ALL');
  });

  there('a base backup under way is no standby', async () => {
    const { port, password } = server;
    const connection = (name: string) =>
      // pg asks for a connection that copies, with a word that its types do not know.
      new pg.Client(
        Object.assign(
          { host: '127.0.0.1', port, user: 'postgres', password, application_name: name },
          { replication: 'true' },
        ),
      );
    const states = async () =>
      (await server.query('postgres', 'SELECT state FROM pg_stat_replication ORDER BY 1')).map(
        ({ state }) => state,
      );
    // As pg_basebackup does: one that copies the files, slowly, and one that fetches the log meanwhile.
    const [copying, fetching] = [connection('any name'), connection('pg_basebackup')];
    for (const client of [copying, fetching]) {
      client.on('error', () => undefined);
      await client.connect();
    }
    await fetching.query('CREATE_REPLICATION_SLOT pg_basebackup_1 TEMPORARY PHYSICAL RESERVE_WAL');
    const { rows } = await fetching.query<{ xlogpos: string }>('IDENTIFY_SYSTEM');
    const copied = copying.query("BASE_BACKUP (MAX_RATE 32, CHECKPOINT 'fast')").catch(() => undefined);
    const fetched = fetching
      .query(`START_REPLICATION SLOT pg_basebackup_1 PHYSICAL ${rows[0]?.xlogpos ?? ''}`)
      .catch(() => undefined);
    await until(async () => (await states()).join() === 'backup,streaming', 30);
    expect(await look(owned)).toEqual(all);
    await Promise.all([copying, fetching].map((client) => client.end()));
    await Promise.all([copied, fetched]);
    await until(async () => (await states()).length === 0, 30);
  });

  there('a standby, its slot, and that it is not waited for', async () => {
    if (found === null) return;
    const end = await startStandby(workshop, found, server, 'kept');
    const more = ['pg_replication_slots', 'pg_stat_replication', 'synchronous_standby_names'];
    for (const url of [owned, rented]) expect(await look(url)).toEqual(expect.arrayContaining(more));
    await server.query('postgres', `ALTER SYSTEM SET synchronous_standby_names = 'walreceiver'`);
    await server.query('postgres', 'SELECT pg_reload_conf()');
    await until(async () => !(await look(owned)).includes('synchronous_standby_names'), 30);
    expect(await look(owned)).toEqual([...all, ...more.slice(0, 2)].toSorted());
    await server.query('postgres', 'ALTER SYSTEM RESET synchronous_standby_names');
    await server.query('postgres', 'SELECT pg_reload_conf()');
    await end();
    // The slot goes on keeping the log for it.
    await until(async () => (await look(owned)).join() === [...all, more[0]].toSorted().join(), 30);
    await server.query('postgres', `SELECT pg_drop_replication_slot('kept')`);
    expect(await look(owned)).toEqual(all);
  });

  there(
    'a start says them all; with TYST_STRICT it names them and refuses, with nothing changed',
    async () => {
      const environment = {
        TYST_DATA_DIR: join(workshop.folder, `strict-${version}`),
        DATABASE_URL: owned,
        TYST_STRICT: 'yes',
      };
      const keeps = { ...quietSettings, ...durableSettings };
      const lines = (stderr: string) =>
        stderr
          .split('\n')
          .filter((line) => line.includes('"server-keeps"'))
          .toSorted();
      const said = all.map((setting) =>
        JSON.stringify({ event: 'server-keeps', setting, keeps: keeps[setting]?.keeps }),
      );
      const refused = await workshop.tyst(['start'], environment);
      expect(refused).toMatchObject({ code: 1, stdout: '' });
      expect(refused.stderr).toMatch(/^tyst: The database server keeps more than TYST_STRICT[^\n]+\n$/);
      expect(/allows: ([\w, ]+)\./.exec(refused.stderr)?.[1]?.split(', ').toSorted()).toEqual(all);
      expect(await server.query('owned', `SELECT to_regclass('tyst_migration') AS made`)).toEqual([
        { made: null },
      ]);
      expect(await server.query('owned', `SELECT 1 FROM pg_roles WHERE rolname ~ '^owned_[^o]'`)).toEqual([]);

      if (version === 15) return;
      const tyst = await workshop.start({ ...environment, TYST_STRICT: 'no' });
      expect(lines(tyst.stderr())).toEqual(said);
      // What serves and keeps sees less of it, but may ask.
      const secret = readFileSync(join(environment.TYST_DATA_DIR, 'secret'), 'utf8').trim();
      for (const role of roleNames) {
        const url = roleUrl({ ownerUrl: owned, secret, server: null }, role);
        expect(await look(url)).toEqual(all.filter((name) => !/^(shared|session)_preload/.test(name)));
      }
      expect(await tyst.stop()).toMatchObject({ code: 0 });
    },
  );

  there('nothing is found where the settings of docs/operations.md are', async () => {
    if (found === null) return;
    const clean = await startExternal(workshop, found, recommended());
    expect(await look(await clean.makeDatabase('clean', true))).toEqual([]);
    await clean.stop();
  });

  there(
    'keys on the file system of a server of this machine are said, where its place may be known',
    async () => {
      const said = (url: string, path: string) =>
        looking(url, async (owner) => {
          const events: string[] = [];
          const keys = { path, named: true };
          await lookAtKeys(owner, { keys: { ...keys, remote: true }, dataDir: '/nowhere' }, (event) =>
            events.push(event),
          );
          return events;
        });
      const beside = join(workshop.folder, 'not there yet', 'keys');
      expect(await said(owned, beside)).toEqual(['keys-beside-database']);
      expect(existsSync(beside)).toBe(false);
      expect(await said(rented, beside)).toEqual([]);
      if (elsewhere !== null) expect(await said(owned, elsewhere)).toEqual([]);
    },
  );
});
