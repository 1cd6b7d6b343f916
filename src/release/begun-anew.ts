/** What the files of a release and the open pages say of quarters whose counters had to begin anew. Pure. */
import { begunAnewSentences, type Told } from '../contract/begun-anew.js';
import type { Locale } from '../contract/problem.js';
import { capital, dayName, periodName } from './words.js';

/** A sentence for each such quarter: of a period, where there is one, and of those whose numbers stand beside it. */
export const begunAnewText = (locale: Locale, period: Told | null, beside: readonly Told[] = []): string[] =>
  begunAnewSentences(period, beside, {
    locale,
    day: (day) => dayName(locale, day),
    quarter: (quarter) => capital(periodName(locale, quarter)),
  });
