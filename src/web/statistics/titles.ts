/** What a table is about, in words. */
import type { Locale } from '../../contract/problem.js';
import type { PublishedTable, TableSummary } from '../../contract/statistics.js';
import type { Dimension } from '../../contract/vocabulary.js';
import type { StatisticsWords } from '../messages/statistics-sv.js';

/** What names things: the words of the page and of the vocabulary. */
export interface Names {
  readonly statistics: StatisticsWords;
  readonly locale: Locale;
  readonly dimensions: readonly Dimension[];
}

/** A dimension in words. */
export function dimensionTitle({ statistics, locale, dimensions }: Names, id: string): string {
  const known = dimensions.find((dimension) => dimension.id === id);
  return known?.label[locale] ?? (id === 'month' ? statistics.month : id);
}

/** One side of a table in words; in groups, where its dimension has groups and they are what is counted. */
export function axisTitle(names: Names, { dimension, level }: TableSummary['rows']): string {
  const title = dimensionTitle(names, dimension);
  // A dimension without groups looks the same at either level.
  const known = names.dimensions.find(({ id }) => id === dimension);
  const grouped = level === 'top' && known?.codes.some(({ group }) => group === true) === true;
  return grouped ? `${title} (${names.statistics.grouped})` : title;
}

/** A table in words. */
export function tableTitle(names: Names, { rows, columns }: Pick<TableSummary, 'rows' | 'columns'>): string {
  const title = axisTitle(names, rows);
  return columns === null ? title : `${title} × ${axisTitle(names, columns)}`;
}

/** Whom a table counts. */
export const universeWords = (statistics: StatisticsWords, { universe }: Pick<PublishedTable, 'universe'>) =>
  universe === 'all' ? statistics.contacts : statistics.conversations;
