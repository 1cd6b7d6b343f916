/** Waiting for a database that is away when a process begins: it comes back by itself, and so does what needs it. */
import { setTimeout as pause } from 'node:timers/promises';
import { isUnavailable } from './database.js';
import { describeError, type Log } from './log.js';

/** Milliseconds between two attempts. */
const ATTEMPT_EVERY = 1_000;

/**
 * Opens something of the database, as often as it takes; null where the signal came first. Throws what waiting does not
 * mend. Logs the event once for each reason that it waits for.
 */
export async function openWhenThere<Opened>(
  log: Log,
  event: string,
  open: () => Promise<Opened>,
  signal: AbortSignal,
): Promise<Opened | null> {
  let said = '';
  while (!signal.aborted) {
    try {
      return await open();
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      const facts = describeError(error);
      const reason = JSON.stringify(facts);
      if (reason !== said) log(event, facts);
      said = reason;
      await pause(ATTEMPT_EVERY, undefined, { signal }).catch(() => undefined);
    }
  }
  return null;
}
