/** The plan of the quarter of today, which an administrator chooses while Tyst is set up. */
import type { QuarterPlan } from '../../contract/plan-choice.js';
import { monthOfDay, quarterOfMonth, type Quarter } from '../../contract/period.js';
import { useLanguage } from '../messages/language.js';
import { firstPlan as inEnglish } from '../messages/first-plan-en.js';
import { firstPlan as inSwedish, type FirstPlanWords } from '../messages/first-plan-sv.js';
import { today } from '../statistics/upcoming.js';

export const useFirstPlanWords = (): FirstPlanWords =>
  useLanguage().locale === 'sv' ? inSwedish : inEnglish;

export const runningQuarter = (): Quarter => quarterOfMonth(monthOfDay(today()));

/** Until the night before which day the choice is open; null when it is not, or not an administrator's. */
export function openUntil({ begins }: Pick<QuarterPlan, 'begins'>): Date | null {
  if (begins?.with !== 'first-handler' || begins.on === null) return null;
  return new Date(`${begins.on}T00:00:00Z`);
}
