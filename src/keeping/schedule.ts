/**
 * What the keeper does by itself, and when. Pure decisions over days; `keeper.ts` of the wiring does the waiting.
 */
import type { Kept } from '../contract/kept.js';
import {
  addMonths,
  closableFrom,
  monthOfDay,
  quarterOfMonth,
  type Day,
  type Month,
  type Period,
} from '../contract/period.js';

// What the web says as well is shared with it.
export { clockGap, sealDay } from '../contract/kept.js';

function* monthsFrom(first: Month, last: Month): Generator<Month> {
  for (let month = first; month <= last; month = addMonths(month, 1)) yield month;
}

/**
 * The periods from the month of installation on that may be closed by now, in the order in which they must be:
 * each month, and after a quarter's last month the quarter.
 */
export function duePeriods(installedOn: Day, today: Day): Period[] {
  const periods: Period[] = [];
  for (const month of monthsFrom(monthOfDay(installedOn), addMonths(monthOfDay(today), -1))) {
    periods.push(month);
    if (quarterOfMonth(addMonths(month, 1)) !== quarterOfMonth(month)) periods.push(quarterOfMonth(month));
  }
  return periods.filter((period) => closableFrom(period) <= today);
}

/** Whether the nightly seal of a day is still to be done. A last seal in the future was one of a clock that was wrong. */
export function sealIsDue({ installedOn, sealedOn }: Kept, due: Day, today: Day): boolean {
  return due > installedOn && (sealedOn === null || due > sealedOn || sealedOn > today);
}
