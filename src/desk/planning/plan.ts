/**
 * The plan of a quarter. A quarter that has begun has its plan frozen in `published.quarter_plan`; for one that
 * has not, the plan is what was set for it, else what the quarters before it lead to.
 */
import {
  addDays,
  firstDayOfQuarter,
  nextQuarter,
  monthOfDay,
  quarterOfMonth,
  type Day,
  type Quarter,
} from '../../contract/period.js';
import { planCost, planProblem, planSchema, type Plan } from '../../contract/plan.js';
import type { Beginning } from '../../contract/plan-choice.js';
import { presetPlan } from '../../contract/presets.js';
import { leastSure } from '../../contract/sureness.js';
import type { Vocabulary } from '../../contract/vocabulary.js';
import type { Clock } from '../../platform/clock.js';
import type { Database, Sql } from '../../platform/database.js';
import { lockUntilCommit } from '../../platform/locks.js';
import { ProblemError } from '../../platform/problems.js';
import { recordEvent, type Actor } from '../../platform/event-log.js';
import {
  installationDay,
  installationQuarter,
  isRecorded,
  latestFrozen,
  latestSet,
  storePlan,
} from './plan-store.js';
import { readVocabulary } from './vocabulary.js';

/** Where plans are read: those set (`desk`) and those frozen (`reader`). The keeper may read both itself. */
interface PlanDependencies {
  readonly desk: Sql;
  readonly reader: Sql;
}

/**
 * The plan of a quarter: frozen, or set, or that of the latest earlier quarter since the installation, or `tiny`.
 * Quarters before the installation stand alone, because they are imported in any order.
 */
export async function planOf({ desk, reader }: PlanDependencies, quarter: Quarter): Promise<Plan> {
  const installed = await installationQuarter(reader);
  const from = quarter < installed ? quarter : installed;
  const frozen = await latestFrozen(reader, from, quarter);
  const set = await latestSet(desk, from, quarter);
  // Of one and the same quarter, what is frozen counts.
  const found = set === null || (frozen !== null && frozen.quarter >= set.quarter) ? frozen : set;
  if (found === null) return presetPlan('tiny');
  const plan = planSchema.parse(found.plan);
  const stands = found === frozen && frozen.quarter === quarter;
  // Of a quarter that is not frozen, a preset's name means the tables that the preset has now.
  return stands || plan.preset === 'own' ? plan : presetPlan(plan.preset, plan.rho);
}

/**
 * How a quarter begins that has not begun yet; null for one that has, whose plan stands. One later than the quarter of
 * installation begins at its first midnight. That one begins when the first handler signs in or with the first seal, and
 * at the latest when the quarter after it begins, which may have its plan from it; an earlier one with the first import.
 */
export async function beginningOf(
  { desk, reader }: PlanDependencies,
  quarter: Quarter,
  today: Day,
): Promise<Beginning | null> {
  if ((await latestFrozen(reader, quarter, quarter)) !== null) return null;
  const installedOn = await installationDay(reader);
  const installed = quarterOfMonth(monthOfDay(installedOn));
  if (quarter < installed) return { with: 'first-import', on: null };
  if (quarter > installed) {
    const on = firstDayOfQuarter(quarter);
    return today >= on ? null : { with: 'midnight', on };
  }
  if ((await isRecorded(desk, quarter)) || today >= firstDayOfQuarter(nextQuarter(quarter))) return null;
  // The first seal: in the night after the installation, or as soon as there is a keeper.
  const sealed = addDays(installedOn, 1);
  return { with: 'first-handler', on: sealed < today ? today : sealed };
}

/** Whether a quarter's plan stands: see `beginningOf`. */
export const hasBegun = async (
  dependencies: PlanDependencies,
  quarter: Quarter,
  today: Day,
): Promise<boolean> => (await beginningOf(dependencies, quarter, today)) === null;

/** Milliseconds for which a plan that stands is kept in memory. */
const KEEP_FOR = 10_000;

/**
 * Gives the plan of a quarter: of one that has begun the plan that stands, asked anew when what is in memory is ten
 * seconds old; of one that has not, the plan it would begin with, asked anew each time.
 */
export function rememberedPlanOf(
  dependencies: PlanDependencies & { readonly clock: Clock },
): (quarter: Quarter) => Promise<Plan> {
  const kept = new Map<Quarter, { plan: Plan; until: number }>();
  return async (quarter) => {
    const known = kept.get(quarter);
    if (known !== undefined && performance.now() < known.until) return known.plan;
    // Asked before the plan is: one that is set in between would else be kept as the one that stands.
    const begun = await hasBegun(dependencies, quarter, dependencies.clock.local().day);
    const plan = await planOf(dependencies, quarter);
    if (!begun) return plan;
    // The current quarter and the one before it; a few more as they change.
    if (kept.size >= 4) kept.clear();
    kept.set(quarter, { plan, until: performance.now() + KEEP_FOR });
    return plan;
  };
}

const overBudget = () => new ProblemError('over-budget');
const brokenTables = () =>
  new ProblemError('invalid-request', { errors: [{ path: 'tables', code: 'wrong-type' }] });

/**
 * Sets the plan of a quarter that has not begun. Throws the problems quarter-begun, and over-budget for a rho
 * above 0.5, and invalid-request for tables that its quarter's vocabulary cannot carry.
 */
export async function setPlan(
  { desk, reader }: { readonly desk: Database; readonly reader: Sql },
  quarter: Quarter,
  plan: Plan,
  { clock, actor }: { readonly clock: Clock; readonly actor: Actor },
): Promise<void> {
  const { error } = planSchema.safeParse(plan);
  if (error !== undefined)
    throw error.issues.some(({ path }) => path[0] === 'rho') ? overBudget() : brokenTables();
  await desk.transaction('READ COMMITTED', async (manager) => {
    // The keeper freezes a quarter's plan, and the first handler signs in, under the same lock: it is set before that, or
    // refused after.
    await lockUntilCommit(manager, 'plan');
    const { day } = clock.local();
    if (await hasBegun({ desk: manager, reader }, quarter, day)) throw new ProblemError('quarter-begun');
    const problem = planProblem(plan, await readVocabulary(manager, quarter));
    if (problem !== null) throw problem === 'over-budget' ? overBudget() : brokenTables();
    await storePlan(manager, quarter, plan);
    await recordEvent(manager, { day, actor, kind: 'plan-set', subject: quarter });
  });
}

/** What `tyst plan show` says of a plan: rho, the sum of its tables' costs, the noise's variance, its tables. */
export function describePlan(plan: Plan, vocabulary: Vocabulary, quarter: Quarter) {
  return {
    quarter,
    preset: plan.preset,
    rho: plan.rho,
    cost: planCost(plan, vocabulary),
    sigma2: leastSure(plan, vocabulary),
    tables: plan.tables.map((table) => table.id),
  };
}
