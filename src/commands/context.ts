/** What every command needs: the installation, up and migrated for as long as the work takes, and pools on demand. */
import { deskEntities } from '../desk/entities.js';
import { install } from '../install.js';
import { clockIn, type Clock } from '../platform/clock.js';
import { CommandError } from '../platform/command-error.js';
import { readConfiguration, type Configuration } from '../platform/configuration.js';
import { readCredentials, withTheseLogins, type Credentials } from '../platform/credentials.js';
import { connect, type Database } from '../platform/database.js';
import { roleUrl, useInstallation } from '../platform/installation.js';
import { refuseOther } from '../platform/schema.js';
import type { RoleName } from '../platform/roles.js';

export interface Context {
  readonly configuration: Configuration;
  readonly clock: Clock;
  /** The URL with which to log in as a role. Throws CommandError where this machine has not that login. */
  readonly urlOf: (role: RoleName) => string;
  /** A pool that logs in as a role; closed when the command ends. */
  readonly as: (role: RoleName) => Promise<Database>;
}

/** Does some work with logins, and closes the pools that it opened. */
async function withLogins<Result>(
  { configuration, urlOf }: Pick<Context, 'configuration' | 'urlOf'>,
  work: (context: Context) => Promise<Result>,
): Promise<Result> {
  const pools: Database[] = [];
  const as = async (role: RoleName) => {
    const pool = await connect({ url: urlOf(role), entities: deskEntities, poolSize: 3 });
    pools.push(pool);
    return pool;
  };
  try {
    return await work({ configuration, clock: clockIn(configuration.timeZone), urlOf, as });
  } finally {
    await Promise.all(pools.map((pool) => pool.destroy()));
  }
}

/** The logins of a file, for a machine that has nothing but the file. */
function loginsIn(credentials: Credentials): Context['urlOf'] {
  const urls: Partial<Record<RoleName, string>> = credentials.urls;
  return (role) => {
    const url = urls[role];
    if (url === undefined)
      throw new CommandError(
        `This needs the login ${role}, which the credentials file of the ${credentials.process} does not hold. Run it where ` +
          `the ${credentials.process === 'web' ? 'keeper' : 'web'} runs, or as the owner, with DATABASE_URL and the secret.`,
      );
    return url;
  };
}

/** As the owner: the only one who can make roles and read the secret from which their passwords derive. */
export async function asOwner<Result>(
  configuration: Configuration,
  work: (context: Context) => Promise<Result>,
  /** How it is installed; a command only makes up for what is missing. */
  how: Parameters<typeof install>[2] = { onlyIfNeeded: true },
): Promise<Result> {
  const installation = await useInstallation(configuration);
  try {
    await install(installation, clockIn(configuration.timeZone), how);
    const urlOf = (role: RoleName) => roleUrl(installation, role);
    return await withLogins({ configuration, urlOf }, work);
  } finally {
    await installation.leave();
  }
}

/**
 * Runs a command's work over the installation, whether or not its server is running: as the owner, or on a machine that has
 * only the logins of one process, with those.
 */
export async function withInstallation<Result>(work: (context: Context) => Promise<Result>): Promise<Result> {
  const configuration = readConfiguration();
  const { databaseUrl, credentialsFile } = configuration;
  if (databaseUrl !== null || credentialsFile === null) return asOwner(configuration, work);
  const credentials = await readCredentials(credentialsFile);
  const given = { configuration, urlOf: loginsIn(credentials) };
  const checked = async (context: Context) => {
    await refuseOther(await context.as(credentials.process === 'web' ? 'reader' : 'keeper'));
    return work(context);
  };
  return withTheseLogins(credentials.process, () => withLogins(given, checked));
}
