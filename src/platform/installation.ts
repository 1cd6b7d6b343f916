/**
 * One installation: its database, wherever that runs, and its secret. `tyst start` holds the embedded server; a
 * command beside it uses the running one, and a command alone starts it for as long as it needs it.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { QueryRunner } from 'typeorm';
import { z } from 'zod';
import type { Day } from '../contract/period.js';
import { CommandError } from './command-error.js';
import { connect, databaseOf, isUnavailable, withLogin, type Database } from './database.js';
import {
  DataDirectoryInUse,
  findRunningServer,
  startEmbeddedServer,
  type EmbeddedServer,
  type ServerAddress,
} from './embedded/index.js';
import { locks } from './locks.js';
import { loginOf, passwordOf, prepareRoles, type RoleName } from './roles.js';
import { refuseNewer } from './schema.js';
import { ensureSecret } from './secret.js';
import type { Configuration } from './configuration.js';
import { affected, one } from './statements.js';

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
const LEAVE_PAUSE = 200;

const foundSchema = z.strictObject({ found: z.boolean() });

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
    const runner = server.createQueryRunner();
    // Two commands at once would both find none, and both make one. Freed as the connection ends.
    await runner.query('SELECT pg_advisory_lock($1)', [locks.plan]);
    const { found } = await one(
      runner.manager,
      foundSchema,
      'SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1) AS found',
      [EMBEDDED_DATABASE],
    );
    if (!found) await runner.query(`CREATE DATABASE ${EMBEDDED_DATABASE}`);
    await runner.release();
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
export async function holdInstallation(configuration: Configuration): Promise<Installation> {
  const secret = await ensureSecret(configuration.secretFile);
  if (configuration.databaseUrl !== null)
    return { ownerUrl: configuration.databaseUrl, secret, server: null };
  const server = await startEmbeddedServer({
    dataDir: configuration.dataDir,
    ownerPassword: passwordOf(secret, 'owner'),
  });
  try {
    await ensureDatabase(server.address);
  } catch (error) {
    // A server that is held and not given back would keep this process alive for ever.
    await server.stop();
    throw error;
  }
  return embedded(server.address, secret, server);
}

/** An installation that a command uses until it leaves. */
export interface InstallationInUse extends Installation {
  /** Lets the server go; where this command started it, once no other command uses it. */
  readonly leave: () => Promise<void>;
}

/**
 * Joins the server that runs, and marks it as used: whoever started it for a command of its own waits with
 * stopping it. Null when none runs, or it is about to stop.
 */
async function joinRunning(configuration: Configuration, secret: string): Promise<InstallationInUse | null> {
  const running = await findRunningServer(configuration.dataDir, passwordOf(secret, 'owner'));
  if (running === null) return null;
  try {
    await ensureDatabase(running);
    const installation = embedded(running, secret, null);
    const owner = await connect({ url: installation.ownerUrl, poolSize: 1 });
    // A runner of its own: the mark goes with its connection, and a pool gives up an idle one.
    const { joined } = await one(
      owner.createQueryRunner().manager,
      z.strictObject({ joined: z.boolean() }),
      'SELECT pg_try_advisory_lock_shared($1) AS joined',
      [locks.inUse],
    );
    if (joined) return { ...installation, leave: () => owner.destroy() };
    await owner.destroy();
    return null;
  } catch (error) {
    if (isUnavailable(error)) return null;
    throw error;
  }
}

/** Waits until no other command uses the server. From then on nobody can join while the connection lasts. */
async function untilAlone(owner: Database): Promise<void> {
  const { manager } = owner.createQueryRunner();
  const answer = z.strictObject({ alone: z.boolean() });
  const attempt = 'SELECT pg_try_advisory_lock($1) AS alone';
  for (;;) {
    const { alone } = await one(manager, answer, attempt, [locks.inUse]);
    if (alone) return;
    await pause(LEAVE_PAUSE);
  }
}

/** Stops a server that a command started for itself, once no other command uses it. */
async function leaveOwn({ server, ownerUrl }: Installation): Promise<void> {
  try {
    await untilAlone(await connect({ url: ownerUrl, poolSize: 1 }));
  } catch (error) {
    // A server that has gone by itself is used by nobody.
    if (!isUnavailable(error)) throw error;
  } finally {
    await server?.stop();
  }
}

/** Uses the installation for a command: the running server if there is one, else a server of its own. */
export async function useInstallation(configuration: Configuration): Promise<InstallationInUse> {
  if (configuration.databaseUrl !== null)
    return { ...(await holdInstallation(configuration)), leave: () => Promise.resolve() };
  const secret = await ensureSecret(configuration.secretFile);
  for (let attempt = 0; attempt < ATTACH_ATTEMPTS; attempt += 1) {
    const joined = await joinRunning(configuration, secret);
    if (joined !== null) return joined;
    try {
      const own = await holdInstallation(configuration);
      return { ...own, leave: () => leaveOwn(own) };
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

/**
 * Does a work of the owner while nothing else of ours makes, rewrites or grants rights on a table: two of these at
 * once would end in "tuple concurrently updated". The locks are taken in the order in which a seal takes them.
 */
async function undisturbed(owner: Database, work: (runner: QueryRunner) => Promise<void>): Promise<void> {
  const runner = owner.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [locks.night]);
    await runner.query('SELECT pg_advisory_lock($1)', [locks.plan]);
    await work(runner);
  } finally {
    // Where the connection is lost the locks are gone with it.
    await runner.query('SELECT pg_advisory_unlock_all()').catch(() => undefined);
    await runner.release();
  }
}

/** Notes the day of installation, the first time. */
export async function noteInstallation(owner: Database, day: Day): Promise<void> {
  await affected(
    owner,
    'INSERT INTO published.installation (installed_on) VALUES ($1) ON CONFLICT DO NOTHING',
    [day],
  );
}

/**
 * Brings the schema, the roles and the rights to what this version needs. Two starts at once take turns; whoever had to
 * wait for a newer version is refused.
 */
export async function migrate(owner: Database, secret: string): Promise<void> {
  await undisturbed(owner, async () => {
    await refuseNewer(owner);
    await owner.runMigrations({ transaction: 'each' });
    await prepareRoles(owner, secret);
  });
}

/**
 * Whether what an installation begins with is there, in a database of this version. One whose installation is still under
 * way, or was cut short, has no vocabulary: that comes last.
 */
export async function isWhole(owner: Database): Promise<boolean> {
  const { found } = await one(owner, foundSchema, 'SELECT EXISTS (SELECT 1 FROM desk.vocabulary) AS found');
  return found;
}

/**
 * Shuts the intake until the keeper has confirmed its key. Where a keeper is at work already, as on another machine, it
 * has, and the intake stays open.
 */
export async function shutIntake(owner: Database): Promise<void> {
  await owner.transaction(async (transaction) => {
    const { free } = await one(
      transaction,
      z.strictObject({ free: z.boolean() }),
      'SELECT pg_try_advisory_xact_lock($1) AS free',
      [locks.keeper],
    );
    if (free) await affected(transaction, 'UPDATE intake.key SET open = false WHERE open');
  });
}
