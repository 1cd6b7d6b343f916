/**
 * One installation: its database, wherever that runs, and its secret. `tyst start` holds the embedded server; a
 * command beside it uses the running one, and a command alone starts it for as long as it needs it.
 */
import type { DataSource } from 'typeorm';
import { migrations } from '../../migrations/index.js';
import { CommandError } from './command-error.js';
import { connect, databaseOf, withLogin } from './database.js';
import {
  DataDirectoryInUse,
  findRunningServer,
  startEmbeddedServer,
  type EmbeddedServer,
  type ServerAddress,
} from './embedded/index.js';
import { locks } from './locks.js';
import { loginOf, passwordOf, prepareRoles, type RoleName } from './roles.js';
import { ensureSecret } from './secret.js';
import type { Settings } from './settings.js';

export interface Installation {
  /** The owner's URL: start-up only. */
  readonly ownerUrl: string;
  readonly secret: string;
  /** The embedded server, where this process holds it. */
  readonly server: EmbeddedServer | null;
}

const EMBEDDED_DATABASE = 'tyst';
const ATTACH_ATTEMPTS = 40;
const ATTACH_PAUSE = 500;

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A URL for the embedded server; the socket's directory goes into the query, as libpq has it. */
export function urlOf({ host, port, user, password }: ServerAddress, database: string): string {
  const url = withLogin(`postgres://localhost:${port}/${database}`, user, password);
  return host.startsWith('/') ? `${url}?host=${encodeURIComponent(host)}` : url.replace('localhost', host);
}

/** The URL with which a process logs in as one of the four roles. */
export function roleUrl({ ownerUrl, secret }: Installation, role: RoleName): string {
  const login = loginOf(databaseOf(ownerUrl), role);
  return withLogin(ownerUrl, login, passwordOf(secret, login));
}

async function ensureDatabase(address: ServerAddress): Promise<void> {
  const server = await connect({ url: urlOf(address, 'postgres'), poolSize: 1 });
  try {
    const found: unknown[] = await server.query('SELECT 1 FROM pg_database WHERE datname = $1', [
      EMBEDDED_DATABASE,
    ]);
    if (found.length === 0) await server.query(`CREATE DATABASE ${EMBEDDED_DATABASE}`);
  } finally {
    await server.destroy();
  }
}

const embedded = (address: ServerAddress, secret: string, server: EmbeddedServer | null): Installation => ({
  ownerUrl: urlOf(address, EMBEDDED_DATABASE),
  secret,
  server,
});

/** Holds the installation, as `tyst start` does. Throws DataDirectoryInUse when another process holds it. */
export async function holdInstallation(settings: Settings): Promise<Installation> {
  const secret = await ensureSecret(settings.secretFile);
  if (settings.databaseUrl !== null) return { ownerUrl: settings.databaseUrl, secret, server: null };
  const server = await startEmbeddedServer({
    dataDir: settings.dataDir,
    ownerPassword: passwordOf(secret, 'owner'),
  });
  await ensureDatabase(server.address);
  return embedded(server.address, secret, server);
}

/** Uses the installation for a command: the running server if there is one, else a server of its own. */
export async function useInstallation(settings: Settings): Promise<Installation> {
  if (settings.databaseUrl !== null) return holdInstallation(settings);
  const secret = await ensureSecret(settings.secretFile);
  for (let attempt = 0; attempt < ATTACH_ATTEMPTS; attempt += 1) {
    const running = await findRunningServer(settings.dataDir, passwordOf(secret, 'owner'));
    if (running !== null) {
      await ensureDatabase(running);
      return embedded(running, secret, null);
    }
    try {
      return await holdInstallation(settings);
    } catch (error) {
      // Another process holds the directory and is on its way up or down.
      if (!(error instanceof DataDirectoryInUse)) throw error;
      await pause(ATTACH_PAUSE);
    }
  }
  throw new CommandError(
    'Another Tyst holds the data directory but its database does not answer. Try again in a minute.',
  );
}

/** Brings the schema, the roles and the rights to what this version needs. Two starts at once take turns. */
export async function migrate(owner: DataSource, secret: string): Promise<void> {
  const runner = owner.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [locks.plan]);
    await owner.runMigrations({ transaction: 'each' });
    await prepareRoles(owner, secret);
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [locks.plan]);
    await runner.release();
  }
}

/** Whether the schema is this version's; then a command need not touch what a running server stands on. */
export async function isMigrated(owner: DataSource): Promise<boolean> {
  const [row]: { found: boolean }[] = await owner.query(
    `SELECT to_regclass('tyst_migration') IS NOT NULL AS found`,
  );
  if (row?.found !== true) return false;
  const done: unknown[] = await owner.query('SELECT name FROM tyst_migration');
  return done.length >= migrations.length;
}

/**
 * Writes the published tables anew, so that no draw of a close that failed stays in their files, and lets the
 * log forget it. Takes a connection as the owner: the keeper cannot rewrite what it does not own.
 */
export async function rewritePublished(owner: DataSource): Promise<void> {
  await owner.query('VACUUM FULL published.noisy_table');
  await owner.query('VACUUM FULL published.period');
  const [row]: { allowed: boolean }[] = await owner.query(
    `SELECT rolsuper OR pg_has_role(current_user, 'pg_checkpoint', 'MEMBER') AS allowed FROM pg_roles WHERE rolname = current_user`,
  );
  if (row?.allowed === true) await owner.query('CHECKPOINT');
}

/** Lets a server that a command started for itself go, once no other command uses it. */
export async function leaveInstallation({ server, ownerUrl }: Installation): Promise<void> {
  if (server === null) return;
  const owner = await connect({ url: ownerUrl, poolSize: 1 });
  const others = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`;
  for (let seconds = 0; seconds < 600; seconds += 1) {
    const [row]: { n: number }[] = await owner.query(others);
    if ((row?.n ?? 0) === 0) break;
    await pause(1_000);
  }
  await owner.destroy();
  await server.stop();
}
