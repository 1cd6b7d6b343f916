/** A whole installation on a server that has a standby, a real one, which follows what the primary writes. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { deskEntities } from '../../src/desk/entities.js';
import { prepareKey } from '../../src/keeping/turn.js';
import { connect, databaseFailure, databaseOf } from '../../src/platform/database.js';
import { chooseIdentity } from '../../src/platform/embedded/identity.js';
import { SOCKET_PORT } from '../../src/platform/embedded/postmaster.js';
import { roleUrl, urlOf } from '../../src/platform/installation.js';
import type { RoleName } from '../../src/platform/roles.js';
import type { TestDatabase } from './database.js';
import { ownInstallation } from './installation.js';
import { keepingOf } from './keeping.js';
import { baseCopy, giveTo, startServer, type Running } from './second-server.js';
import { until } from './until.js';

export interface Replicated {
  /** The primary's. */
  readonly database: TestDatabase;
  /** The URL with which a role logs in to the standby. */
  readonly standbyUrl: (role: RoleName) => string;
  /** Asks the standby as its superuser. */
  readonly ask: (statement: string) => Promise<unknown[]>;
  /** Resolves when the standby has all that the primary has written. */
  readonly caughtUp: () => Promise<void>;
  /** From now on the standby takes in nothing that the primary writes, and answers with what it has. */
  readonly lag: () => Promise<void>;
  readonly goOn: () => Promise<void>;
  /** Kills the standby's server. */
  readonly kill: () => Promise<void>;
  /** After a kill. */
  readonly comeBack: () => Promise<void>;
}

const REPLICATED = {
  wal_level: 'replica',
  max_wal_senders: '4',
  wal_keep_size: '512MB',
  full_page_writes: 'on',
  // What is committed is written, and so on its way.
  synchronous_commit: 'local',
};

/** What a standby says to whoever stands in the way of what it replays. */
const IN_THE_WAY = '40001';

/** Asks once more where the question stood in the way of the primary's doings: a standby waits for nobody here. */
async function ask(url: string, statement: string, parameters: unknown[] = []): Promise<unknown[]> {
  for (;;) {
    try {
      const pool = await connect({ url, poolSize: 1 });
      try {
        return await pool.query<unknown[]>(statement, parameters);
      } finally {
        await pool.destroy();
      }
    } catch (error) {
      if (databaseFailure(error)?.code !== IN_THE_WAY) throw error;
    }
  }
}

/** Resolves when the process of a server is gone. */
async function killServer(cluster: string): Promise<void> {
  const pid = Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]);
  process.kill(pid, 'SIGKILL');
  await until(() => {
    try {
      return !process.kill(pid, 0);
    } catch {
      return true;
    }
  }, 30);
}

/** Installed on 1 October 2026; the intake is open. */
export async function replicated(): Promise<Replicated> {
  const own = await ownInstallation();
  const { installation, dataDir } = own;
  if (installation.server === null) throw new Error('There is no server.');
  const { cluster, address } = installation.server;
  await installation.server.stop();
  const identity = await chooseIdentity(dataDir, cluster);
  // The standby's server, which may be another user, passes through it to the primary's socket.
  chmodSync(dataDir, 0o711);
  const folder = giveTo(identity, mkdtempSync(join(tmpdir(), 'tyst-standby-')));
  const copy = join(folder, 'standby');
  const primary = await startServer(cluster, address.password, identity, REPLICATED);
  const urls = (role: RoleName) => roleUrl(installation, role);
  const open = (url: string) => connect({ url, entities: deskEntities, poolSize: 4 });
  const pools: DataSource[] = [];
  let standby: Running | null = null;
  const destroy = async () => {
    await Promise.all(pools.map((pool) => pool.destroy()));
    await standby?.stop();
    await primary.stop();
    await own.remove();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const [owner, intake, reader, desk, keeper] = await Promise.all([
      open(installation.ownerUrl),
      open(urls('intake')),
      open(urls('reader')),
      open(urls('desk')),
      open(urls('keeper')),
    ]);
    pools.push(owner, intake, reader, desk, keeper);
    const keys = { path: join(dataDir, 'night'), named: false };
    await prepareKey(keepingOf({ keeper, keys }, '2026-10-01'));

    await baseCopy(owner, [cluster, copy], () => Promise.resolve());
    writeFileSync(join(copy, 'standby.signal'), '');
    giveTo(identity, copy);
    const { host, user, password } = address;
    const start = () =>
      startServer(copy, password, identity, {
        ...REPLICATED,
        hot_standby: 'on',
        // What the primary has done stands in nobody's way.
        max_standby_streaming_delay: '0',
        primary_conninfo: `host='${host}' port=${SOCKET_PORT} user=${user} password='${password}'`,
      });
    standby = await start();
    const name = databaseOf(installation.ownerUrl);
    const standbyOwner = urlOf(standby.address, name);
    const caughtUp = async () => {
      const [row]: { end: string }[] = await owner.query('SELECT pg_current_wal_lsn()::text AS end');
      const replayed = 'SELECT 1 WHERE pg_last_wal_replay_lsn() >= $1::pg_lsn';
      await until(async () => (await ask(standbyOwner, replayed, [row?.end])).length > 0, 60);
    };
    await caughtUp();
    return {
      database: { installation, owner, intake, reader, desk, keeper, keys, destroy },
      standbyUrl: (role) => {
        const url = new URL(urls(role));
        url.searchParams.set('host', copy);
        return url.href;
      },
      ask: (statement) => ask(standbyOwner, statement),
      caughtUp,
      lag: async () => {
        await ask(standbyOwner, 'SELECT pg_wal_replay_pause()');
        const paused = `SELECT 1 WHERE pg_get_wal_replay_pause_state() = 'paused'`;
        await until(async () => (await ask(standbyOwner, paused)).length > 0, 30);
      },
      goOn: async () => {
        await ask(standbyOwner, 'SELECT pg_wal_replay_resume()');
        await caughtUp();
      },
      kill: async () => {
        await killServer(copy);
        await standby?.stop();
      },
      comeBack: async () => {
        standby = await start();
        await caughtUp();
      },
    };
  } catch (error) {
    await destroy();
    throw error;
  }
}
