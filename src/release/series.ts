/** The quarters of a year beside it: numbers that were published with each of them, and nothing new. Pure. */
import { isQuarter } from '../contract/period.js';
import { MONTH } from '../contract/plan.js';
import type { PublishedTable } from '../contract/statistics.js';
import type { PublishedPeriod, ReleaseContent } from './content.js';

/** The same table of another period; undefined where it had none, or counted something else. */
export const sameTable = (
  period: Pick<PublishedPeriod, 'tables'>,
  { table, rows, columns }: PublishedTable,
): PublishedTable | undefined =>
  period.tables.find(
    (other) =>
      other.table === table &&
      other.rows.dimension === rows.dimension &&
      other.columns?.dimension === columns?.dimension,
  );

/** Whether a table can stand beside that of another period: months are the rows of no other. */
export const comparable = ({ rows }: PublishedTable): boolean => rows.dimension !== MONTH;

interface QuarterOfYear {
  readonly quarter: string;
  readonly tables: readonly PublishedTable[];
}

/** Each quarter of a year with those of its tables that the year has too, in the year's order; none for a quarter. */
export function seriesOf({
  period,
  tables,
  beside,
}: Pick<ReleaseContent, 'period' | 'tables' | 'beside'>): QuarterOfYear[] {
  if (isQuarter(period)) return [];
  return beside.map((quarter) => ({
    quarter: quarter.summary.id,
    tables: tables.filter(comparable).flatMap((table) => sameTable(quarter, table) ?? []),
  }));
}

const numbersOf = (tables: readonly PublishedTable[]) => tables.flatMap(({ cells }) => cells.flat());
const shownOf = (tables: readonly PublishedTable[]) =>
  numbersOf(tables).filter((number) => 'value' in number).length;

/**
 * How many of the numbers in a year's tables are shown, and how many of the same ones on average in its quarters.
 * Null for a quarter, and where the year shows no more than they do.
 */
export function shownInYear(
  content: ReleaseContent,
): { shown: number; all: number; quarterly: number } | null {
  const series = seriesOf(content);
  const tables = content.tables.filter(comparable);
  const shown = shownOf(tables);
  if (series.length === 0) return null;
  const quarterly = Math.round(shownOf(series.flatMap((quarter) => quarter.tables)) / series.length);
  return shown > quarterly ? { shown, all: numbersOf(tables).length, quarterly } : null;
}
