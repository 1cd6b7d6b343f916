/** What comes next: for the supervisor who issues it, and as a calendar for anybody. */
import * as api from '../contract/api/releases.js';
import type { Month } from '../contract/period.js';
import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/database.js';
import { readBegunAnew } from '../platform/installation-store.js';
import { serve, type Route } from '../platform/routes.js';
import { releaseCalendar } from './calendar.js';
import { releaseStatus } from './status.js';
import { statusFacts } from './store.js';

interface StatusDependencies {
  readonly reader: Database;
  readonly clock: Clock;
  /** What the desk adds: whether the releases are open, and which months have a number of unanswered calls. */
  readonly readDesk: () => Promise<{ readonly open: boolean; readonly unanswered: readonly Month[] }>;
}

/** GET /release-status and GET /release-calendar. */
export function statusRoutes({ reader, clock, readDesk }: StatusDependencies): Route[] {
  const status = serve(api.getReleaseStatus, async () => {
    const [facts, begunAnew, { open, unanswered }] = await Promise.all([
      statusFacts(reader),
      readBegunAnew(reader, 'all'),
      readDesk(),
    ]);
    const next = releaseStatus({ ...facts, begunAnew, unanswered }, clock.local());
    return { status: 200, body: { open, ...next } };
  });
  const calendar = serve(api.getReleaseCalendar, ({ query: { language = 'sv' } }) =>
    Promise.resolve({
      status: 200,
      body: releaseCalendar(language, clock.local().day),
      headers: {
        'Content-Type': `${api.getReleaseCalendar.replies[200].contentType}; charset=utf-8`,
        'Content-Disposition': 'inline; filename="releases.ics"',
        'Content-Language': language,
      },
    }),
  );
  return [status, calendar];
}
