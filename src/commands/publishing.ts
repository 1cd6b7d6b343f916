/** `tyst audit`, `tyst release`, `tyst verify` and `tyst rotate-key`. */
import { periodKind } from '../contract/period.js';
import { actors } from '../platform/event-log.js';
import { releaseDependencies } from '../keeper.js';
import { CommandError } from '../platform/command-error.js';
import { readConfiguration } from '../platform/configuration.js';
import { releaseCommand, verifyCommand } from '../release/command.js';
import { rotateKey } from '../release/rotate.js';
import { readAudit } from '../statistics/read.js';
import { withInstallation } from './context.js';
import { say } from './say.js';

/** Prints the noisy answer of each of a period's queries as JSON, for a statistician. */
export async function audit(period: string): Promise<void> {
  const kind = periodKind(period);
  if (kind === null) throw new CommandError('A period is written like 2026-11 or 2026-Q4.', 2);
  if (kind === 'year')
    throw new CommandError('A year has no queries of its own: it is the sum of its four quarters.', 2);
  await withInstallation(async ({ as }) => {
    const found = await readAudit(await as('keeper'), period);
    if (found === null) throw new CommandError('The period is not published.');
    say(JSON.stringify(found));
  });
}

/** Issues a period if need be and writes its files. */
export async function release(period: string, { out }: { out: string }): Promise<void> {
  await withInstallation(async ({ as, clock, configuration }) => {
    const dependencies = releaseDependencies({
      keeper: await as('keeper'),
      clock,
      dataDir: configuration.dataDir,
    });
    const revision = await releaseCommand(dependencies, { period, dir: out, actor: actors.commandLine });
    say(`Wrote ${period}${revision > 1 ? ` revision ${revision}` : ''}.`);
  });
}

/** Checks a release's files; needs no database. */
export async function verify(dir: string, { key }: { key?: string }): Promise<void> {
  const { dataDir } = readConfiguration();
  const { exitCode, message } = await verifyCommand(dir, { keyFile: key ?? null, dataDir });
  if (exitCode !== 0) throw new CommandError(message, exitCode);
  say(message);
}

/** Changes the key that signs releases. */
export async function rotate({ leaked = false }: { leaked?: boolean }): Promise<void> {
  await withInstallation(async ({ as, clock, configuration: { dataDir } }) => {
    const dependencies = {
      keeper: await as('keeper'),
      dataDir,
      today: clock.local().day,
      actor: actors.commandLine,
    };
    const id = await rotateKey(dependencies, { leaked });
    say(`Releases are signed with the key ${id} from now on. Tell those who check them.`);
    if (leaked) say('The old key is withdrawn. Issue the releases that it signed once more, with a reason.');
  });
}
