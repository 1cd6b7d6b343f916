/**
 * `tables.xlsx`: a sheet of contents and one for each table, in both languages. Numbers are numbers; a hidden number
 * is its words, so that no sum takes it for nothing. Texts are written as texts, which no spreadsheet runs.
 */
import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate';
import type { Cell, Row, Sheet } from 'write-excel-file/node';
import { isQuarter } from '../contract/period.js';
import type { PublishedTable, ShownNumber } from '../contract/statistics.js';
import type { Label } from '../contract/vocabulary.js';
import type { ReleaseContent } from './content.js';
import { dayName, numeral, periodName, words, type Words } from './words.js';

const NUMBER = '#,##0';
const bold = (value: string): Cell => ({ value, fontWeight: 'bold' });
const heading = (value: string): Cell => ({ ...columnHead, value, align: 'left' });
const columnHead = {
  fontWeight: 'bold',
  wrap: true,
  alignVertical: 'bottom',
  align: 'right',
  height: 48,
} as const;
const aboveNumbers = (value: string): Cell => ({ ...columnHead, value });
const quiet = (value: string): Cell => ({ value, textColor: '#5a6a70' });
const large = (value: string): Cell => ({ value, fontWeight: 'bold', fontSize: 16, height: 24 });

/** The same words in both languages, for places that have room for one cell alone. */
const both = (of: (text: Words) => string) => `${of(words.sv)} / ${of(words.en)}`;

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

function numberCell(number: ShownNumber): Cell {
  if ('value' in number) return { value: number.value, format: NUMBER };
  const text = 'under' in number ? `< ${number.under}` : '–';
  return { value: text, textColor: '#5a6a70', align: 'right' };
}

/** The rows above the numbers: what the table is, and the names of its columns in both languages. */
function headerRows(table: PublishedTable, title: Label, period: string): Row[] {
  const labels = table.columns?.codes.map(({ label }) => label) ?? [
    { sv: words.sv.number, en: words.en.number },
  ];
  const others = hasRemainders(table) ? [aboveNumbers(both((text) => text.others))] : [];
  const said = (locale: 'sv' | 'en') =>
    `${periodName(locale, period)}. ${words[locale].universe[table.universe]} ${words[locale].upTo(numeral(locale, table.uncertainty))}`;
  return [
    [large(title.sv)],
    [large(title.en)],
    [quiet(said('sv'))],
    [quiet(said('en'))],
    [],
    [
      heading(words.sv.answer),
      heading(words.en.answer),
      heading(both((text) => text.code)),
      ...labels.map(({ sv }) => aboveNumbers(sv)),
      ...columnOthers(table, others),
    ],
    [null, null, null, ...labels.map(({ en }) => aboveNumbers(en))],
  ];
}

const hasRemainders = ({ remainders }: PublishedTable) => remainders?.some((one) => one !== null) === true;
/** In a cross table what remains stands in a column of its own, else in a last row. */
const columnOthers = ({ columns }: PublishedTable, others: Cell[]) => (columns === null ? [] : others);

function numberRows(table: PublishedTable): Row[] {
  const remainders = table.remainders ?? [];
  const remainder = (index: number): Cell => {
    const value = remainders[index]?.value;
    return value === undefined ? null : { value, format: NUMBER };
  };
  const crossed = table.columns !== null && hasRemainders(table);
  const rows = table.rows.codes.map(({ code, label }, row): Row => [
    label.sv,
    label.en,
    quiet(code),
    ...(table.cells[row] ?? []).map(numberCell),
    ...(crossed ? [remainder(row)] : []),
  ]);
  if (table.columns !== null || !hasRemainders(table)) return rows;
  return [...rows, [words.sv.others, words.en.others, null, remainder(0)]];
}

function noteRows(table: PublishedTable): Row[] {
  const numbers = table.cells.flat();
  const notes = (text: Words): string[] => [
    ...(numbers.some((number) => 'under' in number) ? [text.marks.under(String(table.threshold))] : []),
    ...(numbers.some((number) => 'withheld' in number) ? [`–  ${text.rowWithheld}`] : []),
    ...(hasRemainders(table) ? [text.othersWhy] : []),
  ];
  const rows = [...notes(words.sv), ...notes(words.en)].map((note): Row => [quiet(note)]);
  return rows.length === 0 ? [] : [[], ...rows];
}

function tableSheet(table: PublishedTable, title: Label, sheet: string): Sheet<Buffer> {
  const header = headerRows(table, title, table.period);
  const numbers = Math.max(1, table.columns?.codes.length ?? 1) + 1;
  return {
    sheet,
    data: [...header, ...numberRows(table), ...noteRows(table)],
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

function contentsSheet(content: ReleaseContent, sheets: readonly string[], sheet: string): Sheet<Buffer> {
  const { period, issuedOn, revision, reason, summary, tables, titles } = content;
  const { threshold, step } = summary.plan;
  const lines = (locale: 'sv' | 'en'): Row[] => {
    const text = words[locale];
    return [
      [large(`${isQuarter(period) ? text.quarterly : text.yearly}, ${periodName(locale, period)}`)],
      [quiet(text.issued(dayName(locale, issuedOn)))],
      ...(reason === null ? [] : [[quiet(text.revision(revision, reason))]]),
      [bold(text.approximate)],
      ...text.readings(numeral(locale, threshold), step).map((line): Row => [line]),
      [],
    ];
  };
  const totals = (['contacts', 'conversations'] as const).flatMap((total): Row[] => {
    const number = summary.totals[total];
    const uncertainty = summary.uncertainty[total];
    if (number === null || uncertainty === null) return [];
    return [
      [words.sv[total], words.en[total], numberCell(number), 'value' in number ? `± ${uncertainty}` : null],
    ];
  });
  const head: Row = [
    bold(both((text) => text.table)),
    null,
    bold(both((text) => text.sheet)),
    bold(both((text) => text.counts)),
    bold('±'),
  ];
  const list = tables.map(({ universe, uncertainty }, place): Row => [
    titles[place]?.sv,
    titles[place]?.en,
    sheets[place],
    universe === 'all' ? both((text) => text.contacts) : both((text) => text.conversations),
    { value: uncertainty, format: NUMBER },
  ]);
  return {
    sheet,
    data: [...lines('sv'), ...lines('en'), ...totals, [], head, ...list],
    columns: [{ width: 52 }, { width: 52 }, { width: 26 }, { width: 56 }, { width: 8 }],
    showGridLines: false,
    orientation: 'landscape',
  };
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
  const sheets = content.tables.map((table, place) =>
    tableSheet(table, content.titles[place] ?? { sv: table.table, en: table.table }, names[place] ?? ''),
  );
  const options = { fontFamily: 'Calibri', fontSize: 11 };
  // Loaded by the keeper as it issues a release, never by the process that faces the network.
  const { default: writeExcelFile } = await import('write-excel-file/node');
  const file = await writeExcelFile([contentsSheet(content, names, contents), ...sheets], options).toBuffer();
  return repacked(file);
}
