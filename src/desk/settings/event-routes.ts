/** Reading the event log: who did what, and on which day. */
import type { DataSource } from 'typeorm';
import * as api from '../../contract/api/settings.js';
import { EVENTS_AT_ONCE, type EventEntry, type Events, type EventsQuery } from '../../contract/event.js';
import { serve, type Route } from '../../platform/routes.js';
import type { DeskDependencies } from '../dependencies.js';

/** The newest events that are asked for. The order within a day is that in which they were written. */
async function readEvents(desk: DataSource, { kind, who, before }: EventsQuery): Promise<Events> {
  const rows: (EventEntry & { readonly cursor: string })[] = await desk.query(
    `SELECT id::text AS cursor, to_char(day, 'YYYY-MM-DD') AS day, actor, kind, subject FROM desk.event
     WHERE ($1::text IS NULL OR kind = $1) AND ($2::text IS NULL OR $2 IN (actor, subject))
       AND ($3::bigint IS NULL OR id < $3)
     ORDER BY id DESC LIMIT $4`,
    // A text with a zero byte is nobody's name, and nothing that the database can read.
    [kind ?? null, who?.includes('\0') === true ? '' : (who ?? null), before ?? null, EVENTS_AT_ONCE + 1],
  );
  const events = rows.slice(0, EVENTS_AT_ONCE).map(({ cursor: _, ...event }) => event);
  return { events, before: rows.length > EVENTS_AT_ONCE ? (rows[EVENTS_AT_ONCE - 1]?.cursor ?? null) : null };
}

/** GET /events, for administrators. */
export function eventRoutes({ desk }: DeskDependencies): Route[] {
  const list = serve(api.listEvents, async ({ query }) => ({
    status: 200,
    body: await readEvents(desk, query),
  }));
  return [list];
}
