/** Unanswered calls of a month, typed in by a supervisor from the telephone system. */
import * as api from '../../contract/api/planning.js';
import { monthOfDay } from '../../contract/period.js';
import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database.js';
import { ProblemError } from '../../platform/problems.js';
import { serve, type Route } from '../../platform/routes.js';
import { forgetUnanswered, listUnanswered, setUnanswered } from './unanswered-store.js';

/** GET /unanswered, and PUT and DELETE /unanswered/{month}. */
export function unansweredRoutes({ desk, clock }: { desk: Database; clock: Clock }): Route[] {
  const list = serve(api.listUnanswered, async () => ({
    status: 200,
    body: { months: await listUnanswered(desk) },
  }));
  const put = serve(api.putUnanswered, async ({ params, body }) => {
    const month = params.month;
    if (month >= monthOfDay(clock.local().day)) throw new ProblemError('month-not-over');
    await setUnanswered(desk, { month, calls: body.calls });
    return { status: 200, body: { month, calls: body.calls } };
  });
  const remove = serve(api.deleteUnanswered, async ({ params }) => {
    if (!(await forgetUnanswered(desk, params.month))) throw new ProblemError('not-found');
    return { status: 204 };
  });
  return [list, put, remove];
}
