/** Waiting for what the keeper was asked to do: a row and a notice ask it, and its answer is looked for until it is there. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ProblemError } from './problems.js';

/** Milliseconds for the keeper to take up what it was asked, where a test does not say otherwise. */
export const KEEPER_PATIENCE = 30_000;

const POLL_EVERY = 200;

/** The keeper looks for what was asked every half minute even if it missed the notice. */
export const keeperSilent = () => new ProblemError('unavailable', { headers: { 'Retry-After': '60' } });

/**
 * Looks until there is an answer, every 200 ms, or more often where the patience is less. `look` is told how many
 * milliseconds that has gone on; it gives null where there is no answer yet, and throws the problem that ends the wait.
 */
export async function waitForKeeper<Answer>(
  look: (waited: number) => Promise<Answer | null>,
  patience: number,
): Promise<Answer> {
  // Counted in waits, not by the clock: a clock that is set back must not keep the request waiting.
  for (let waited = 0; ; waited += POLL_EVERY) {
    const answer = await look(waited);
    if (answer !== null) return answer;
    await sleep(Math.min(POLL_EVERY, patience));
  }
}
