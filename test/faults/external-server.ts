/** A PostgreSQL of somebody else's: on TCP, with owners that may do little or everything. */
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { findBinaries } from '../../src/platform/embedded/binaries.js';
import { chooseIdentity, runAs } from '../../src/platform/embedded/identity.js';
import { quietPort } from '../support/quiet-port.js';
import { until } from '../support/until.js';
import type { Workshop } from './tyst.js';

export interface ExternalServer {
  /** Where its files lie. */
  readonly cluster: string;
  readonly port: number;
  /** Of its superuser, whose name is postgres. */
  readonly password: string;
  /** Makes a database and the role that owns it, and gives the DATABASE_URL. */
  readonly makeDatabase: (name: string, superuser: boolean) => Promise<string>;
  /** Runs a statement as the superuser, in a database. */
  readonly query: (database: string, sql: string) => Promise<Record<string, unknown>[]>;
  readonly stop: () => Promise<void>;
  /** After a stop. */
  readonly comeBack: () => Promise<void>;
}

const PASSWORD = 'of the rented server';

/** The programs of this major version on this machine; null where there are none. */
export async function programsOf(version: 15 | 18, folder: string): Promise<string | null> {
  if (version === 18)
    return dirname((await findBinaries(await chooseIdentity(folder, folder), folder)).postgres);
  const places = [`/usr/lib/postgresql/${version}/bin`, `/usr/pgsql-${version}/bin`];
  return places.find((place) => existsSync(join(place, 'initdb'))) ?? null;
}

/** Settings as a server's command line has them. */
export const flagsOf = (settings: Readonly<Record<string, string>>): string[] =>
  Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

/** Makes a cluster in a folder and starts its server, as a user that is not root, with settings of the test's own. */
export async function startExternal(
  { folder, track }: Workshop,
  programs: string,
  own: Readonly<Record<string, string>> = {},
): Promise<ExternalServer> {
  const home = join(folder, `external-${readdirSync(folder).length}`);
  mkdirSync(home);
  const identity = await chooseIdentity(home, join(home, 'cluster'));
  const passwordFile = join(home, 'password');
  writeFileSync(passwordFile, PASSWORD);
  if (identity !== null) for (const path of [home, passwordFile]) chownSync(path, identity.uid, identity.gid);
  const options = { ...runAs(identity), cwd: home, env: { PATH: process.env['PATH'] } };
  const cluster = join(home, 'cluster');
  execFileSync(
    join(programs, 'initdb'),
    [
      '-D',
      cluster,
      '-U',
      'postgres',
      '-A',
      'scram-sha-256',
      '--pwfile',
      passwordFile,
      '-N',
      '-E',
      'UTF8',
      '--locale=C',
    ],
    { ...options, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const port = await quietPort();
  const settings = {
    ...{ listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: '', fsync: 'off' },
    ...own,
  };
  const launch = () => {
    const launched = spawn(join(programs, 'postgres'), ['-D', cluster, ...flagsOf(settings)], {
      ...options,
      stdio: 'ignore',
    });
    track(launched);
    return launched;
  };
  let server = launch();
  const query = async (database: string, sql: string) => {
    const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', password: PASSWORD, database });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  };
  const ready = () => {
    const answers = () => query('postgres', 'SELECT 1').then(Boolean, () => false);
    return until(answers, 60);
  };
  await ready();
  const makeDatabase = async (name: string, superuser: boolean) => {
    const rights = superuser ? 'SUPERUSER' : 'NOSUPERUSER CREATEROLE';
    await query('postgres', `CREATE ROLE ${name}_owner LOGIN ${rights} PASSWORD 'a/b:c@d'`);
    await query('postgres', `CREATE DATABASE ${name} OWNER ${name}_owner`);
    return `postgres://${name}_owner:${encodeURIComponent('a/b:c@d')}@127.0.0.1:${port}/${name}`;
  };
  const stop = async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGINT');
    await ended;
  };
  const comeBack = async () => {
    server = launch();
    await ready();
  };
  return { cluster, port, password: PASSWORD, makeDatabase, query, stop, comeBack };
}
