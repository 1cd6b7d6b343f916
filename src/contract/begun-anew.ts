/**
 * What is said of numbers whose counters had to begin anew, and why: on the pages, in the reports and in the files. Pure.
 */
import { isQuarter, monthOfDay, monthsOfQuarter, periodKind, type Day, type Period } from './period.js';
import type { Locale } from './problem.js';
import type { BegunAnew, PeriodSummary } from './statistics.js';
import type { WordsLike } from './words.js';

/** A quarter as it was frozen, and the day on which its counters began anew; null where they never did. */
interface Counted {
  readonly quarter: string;
  readonly countedFrom: Day | null;
}

/**
 * Whether a period of a quarter misses what was counted before its counters began anew. A month that was out before that
 * day, or begins after it, does not. Of one that came out on the very day nobody can tell, and then it is said.
 */
function misses(period: Period, publishedOn: Day, countedFrom: Day): boolean {
  if (isQuarter(period)) return true;
  return publishedOn >= countedFrom && `${period}-01` <= countedFrom;
}

/** A month's or a quarter's own entry in the list of quarters that began anew. */
export function begunAnewOf(
  { quarter, countedFrom }: Counted,
  period: Period,
  publishedOn: Day,
): readonly BegunAnew[] {
  if (countedFrom === null || !misses(period, publishedOn, countedFrom)) return [];
  return [{ quarter, countedFrom }];
}

/** The day that stands with a period itself: none with a year, of which a part alone is counted from then. */
export const countedFromOf = (period: Period, begunAnew: readonly BegunAnew[]): Day | null =>
  periodKind(period) === 'year' ? null : (begunAnew[0]?.countedFrom ?? null);

const swedish = {
  own: (day: string) => `Räknat från den ${day}`,
  other: (quarter: string, day: string) => `${quarter} är räknat från den ${day}`,
  why: 'det som hade räknats dittills gick förlorat med sin nyckel och ingår inte i talen',
  butPublished: ', utom i månader som redan var publicerade',
} as const;

const english: WordsLike<typeof swedish> = {
  own: (day) => `Counted from ${day}`,
  other: (quarter, day) => `${quarter} is counted from ${day}`,
  why: 'what had been counted until then was lost with its key and is not in the numbers',
  butPublished: ', except in months that were already published',
};

const words = { sv: swedish, en: english } as const;

/** How a day and a quarter are written, where it is said. */
interface Named {
  readonly locale: Locale;
  readonly day: (day: Day) => string;
  /** At the beginning of a sentence. */
  readonly quarter: (quarter: string) => string;
}

/** A sentence for a quarter; `own` where it stands with that quarter's, or its month's, own numbers alone. */
function sentence(
  { quarter, countedFrom }: BegunAnew,
  own: Period | null,
  { locale, day, quarter: name }: Named,
): string {
  const { own: itself, other, why, butPublished } = words[locale];
  const said = day(countedFrom);
  const begins = own === null ? other(name(quarter), said) : itself(said);
  const isMonth = own !== null && !isQuarter(own);
  // In the first of its months none can have been out.
  const someWereOut = monthOfDay(countedFrom) >= monthsOfQuarter(quarter)[1];
  return `${begins}: ${why}${someWereOut && !isMonth ? butPublished : ''}.`;
}

/** What counters that began anew are told by. */
export type Told = Pick<PeriodSummary, 'id' | 'begunAnew'>;

/**
 * What is to be said where the numbers of a period are shown, and beside them those of others; a sentence a quarter.
 * Without a period of its own every quarter is named.
 */
export function begunAnewSentences(period: Told | null, beside: readonly Told[], named: Named): string[] {
  const mine = period?.begunAnew ?? [];
  const own = period === null || periodKind(period.id) === 'year' ? null : period.id;
  const first = mine.map((each) => sentence(each, own, named));
  const told = new Set(mine.map(({ quarter }) => quarter));
  const others = beside
    .flatMap(({ begunAnew }) => begunAnew)
    .filter(({ quarter }) => !told.has(quarter) && told.add(quarter));
  return [...first, ...others.map((each) => sentence(each, null, named))];
}
