/** Looking at a quarter's plan and choosing it, while the quarter has not begun. */
import type { DataSource } from 'typeorm';
import { MAX_RHO, planSigma2, toNumber, type Plan, type Preset } from '../contract/plan.js';
import { choosePlanSchema, quarterPlanSchema, type PlanChoice } from '../contract/plan-choice.js';
import { quarterSchema, type Quarter } from '../contract/period.js';
import { presetPlan } from '../contract/presets.js';
import type { Clock } from '../platform/clock.js';
import { ProblemError } from '../platform/problems.js';
import { route, type Route } from '../platform/routes.js';
import { describePlan, hasBegun, planOf, setPlan } from './plan.js';
import { readVocabulary } from './vocabulary.js';

interface PlanOptions {
  readonly desk: DataSource;
  readonly reader: DataSource;
  readonly clock: Clock;
  /** The threshold and the step that numbers with noise of this variance are shown with. */
  readonly displayOf: (sigma2: number) => { threshold: number; step: number };
  /** The preset that the totals published so far suit; it sees nothing else. */
  readonly recommend: () => Promise<Preset | null>;
}

function readQuarter(params: Readonly<Record<string, string>>): Quarter {
  const quarter = quarterSchema.safeParse(params['quarter']);
  if (!quarter.success) throw new ProblemError('not-found');
  return quarter.data;
}

/** The plan that a choice stands for. Exactly one of preset and tables is given. */
function planFrom({ preset, tables, rho = MAX_RHO }: PlanChoice): Plan {
  if ((preset === undefined) === (tables === undefined)) {
    throw new ProblemError('invalid-request', {
      errors: [{ path: 'preset', code: preset === undefined ? 'missing' : 'exclusive' }],
    });
  }
  if (rho > MAX_RHO) throw new ProblemError('over-budget');
  return preset === undefined ? { preset: 'own', rho, tables: tables ?? [] } : presetPlan(preset, rho);
}

/** GET and PUT /plan/{quarter}. */
export function planRoutes({ desk, reader, clock, displayOf, recommend }: PlanOptions): Route[] {
  const sources = { desk, reader };
  async function show(quarter: Quarter) {
    const plan = await planOf(sources, quarter);
    const vocabulary = await readVocabulary(desk, quarter);
    return {
      ...describePlan(plan, vocabulary, quarter),
      begun: await hasBegun(reader, quarter, clock.local().day),
      ...displayOf(toNumber(planSigma2(plan, vocabulary))),
      tables: plan.tables,
      recommended: await recommend(),
    };
  }
  const get = route({
    method: 'get',
    path: '/plan/:quarter',
    access: ['supervisor', 'administrator'],
    summary: "A quarter's plan: its tables, cost and noise, and whether it stands",
    replies: { 200: { description: 'The plan', schema: quarterPlanSchema } },
    problems: ['not-signed-in', 'not-allowed', 'not-found', 'unavailable'],
    handle: async ({ params }) => ({ status: 200, body: await show(readQuarter(params)) }),
  });
  const put = route({
    method: 'put',
    path: '/plan/:quarter',
    access: ['supervisor'],
    summary: 'Choose the plan of a quarter that has not begun; later quarters follow it',
    body: choosePlanSchema,
    replies: { 200: { description: 'Chosen', schema: quarterPlanSchema } },
    problems: [
      ...([
        'not-signed-in',
        'not-allowed',
        'cross-origin',
        'not-found',
        'quarter-begun',
        'over-budget',
        'unavailable',
      ] as const),
      ...(['malformed-json', 'wrong-content-type', 'too-large', 'invalid-request'] as const),
    ],
    async handle({ params, body, user }) {
      const quarter = readQuarter(params);
      await setPlan(sources, quarter, planFrom(body), { clock, actor: user?.username ?? '' });
      return { status: 200, body: await show(quarter) };
    },
  });
  return [get, put];
}
