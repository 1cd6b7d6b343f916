/** How an order ended, as one process tells another: done, refused in words of ours, or failed. */
import { z } from 'zod';
import { CommandError } from '../platform/command-error.js';
import { describeError, type Log } from '../platform/log.js';
import { FileRefused, fileRefusals } from './import-error.js';

export const outcomeSchema = z.union([
  z.strictObject({ done: z.literal(true) }),
  z.strictObject({ refused: z.string(), code: z.enum(fileRefusals).nullable() }),
  z.strictObject({ failed: z.literal(true) }),
]);
export type Outcome = z.infer<typeof outcomeSchema>;

/** Does some work, and says how it ended. What went wrong is logged; of a refusal the words are ours. */
export async function outcomeOf(work: () => Promise<void>, log: Log): Promise<Outcome> {
  try {
    await work();
    return { done: true };
  } catch (error) {
    if (error instanceof FileRefused) return { refused: error.message, code: error.code };
    if (error instanceof CommandError) return { refused: error.message, code: null };
    log('keeping-failed', describeError(error));
    return { failed: true };
  }
}

/** Throws where an order did not come to its end. */
export function expectDone(outcome: Outcome): void {
  if ('refused' in outcome)
    throw outcome.code === null
      ? new CommandError(outcome.refused)
      : new FileRefused(outcome.code, outcome.refused);
  if ('failed' in outcome)
    throw new CommandError('It failed, and nothing was changed. The log says why; try again.');
}
