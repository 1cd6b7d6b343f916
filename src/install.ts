/** What an installation holds before its first user: schema, roles, the vocabulary, and the day it began. */
import { installDesk } from './desk/install.js';
import { compileOlder } from './keeping/quarter-store.js';
import { sealDay } from './keeping/schedule.js';
import type { Clock } from './platform/clock.js';
import { connect, type Database } from './platform/database.js';
import {
  isWhole,
  migrate,
  noteInstallation,
  shutIntake,
  type Installation,
} from './platform/installation.js';
import { refuseNewer } from './platform/schema.js';

interface How {
  /** Whether a database is left alone that is up to date already, as a command does beside a running server. */
  readonly onlyIfNeeded?: boolean;
  /** Looks at the server before anything is done, and may refuse it. */
  readonly first?: (owner: Database) => Promise<void>;
}

/**
 * Brings the database to what this version needs; harmless when repeated. Throws CommandError, with nothing changed, where a
 * newer version has been here.
 */
export async function install(
  { ownerUrl, secret }: Installation,
  clock: Clock,
  { onlyIfNeeded = false, first }: How = {},
): Promise<void> {
  const owner = await connect({ url: ownerUrl, poolSize: 3 });
  try {
    await first?.(owner);
    const state = await refuseNewer(owner);
    if (onlyIfNeeded && state === 'current' && (await isWhole(owner))) return;
    await migrate(owner, secret);
    // The day of the last seal due, so that the first nightly seal is the one after the installation.
    await noteInstallation(owner, sealDay(clock.local()));
    await installDesk(owner);
    await compileOlder(owner);
    await shutIntake(owner);
  } finally {
    await owner.destroy();
  }
}
