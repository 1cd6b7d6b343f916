/** The keeper of a process, from its login to its end: the only one that ever sees a call. It listens on no port. */
import { deskEntities } from './desk/entities.js';
import { runKeeper, type KeeperDependencies } from './keeper.js';
import { carryOutApart } from './night.js';
import type { KeeperBrief } from './platform/child.js';
import { clockIn } from './platform/clock.js';
import { connect, type Database } from './platform/database.js';
import { log } from './platform/log.js';
import { openWhenThere } from './platform/waiting.js';

interface KeeperEvents extends Pick<KeeperDependencies, 'begun' | 'keysRefused'> {
  /** Called before anything is kept; what it throws ends the process. */
  readonly opened?: (keeper: Database) => Promise<void>;
}

/** Works until the signal is aborted; a database that is away is waited for. */
export async function workAsKeeper(
  { url, timeZone, dataDir, keys }: KeeperBrief,
  signal: AbortSignal,
  { opened, ...told }: KeeperEvents,
): Promise<void> {
  const open = () => connect({ url, entities: deskEntities, poolSize: 4 });
  const keeper = await openWhenThere(log, 'keeper-waits-for-database', open, signal);
  if (keeper === null) return;
  const carryOut: KeeperDependencies['carryOut'] = (order) => carryOutApart({ url, timeZone, keys, order });
  try {
    await opened?.(keeper);
    await runKeeper({ keeper, url, dataDir, clock: clockIn(timeZone), log, carryOut, ...told }, signal);
  } finally {
    await keeper.destroy();
  }
}
