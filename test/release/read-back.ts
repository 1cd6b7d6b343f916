/** The numbers of a release as other programs read them back. */
import type { PublishedTable, ShownNumber } from '../../src/contract/statistics.js';

/** A number as the files for spreadsheets and in cross tables write it, thousands not apart. */
export const mark = (number: ShownNumber | undefined): string => {
  if (number === undefined || 'withheld' in number) return '–';
  return 'value' in number ? String(number.value) : `< ${number.under}`;
};

/** A number as a cell of a workbook holds it: a number as a number. */
export const inCell = (number: ShownNumber | undefined): string | number =>
  number !== undefined && 'value' in number ? number.value : mark(number);

type Cell = unknown;

/** Where the rows of a table begin in its sheet. */
export const firstRow = (data: readonly (readonly Cell[])[], table: PublishedTable): number =>
  data.findIndex((row) => row[2] === table.rows.codes[0]?.code);

/** Labels, code and numbers of each row of a table, as its sheet has them. */
export function rowsOfSheet(data: readonly (readonly Cell[])[], table: PublishedTable): Cell[][] {
  const first = firstRow(data, table);
  const width = table.columns?.codes.length ?? 1;
  return table.rows.codes.map((_, row) => [...(data[first + row] ?? [])].slice(0, 3 + width));
}

/** The same as `tables.json` has them. */
export const rowsOfTable = ({ rows, cells }: PublishedTable): (string | number)[][] =>
  rows.codes.map(({ code, label }, row) => [label.sv, label.en, code, ...(cells[row] ?? []).map(inCell)]);

/** Each line of `tables.csv` as its key, its words and its number. */
export const linesOfTable = ({
  period,
  table,
  rows,
  columns,
  cells,
  uncertainty,
}: PublishedTable): string[][] =>
  rows.codes.flatMap(({ code, label }, row) =>
    (cells[row] ?? []).map((number, place) => {
      const column = columns?.codes[place];
      return [
        ...[period, table, rows.dimension, code, label.sv, label.en],
        ...[columns?.dimension ?? '', column?.code ?? '', column?.label.sv ?? '', column?.label.en ?? ''],
        'value' in number ? 'value' : 'under' in number ? 'under' : 'withheld',
        'value' in number ? String(number.value) : '',
        'under' in number ? String(number.under) : '',
        'withheld' in number ? '' : String(uncertainty),
      ];
    }),
  );
