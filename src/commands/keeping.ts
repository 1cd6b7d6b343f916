/** `tyst import`, `tyst seal` and `tyst close`. */
import { addDays, periodKind } from '../contract/period.js';
import { forgetDraws } from '../install.js';
import { commandDependencies, deskOf } from '../keeper.js';
import { close } from '../keeping/close.js';
import { importCalls } from '../keeping/import.js';
import { seal } from '../keeping/seal.js';
import { CommandError } from '../platform/command-error.js';
import { say, withInstallation } from './context.js';

/** Seals every day before today, with `today` this day too. Says the same whether or not there were calls. */
export async function sealNow({ today = false }: { today?: boolean }): Promise<void> {
  await withInstallation(async ({ as, clock }) => {
    const keeper = await as('keeper');
    const { day } = clock.local();
    await seal(keeper, deskOf(keeper), today ? addDays(day, 1) : day, day);
    say(today ? 'Sealed, today too.' : 'Sealed all days before today.');
  });
}

/** Closes a month or a quarter. */
export async function closePeriod(period: string): Promise<void> {
  const kind = periodKind(period);
  if (kind === null) throw new CommandError('A period is written like 2026-11 or 2026-Q4.', 2);
  if (kind === 'year')
    throw new CommandError('A year needs no closing: it is the sum of its four quarters.', 2);
  await withInstallation(async ({ as, clock, installation }) => {
    const keeper = await as('keeper');
    await close(
      { ...commandDependencies(keeper, clock), forgetDraws: () => forgetDraws(installation) },
      period,
    );
    say(`${period} is closed and published.`);
  });
}

/** Imports a file, or with `dryRun` only checks it. */
export async function importFile(
  path: string,
  { dryRun = false, drop = [] }: { dryRun?: boolean; drop?: string[] },
): Promise<void> {
  await withInstallation(async ({ as, clock }) => {
    const keeper = await as('keeper');
    const terminal = process.stderr.isTTY;
    const progress = (rows: number) => {
      if (terminal) process.stderr.write(`\r${rows.toLocaleString('en')} rows`);
    };
    const dependencies = commandDependencies(keeper, clock);
    const { rows, reduced } = await importCalls(dependencies, path, { dryRun, drop, progress }).finally(
      () => {
        if (terminal) process.stderr.write('\r\x1b[K');
      },
    );
    if (reduced > 0)
      process.stderr.write(
        `${reduced} rows hold a date. Only its month ${dryRun ? 'would be' : 'was'} taken.\n`,
      );
    say(
      dryRun ? `${rows} rows can be imported; nothing was stored.` : `${rows} rows are imported and sealed.`,
    );
  });
}
