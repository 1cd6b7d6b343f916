/** The first sheet of a workbook: what it holds, and how to read it. */
import type { Row, Sheet } from 'write-excel-file/node';
import { isQuarter } from '../contract/period.js';
import type { PeriodSummary } from '../contract/statistics.js';
import { begunAnewText } from './begun-anew.js';
import type { ReleaseContent } from './content.js';
import { yearNotes } from './report-year.js';
import { bold, both, large, NUMBER, numberCell, quiet } from './workbook-cells.js';
import { dayName, periodName, words } from './words.js';

/** The totals of a period, each with how sure it is; of a period beside the release's own with its name. */
function totalRows({ id, totals, sureness }: PeriodSummary, beside = false): Row[] {
  return (['contacts', 'conversations'] as const).flatMap((total): Row[] => {
    const number = totals[total];
    const sure = sureness[total]?.uncertainty ?? null;
    if (number === null || sure === null) return [];
    const label = (locale: 'sv' | 'en') =>
      beside ? `${words[locale][total]}, ${periodName(locale, id)}` : words[locale][total];
    return [[label('sv'), label('en'), numberCell(number), 'value' in number ? `± ${sure}` : null]];
  });
}

/** The sheet of contents; `sheets` are the names of the tables' sheets. */
export function contentsSheet(
  content: ReleaseContent,
  sheets: readonly string[],
  sheet: string,
): Sheet<Buffer> {
  const { period, issuedOn, revision, reason, summary, tables, titles } = content;
  const lines = (locale: 'sv' | 'en'): Row[] => {
    const text = words[locale];
    return [
      [large(`${isQuarter(period) ? text.quarterly : text.yearly}, ${periodName(locale, period)}`)],
      [quiet(text.issued(dayName(locale, issuedOn)))],
      ...(reason === null ? [] : [[quiet(text.revision(revision, reason))]]),
      [bold(text.approximate)],
      ...begunAnewText(locale, summary).map((line): Row => [bold(line)]),
      ...[...text.readings, ...yearNotes(locale, content)].map((line): Row => [line]),
      [],
    ];
  };
  const quarters = isQuarter(period)
    ? []
    : content.beside.flatMap((quarter) => totalRows(quarter.summary, true));
  const totals = [...totalRows(summary), ...quarters];
  const head: Row = [
    bold(both((text) => text.table)),
    null,
    bold(both((text) => text.sheet)),
    bold(both((text) => text.counts)),
    bold('±'),
    bold(both((text) => text.threshold)),
    bold(both((text) => text.step)),
  ];
  const list = tables.map(({ universe, uncertainty, threshold, step }, place): Row => [
    titles[place]?.sv,
    titles[place]?.en,
    sheets[place],
    universe === 'all' ? both((text) => text.contacts) : both((text) => text.conversations),
    { value: uncertainty, format: NUMBER },
    { value: threshold, format: NUMBER },
    { value: step, format: NUMBER },
  ]);
  return {
    sheet,
    data: [...lines('sv'), ...lines('en'), ...totals, [], head, ...list],
    columns: [
      { width: 52 },
      { width: 52 },
      { width: 26 },
      { width: 56 },
      { width: 8 },
      { width: 30 },
      { width: 22 },
    ],
    showGridLines: false,
    orientation: 'landscape',
  };
}
