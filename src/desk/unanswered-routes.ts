/** Unanswered calls of a month, typed in by a supervisor from the telephone system. */
import type { DataSource } from 'typeorm';
import { monthOfDay, monthSchema, type Month } from '../contract/period.js';
import { setUnansweredSchema, unansweredListSchema, unansweredSchema } from '../contract/unanswered.js';
import type { Clock } from '../platform/clock.js';
import { ProblemError } from '../platform/problems.js';
import { route, type Route } from '../platform/routes.js';
import { forgetUnanswered, listUnanswered, setUnanswered } from './unanswered-store.js';

const access = ['supervisor'] as const;
const guarded = ['not-signed-in', 'not-allowed', 'unavailable'] as const;

function readMonth(params: Readonly<Record<string, string>>): Month {
  const month = monthSchema.safeParse(params['month']);
  if (!month.success) throw new ProblemError('not-found');
  return month.data;
}

/** GET /unanswered, and PUT and DELETE /unanswered/{month}. */
export function unansweredRoutes({ desk, clock }: { desk: DataSource; clock: Clock }): Route[] {
  const list = route({
    method: 'get',
    path: '/unanswered',
    access,
    summary: 'Unanswered calls of each month that somebody typed in: exact, and from another system',
    replies: { 200: { description: 'In the order of the months', schema: unansweredListSchema } },
    problems: guarded,
    handle: async () => ({ status: 200, body: { months: await listUnanswered(desk) } }),
  });
  const put = route({
    method: 'put',
    path: '/unanswered/:month',
    access,
    summary: 'Type in, or correct, the unanswered calls of a month that is over',
    body: setUnansweredSchema,
    replies: { 200: { description: 'Stored', schema: unansweredSchema } },
    problems: [
      ...guarded,
      'cross-origin',
      'not-found',
      'month-not-over',
      'malformed-json',
      'wrong-content-type',
      'too-large',
      'invalid-request',
    ],
    async handle({ params, body }) {
      const month = readMonth(params);
      if (month >= monthOfDay(clock.local().day)) throw new ProblemError('month-not-over');
      await setUnanswered(desk, { month, calls: body.calls });
      return { status: 200, body: { month, calls: body.calls } };
    },
  });
  const remove = route({
    method: 'delete',
    path: '/unanswered/:month',
    access,
    summary: 'Take a number that was typed in away',
    replies: { 204: { description: 'It is gone' } },
    problems: [...guarded, 'cross-origin', 'not-found'],
    async handle({ params }) {
      if (!(await forgetUnanswered(desk, readMonth(params)))) throw new ProblemError('not-found');
      return { status: 204 };
    },
  });
  return [list, put, remove];
}
