/** What is said of quarters whose counters had to begin anew. Pure. */
import { begunAnewSentences, type Told } from '../../contract/begun-anew.js';
import { dayWords, periodTitle } from './period-words.js';
import type { Names } from './titles.js';

/** A sentence for each such quarter of a period, null where there is none, and of the periods beside it. */
export function begunAnewWords(
  { statistics, locale }: Names,
  period: Told | null,
  beside: readonly Told[] = [],
): string[] {
  return begunAnewSentences(period, beside, {
    locale,
    day: (day) => dayWords(statistics, day),
    quarter: (id) => periodTitle(statistics, { id, kind: 'quarter' }),
  });
}

/** What stands under a picture that leaves the page. */
export const pictureFooter = (names: Names, period: Told | null, beside: readonly Told[] = []): string =>
  [names.statistics.approximate, ...begunAnewWords(names, period, beside)].join(' ');
