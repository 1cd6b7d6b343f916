/** A sentence with a period's numbers for whoever quotes them: how sure they are, of when, and of which line. Pure. */
import { valueOf } from '../../contract/display.js';
import type { PeriodSummary } from '../../contract/statistics.js';
import { begunAnewWords } from './begun-anew-words.js';
import { monthWords, periodWords } from './period-words.js';
import type { Names } from './titles.js';

function withinWords({ statistics }: Names, period: PeriodSummary): string {
  const { month, quarter, year } = statistics.quote.within;
  if (period.kind === 'month') return month(monthWords(statistics.monthName, period.id));
  return period.kind === 'quarter' ? quarter(periodWords(statistics, period)) : year(period.id);
}

/** Null where no total is shown. */
export function quoteOf(names: Names, period: PeriodSummary, organisation: string | null): string | null {
  const { statistics, locale } = names;
  const { both, line, lineOf, sure, ...alone } = statistics.quote;
  const who = organisation === null ? line : lineOf(organisation);
  const within = withinWords(names, period);
  const known = (['contacts', 'conversations'] as const).flatMap((total) => {
    const [value, sureness] = [valueOf(period.totals[total]), period.sureness[total]];
    return value === null || sureness === null
      ? []
      : [{ total, text: value.toLocaleString(locale), uncertainty: sureness.uncertainty }];
  });
  const [first, second] = known;
  if (first === undefined) return null;
  const said =
    second === undefined
      ? alone[first.total](who, within, first.text)
      : both(who, within, first.text, second.text);
  const sentence = `${said} ${sure(known.map(({ uncertainty }) => uncertainty))}.`;
  return [sentence, ...begunAnewWords(names, period)].join(' ');
}
