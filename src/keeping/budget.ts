/** The last look at both privacy budgets, on the very list of queries whose noise is about to be drawn. */
import { tableShapes } from '../contract/plan.js';
import { withinBudgets } from '../contract/budgets.js';
import { CommandError } from '../platform/command-error.js';
import type { Counted } from './count-call.js';

/**
 * Throws CommandError when a call could spend more than the plan's rho on the quarter's frozen queries, its months'
 * included, when two stories could be told apart by more than 2 rho, or rho is over the most.
 */
export function refuseOverBudget({ quarter, plan, vocabulary, queries }: Counted): void {
  if (!withinBudgets(queries, tableShapes(plan, vocabulary, quarter), plan.rho))
    throw new CommandError(`The plan of ${quarter} is over its budget; nothing of it is drawn.`);
}
