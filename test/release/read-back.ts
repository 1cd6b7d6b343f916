/** The numbers of a release as other programs read them back. */
import type { PeriodSummary, PublishedTable, ShownNumber } from '../../src/contract/statistics.js';

/** A number as the files for spreadsheets and in cross tables write it, thousands not apart. */
export const mark = (number: ShownNumber | undefined): string => {
  if (number === undefined || 'withheld' in number) return '–';
  return 'value' in number ? String(number.value) : `< ${number.under}`;
};

/** A number as a cell of a workbook holds it: a number as a number. */
export const inCell = (number: ShownNumber | undefined): string | number =>
  number !== undefined && 'value' in number ? number.value : mark(number);

type Cell = unknown;
type Totals = PeriodSummary['sureness'];

/** Where the rows of a table begin in its sheet. */
export const firstRow = (data: readonly (readonly Cell[])[], table: PublishedTable): number =>
  data.findIndex((row) => row[2] === table.rows.codes[0]?.code);

const filled = (cells: readonly Cell[], width: number) =>
  Array.from({ length: width }, (_, at) => cells[at] ?? null);

/** What a sheet says of a table: labels, code and numbers of each row, what is hidden, and the shares of a cross table. */
export function rowsOfSheet(data: readonly (readonly Cell[])[], table: PublishedTable) {
  const first = firstRow(data, table);
  const [columns, codes] = [table.columns?.codes.length, table.rows.codes];
  const width = 3 + (columns ?? 4);
  const rowsFrom = (start: number, cells: number) =>
    codes.map((_, row) => filled(data[start + row] ?? [], cells));
  const again = data.findIndex((row, at) => at > first && row[2] === codes[0]?.code);
  return {
    rows: rowsFrom(first, width),
    hidden: data.filter((row) => row[2] === 'hidden').map((row) => row.slice(3, 5)),
    shares: again < 0 ? [] : rowsFrom(again, width + 1).map((row) => row.slice(3)),
  };
}

const shareIn = (number: ShownNumber | undefined): number | null =>
  number !== undefined && 'value' in number && number.share !== undefined ? number.share / 100 : null;

/** The same as `tables.json` has it. */
export function rowsOfTable(table: PublishedTable, totals: Totals) {
  const { rows, columns, cells, hidden, shareUncertainties } = table;
  const single = (row: number) => {
    const number = cells[row]?.[0];
    const shown = number !== undefined && 'value' in number;
    const share = shareIn(number);
    return [
      ...[inCell(number), shown ? uncertaintyIn(table, row, totals) : null],
      ...[share, share === null ? null : (shareUncertainties[row] ?? null)],
    ];
  };
  const shares = cells.map((row, at) => {
    const own = row.map(shareIn);
    return [...own, own.every((share) => share === null) ? null : (shareUncertainties[at] ?? null)];
  });
  return {
    rows: rows.codes.map(({ code, label }, row) => [
      ...[label.sv, label.en, code],
      ...(columns === null ? single(row) : (cells[row] ?? []).map(inCell)),
    ]),
    hidden: hidden === null ? [] : [[hidden.value, hidden.uncertainty]],
    shares: columns !== null && shares.flat().some((share) => share !== null) ? shares : [],
  };
}

/** How far the number of a row may lie from the truth: the conversations among the kinds of contact are their total. */
export const uncertaintyIn = (
  { rows, columns, uncertainty }: PublishedTable,
  row: number,
  totals: Totals,
): number =>
  rows.dimension === 'kind' && columns === null && rows.codes[row]?.code === 'conversation'
    ? (totals.conversations?.uncertainty ?? NaN)
    : uncertainty;

const numberFields = (number: ShownNumber, uncertainty: number): string[] => [
  'value' in number ? 'value' : 'under' in number ? 'under' : 'withheld',
  'value' in number ? String(number.value) : '',
  'under' in number ? String(number.under) : '',
  'withheld' in number ? '' : String(uncertainty),
];

/** Each line of `tables.csv` about a table as its key, its words and its number. */
export const linesOfTable =
  (totals: Totals) =>
  (of: PublishedTable): string[][] => {
    const { period, table, rows, columns, cells, hidden } = of;
    const lines = rows.codes.flatMap(({ code, label }, row) =>
      (cells[row] ?? []).map((number, place) => {
        const column = columns?.codes[place];
        return [
          ...[period, table, rows.dimension, code, label.sv, label.en],
          ...[columns?.dimension ?? '', column?.code ?? '', column?.label.sv ?? '', column?.label.en ?? ''],
          ...numberFields(number, uncertaintyIn(of, row, totals)),
        ];
      }),
    );
    if (hidden === null) return lines;
    const key = [
      period,
      table,
      rows.dimension,
      'hidden',
      'Dolda svar tillsammans',
      'Hidden answers together',
    ];
    return [...lines, [...key, '', '', '', '', ...numberFields(hidden, hidden.uncertainty)]];
  };

/** The lines of `tables.csv` about the totals of a period. */
export const linesOfTotals = ({ id, totals, sureness }: PeriodSummary): string[][] =>
  (
    [
      ['contacts', 'Alla kontakter', 'All contacts'],
      ['conversations', 'Samtal med stöd eller råd', 'Conversations with support or advice'],
    ] as const
  ).flatMap(([total, sv, en]) => {
    const number = totals[total];
    if (number === null) return [];
    const uncertainty = sureness[total]?.uncertainty ?? NaN;
    return [[id, 'totals', 'total', total, sv, en, '', '', '', '', ...numberFields(number, uncertainty)]];
  });
