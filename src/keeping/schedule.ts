/**
 * What the keeper does by itself, and when. Pure decisions over days; `keeper.ts` of the wiring does the waiting.
 */
import {
  addDays,
  addMonths,
  closableFrom,
  monthOfDay,
  NIGHTLY_HOUR,
  quarterOfMonth,
  type Day,
  type Month,
  type Period,
} from '../contract/period.js';

/** The last day on which a nightly seal was due: today from 04 on, yesterday before. Days before it are finished. */
export function sealDay({ day, hour }: { day: Day; hour: number }): Day {
  return hour >= NIGHTLY_HOUR ? day : addDays(day, -1);
}

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

/** Since when an installation keeps, and when its days were last sealed. */
interface Kept {
  readonly installedOn: Day;
  readonly sealedOn: Day | null;
}

/** Whether the nightly seal of a day is still to be done. A last seal in the future was one of a clock that was wrong. */
export function sealIsDue({ installedOn, sealedOn }: Kept, due: Day, today: Day): boolean {
  return due > installedOn && (sealedOn === null || due > sealedOn || sealedOn > today);
}

/** So many days without a seal are a holiday or a broken machine; more may be a broken clock. */
const GAP_DAYS = 40;

/** The day of the last seal, or of the installation, where today is too far after it to be believed; else null. */
export function clockGap({ installedOn, sealedOn }: Kept, today: Day): Day | null {
  const last = sealedOn !== null && sealedOn > installedOn ? sealedOn : installedOn;
  return today > addDays(last, GAP_DAYS) ? last : null;
}
