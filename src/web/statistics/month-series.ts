/** Which months stand beside a period, and how many calls each had. Pure. */
import { addMonths, monthsOfQuarter, type Month } from '../../contract/period.js';
import type { PeriodSummary } from '../../contract/statistics.js';
import type { Named } from './period-words.js';

/** The last month of a period. */
export function lastMonth({ id, kind }: Named): Month {
  if (kind === 'year') return `${id}-12`;
  return kind === 'quarter' ? monthsOfQuarter(id)[2] : id;
}

/** Whether a period can be looked at: of a month nothing is published where its plan counts no months. */
export const holdsNumbers = ({ kind, totals }: PeriodSummary): boolean =>
  kind !== 'month' || totals.contacts !== null || totals.conversations !== null;

export interface MonthSeries {
  /** Whom the numbers count: all contacts where every month gives them, else the conversations. */
  readonly universe: 'contacts' | 'conversations';
  readonly months: readonly PeriodSummary[];
}

/** The published months of the year up to the end of a period; null where their plans count no months. */
export function monthsUpTo(periods: readonly PeriodSummary[], last: Month): MonthSeries | null {
  const first = addMonths(last, -11);
  const within = periods.filter(({ id, kind }) => kind === 'month' && id >= first && id <= last);
  for (const universe of ['contacts', 'conversations'] as const) {
    const months = within.filter(({ totals }) => totals[universe] !== null);
    if (months.length > 0 && months.some(({ id }) => id === within.at(-1)?.id)) return { universe, months };
  }
  return null;
}

/**
 * The end of the months beside a period: its own end, or for the newest quarter or year the newest month that is out.
 */
export function endOfMonths(periods: readonly PeriodSummary[], period: Named): Month {
  const end = lastMonth(period);
  const newest = (kind: PeriodSummary['kind']) => periods.findLast((each) => each.kind === kind)?.id;
  const open = period.kind !== 'month' && newest(period.kind) === period.id;
  const latest = newest('month') ?? end;
  // Of a month that is further off than a quarter the period says nothing.
  return open && latest > end && latest <= addMonths(end, 3) ? latest : end;
}
