/** The same table in other periods: beside it, and quarter by quarter in a year. Published numbers, and nothing new. Pure. */
import { isQuarter } from '../contract/period.js';
import { MONTH } from '../contract/plan.js';
import type { PeriodSummary, PublishedTable, ShownNumber } from '../contract/statistics.js';
import type { PublishedPeriod, ReleaseContent } from './content.js';

const codesOf = (axis: PublishedTable['rows'] | null) =>
  axis === null ? '' : axis.codes.map(({ code }) => code).join(' ');
/** Whether two tables have the same answers; months are left out, they always differ. */
const hasAnswersOf = (one: PublishedTable, other: PublishedTable): boolean =>
  (one.rows.dimension === MONTH || codesOf(one.rows) === codesOf(other.rows)) &&
  codesOf(one.columns) === codesOf(other.columns);

/** The tables of a period about the same questions as one. */
const alikeIn = ({ tables }: Pick<PublishedPeriod, 'tables'>, table: PublishedTable) =>
  tables.filter(
    ({ rows, columns, universe }) =>
      rows.dimension === table.rows.dimension &&
      columns?.dimension === table.columns?.dimension &&
      universe === table.universe,
  );

/**
 * The same table of another period; undefined where it had none, or counted something else. Plans may call it otherwise:
 * what counts is what it asks, and of those that ask the same the one with the same answers.
 */
export function sameTable(
  period: Pick<PublishedPeriod, 'tables'>,
  table: PublishedTable,
): PublishedTable | undefined {
  const alike = alikeIn(period, table);
  return alike.find((one) => hasAnswersOf(one, table)) ?? alike.find((one) => one.table === table.table);
}

/** Whether a table can stand beside that of another period: months are the rows of no other. */
export const comparable = ({ rows }: PublishedTable): boolean => rows.dimension !== MONTH;

/** The place of an answer among the rows of a table; -1 where it has none such. */
export const rowOfCode = ({ rows }: PublishedTable, code: string): number =>
  rows.codes.findIndex((one) => one.code === code);

/** What a table without columns says of an answer; undefined where it has none such. */
export const numberOfCode = (table: PublishedTable, code: string): ShownNumber | undefined =>
  table.cells[rowOfCode(table, code)]?.[0];

interface QuarterOfYear {
  readonly summary: PeriodSummary;
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
    summary: quarter.summary,
    tables: [...new Set(tables.filter(comparable).flatMap((table) => sameTable(quarter, table) ?? []))],
  }));
}

/** The places of a year's tables that are in groups because some of its quarters counted groups and others did not. */
export function putInGroups({ period, tables, beside }: ReleaseContent): number[] {
  if (isQuarter(period)) return [];
  return tables.flatMap((table, place) => {
    const alike = beside.map((quarter) => alikeIn(quarter, table)).filter((found) => found.length > 0);
    return alike.every((found) => found.some((one) => hasAnswersOf(one, table))) ? [] : [place];
  });
}

const numbersOf = (tables: readonly PublishedTable[]) => tables.flatMap(({ cells }) => cells.flat());
const shownOf = (tables: readonly PublishedTable[]) =>
  numbersOf(tables).filter((number) => 'value' in number).length;

/**
 * How many of the numbers in a year's tables are shown, and how many of the same ones on average in its quarters.
 * Null for a quarter, and where the year shows no more than they do, or has other numbers.
 */
export function shownInYear(
  content: ReleaseContent,
): { shown: number; all: number; quarterly: number } | null {
  const series = seriesOf(content);
  const tables = content.tables.filter(comparable);
  const [shown, all] = [shownOf(tables), numbersOf(tables).length];
  if (series.length === 0 || series.some((quarter) => numbersOf(quarter.tables).length !== all)) return null;
  const quarterly = Math.round(shownOf(series.flatMap((quarter) => quarter.tables)) / series.length);
  return shown > quarterly ? { shown, all, quarterly } : null;
}
