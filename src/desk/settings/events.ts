/**
 * The event log: who did what, and on which day. Never a time, nothing about a call, and no word that somebody
 * typed: a name is written only where it is an account's.
 */
import type { Day } from '../../contract/period.js';
import type { Sql } from '../../platform/database.js';

type EventKind =
  | 'sign-in'
  | 'sign-in-locked'
  | 'account-added'
  | 'account-disabled'
  | 'account-opened'
  | 'made-handler'
  | 'made-supervisor'
  | 'made-administrator'
  | 'invitation-made'
  | 'invitation-accepted'
  | 'password-changed'
  | 'two-factor-on'
  | 'two-factor-off'
  | 'two-factor-reset'
  | 'recovery-codes-made'
  | 'recovery-code-used'
  | 'plan-set'
  | 'vocabulary-set'
  | 'settings-set';

/** Actors that are not accounts. No user name has a space, so none can be taken for one. */
export const actors = {
  commandLine: 'command line',
  /** The keeper, by its own schedule. */
  keeper: 'the keeper',
  /** Somebody before signing in. */
  nobody: 'not signed in',
} as const;

interface DeskEvent {
  /** The local calendar day. */
  readonly day: Day;
  /** A user name, or one of `actors`. */
  readonly actor: string;
  readonly kind: EventKind;
  /** What it was done to: a user name or a quarter. */
  readonly subject?: string;
}

/** Writes an event down, in the transaction of the deed where there is one. */
export async function recordEvent(desk: Sql, { day, actor, kind, subject }: DeskEvent): Promise<void> {
  await desk.query('INSERT INTO desk.event (day, actor, kind, subject) VALUES ($1, $2, $3, $4)', [
    day,
    actor,
    kind,
    subject ?? null,
  ]);
}
