/**
 * What can be asked of the keeper, and carrying it out. An order is data: it comes from the keeper's own schedule, from
 * a command, or from a file that was sent over the web, and it is carried out in a process of its own.
 */
import { z } from 'zod';
import { addDays, daySchema, monthSchema, quarterSchema, type Day } from '../contract/period.js';
import { CommandError } from '../platform/command-error.js';
import { actorSchema, recordEvent, type Actor } from '../platform/event-log.js';
import { answerRequest, requestTables } from './request-store.js';
import { close } from './close.js';
import { discard } from './discard.js';
import { addImport, countedImportSchema } from './import.js';
import { readInstallation } from './key-store.js';
import { clockGap } from './schedule.js';
import { seal } from './seal.js';
import { prepareKey, type Keeping } from './turn.js';

const common = { actor: actorSchema };

export const orderSchema = z.discriminatedUnion('act', [
  /** Find the key of the night, or make one. */
  z.strictObject({ act: z.literal('prepare'), keysAreLost: z.boolean() }),
  z.strictObject({
    act: z.literal('seal'),
    /** Days before this one; where it is left out, before today. */
    before: daySchema.nullable(),
    /** Today's calls too. */
    today: z.boolean(),
    /** Somebody confirms that the clock is right, however long ago the last seal was. */
    afterAGap: z.boolean(),
    ...common,
  }),
  z.strictObject({ act: z.literal('close'), period: z.union([monthSchema, quarterSchema]), ...common }),
  z.strictObject({ act: z.literal('discard'), quarter: quarterSchema, ...common }),
  /** Add what a file moved; with it, in the same transaction, the answer to whoever sent it. */
  z.strictObject({
    act: z.literal('import'),
    imported: countedImportSchema,
    answer: z.strictObject({ table: z.enum(requestTables), id: z.uuid(), bytes: z.base64() }).nullable(),
    ...common,
  }),
]);
export type Order = z.infer<typeof orderSchema>;

/** A clock far ahead of the last seal closes periods for good, so nothing is kept until somebody has looked. */
export const gapRefused = (lastSeal: Day, today: Day) =>
  new CommandError(
    `The clock says ${today}, and the last seal was on ${lastSeal}. If the clock is right, confirm it with \`tyst seal --after-a-gap\`; if not, set it right. Nothing was sealed, closed or imported.`,
  );

/** Throws CommandError where the clock is too far ahead of the last seal. */
async function refuseGap({ keeper, today }: Keeping): Promise<void> {
  const gap = clockGap(await readInstallation(keeper), today);
  if (gap !== null) throw gapRefused(gap, today);
}

async function confirmGap({ keeper, today }: Keeping, actor: Actor): Promise<void> {
  if (clockGap(await readInstallation(keeper), today) === null) return;
  await recordEvent(keeper, { day: today, actor, kind: 'clock-gap-confirmed' });
}

/** Carries an order out. Throws CommandError, with nothing changed, where it is refused. */
export async function carryOut(keeping: Keeping, order: Order): Promise<void> {
  if (order.act === 'prepare') {
    await prepareKey(keeping, order.keysAreLost);
    return;
  }
  const { actor } = order;
  if (order.act === 'seal' && order.afterAGap) await confirmGap(keeping, actor);
  else await refuseGap(keeping);
  const dependencies = { ...keeping, actor };
  switch (order.act) {
    case 'seal':
      await seal(keeping, order.before ?? (order.today ? addDays(keeping.today, 1) : keeping.today));
      break;
    case 'close':
      await close(dependencies, order.period);
      break;
    case 'discard':
      await discard(dependencies, order.quarter);
      break;
    case 'import': {
      const { answer } = order;
      await addImport(dependencies, order.imported, async (transaction) => {
        if (answer === null) return;
        const { table, id, bytes } = answer;
        // Another keeper has come, and has said that nothing was stored: so be it.
        if (!(await answerRequest(transaction, table, id, Buffer.from(bytes, 'base64'))))
          throw new CommandError('The request is gone.');
      });
    }
  }
}
