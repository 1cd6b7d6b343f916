/** `tyst import`, `tyst discard`, `tyst seal` and `tyst close`. */
import { periodKind } from '../contract/period.js';
import { deskOf } from '../desk-of.js';
import { readImport, type ImportedMonth } from '../keeping/import.js';
import { CommandError } from '../platform/command-error.js';
import { actors } from '../platform/event-log.js';
import { withInstallation } from './context.js';
import { keep } from './keep.js';
import { say } from './say.js';

const actor = actors.commandLine;

/** Seals every day before today, with `today` this day too. Says the same whether or not there were calls. */
export async function sealNow({
  today = false,
  afterAGap = false,
}: {
  today?: boolean;
  afterAGap?: boolean;
}): Promise<void> {
  await withInstallation(async (context) => {
    const keeper = await context.as('keeper');
    await keep(context, keeper, { act: 'seal', before: null, today, afterAGap, actor });
    say(today ? 'Sealed, today too.' : 'Sealed all days before today.');
  });
}

/** Closes a month or a quarter. */
export async function closePeriod(period: string): Promise<void> {
  const kind = periodKind(period);
  if (kind === null) throw new CommandError('A period is written like 2026-11 or 2026-Q4.', 2);
  if (kind === 'year')
    throw new CommandError('A year needs no closing: it is the sum of its four quarters.', 2);
  await withInstallation(async (context) => {
    await keep(context, await context.as('keeper'), { act: 'close', period, actor });
    say(`${period} is closed and published.`);
  });
}

/** Forgets what was imported into a quarter before the installation. */
export async function discardQuarter(quarter: string): Promise<void> {
  if (periodKind(quarter) !== 'quarter') throw new CommandError('A quarter is written like 2025-Q4.', 2);
  await withInstallation(async (context) => {
    await keep(context, await context.as('keeper'), { act: 'discard', quarter, actor });
    say(`What was imported into ${quarter} is forgotten. Other files may be imported into it.`);
  });
}

const monthLine = ({ month, rows, quarter, preset, begun }: ImportedMonth): string =>
  `${month}: ${rows} rows, ${quarter} under plan ${preset}${begun ? '' : ' (not begun)'}`;

/** Imports a file, or with `dryRun` only checks it. */
export async function importFile(
  path: string,
  { dryRun = false, again = false, drop = [] }: { dryRun?: boolean; again?: boolean; drop?: string[] },
): Promise<void> {
  await withInstallation(async (context) => {
    const keeper = await context.as('keeper');
    const terminal = process.stderr.isTTY;
    const progress = (rows: number) => {
      if (terminal) process.stderr.write(`\r${rows.toLocaleString('en')} rows`);
    };
    const dependencies = { keeper, desk: deskOf(keeper), today: context.clock.local().day };
    const { imported, counted } = await readImport(dependencies, path, { again, drop, progress }).finally(
      () => {
        if (terminal) process.stderr.write('\r\x1b[K');
      },
    );
    const { rows, reduced, months } = imported;
    if (!dryRun && counted !== null)
      await keep(context, keeper, { act: 'import', imported: counted, answer: null, actor });
    if (reduced > 0)
      process.stderr.write(
        `${reduced} rows hold a date. Only its month ${dryRun ? 'would be' : 'was'} taken.\n`,
      );
    for (const month of months) say(monthLine(month));
    say(
      dryRun ? `${rows} rows can be imported; nothing was stored.` : `${rows} rows are imported and counted.`,
    );
  });
}
