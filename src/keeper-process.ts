/** The process that keeps: the only one that ever sees a call. It listens on no port. */
import { deskEntities } from './desk/entities.js';
import { runKeeper } from './keeper.js';
import { carryOutApart } from './night.js';
import { readBrief, tellParent, untilParentEnds } from './platform/child.js';
import { clockIn } from './platform/clock.js';
import { connect, type Database } from './platform/database.js';
import { describeError, log } from './platform/log.js';

/** Opens the pool; where the database is away this process ends, and its parent starts it again. */
async function openPoolOrEnd(url: string): Promise<Database> {
  try {
    return await connect({ url, entities: deskEntities, poolSize: 4 });
  } catch (error) {
    log('keeper-waits-for-database', describeError(error));
    return process.exit(1);
  }
}

const stopping = untilParentEnds();
const brief = await readBrief();
const url = brief.urls['keeper'] ?? '';
const keeper = await openPoolOrEnd(url);

await runKeeper(
  {
    ...{ keeper, url, dataDir: brief.dataDir, clock: clockIn(brief.timeZone), log },
    carryOut: (order) => carryOutApart({ url, timeZone: brief.timeZone, keys: brief.keys, order }),
    begun: () => {
      tellParent({ kind: 'ready', port: 0 });
    },
    keysRefused: (message) => {
      tellParent({ kind: 'keys-refused', message });
    },
  },
  stopping,
);
process.exit();
