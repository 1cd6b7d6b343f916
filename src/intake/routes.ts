/** The two routes by which a call gets in, or out again. There is no third: nothing here can be read. */
import * as api from '../contract/api/calls.js';
import { checkAnswers, encodeCall } from '../contract/call.js';
import {
  monthOfDay,
  monthSchema,
  quarterOfMonth,
  takesCalls,
  type Month,
  type Quarter,
} from '../contract/period.js';
import type { FieldError } from '../contract/problem.js';
import type { AskedVocabulary } from '../contract/vocabulary.js';
import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/database.js';
import { ProblemError } from '../platform/problems.js';
import { serve, type Route } from '../platform/routes.js';
import { storeCall, withdrawCall } from './store.js';

interface IntakeDependencies {
  readonly intake: Database;
  readonly clock: Clock;
  /** The vocabulary as it stood when a quarter began, and what the quarter's plan asks of it. */
  readonly askedOf: (quarter: Quarter) => Promise<AskedVocabulary>;
}

const invalid = (errors: FieldError[]) => new ProblemError('invalid-call', { errors });
/** The keeper looks again within half a minute, where it is not for somebody to decide. */
const shut = () => new ProblemError('unavailable', { headers: { 'Retry-After': '30' } });
const closedPeriod = () => invalid([{ path: 'month', code: 'closed-period' }]);

/** The current month, or the one before it; whether that is still open is for the database to say. */
function readMonth(month: string | undefined, current: Month): Month {
  if (month === undefined) return current;
  if (!monthSchema.safeParse(month).success) throw invalid([{ path: 'month', code: 'wrong-type' }]);
  if (!takesCalls(month, current)) throw closedPeriod();
  return month;
}

/** PUT and DELETE /calls/{receipt}, for handlers. */
export function intakeRoutes({ intake, clock, askedOf }: IntakeDependencies): Route[] {
  const put = serve(api.putCall, async ({ params, body }) => {
    const { day } = clock.local();
    const month = readMonth(body.month, monthOfDay(day));
    const asked = await askedOf(quarterOfMonth(month));
    const errors = checkAnswers(body.answers, asked);
    if (errors.length > 0) {
      throw invalid(
        errors.map(({ dimension, code }) => ({
          path: dimension === '' ? 'answers' : `answers.${dimension}`,
          code,
        })),
      );
    }
    // What is not asked is dropped here: nothing after this line has seen it.
    const codes = encodeCall(body.answers, asked);
    const outcome = await storeCall(intake, { receipt: params.receipt, day, month, codes });
    if (outcome === 'shut') throw shut();
    if (outcome === 'sealed') throw new ProblemError('sealed');
    if (outcome === 'closed-period') throw closedPeriod();
    return { status: outcome === 'stored' ? 201 : 200, body: { status: outcome } };
  });
  const withdraw = serve(api.deleteCall, async ({ params }) => {
    const outcome = await withdrawCall(intake, params.receipt);
    if (outcome === 'shut') throw shut();
    if (outcome !== 'withdrawn') throw new ProblemError(outcome);
    return { status: 204 };
  });
  return [put, withdraw];
}
