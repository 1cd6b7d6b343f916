import type { PeriodSummary } from '../../contract/statistics.js';
import type { Words } from '../messages/sv.js';

/** A period in words: "kvartal 3 2026", "juli 2026", "år 2026". */
export function periodWords(words: Words, { id, kind }: Pick<PeriodSummary, 'id' | 'kind'>): string {
  const { monthName, quarterName, yearName } = words.statistics;
  const year = Number(id.slice(0, 4));
  if (kind === 'year') return yearName(year);
  return kind === 'quarter' ? quarterName(year, Number(id.slice(6))) : monthName(year, Number(id.slice(5)));
}

/** The same, at the beginning of a line. */
export function periodTitle(words: Words, period: Pick<PeriodSummary, 'id' | 'kind'>): string {
  const text = periodWords(words, period);
  return text.charAt(0).toUpperCase() + text.slice(1);
}
