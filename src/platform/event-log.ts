/**
 * The event log: who did what, and on which day. Never a time, nothing about a call, and no word that somebody
 * typed: a name is written only where it is an account's.
 */
import { z } from 'zod';
import type { EventKind } from '../contract/event.js';
import type { Day } from '../contract/period.js';
import { usernameSchema } from '../contract/session.js';
import type { Sql } from './database.js';

// prettier-ignore
type Initial =
  | 'a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'g' | 'h' | 'i' | 'j' | 'k' | 'l' | 'm'
  | 'n' | 'o' | 'p' | 'q' | 'r' | 's' | 't' | 'u' | 'v' | 'w' | 'x' | 'y' | 'z'
  | '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9';

/** Who did something: a user name, or one of `actors`. With a first character, so that no event is nobody's. */
export type Actor = `${Initial}${string}`;

/** Actors that are not accounts. No user name has a space, so none can be taken for one. */
export const actors = {
  commandLine: 'command line',
  /** The keeper, by its own schedule. */
  keeper: 'the keeper',
  /** Somebody before signing in. */
  nobody: 'not signed in',
} as const satisfies Readonly<Record<string, Actor>>;

/** An actor as it travels between processes. */
export const actorSchema = z.custom<Actor>((name) => typeof name === 'string' && name !== '');

const isUsername = (name: string): name is Actor => usernameSchema.safeParse(name).success;

/** An account as an actor. Throws where no account can have that name. */
export function actorOf({ username }: { readonly username: string }): Actor {
  if (!isUsername(username)) throw new Error('Not the name of an account.');
  return username;
}

interface LoggedEvent {
  /** The local calendar day. */
  readonly day: Day;
  readonly actor: Actor;
  readonly kind: EventKind;
  /** What it was done to: a user name, a quarter, a period, a release or a key. */
  readonly subject?: string;
}

/** Writes an event down, in the transaction of the deed where there is one. */
export async function recordEvent(
  transaction: Sql,
  { day, actor, kind, subject }: LoggedEvent,
): Promise<void> {
  await transaction.query('INSERT INTO desk.event (day, actor, kind, subject) VALUES ($1, $2, $3, $4)', [
    day,
    actor,
    kind,
    subject ?? null,
  ]);
}
