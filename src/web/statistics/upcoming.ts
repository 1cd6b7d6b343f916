/** What is published next, by the calendar alone: nothing here knows whether there are calls. Pure. */
import {
  addMonths,
  closableFrom,
  monthOfDay,
  monthsOfQuarter,
  quarterOfMonth,
  type Day,
  type Month,
  type Quarter,
} from '../../contract/period.js';
import type { PeriodSummary } from '../../contract/statistics.js';

/** The day of the machine that the page is read on. */
export function today(now: Date = new Date()): Day {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

export interface Upcoming {
  readonly quarter: Quarter;
  readonly months: readonly { readonly month: Month; readonly published: boolean }[];
}

/**
 * The quarter whose numbers come next: the one before today's as long as it may not be out, else today's; null when
 * both are out. An earlier quarter that is not published was never closed, and is not on its way.
 */
export function upcomingQuarter(periods: readonly PeriodSummary[], day: Day): Upcoming | null {
  const published = new Set(periods.map(({ id }) => id));
  const current = quarterOfMonth(monthOfDay(day));
  const before = quarterOfMonth(addMonths(monthsOfQuarter(current)[0], -1));
  const next = [before, current].find((quarter) => !published.has(quarter) && closableFrom(quarter) >= day);
  if (next === undefined) return null;
  const months = monthsOfQuarter(next).map((month) => ({ month, published: published.has(month) }));
  return { quarter: next, months };
}
