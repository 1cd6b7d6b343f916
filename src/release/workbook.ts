/**
 * `tables.xlsx`: a sheet of contents and one for each table, in both languages. Numbers are numbers; a hidden number
 * is its words, so that no sum takes it for nothing. Texts are written as texts, which no spreadsheet runs.
 */
import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate';
import type { Cell, Row, Sheet } from 'write-excel-file/node';
import type { PublishedTable } from '../contract/statistics.js';
import type { Label } from '../contract/vocabulary.js';
import { begunAnewText } from './begun-anew.js';
import type { ReleaseContent } from './content.js';
import { seriesOf } from './series.js';
import { sureness } from './sureness.js';
import { aboveNumbers, bold, both, heading, large, NUMBER, numberCell, quiet } from './workbook-cells.js';
import { contentsSheet } from './workbook-contents.js';
import { periodName, words, type Words } from './words.js';

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
  /** The same table of each quarter of a year; none where the table has columns of its own. */
  readonly quarters: readonly { readonly quarter: string; readonly table: PublishedTable }[];
}

/** The rows above the numbers: what the table is, and the names of its columns in both languages. */
function headerRows({ table, title, quarters }: TableOfSheet): Row[] {
  const { period, uncertainty, universe } = table;
  const labels = table.columns?.codes.map(({ label }) => label) ?? [
    { sv: words.sv.number, en: words.en.number },
  ];
  const others = hasRemainders(table) ? [aboveNumbers(both((text) => text.others))] : [];
  const sure = [
    { period, uncertainty },
    ...quarters.map((one) => ({ period: one.quarter, uncertainty: one.table.uncertainty })),
  ] as const;
  const said = (locale: 'sv' | 'en') =>
    `${periodName(locale, period)}. ${words[locale].universe[universe]} ${sureness(locale, sure)}`;
  const named = (locale: 'sv' | 'en') =>
    quarters.map(({ quarter }) => aboveNumbers(periodName(locale, quarter)));
  return [
    [large(title.sv)],
    [large(title.en)],
    [quiet(said('sv'))],
    [quiet(said('en'))],
    ...(['sv', 'en'] as const).flatMap((locale) =>
      begunAnewText(locale, { id: period, begunAnew: table.begunAnew }).map((line) => [bold(line)]),
    ),
    [],
    [
      heading(words.sv.answer),
      heading(words.en.answer),
      heading(both((text) => text.code)),
      ...labels.map(({ sv }) => aboveNumbers(sv)),
      ...columnOthers(table, others),
      ...named('sv'),
    ],
    [null, null, null, ...labels.map(({ en }) => aboveNumbers(en)), ...named('en')],
  ];
}

const hasRemainders = ({ remainders }: PublishedTable) => remainders?.some((one) => one !== null) === true;
/** In a cross table what remains stands in a column of its own, else in a last row. */
const columnOthers = ({ columns }: PublishedTable, others: Cell[]) => (columns === null ? [] : others);

function remainderCell({ remainders }: PublishedTable, index = 0): Cell {
  const value = remainders?.[index]?.value;
  return value === undefined ? null : { value, format: NUMBER };
}

function numberRows({ table, quarters }: TableOfSheet): Row[] {
  const crossed = table.columns !== null && hasRemainders(table);
  const rows = table.rows.codes.map(({ code, label }, row): Row => [
    label.sv,
    label.en,
    quiet(code),
    ...(table.cells[row] ?? []).map(numberCell),
    ...(crossed ? [remainderCell(table, row)] : []),
    ...quarters.flatMap((one) => (one.table.cells[row] ?? []).map(numberCell)),
  ]);
  const all = [table, ...quarters.map((one) => one.table)];
  if (table.columns !== null || !all.some(hasRemainders)) return rows;
  return [...rows, [words.sv.others, words.en.others, null, ...all.map((one) => remainderCell(one))]];
}

/** What the marks in a sheet mean. Quarters may hide numbers under another threshold than their year. */
function noteRows({ table, quarters }: TableOfSheet): Row[] {
  const numbers = [table, ...quarters.map((one) => one.table)].flatMap(({ cells }) => cells.flat());
  const thresholds = new Set(numbers.flatMap((number) => ('under' in number ? [number.under] : [])));
  const notes = (text: Words): string[] => [
    ...[...thresholds].map((threshold) => text.marks.under(String(threshold))),
    ...(numbers.some((number) => 'withheld' in number) ? [`–  ${text.rowWithheld}`] : []),
    ...(hasRemainders(table) ? [text.othersWhy] : []),
  ];
  const rows = [...notes(words.sv), ...notes(words.en)].map((note): Row => [quiet(note)]);
  return rows.length === 0 ? [] : [[], ...rows];
}

function tableSheet(laidOut: TableOfSheet, sheet: string): Sheet<Buffer> {
  const header = headerRows(laidOut);
  const numbers = Math.max(1, laidOut.table.columns?.codes.length ?? 1) + 1 + laidOut.quarters.length;
  return {
    sheet,
    data: [...header, ...numberRows(laidOut), ...noteRows(laidOut)],
    columns: [
      { width: 44 },
      { width: 44 },
      { width: 18 },
      ...Array.from({ length: numbers }, () => ({ width: 16 })),
    ],
    stickyRowsCount: header.length,
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
    quarters:
      table.columns === null
        ? series.flatMap(({ quarter, tables }) => {
            const same = tables.find((other) => other.table === table.table);
            return same === undefined ? [] : [{ quarter, table: same }];
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
