/** How sure the numbers of a table are, in a sentence. Pure. */
import { isQuarter } from '../contract/period.js';
import type { Locale } from '../contract/problem.js';
import { numeral, periodName, words } from './words.js';

interface OfPeriod {
  readonly period: string;
  readonly uncertainty: number;
}

/** In one figure where all periods of a table agree, else in one for each; the table's own period comes first. */
export function sureness(locale: Locale, all: readonly [OfPeriod, ...OfPeriod[]]): string {
  const { upTo, upToEach, upToYear } = words[locale];
  const figures = [...new Set(all.map(({ uncertainty }) => uncertainty))];
  if (figures.length === 1) return upTo(numeral(locale, all[0].uncertainty));
  const [own, quarterly, ...more] = figures.map((figure) => numeral(locale, figure));
  const onlyYearApart = all.filter(({ uncertainty }) => uncertainty === figures[0]).length === 1;
  if (!isQuarter(all[0].period) && onlyYearApart && more.length === 0)
    return upToYear(own ?? '', quarterly ?? '');
  return upToEach(
    figures.map((figure) => ({
      calls: numeral(locale, figure),
      periods: all
        .filter(({ uncertainty }) => uncertainty === figure)
        .map(({ period }) => periodName(locale, period)),
    })),
  );
}
