/** Forgetting what was imported into a quarter before the installation, as long as nothing of it is published. */
import { addMonths, monthOfDay, monthsOfQuarter, quarterOfMonth, type Quarter } from '../contract/period.js';
import { CommandError } from '../platform/command-error.js';
import { recordEvent } from '../platform/event-log.js';
import type { CloseDependencies } from './close.js';
import { readInstallation } from './key-store.js';
import { deleteQuarter, findQuarter, forgetImported, publishedAmong } from './quarter-store.js';
import { turnKey } from './turn.js';

/**
 * Forgets the imports of a quarter: its counters, first shares and all, and that it began. Throws CommandError where
 * calls may have been logged in it, where something of it is out, and where there is nothing to forget.
 */
export async function discard(dependencies: CloseDependencies, quarter: Quarter): Promise<void> {
  const { keeper, today, actor } = dependencies;
  const { installedOn } = await readInstallation(keeper);
  // In the month of the installation a call of the month before could be logged too.
  const first = quarterOfMonth(addMonths(monthOfDay(installedOn), -1));
  if (quarter >= first)
    throw new CommandError(
      `Calls may have been logged in ${quarter}, and are not discarded: only a quarter before ${first} can be.`,
    );
  await turnKey(dependencies, {
    async before({ transaction }) {
      const months = monthsOfQuarter(quarter);
      if ((await findQuarter(transaction, quarter)) === null)
        throw new CommandError(`Nothing was imported into ${quarter}.`);
      if ((await publishedAmong(transaction, [quarter, ...months])).size > 0)
        throw new CommandError(
          `Numbers of ${quarter} are published; its imports cannot be discarded any more.`,
        );
    },
    async after({ transaction, forget }) {
      forget(quarter);
      await forgetImported(transaction, monthsOfQuarter(quarter));
      await deleteQuarter(transaction, quarter);
      await recordEvent(transaction, { day: today, actor, kind: 'imports-discarded', subject: quarter });
    },
  });
}
