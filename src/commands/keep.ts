/** How a command gets an order carried out: by the keeper that runs, or alone in its place. */
import { handOver } from '../keeping/hand-over.js';
import type { Order } from '../keeping/orders.js';
import { expectDone, type Outcome } from '../keeping/outcome.js';
import { carryOutApart } from '../night.js';
import type { Database } from '../platform/database.js';
import { onConnection, underFreeLock } from '../platform/session.js';
import type { Context } from './context.js';

type Place = Pick<Context, 'configuration' | 'urlOf'>;

/** Does it in the keeper's place, where none runs; null where one does. */
const alone = ({ configuration, urlOf }: Place, keeper: Database, order: Order): Promise<Outcome | null> =>
  onConnection(keeper, (connection) =>
    underFreeLock(connection, 'keeper', () => {
      const { timeZone, keys } = configuration;
      const url = urlOf('keeper');
      return carryOutApart({ url, timeZone, keys: { ...keys }, order });
    }),
  );

/** Gets an order carried out. Throws CommandError where it is refused or fails. */
export async function keep(place: Place, keeper: Database, order: Order): Promise<void> {
  expectDone((await alone(place, keeper, order)) ?? (await handOver(keeper, order)));
}

/** The same, and never by a keeper that runs: what this is about is that there is none. False where one does. */
export async function keepAlone(place: Place, keeper: Database, order: Order): Promise<boolean> {
  const outcome = await alone(place, keeper, order);
  if (outcome !== null) expectDone(outcome);
  return outcome !== null;
}
