/** Looking at a quarter's plan and choosing it, while the quarter has not begun. */
import * as api from '../../contract/api/planning.js';
import { MAX_RHO, type Plan, type Preset } from '../../contract/plan.js';
import { type PlanChoice } from '../../contract/plan-choice.js';
import { type Quarter } from '../../contract/period.js';
import { presetPlan } from '../../contract/presets.js';
import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database.js';
import { ProblemError } from '../../platform/problems.js';
import { actorOf } from '../../platform/event-log.js';
import { serve, type Route } from '../../platform/routes.js';
import { beginningOf, describePlan, planOf, setPlan } from './plan.js';
import { installationQuarter, isSet } from './plan-store.js';
import { readVocabulary } from './vocabulary.js';

interface PlanRouteDependencies {
  readonly desk: Database;
  readonly reader: Database;
  readonly clock: Clock;
  /** The threshold and the step that numbers with noise of this variance are shown with. */
  readonly displayOf: (sigma2: number) => { threshold: number; step: number };
  /** The preset that the totals published so far suit; it sees nothing else. */
  readonly recommend: () => Promise<Preset | null>;
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
export function planRoutes({ desk, reader, clock, displayOf, recommend }: PlanRouteDependencies): Route[] {
  const pools = { desk, reader };
  async function show(quarter: Quarter) {
    const plan = await planOf(pools, quarter);
    const vocabulary = await readVocabulary(desk, quarter);
    const described = describePlan(plan, vocabulary, quarter);
    const begins = await beginningOf(pools, quarter, clock.local().day);
    return {
      ...described,
      begun: begins === null,
      begins,
      chosen: await isSet(desk, quarter),
      ...displayOf(described.sigma2),
      tables: plan.tables,
      recommended: await recommend(),
    };
  }
  const get = serve(api.getPlan, async ({ params }) => ({ status: 200, body: await show(params.quarter) }));
  const put = serve(api.putPlan, async ({ params, body, user }) => {
    const quarter = params.quarter;
    // The first choice is part of setting Tyst up; the plans after it are the supervisor's.
    if (user.role === 'administrator' && quarter !== (await installationQuarter(reader)))
      throw new ProblemError('not-allowed');
    await setPlan(pools, quarter, planFrom(body), { clock, actor: actorOf(user) });
    return { status: 200, body: await show(quarter) };
  });
  return [get, put];
}
