/** What comes next: for the supervisor who issues it, and as a calendar for anybody. */
import { calendarQuerySchema, releaseStatusSchema } from '../contract/release-status.js';
import type { Month } from '../contract/period.js';
import type { Clock } from '../platform/clock.js';
import { readQuery, route, type Route } from '../platform/routes.js';
import { z } from 'zod';
import { releaseCalendar } from './calendar.js';
import { releaseStatus } from './status.js';
import { statusFacts, type Database } from './store.js';

interface StatusOptions {
  readonly reader: Database;
  readonly clock: Clock;
  /** What the desk adds: whether the releases are open, and which months have a number of unanswered calls. */
  readonly readDesk: () => Promise<{ readonly open: boolean; readonly unanswered: readonly Month[] }>;
}

/** GET /release-status and GET /release-calendar. */
export function statusRoutes({ reader, clock, readDesk }: StatusOptions): Route[] {
  const status = route({
    method: 'get',
    path: '/release-status',
    access: ['supervisor'],
    summary: 'Which release is to be issued, which quarter comes next, and what it waits for',
    replies: { 200: { description: 'By the calendar and what is published', schema: releaseStatusSchema } },
    problems: ['not-signed-in', 'not-allowed', 'unavailable'],
    async handle() {
      const [facts, { open, unanswered }] = await Promise.all([statusFacts(reader), readDesk()]);
      return { status: 200, body: { open, ...releaseStatus({ ...facts, unanswered }, clock.local()) } };
    },
  });
  const contentType = 'text/calendar';
  const calendar = route({
    method: 'get',
    path: '/release-calendar',
    access: 'public',
    summary: 'The days on which the next releases may come, two years ahead, as an iCalendar feed',
    query: calendarQuerySchema,
    replies: { 200: { description: 'RFC 5545', schema: z.string(), contentType } },
    problems: ['invalid-request'],
    handle({ request }) {
      const { language = 'sv' } = readQuery(request, calendarQuerySchema);
      return Promise.resolve({
        status: 200,
        body: releaseCalendar(language, clock.local().day),
        headers: {
          'Content-Type': `${contentType}; charset=utf-8`,
          'Content-Disposition': 'inline; filename="releases.ics"',
          'Content-Language': language,
        },
      });
    },
  });
  return [status, calendar];
}
