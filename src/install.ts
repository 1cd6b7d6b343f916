/** What an installation holds before its first user: schema, roles, the vocabulary, and the day it began. */
import { installDesk } from './desk/install.js';
import { compileOlder } from './keeping/quarter-store.js';
import { sealDay } from './keeping/schedule.js';
import type { Clock } from './platform/clock.js';
import { connect, type Database } from './platform/database.js';
import {
  isMigrated,
  migrate,
  noteInstallation,
  shutIntake,
  type Installation,
} from './platform/installation.js';
import { refuseNewer } from './platform/schema.js';

/** Does some work as the owner of the database. */
export async function asOwner(
  installation: Installation,
  work: (owner: Database) => Promise<void>,
): Promise<void> {
  const owner = await connect({ url: installation.ownerUrl, poolSize: 3 });
  try {
    await work(owner);
  } finally {
    await owner.destroy();
  }
}

/**
 * Brings the database to what this version needs; harmless when repeated. `whole: false` leaves a database alone
 * that is up to date already, as a command does beside a running server. Throws CommandError, with nothing changed, where
 * a newer version has been here.
 */
export async function install(installation: Installation, clock: Clock, whole = true): Promise<void> {
  await asOwner(installation, async (owner) => {
    await refuseNewer(owner);
    if (!whole && (await isMigrated(owner))) return;
    await migrate(owner, installation.secret);
    // The day of the last seal due, so that the first nightly seal is the one after the installation.
    await noteInstallation(owner, sealDay(clock.local()));
    await installDesk(owner);
    await compileOlder(owner);
    await shutIntake(owner);
  });
}
