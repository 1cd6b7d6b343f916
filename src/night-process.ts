/**
 * A process for one order to the keeper. Keys, calls and counters are open in it alone; it ends with the order, and is
 * started with core dumps off.
 */
import { deskEntities } from './desk/entities.js';
import { deskOf } from './desk-of.js';
import { carryOut } from './keeping/orders.js';
import { outcomeOf } from './keeping/outcome.js';
import { readInput, untilParentEnds } from './platform/child.js';
import { clockIn } from './platform/clock.js';
import { connect } from './platform/database.js';
import { log } from './platform/log.js';
import { nightBriefSchema } from './night.js';

// A parent that has ended lets go of its lock, and another keeper begins: this one must not go on.
untilParentEnds().addEventListener('abort', () => process.exit(1));

const { url, timeZone, keys, order } = nightBriefSchema.parse(await readInput());

const outcome = await outcomeOf(async () => {
  const keeper = await connect({ url, entities: deskEntities, poolSize: 3 });
  try {
    const today = clockIn(timeZone).local().day;
    await carryOut({ keeper, desk: deskOf(keeper), keys, today, log }, order);
  } finally {
    await keeper.destroy();
  }
}, log);
process.send?.(outcome, undefined, undefined, () => process.exit());
