/** A command's side: it hands its order to the keeper that runs, and waits for what becomes of it. */
import type { Database } from '../platform/database.js';
import { IMPORT_CHANNEL } from '../platform/import-channel.js';
import { askKeeper, KEEPER_PATIENCE, keeperSilent } from '../platform/keeper-wait.js';
import type { Order } from './orders.js';
import { outcomeSchema, type Outcome } from './outcome.js';
import { deleteRequests, fileOrder, orderState, readRequestKey, withdrawOrder } from './request-store.js';

/** An envelope's size tells nothing of an order. */
const LEAST_ENVELOPE = 2 ** 16;

/** Hands an order to the keeper, and waits. Throws the problem `unavailable` when it does not take it up. */
export async function handOver(keeper: Database, order: Order): Promise<Outcome> {
  const mailbox = {
    readKey: () => readRequestKey(keeper),
    file: (id: string, envelope: Buffer) => fileOrder(keeper, id, envelope, IMPORT_CHANNEL),
    stateOf: (id: string) => orderState(keeper, id),
    withdraw: (id: string) => withdrawOrder(keeper, id),
    remove: (id: string) => deleteRequests(keeper, 'sealed.request', [id]),
  };
  const asking = {
    ...{ least: LEAST_ENVELOPE, patience: KEEPER_PATIENCE },
    // An order that was carried out is refused the second time, or was answered where it was stored.
    ...{ unfinished: keeperSilent, sendAgain: true },
  };
  const reply = await askKeeper(mailbox, Buffer.from(JSON.stringify(order)), asking);
  return outcomeSchema.parse(JSON.parse(reply.toString('utf8')));
}
