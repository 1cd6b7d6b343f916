/**
 * Published numbers as comma-separated values (RFC 4180): a line for each cell, one for what a table hides together, and
 * one for each total, in the same columns everywhere. There is no column for shares: what reads these files counts on the
 * columns, and a share follows from the numbers in them.
 */
import type { PeriodSummary, PublishedTable, ShownNumber } from './statistics.js';
import { surenessOfRow } from './sure-row.js';

type ShownCode = PublishedTable['rows']['codes'][number];

/** The columns of `tables.csv`, in order. */
export const tableCsvHeader = [
  'period',
  'table',
  'row_dimension',
  'row_code',
  'row_label_sv',
  'row_label_en',
  'column_dimension',
  'column_code',
  'column_label_sv',
  'column_label_en',
  'status',
  'value',
  'under',
  'uncertainty',
] as const;

// A spreadsheet runs a text that starts like this as a formula; an apostrophe in front makes it a text again.
const neutral = (label: string): string => (/^[=+\-@\t\r]/.test(label) ? `'${label}` : label);

const codeFields = (dimension: string, { code, label }: ShownCode): string[] => [
  dimension,
  code,
  neutral(label.sv),
  neutral(label.en),
];

const noColumn = ['', '', '', ''];

/** Status, value, under and uncertainty; a withheld number has none of the last three. */
function numberFields(number: ShownNumber, uncertainty: number): string[] {
  if ('value' in number) return ['value', String(number.value), '', String(uncertainty)];
  if ('under' in number) return ['under', '', String(number.under), String(uncertainty)];
  return ['withheld', '', '', ''];
}

/** The table under which the totals of a period stand, and the dimension of its rows. */
export const TOTALS = 'totals';
const TOTAL = 'total';

/** The code of what a table hides together. */
export const HIDDEN = 'hidden';

const hiddenLabel = { sv: 'Dolda svar tillsammans', en: 'Hidden answers together' };
const totalLabels = {
  contacts: { sv: 'Alla kontakter', en: 'All contacts' },
  conversations: { sv: 'Samtal med stöd eller råd', en: 'Conversations with support or advice' },
};

/**
 * The lines of one table without the header: a line per cell, row by row, then one for what is hidden, where that is
 * shown. `totals` says how sure the totals of its period are, one of which may stand in the table.
 */
export function tableCsvRows(table: PublishedTable, totals: PeriodSummary['sureness']): string[][] {
  const { period, table: id, rows, columns, hidden } = table;
  const columnFields = columns?.codes.map((code) => codeFields(columns.dimension, code)) ?? [noColumn];
  const cells = rows.codes.flatMap((rowCode, row) =>
    (table.cells[row] ?? []).map((number, column) => [
      ...[period, id, ...codeFields(rows.dimension, rowCode)],
      ...(columnFields[column] ?? noColumn),
      ...numberFields(number, surenessOfRow(table, row, totals).uncertainty),
    ]),
  );
  if (hidden === null) return cells;
  // Of all cells of a table together, so that it has no column even where they have.
  const rest = codeFields(rows.dimension, { code: HIDDEN, label: hiddenLabel });
  return [...cells, [period, id, ...rest, ...noColumn, ...numberFields(hidden, hidden.uncertainty)]];
}

/** The lines of a period's totals, those that its plan gives. */
export function totalsCsvRows({ id, totals, sureness }: PeriodSummary): string[][] {
  return (['contacts', 'conversations'] as const).flatMap((total) => {
    const [number, sure] = [totals[total], sureness[total]];
    if (number === null || sure === null) return [];
    const code = codeFields(TOTAL, { code: total, label: totalLabels[total] });
    return [[id, TOTALS, ...code, ...noColumn, ...numberFields(number, sure.uncertainty)]];
  });
}

const quoted = (field: string): string =>
  /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;

/** Lines of fields as text: quoted where needed, CRLF after every line, the last too. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((fields) => `${fields.map(quoted).join(',')}\r\n`).join('');
}
