/** What somebody may look for in a period and not find, by name. Pure. */
import type { Missing, TableSummary } from '../../contract/statistics.js';
import { dimensionTitle, type Names } from './titles.js';

interface Counted {
  readonly tables: readonly { readonly summary: TableSummary }[];
  readonly missing: readonly Missing[];
}

/** Every question that no table counts, of a year that no quarter does, and what else there may be none of. */
export function missingWords(names: Names, { tables, missing }: Counted, countsMonths: boolean): string[] {
  const counted = new Set(
    [...tables.map(({ summary }) => summary), ...missing].flatMap(({ rows, columns }) => [
      rows.dimension,
      columns?.dimension,
    ]),
  );
  const dimensions = names.dimensions.filter(({ id }) => !counted.has(id));
  const isCrossed = ({ columns }: Pick<Missing, 'columns'> | TableSummary) => columns !== null;
  const crossed = tables.some(({ summary }) => isCrossed(summary)) || missing.some(isCrossed);
  return [
    ...(countsMonths ? [] : [names.statistics.byMonth]),
    ...dimensions.map(({ id }) => dimensionTitle(names, id)),
    ...(crossed ? [] : [names.statistics.crossed]),
  ];
}

/** What some quarters of a year count and the year cannot add up; the months themselves stand in a card of their own. */
export const notAddedUpWords = ({ locale }: Names, missing: readonly Missing[]): string[] =>
  missing
    .filter(({ rows, columns }) => rows.dimension !== 'month' || columns !== null)
    .map(({ rows, columns }) =>
      columns === null ? rows.label[locale] : `${rows.label[locale]} × ${columns.label[locale]}`,
    );
