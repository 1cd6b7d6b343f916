/**
 * What the keeper does by itself, and when. Pure decisions over days; `keeper.ts` of the wiring does the waiting.
 */
import type { DataSource } from 'typeorm';
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

/** The day of installation, as `install` wrote it down. */
export async function installedOn(keeper: DataSource): Promise<Day> {
  const [row]: { day: Day }[] = await keeper.query(
    'SELECT installed_on::text AS day FROM published.installation',
  );
  if (row === undefined) throw new Error('The installation is not complete: run `tyst start`.');
  return row.day;
}

/** Those of the periods whose numbers are not out yet. */
export async function unpublished(keeper: DataSource, periods: readonly Period[]): Promise<Period[]> {
  const rows: { id: Period }[] = await keeper.query(
    'SELECT id FROM published.period WHERE id = ANY($1::text[])',
    [periods],
  );
  const out = new Set(rows.map(({ id }) => id));
  return periods.filter((period) => !out.has(period));
}
