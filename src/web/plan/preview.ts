/** What a plan's numbers will look like, from the plan alone. Pure. */
import { displayRuleFor, showNumber, uncertaintyOf } from '../../contract/display.js';
import { planCost, type Plan } from '../../contract/plan.js';
import { leastSure } from '../../contract/sureness.js';
import type { Vocabulary } from '../../contract/vocabulary.js';

export interface Preview {
  readonly tables: number;
  /** The most cells one call can enter. */
  readonly cost: number;
  readonly sigma2: number;
  readonly threshold: number;
  readonly step: number;
  /** Of the least sure number. */
  readonly uncertainty: number;
  /** What a true count of 20 is shown as when its noise is zero; null for under the threshold. */
  readonly twenty: number | null;
  /** How often a true count of 20 is shown as under the threshold, 0 to 1. */
  readonly twentyUnder: number;
}

/** P(20 + X < threshold), X discrete Gaussian of variance parameter sigma2. */
function shareUnder(threshold: number, sigma2: number): number {
  const reach = Math.ceil(12 * Math.max(1, Math.sqrt(sigma2)));
  let [under, all] = [0, 0];
  for (let x = -reach; x <= reach; x += 1) {
    const weight = Math.exp((-x * x) / (2 * sigma2));
    all += weight;
    if (20 + x < threshold) under += weight;
  }
  return under / all;
}

/** Throws RangeError for a plan that names a dimension the vocabulary lacks; see `planProblem`. */
export function previewOf(plan: Plan, vocabulary: Vocabulary): Preview {
  const sigma2 = leastSure(plan, vocabulary);
  const rule = displayRuleFor(sigma2);
  const shown = showNumber(20, rule);
  return {
    tables: plan.tables.length,
    cost: planCost(plan, vocabulary),
    sigma2,
    threshold: rule.threshold,
    step: rule.step,
    uncertainty: uncertaintyOf(sigma2, rule.step),
    twenty: 'value' in shown ? shown.value : null,
    twentyUnder: shareUnder(rule.threshold, sigma2),
  };
}
