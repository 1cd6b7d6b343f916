/** Series over periods: one number for each period and each thing that is counted. Pure. */
import type { PeriodSummary, PublishedTable, ShownNumber, TableSummary } from '../../contract/statistics.js';
import { surenessOfRow } from '../../contract/sure-row.js';
import type { Label } from '../../contract/vocabulary.js';

/** One number of a series; null where the period's plan does not count it. */
export interface SeriesPoint {
  readonly number: ShownNumber | null;
  readonly uncertainty: number | null;
  /** How far its share may lie from the truth; null where it has none. */
  readonly shareUncertainty: number | null;
}

export interface Series {
  readonly code: string;
  readonly label: Label;
  /** One for each period, in order. */
  readonly points: readonly SeriesPoint[];
}

/** The same for tables that count the same thing, whatever their plans call them. */
export const tableKey = ({ rows, columns }: Pick<TableSummary, 'rows' | 'columns'>): string =>
  [rows, ...(columns === null ? [] : [columns])]
    .map(({ dimension, level }) => `${dimension} ${level}`)
    .join(' by ');

const absent: SeriesPoint = { number: null, uncertainty: null, shareUncertainty: null };

type Codes = PublishedTable['rows']['codes'];

/** Every code of some tables: in the order of the latest, older ones that it lacks after them. */
function codesOf(lists: readonly (Codes | undefined)[]): Codes {
  const known = new Map<string, Codes[number]>();
  for (const codes of lists.toReversed())
    for (const code of codes ?? []) if (!known.has(code.code)) known.set(code.code, code);
  return [...known.values()];
}

function pointOf(
  table: PublishedTable | null,
  totals: PeriodSummary['sureness'] | undefined,
  code: string,
  row: string | null,
): SeriesPoint {
  if (table === null || totals === undefined) return absent;
  const line = table.rows.codes.findIndex((each) => each.code === (row ?? code));
  const column = row === null ? 0 : (table.columns?.codes.findIndex((each) => each.code === code) ?? -1);
  const number = table.cells[line]?.[column];
  if (number === undefined) return absent;
  const { uncertainty } = surenessOfRow(table, line, totals);
  return { number, uncertainty, shareUncertainty: table.shareUncertainties[line] ?? null };
}

/**
 * The series of the tables of `periods`, null for a period without one. Of a cross table those of one row's columns; else
 * `row` is null and each row is a series. What a table hides together is none: other answers are hidden each time.
 */
export function seriesOf(
  periods: readonly PeriodSummary[],
  tables: readonly (PublishedTable | null)[],
  row: string | null,
): Series[] {
  const codes = codesOf(tables.map((table) => (row === null ? table?.rows.codes : table?.columns?.codes)));
  return codes.map(({ code, label }) => ({
    code,
    label,
    points: tables.map((table, at) => pointOf(table, periods[at]?.sureness, code, row)),
  }));
}

/** The rows that a cross table can be asked for. */
export const rowsOf = (tables: readonly (PublishedTable | null)[]): Codes =>
  codesOf(tables.map((table) => table?.rows.codes));

/** The totals of periods as two series. */
export function totalSeries(
  periods: readonly PeriodSummary[],
  labels: Readonly<Record<'contacts' | 'conversations', Label>>,
): Series[] {
  return (['contacts', 'conversations'] as const).map((total) => ({
    code: total,
    label: labels[total],
    points: periods.map(({ totals, sureness }) => ({
      number: totals[total],
      uncertainty: sureness[total]?.uncertainty ?? null,
      shareUncertainty: null,
    })),
  }));
}

const isShown = ({ points }: Series) => points.some(({ number }) => number !== null && 'value' in number);

/** Which series are drawn unless somebody chooses: the first few that have a number to show. */
export const firstShown = (series: readonly Series[], most: number): string[] =>
  series
    .filter(isShown)
    .slice(0, most)
    .map(({ code }) => code);
