/**
 * `tables.xlsx`: a sheet of contents and one for each table, in both languages. Numbers are numbers; a hidden number
 * is its words, so that no sum takes it for nothing. Texts are written as texts, which no spreadsheet runs.
 */
import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate';
import type { Cell, Row, Sheet } from 'write-excel-file/node';
import type { PeriodSummary, PublishedTable } from '../contract/statistics.js';
import { surenessOfRow } from '../contract/sure-row.js';
import { HIDDEN } from '../contract/table-csv.js';
import type { Label } from '../contract/vocabulary.js';
import { begunAnewText } from './begun-anew.js';
import type { ReleaseContent } from './content.js';
import { comparable, numberOfCode, sameTable, seriesOf } from './series.js';
import { sureness } from './sureness.js';
import { markNotes, shareNotes, sumNotes, totalNotes } from './table-notes.js';
import {
  aboveNumbers,
  bold,
  both,
  heading,
  large,
  NUMBER,
  numberCell,
  quiet,
  shareCell,
  sureCell,
} from './workbook-cells.js';
import { contentsSheet } from './workbook-contents.js';
import { capital, periodName, words } from './words.js';

/** Excel allows 31 characters, and every sheet its own name. */
function sheetNames(tables: readonly PublishedTable[], contents: string): string[] {
  const taken = new Set([contents]);
  return tables.map(({ table }) => {
    let name = table.slice(0, 31);
    for (let copy = 2; taken.has(name); copy += 1) name = `${table.slice(0, 27)}-${copy}`;
    taken.add(name);
    return name;
  });
}

/** A table's sheet before it is laid out. */
interface TableOfSheet {
  readonly table: PublishedTable;
  readonly title: Label;
  /** How sure the totals of the period are, one of which may be a row. */
  readonly totals: PeriodSummary['sureness'];
  /** The same table of each quarter of a year; none where the table has columns of its own. */
  readonly quarters: readonly { readonly quarter: string; readonly table: PublishedTable }[];
}

const inBoth = (of: (locale: 'sv' | 'en') => readonly string[]) => [...of('sv'), ...of('en')];

/** What the table is, above its numbers. */
function titleRows({ table, title, totals, quarters }: TableOfSheet): Row[] {
  const { period, uncertainty, universe, step } = table;
  const sure = [
    { period, uncertainty },
    ...quarters.map((one) => ({ period: one.quarter, uncertainty: one.table.uncertainty })),
  ] as const;
  const said = (locale: 'sv' | 'en') => [
    [
      `${capital(periodName(locale, period))}. ${words[locale].universe[universe]} ${sureness(locale, sure)}`,
      ...totalNotes(locale, table, totals),
      ...(step > 1 ? [words[locale].inFives] : []),
      ...shareNotes(locale, table),
    ].join(' '),
  ];
  const anew = (locale: 'sv' | 'en') => begunAnewText(locale, { id: period, begunAnew: table.begunAnew });
  return [
    [large(title.sv)],
    [large(title.en)],
    ...inBoth(said).map((line): Row => [quiet(line)]),
    ...inBoth(anew).map((line): Row => [bold(line)]),
    [],
  ];
}

/** The names of the columns, of their first block or of that of the shares. */
function headRows(locales: readonly [Row, Row]): Row[] {
  const [swedish, english] = locales;
  return [
    [heading(words.sv.answer), heading(words.en.answer), heading(both((text) => text.code)), ...swedish],
    [null, null, null, ...english],
  ];
}

/** The columns of a table without columns of its own: the number, its share, how sure both are, and the quarters of a year. */
function singleHead({ quarters }: TableOfSheet): Row[] {
  const names = (locale: 'sv' | 'en') => {
    const text = words[locale];
    return [
      ...[text.number, '±', text.shareHead, text.points],
      ...quarters.map(({ quarter }) => periodName(locale, quarter)),
    ].map(aboveNumbers);
  };
  return headRows([names('sv'), names('en')]);
}

const labelCells = ({ code, label }: PublishedTable['rows']['codes'][number]): Cell[] => [
  label.sv,
  label.en,
  quiet(code),
];

/** What a table hides together, as a row of its own; nothing of the quarters, where it is about other answers. */
function hiddenRows({ hidden }: PublishedTable): Row[] {
  if (hidden === null) return [];
  const label = labelCells({ code: HIDDEN, label: { sv: words.sv.hidden, en: words.en.hidden } });
  return [[...label, numberCell(hidden), sureCell(hidden, hidden.uncertainty)]];
}

function singleRows({ table, totals, quarters }: TableOfSheet): Row[] {
  const rows = table.rows.codes.map((code, row): Row => {
    const number = table.cells[row]?.[0] ?? { withheld: true };
    const share = shareCell(number);
    const points = table.shareUncertainties[row] ?? null;
    return [
      ...labelCells(code),
      numberCell(number),
      sureCell(number, surenessOfRow(table, row, totals).uncertainty),
      share,
      share === null || points === null ? null : { value: points, format: NUMBER },
      ...quarters.map((one) => {
        const other = numberOfCode(one.table, code.code);
        return other === undefined ? null : numberCell(other);
      }),
    ];
  });
  return [...rows, ...hiddenRows(table)];
}

