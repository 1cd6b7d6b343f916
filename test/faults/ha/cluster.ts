/** Servers of the system's PostgreSQL as an operator runs them: archive, slots, standbys, base copies, and their death. */
import { appendFileSync, chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { quietPort } from '../../support/quiet-port.js';
import { until } from '../../support/until.js';
import { POSTGRES_PROGRAMS, postgresUser } from './programs.js';
import { childrenOf, isRunning, run, start, type Started } from './processes.js';

const SUPERUSER = 'postgres';
const PASSWORD = 'of the servers';
const REPLICATOR = 'replicator';

const program = (name: string) => join(POSTGRES_PROGRAMS, name);
const environment = { PGPASSWORD: PASSWORD, TZ: 'UTC', LC_ALL: 'C' };

/** Makes a folder that belongs to the servers' user. */
export function serversFolder(path: string): string {
  const { uid, gid } = postgresUser();
  mkdirSync(path, { recursive: true });
  chmodSync(path, 0o700);
  chownSync(path, uid, gid);
  return path;
}

/** With a slot the copy can be started as a standby; without the log it needs the archive. */
interface Backup {
  readonly slot?: string;
  readonly log?: 'stream' | 'none';
}

/** A row of a look as the superuser. */
export type Row = Readonly<Record<string, unknown>>;

/** One server. Its folder may be a primary's, a standby's, or that of a backup which is to be started. */
export class Server {
  private process: Started | null = null;
  /** When it was killed, on the clock of this process. */
  died = NaN;

  private constructor(
    readonly name: string,
    readonly cluster: string,
    readonly archive: string,
    readonly port: number,
  ) {}

  /** A server for a folder that is there, or is still to be made. */
  static async at(folder: string, name: string): Promise<Server> {
    const archive = serversFolder(join(folder, 'archive'));
    return new Server(name, join(folder, name), archive, await quietPort());
  }

  /** Makes a new cluster, with the user that standbys and backups log in as. */
  async create(): Promise<void> {
    const passwordFile = `${this.cluster}.password`;
    const user = postgresUser();
    writeFileSync(passwordFile, PASSWORD);
    chownSync(passwordFile, user.uid, user.gid);
    const how = [
      '-U',
      SUPERUSER,
      '-A',
      'scram-sha-256',
      '--pwfile',
      passwordFile,
      '-E',
      'UTF8',
      '--locale=C',
    ];
    await run(program('initdb'), ['-D', this.cluster, ...how], { user, environment });
    appendFileSync(
      join(this.cluster, 'postgresql.conf'),
      [
        "listen_addresses = '127.0.0.1'",
        "unix_socket_directories = ''",
        'wal_level = replica',
        'archive_mode = on',
        `archive_command = 'cp "%p" "${this.archive}/%f.part" && mv "${this.archive}/%f.part" "${this.archive}/%f"'`,
        'max_wal_senders = 10',
        '',
      ].join('\n'),
    );
    await this.start();
    await this.query(`CREATE ROLE ${REPLICATOR} LOGIN REPLICATION PASSWORD '${PASSWORD}'`);
  }

  /** Starts it and waits until it answers. */
  async start(): Promise<void> {
    const args = ['-D', this.cluster, '-c', `port=${this.port}`, '-c', `cluster_name=${this.name}`];
    const started = start(program('postgres'), args, { user: postgresUser(), environment });
    this.process = started;
    await until(async () => {
      if (started.hasEnded()) throw new Error(`${this.name} does not start: ${started.said()}`);
      return this.query('SELECT 1').then(Boolean, () => false);
    }, 90);
  }

  /** Starts a copy and waits until it has run through the archive: it can be read before that. */
  async recover(): Promise<void> {
    await this.start();
    await this.untilPrimary();
  }

  private async untilPrimary(): Promise<void> {
    await until(async () => (await this.value('SELECT pg_is_in_recovery()')) === false, 60);
  }

  /** The address of a database on it, for its superuser. */
  url(database = 'postgres'): string {
    const password = encodeURIComponent(PASSWORD);
    return `postgres://${SUPERUSER}:${password}@127.0.0.1:${this.port}/${database}?application_name=operator`;
  }

  /** Does some work on one connection of the superuser. */
  private async connected<Result>(
    database: string,
    work: (client: pg.Client) => Promise<Result>,
  ): Promise<Result> {
    const client = new pg.Client({ connectionString: this.url(database), connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await work(client);
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** A statement of the superuser, on a connection of its own. */
  query(sql: string, parameters: readonly unknown[] = [], database = 'postgres'): Promise<Row[]> {
    return this.connected(database, async (client) => (await client.query<Row>(sql, [...parameters])).rows);
  }

  /** Holds what a statement locks while some work is done. */
  whileLocked(sql: string, database: string, work: () => Promise<void>): Promise<void> {
    return this.connected(database, async (client) => {
      await client.query('BEGIN');
      await client.query(sql);
      await work();
      await client.query('ROLLBACK');
    });
  }

  /** One value of one row. */
  async value(sql: string, parameters: readonly unknown[] = [], database = 'postgres'): Promise<unknown> {
    const [row] = await this.query(sql, parameters, database);
    return Object.values(row ?? {})[0];
  }

  /** Starts one of the client programs as the superuser. */
  launchClient(name: 'pg_dump' | 'pg_restore', args: readonly string[]): Started {
    const where = ['-h', '127.0.0.1', '-p', String(this.port), '-U', SUPERUSER];
    return start(program(name), [...where, ...args], { user: postgresUser(), environment });
  }

  /** Runs one to its good end. */
  async client(name: 'pg_dump' | 'pg_restore', args: readonly string[]): Promise<void> {
    const { code, stderr } = await this.launchClient(name, args).ended;
    if (code !== 0) throw new Error(`${name} ended with ${String(code)}: ${stderr}`);
  }

  /** Writes a dump down as text. */
  async toText(dump: string, file: string): Promise<void> {
    await run(program('pg_restore'), ['-f', file, dump], { user: postgresUser(), environment });
  }

  /** Copies a copy, so that one may be started and the other stays. */
  async copy(from: string, to: string): Promise<void> {
    await run('/bin/cp', ['-a', from, to], { user: postgresUser(), environment });
  }

  /** Copies it while it runs. With a slot, so that the copy can be started as a standby which follows. */
  async baseBackup(to: string, { slot, log = 'stream' }: Backup = {}): Promise<void> {
    const where = [
      '-d',
      `host=127.0.0.1 port=${this.port} user=${REPLICATOR} application_name=${slot ?? 'backup'}`,
    ];
    const follow = slot === undefined ? [] : ['-R', '-C', '-S', slot];
    const args = ['-D', to, '-X', log, '-c', 'fast', ...follow];
    await run(program('pg_basebackup'), [...where, ...args], { user: postgresUser(), environment });
  }

  /** Makes a standby that follows through a physical slot, and waits until it does. */
  async standby(folder: string, name: string): Promise<Server> {
    const standby = await Server.at(folder, name);
    await this.baseBackup(standby.cluster, { slot: name });
    await standby.start();
    await this.untilStreaming(name);
    return standby;
  }

  private async untilStreaming(name: string): Promise<void> {
    const sql = `SELECT 1 FROM pg_stat_replication WHERE application_name = $1 AND state = 'streaming'`;
    await until(async () => (await this.query(sql, [name])).length > 0, 60);
  }

  /** From now on a commit is answered when this standby has it on its disk. */
  async waitFor(standby: Server): Promise<void> {
    await this.query(`ALTER SYSTEM SET synchronous_standby_names = '${standby.name}'`);
    await this.query('SELECT pg_reload_conf()');
    const sql = `SELECT 1 FROM pg_stat_replication WHERE application_name = $1 AND sync_state = 'sync'`;
    await until(async () => (await this.query(sql, [standby.name])).length > 0, 60);
  }

  /** It does not follow any more, as behind a broken line. */
  async loseContact(): Promise<void> {
    await this.query(`ALTER SYSTEM SET primary_conninfo = 'host=127.0.0.1 port=1 user=${REPLICATOR}'`);
    await this.query('SELECT pg_reload_conf()');
    await until(async () => (await this.query('SELECT 1 FROM pg_stat_wal_receiver')).length === 0, 60);
  }

  /** The process that receives on a standby. */
  async receiver(): Promise<number> {
    return Number(await this.value('SELECT pid FROM pg_stat_wal_receiver'));
  }

  /** A standby becomes the primary; it takes writes when this resolves. */
  async promote(): Promise<void> {
    await this.query('SELECT pg_promote(true, 60) WHERE pg_is_in_recovery()');
    await this.untilPrimary();
  }

  /** Kills the whole of it at once: the postmaster first, so that it can say nothing to the others, then every other. */
  async kill(): Promise<void> {
    const { pid = 0 } = this.process ?? {};
    const all = [pid, ...childrenOf(pid).map((child) => child.pid)];
    this.died = performance.now();
    for (const one of all) if (isRunning(one)) process.kill(one, 'SIGKILL');
    await until(() => !all.some(isRunning), 30);
    this.process = null;
  }

  /** Stops it in order; harmless where it does not run. */
  async stop(): Promise<void> {
    const running = this.process;
    this.process = null;
    if (running === null) return;
    running.kill('SIGINT');
    await running.ended;
  }

  /** Closes the segment that is written, and waits until it lies in the archive. */
  async archiveAll(): Promise<void> {
    const segment = await this.value('SELECT pg_walfile_name(pg_switch_wal())');
    const sql = 'SELECT 1 FROM pg_stat_archiver WHERE last_archived_wal >= $1';
    await until(async () => (await this.query(sql, [segment])).length > 0, 60);
  }
}

/** Lets a copy run through the archive when it is started, up to a named point where one is given. */
export function recoverFrom(archive: string, cluster: string, target?: string): void {
  const lines = [
    `restore_command = 'cp "${archive}/%f" "%p"'`,
    "recovery_target_action = 'promote'",
    "synchronous_standby_names = ''",
    'archive_mode = off',
    ...(target === undefined ? [] : [`recovery_target_name = '${target}'`]),
  ];
  appendFileSync(join(cluster, 'postgresql.auto.conf'), `${lines.join('\n')}\n`);
  writeFileSync(join(cluster, 'recovery.signal'), '');
  const { uid, gid } = postgresUser();
  chownSync(join(cluster, 'recovery.signal'), uid, gid);
}
