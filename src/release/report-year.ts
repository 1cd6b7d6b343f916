/** What a year's report says of its quarters, for the template that lays it out. Pure. */
import { isQuarter } from '../contract/period.js';
import type { Locale } from '../contract/problem.js';
import type { PeriodSummary } from '../contract/statistics.js';
import type { ReleaseContent } from './content.js';
import { shownInYear } from './series.js';
import { numeral, periodName, shownText, words } from './words.js';

const totals = ['contacts', 'conversations'] as const;
type Total = (typeof totals)[number];

function totalText(locale: Locale, summary: PeriodSummary, total: Total): string {
  const number = summary.totals[total];
  const uncertainty = summary.uncertainty[total];
  if (number === null) return '–';
  const sure = 'value' in number && uncertainty !== null ? ` ± ${numeral(locale, uncertainty)}` : '';
  return `${shownText(locale, number)}${sure}`;
}

/** The totals of a year's quarters, and why the year shows more than they do; null for a quarter. */
export function quartersData(locale: Locale, content: ReleaseContent) {
  if (isQuarter(content.period)) return null;
  const { quarters, ...names } = words[locale];
  const summaries = content.beside.map(({ summary }) => summary);
  // A column for each total that some quarter gives.
  const given = totals.filter((total) => summaries.some((summary) => summary.totals[total] !== null));
  const counts = shownInYear(content);
  const said = (value: number) => numeral(locale, value);
  return {
    title: quarters.title,
    more:
      counts === null
        ? null
        : quarters.more({
            shown: said(counts.shown),
            all: said(counts.all),
            quarterly: said(counts.quarterly),
          }),
    head: [quarters.quarter, ...given.map((total) => names[total])],
    rows: summaries.map((summary) => [
      periodName(locale, summary.id),
      ...given.map((total) => totalText(locale, summary, total)),
    ]),
  };
}
