/** What the keeper leaves in the event log of the desk: what was done, by whom and on which day, never how much. */
import type { EntityManager } from 'typeorm';
import type { Day } from '../contract/period.js';

export interface KeepingEvent {
  readonly day: Day;
  readonly actor: string;
  readonly kind: 'period-closed' | 'calls-imported';
  /** The period, or the quarters, that it was done to. */
  readonly subject: string;
}

/** Writes an event down in the transaction of the deed. */
export async function recordEvent(
  manager: EntityManager,
  { day, actor, kind, subject }: KeepingEvent,
): Promise<void> {
  await manager.query('INSERT INTO desk.event (day, actor, kind, subject) VALUES ($1, $2, $3, $4)', [
    day,
    actor,
    kind,
    subject,
  ]);
}
