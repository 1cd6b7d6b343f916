/** `tyst keeper`: the keeper alone, and what is to be done when its keys are gone. */
import { CommandError } from '../platform/command-error.js';
import { lookAtKeys, lookAtServer } from '../platform/first-look.js';
import { log } from '../platform/log.js';
import { refuseOther } from '../platform/schema.js';
import { workAsKeeper } from '../keeper-work.js';
import { runAlone } from './alone.js';
import { withInstallation } from './context.js';
import { keepAlone } from './keep.js';
import { say } from './say.js';

/** Confirms that the keys of the night are gone, makes a new one, and ends; only while no keeper runs. */
async function confirmLost(): Promise<void> {
  await withInstallation(async (context) => {
    const order = { act: 'prepare', keysAreLost: true } as const;
    if (!(await keepAlone(context, await context.as('keeper'), order)))
      throw new CommandError('A keeper is running. Stop the server first, then say that its keys are lost.');
    say('There is a new key. What had been counted of the running quarters is lost; they begin anew.');
  });
}

/** Keeps until SIGINT or SIGTERM. Throws CommandError where the key of the night is not there and nobody keeps in its place. */
async function keep(): Promise<void> {
  await runAlone('keeper', async ({ urls }, configuration, signal) => {
    const { timeZone, dataDir, keys } = configuration;
    const refused = new AbortController();
    let reason = '';
    let greeted = false;
    await workAsKeeper(
      { url: urls.keeper, timeZone, dataDir, keys: { ...keys } },
      AbortSignal.any([signal, refused.signal]),
      {
        opened: async (keeper) => {
          await refuseOther(keeper);
          await lookAtServer(keeper, configuration, log);
          await lookAtKeys(keeper, configuration, log);
        },
        begun: () => {
          if (!greeted) say('The keeper is at work, or waits for the one that is.');
          greeted = true;
        },
        keysRefused: (message) => {
          reason = message;
          refused.abort();
        },
      },
    );
    if (refused.signal.aborted) throw new CommandError(reason);
  });
}

export async function keeperCommand({ keysAreLost = false }: { keysAreLost?: boolean }): Promise<void> {
  await (keysAreLost ? confirmLost() : keep());
}
