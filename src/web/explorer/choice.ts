/** What somebody chose to see, held against what there is: whatever is not there falls back on what is. Pure. */
import type { PeriodSummary } from '../../contract/statistics.js';

export interface Span {
  readonly begin: PeriodSummary;
  readonly end: PeriodSummary;
  readonly periods: readonly PeriodSummary[];
}

/** Periods shown unless somebody asks for more. */
const usual = 12;

/** The periods from one to another, both of one kind and in order; null where there are none at all. */
export function spanOf(all: readonly PeriodSummary[], from: string, to: string): Span | null {
  const begin = all.find(({ id }) => id === from) ?? all.at(-usual) ?? all[0];
  if (begin === undefined) return null;
  const later = all.filter(({ id }) => id >= begin.id);
  const end = later.find(({ id }) => id === to) ?? later.at(-1) ?? begin;
  return { begin, end, periods: later.filter(({ id }) => id <= end.id) };
}
