/** Until when a plan may be chosen, in words. */
import type { QuarterPlan } from '../../contract/plan-choice.js';
import { usePlanWords } from '../messages/plan.js';

/** Nothing for a plan that stands. */
export function Begins({ plan: { begins } }: { readonly plan: Pick<QuarterPlan, 'begins'> }) {
  const words = usePlanWords();
  if (begins === null) return null;
  if (begins.with === 'first-import' || begins.on === null) return words.begins['first-import'];
  return words.begins[begins.with](new Date(`${begins.on}T00:00:00Z`));
}