/** A cross table: its numbers, what it hides, and below them the shares of each row. */
function crossedRows({ table }: TableOfSheet): Row[] {
  const { rows, columns, cells } = table;
  const labels = columns?.codes.map(({ label }) => label) ?? [];
  const names = (locale: 'sv' | 'en', more: readonly string[]) =>
    [...labels.map((label) => label[locale]), ...more].map(aboveNumbers);
  const numbers = rows.codes.map((code, row): Row => [
    ...labelCells(code),
    ...(cells[row] ?? []).map(numberCell),
  ]);
  // Not below the last row, where it would be read as one of its column.
  const hidden = hiddenRows(table);
  const shares = rows.codes.map((code, row): Row => {
    const own = (cells[row] ?? []).map(shareCell);
    const points = table.shareUncertainties[row] ?? null;
    const sure =
      points === null || own.every((share) => share === null) ? null : { value: points, format: NUMBER };
    return [...labelCells(code), ...own, sure];
  });
  const hasShares = cells.flat().some((number) => shareCell(number) !== null);
  return [
    ...headRows([names('sv', []), names('en', [])]),
    ...numbers,
    ...(hidden.length === 0 ? [] : [[], ...hidden]),
    ...(hasShares
      ? [
          [],
          [bold(both((text) => text.shareRow))],
          ...headRows([names('sv', [words.sv.points]), names('en', [words.en.points])]),
          ...shares,
        ]
      : []),
  ];
}

/** What the marks in a sheet mean. Quarters may hide numbers under another threshold than their year. */
function noteRows({ table, quarters }: TableOfSheet): Row[] {
  const tables = [table, ...quarters.map((one) => one.table)];
  const withheld = tables.some(({ cells }) => cells.flat().some((number) => 'withheld' in number));
  const notes = inBoth((locale) => [
    ...sumNotes(locale, table),
    ...markNotes(locale, tables),
    ...(withheld ? [`–  ${words[locale].rowWithheld}`] : []),
    ...(table.hidden === null ? [] : [words[locale].hiddenWhy]),
  ]);
  return notes.length === 0 ? [] : [[], ...notes.map((note): Row => [quiet(note)])];
}

/** How many rows the names of columns take. */
const HEAD_ROWS = 2;

function tableSheet(laidOut: TableOfSheet, sheet: string): Sheet<Buffer> {
  const { columns } = laidOut.table;
  const header = [...titleRows(laidOut), ...(columns === null ? singleHead(laidOut) : [])];
  const body = columns === null ? singleRows(laidOut) : crossedRows(laidOut);
  const numbers = columns === null ? 4 + laidOut.quarters.length : columns.codes.length + 1;
  return {
    sheet,
    data: [...header, ...body, ...noteRows(laidOut)],
    columns: [
      { width: 44 },
      { width: 44 },
      { width: 18 },
      ...Array.from({ length: numbers }, () => ({ width: 16 })),
    ],
    stickyRowsCount: columns === null ? header.length : header.length + HEAD_ROWS,
    stickyColumnsCount: 1,
    showGridLines: false,
    orientation: 'landscape',
  };
}

/** The tables of a release, each with what stands beside it in its sheet. */
function tablesOf(content: ReleaseContent): TableOfSheet[] {
  const series = seriesOf(content);
  return content.tables.map((table, place) => ({
    table,
    title: content.titles[place] ?? { sv: table.table, en: table.table },
    totals: content.summary.sureness,
    quarters:
      table.columns === null && comparable(table)
        ? series.flatMap(({ summary, tables }) => {
            const same = sameTable({ tables }, table);
            return same === undefined ? [] : [{ quarter: summary.id, table: same }];
          })
        : [],
  }));
}

/** The day every file in the archive bears: the format has no room for none, and the day of writing would show. */
const NO_DAY = new Date(1980, 0, 1);

/** A sheet that prints as wide as the paper, on as many pages as it is long; all else as it is. */
function onOnePageAcross(name: string, bytes: Uint8Array): Uint8Array {
  if (!name.startsWith('xl/worksheets/sheet')) return bytes;
  const xml = strFromU8(bytes)
    .replace(/(<worksheet[^>]*>)/, '$1<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>')
    .replace('<pageSetup ', '<pageSetup fitToWidth="1" fitToHeight="0" ');
  return strToU8(xml);
}

/** The archive packed anew with nothing in it of when and where it was made. */
function repacked(bytes: Uint8Array): Buffer {
  const files = unzipSync(bytes);
  const names = Object.keys(files).sort();
  // The list of types comes first, as the format wants it.
  names.sort((a, b) => Number(b === '[Content_Types].xml') - Number(a === '[Content_Types].xml'));
  const entries = names.map(
    (name) => [name, [onOnePageAcross(name, files[name] ?? new Uint8Array()), { mtime: NO_DAY }]] as const,
  );
  return Buffer.from(zipSync(Object.fromEntries(entries) as unknown as Zippable, { level: 9 }));
}

/** The workbook's bytes. */
export async function renderWorkbook(content: ReleaseContent): Promise<Buffer> {
  const contents = words.sv.contents;
  const names = sheetNames(content.tables, contents);
  const sheets = tablesOf(content).map((table, place) => tableSheet(table, names[place] ?? ''));
  const options = { fontFamily: 'Calibri', fontSize: 11 };
  // Loaded by the keeper as it issues a release, never by the process that faces the network.
  const { default: writeExcelFile } = await import('write-excel-file/node');
  const file = await writeExcelFile([contentsSheet(content, names, contents), ...sheets], options).toBuffer();
  return repacked(file);
}
