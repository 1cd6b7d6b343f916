/** The keeper at work in the process of the test, which carries out its orders itself. */
import { runKeeper } from '../../src/keeper.js';
import { carryOut } from '../../src/keeping/orders.js';
import { outcomeOf } from '../../src/keeping/outcome.js';
import type { Clock } from '../../src/platform/clock.js';
import { roleUrl } from '../../src/platform/installation.js';
import type { Log } from '../../src/platform/log.js';
import type { TestDatabase } from './database.js';
import { keepingOf } from './keeping.js';

interface At {
  readonly clock: Clock;
  readonly dataDir?: string;
  readonly log?: Log;
}

/** Begins; `stop` ends it and waits for its end. */
export function startKeeper(
  database: TestDatabase,
  { clock, dataDir = '/nowhere', log = () => undefined }: At,
): { readonly stop: () => Promise<void> } {
  const stopping = new AbortController();
  const { keeper, installation } = database;
  const running = runKeeper(
    {
      ...{ keeper, clock, dataDir, log, url: roleUrl(installation, 'keeper') },
      carryOut: (order) =>
        outcomeOf(() => carryOut(keepingOf(database, clock.local().day, { log }), order), log),
      begun: () => undefined,
      keysRefused: (message) => {
        throw new Error(message);
      },
    },
    stopping.signal,
  );
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
