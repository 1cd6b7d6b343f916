/** Reading the event log: who did what, and on which day. */
import { LessThan } from 'typeorm';
import { EVENTS_AT_ONCE, type Events, type EventsQuery } from '../../contract/event.js';
import type { Database } from '../../platform/database.js';
import { events } from '../entities.js';

/** The newest events that are asked for. The order within a day is that in which they were written. */
export async function readEvents(desk: Database, { kind, who, before }: EventsQuery): Promise<Events> {
  const asked = {
    ...(kind === undefined ? {} : { kind }),
    ...(before === undefined ? {} : { id: LessThan(before) }),
  };
  // A text with a zero byte is nobody's name, and nothing that the database can read.
  const name = who?.includes('\0') === true ? '' : who;
  const found = await desk.getRepository(events).find({
    where:
      name === undefined
        ? asked
        : [
            { ...asked, actor: name },
            { ...asked, subject: name },
          ],
    order: { id: 'DESC' },
    take: EVENTS_AT_ONCE + 1,
  });
  const shown = found.slice(0, EVENTS_AT_ONCE);
  return {
    events: shown.map(({ day, actor, kind, subject }) => ({ day, actor, kind, subject })),
    before: found.length > EVENTS_AT_ONCE ? (shown.at(-1)?.id ?? null) : null,
  };
}
