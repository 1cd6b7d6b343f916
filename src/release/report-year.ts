/** What a year's report says of its quarters, for the template that lays it out. Pure. */
import { isQuarter } from '../contract/period.js';
import type { Locale } from '../contract/problem.js';
import type { Missing, PeriodSummary } from '../contract/statistics.js';
import type { ReleaseContent } from './content.js';
import { putInGroups, shownInYear } from './series.js';
import { numeral, periodName, sureText, words } from './words.js';

const totals = ['contacts', 'conversations'] as const;
type Total = (typeof totals)[number];

function totalText(locale: Locale, summary: PeriodSummary, total: Total): string {
  const number = summary.totals[total];
  return number === null ? '–' : sureText(locale, number, summary.sureness[total]?.uncertainty ?? null);
}

/** A question, or one by another, as a table of it is called. */
const nameOf = (locale: Locale, { rows, columns }: Missing): string =>
  columns === null ? rows.label[locale] : `${rows.label[locale]} × ${columns.label[locale]}`;

/** What a year counts otherwise than its quarters: how its numbers relate to theirs, what is in groups, and what it lacks. */
export function yearNotes(locale: Locale, content: ReleaseContent): string[] {
  if (isQuarter(content.period)) return [];
  const { sums, missing, inGroups } = words[locale].quarters;
  const grouped = putInGroups(content).map((place) => content.titles[place]?.[locale] ?? '');
  const lacking = content.missing.map((one) => nameOf(locale, one));
  return [
    sums,
    ...(grouped.length === 0 ? [] : [inGroups(grouped)]),
    ...(lacking.length === 0 ? [] : [missing(lacking)]),
  ];
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
    notes: [
      ...yearNotes(locale, content),
      ...(counts === null
        ? []
        : [
            quarters.more({
              shown: said(counts.shown),
              all: said(counts.all),
              quarterly: said(counts.quarterly),
            }),
          ]),
    ],
    head: [quarters.quarter, ...given.map((total) => names[total])],
    rows: summaries.map((summary) => [
      periodName(locale, summary.id),
      ...given.map((total) => totalText(locale, summary, total)),
    ]),
  };
}
