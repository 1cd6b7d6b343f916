/** Published tables as comma-separated values (RFC 4180): one line per cell, the same columns everywhere. */
import type { PublishedTable, ShownNumber } from './statistics.js';

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

/** The lines of one table without the header, a line per cell, row by row. */
export function tableCsvRows(table: PublishedTable): string[][] {
  const { rows, columns } = table;
  const columnFields = columns?.codes.map((code) => codeFields(columns.dimension, code)) ?? [noColumn];
  return rows.codes.flatMap((rowCode, row) =>
    (table.cells[row] ?? []).map((number, column) => [
      table.period,
      table.table,
      ...codeFields(rows.dimension, rowCode),
      ...(columnFields[column] ?? noColumn),
      ...numberFields(number, table.uncertainty),
    ]),
  );
}

const quoted = (field: string): string =>
  /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;

/** Lines of fields as text: quoted where needed, CRLF after every line, the last too. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((fields) => `${fields.map(quoted).join(',')}\r\n`).join('');
}
