/** What every command needs: the installation, up and migrated for as long as the work takes, and pools on demand. */
import { deskEntities } from '../desk/entities.js';
import { install } from '../install.js';
import { clockIn, type Clock } from '../platform/clock.js';
import { connect, type Database } from '../platform/database.js';
import { roleUrl, useInstallation, type Installation } from '../platform/installation.js';
import type { RoleName } from '../platform/roles.js';
import { readConfiguration, type Configuration } from '../platform/configuration.js';

export interface Context {
  readonly configuration: Configuration;
  readonly installation: Installation;
  readonly clock: Clock;
  /** A pool that logs in as a role; closed when the command ends. */
  readonly as: (role: RoleName) => Promise<Database>;
}

/** Runs a command's work over the installation, whether or not its server is running. */
export async function withInstallation<Result>(work: (context: Context) => Promise<Result>): Promise<Result> {
  const configuration = readConfiguration();
  const clock = clockIn(configuration.timeZone);
  const installation = await useInstallation(configuration);
  const pools: Database[] = [];
  try {
    await install(installation, clock, false);
    const as = async (role: RoleName) => {
      const pool = await connect({ url: roleUrl(installation, role), entities: deskEntities, poolSize: 3 });
      pools.push(pool);
      return pool;
    };
    return await work({ configuration, installation, clock, as });
  } finally {
    await Promise.all(pools.map((pool) => pool.destroy()));
    await installation.leave();
  }
}

/** One line for the person at the terminal. */
export const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
