/** A command's side: it hands its order to the keeper that runs, and waits for what becomes of it. */
import { randomUUID } from 'node:crypto';
import type { Database } from '../platform/database.js';
import { sealEnvelope } from '../platform/envelope.js';
import { IMPORT_CHANNEL } from '../platform/import-channel.js';
import { KEEPER_PATIENCE, keeperSilent, waitForKeeper } from '../platform/keeper-wait.js';
import type { Order } from './orders.js';
import { outcomeSchema, type Outcome } from './outcome.js';
import { deleteRequests, fileOrder, orderState, readRequestKey } from './request-store.js';

/** Milliseconds for the keeper to be done: a quarter with its months, or a seal that waits for a dump. */
const LONGEST_ORDER = 600_000;

/** An envelope's size tells nothing of an order. */
const LEAST_ENVELOPE = 2 ** 16;

/** How often an order is sealed anew, because the keeper's key has changed meanwhile. */
const ATTEMPTS = 3;

/** Hands an order to the keeper, and waits. Throws the problem `unavailable` when it does not take it up. */
export async function askKeeper(keeper: Database, order: Order): Promise<Outcome> {
  const message = Buffer.from(JSON.stringify(order));
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const key = await readRequestKey(keeper);
    if (key === null) throw keeperSilent();
    const id = randomUUID();
    const { envelope, openReply } = sealEnvelope(key, message, { name: id, least: LEAST_ENVELOPE });
    await fileOrder(keeper, id, envelope, IMPORT_CHANNEL);
    let taken = false;
    const { answer } = await waitForKeeper(async (waited) => {
      const found = await orderState(keeper, id);
      if (found === null) throw keeperSilent();
      taken ||= found.state === 'taken';
      if (found.state === 'answered' || found.state === 'refused') return found;
      if (waited >= (taken ? LONGEST_ORDER : KEEPER_PATIENCE)) {
        // Taken back, so that nobody carries it out when nobody waits for it any more.
        if (!taken) await deleteRequests(keeper, 'sealed.request', [id]);
        throw keeperSilent();
      }
      return null;
    }, KEEPER_PATIENCE);
    await deleteRequests(keeper, 'sealed.request', [id]);
    const reply = answer === null ? null : openReply(answer);
    if (reply !== null) return outcomeSchema.parse(JSON.parse(reply.toString('utf8')));
  }
  throw keeperSilent();
}
