/** The last look at the privacy budget, on the very variance that the noise is about to be drawn with. */
import { tableShapes, withinBudget, type Rational } from '../contract/plan.js';
import { CommandError } from '../platform/command-error.js';
import type { FrozenQuarter } from './quarter.js';

/**
 * Throws CommandError when one call, in all the cells it can enter in the whole quarter, its months' rows included,
 * would spend more than the plan's rho under noise of variance `sigma2` (calls squared), or rho is over the most.
 */
export function refuseOverBudget({ quarter, plan, vocabulary }: FrozenQuarter, sigma2: Rational): void {
  const cells = tableShapes(plan, vocabulary, quarter).reduce((sum, { cost }) => sum + cost, 0);
  if (!withinBudget(cells, sigma2, plan.rho))
    throw new CommandError(`The plan of ${quarter} is over its budget; nothing of it is drawn.`);
}
