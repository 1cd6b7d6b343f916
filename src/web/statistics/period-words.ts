/** Periods in words, and as short marks along an axis. */
import { closableFrom, type Day } from '../../contract/period.js';
import type { PeriodSummary } from '../../contract/statistics.js';
import type { Mark } from '../charts/lines.js';
import { capital } from '../messages/numerals.js';
import type { StatisticsWords } from '../messages/statistics-sv.js';

export type Named = Pick<PeriodSummary, 'id' | 'kind'>;

const asDate = (day: Day) => new Date(`${day}T00:00:00Z`);
const firstOf = (month: string) => asDate(`${month}-01`);

/** A month in words: "juli 2026". */
export const monthWords = (monthName: StatisticsWords['monthName'], month: string): string =>
  monthName(firstOf(month));

/** A period in words: "kvartal 3 2026", "juli 2026", "år 2026". */
export function periodWords(words: StatisticsWords, { id, kind }: Named): string {
  const year = Number(id.slice(0, 4));
  if (kind === 'year') return words.yearName(year);
  return kind === 'quarter' ? words.quarterName(year, Number(id.slice(6))) : monthWords(words.monthName, id);
}

/** The same, at the beginning of a line. */
export const periodTitle = (words: StatisticsWords, period: Named): string =>
  capital(periodWords(words, period));

/** A period along an axis: "juli" or "j" under 2026, "kv. 3" or "3"; a year stands for itself. */
export function periodMark(words: StatisticsWords, { id, kind }: Named): Mark {
  const year = id.slice(0, 4);
  if (kind === 'year') return { name: year, short: `’${year.slice(2)}`, year: '' };
  if (kind === 'quarter') return { name: words.quarterMark(Number(id.slice(6))), short: id.slice(6), year };
  const name = words.monthMark(firstOf(id));
  return { name, short: name.charAt(0), year };
}

/** The day from which a period, a month or a quarter, may be out; with its year where that is another one. */
export function earliestDay(words: StatisticsWords, id: string): string {
  const day = closableFrom(id);
  return day.startsWith(id.slice(0, 4)) ? words.day(asDate(day)) : words.longDay(asDate(day));
}

/** A day in words with its year: "7 oktober 2026". */
export const dayWords = (words: StatisticsWords, day: Day): string => words.longDay(asDate(day));
