/**
 * The log: one line of JSON an event, on standard error. Only words of our own and codes of the database get in;
 * nothing a person sent, no address, and nothing at all about an intake request, not even that there was one.
 */
import { databaseFailure } from './database.js';

type Facts = Readonly<Record<string, string | number | boolean>>;
export type Log = (event: string, facts?: Facts) => void;

export const log: Log = (event, facts = {}) => {
  process.stderr.write(`${JSON.stringify({ event, ...facts })}\n`);
};

/** What may be said of an unexpected error: its class, and a database error's code, constraint and table. */
export function describeError(error: unknown): Facts {
  const failure = databaseFailure(error);
  const name = error instanceof Error ? error.name : 'unknown';
  return { error: name, ...failure };
}
