/**
 * Whether the workbooks and CSV files of releases come through LibreOffice as they went in: each is opened and saved by
 * it, as XLSX and as CSV, and every cell is compared with tables.json. Needs the program `soffice`.
 *
 * usage: npm run round-trip
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual, promisify } from 'node:util';
import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import readExcelFile from 'read-excel-file/node';
import type { ReleaseContent } from '../src/release/content.js';
import { releaseFiles } from '../src/release/files.js';
import { seriesOf } from '../src/release/series.js';
import { content as example, oneWay } from '../test/release/example.js';
import { lines, releaseOf, yearOf } from '../test/release/lines.js';
import { linesOfTable, linesOfTotals, rowsOfSheet, rowsOfTable } from '../test/release/read-back.js';

const run = promisify(execFile);

/** Comma, double quote, UTF-8, numbers as they are and not as they look; -1 for a file of every sheet. */
const CSV = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false';
const XLSX = 'xlsx:Calc MS Excel 2007 XML';
const READ_CSV = 'Text - txt - csv (StarCalc):44,34,76,1,,0,false,false';

/** Labels that a spreadsheet would run if it took them for formulas. */
const attacks = ['=1+1', '+1+1', '-1+1', '@SUM(1;1)', '=HYPERLINK("https://example.org";"x")', '="x"&A1'];

function hostile(): ReleaseContent {
  const codes = attacks.map((text, place) => ({ code: `c${place}`, label: { sv: text, en: text } }));
  const cells = attacks.map((_, place) => [{ value: 20 + place }]);
  const table = { ...oneWay, rows: { dimension: 'concern', codes }, cells };
  return example({ tables: [table], titles: [{ sv: '=1+1', en: '@SUM(1;1)' }] });
}

async function version(): Promise<string> {
  try {
    return (await run('soffice', ['--version'])).stdout.trim().split(' ').slice(0, 2).join(' ');
  } catch {
    process.stderr.write('The round trip needs LibreOffice: there is no program soffice to be run here.\n');
    process.exit(2);
  }
}

let compared = 0;
const wrong: string[] = [];

/** Counts the cells of what was read, and notes where it is not what was written. */
function same(
  what: string,
  read: readonly (readonly unknown[])[],
  written: readonly (readonly unknown[])[],
): void {
  compared += written.reduce((sum, row) => sum + row.length, 0);
  const at = written.findIndex((row, place) => !isDeepStrictEqual(read[place], row));
  if (at !== -1 || read.length !== written.length)
    wrong.push(`${what}: row ${at + 1} is ${JSON.stringify(read[at])}, not ${JSON.stringify(written[at])}`);
}

interface RowsOfTable {
  readonly rows: readonly (readonly unknown[])[];
  readonly hidden: readonly (readonly unknown[])[];
  readonly shares: readonly (readonly unknown[])[];
}

/** Compares the numbers of a table, what it hides and its shares. */
function sameTable(what: string, read: RowsOfTable, written: RowsOfTable): void {
  same(what, read.rows, written.rows);
  same(`${what}, hidden`, read.hidden, written.hidden);
  same(`${what}, shares`, read.shares, written.shares);
}

/** A number in per cent, as a CSV file has the text of its cell. */
const perCent = (text: string) => (/^\d+%$/.test(text) ? String(Number(text.slice(0, -1)) / 100) : text);

/** Notes each sheet of a workbook that has a formula. */
function withoutFormulas(what: string, workbook: Buffer): void {
  for (const [name, bytes] of Object.entries(unzipSync(workbook)))
    if (name.startsWith('xl/worksheets/') && /<f[ >/]/.test(strFromU8(bytes)))
      wrong.push(`${what}: a formula in ${name}`);
}

/** Rows of texts as a CSV file holds them, without the empty ends that one program writes and another leaves out. */
function trimmed(rows: readonly (readonly unknown[])[]): string[][] {
  const texts = rows.map((row) => {
    const cells = row.map((cell) =>
      typeof cell === 'number' ? String(cell) : typeof cell === 'string' ? perCent(cell) : '',
    );
    return cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1);
  });
  return texts.slice(0, texts.findLastIndex((row) => row.length > 0) + 1);
}

type Convert = (file: string, to: string, from?: string) => Promise<string>;

async function throughWorkbook(what: string, content: ReleaseContent, file: string, convert: Convert) {
  const { sureness } = content.summary;
  const written = await readExcelFile(await readFile(file));
  const saved = await readFile(join(await convert(file, XLSX), 'tables.xlsx'));
  withoutFormulas(`${what} tables.xlsx as it was made`, await readFile(file));
  withoutFormulas(`${what} tables.xlsx`, saved);
  const read = await readExcelFile(saved);
  const sheetNames = (sheets: typeof read) => sheets.map(({ sheet }) => [sheet]);
  same(`${what} sheets`, sheetNames(read), sheetNames(written));
  const folder = await convert(file, `${CSV},-1`);
  const texts = new Map(
    await Promise.all(
      (await readdir(folder)).map(
        async (name) =>
          [name.replace(/^tables-|\.csv$/g, ''), parse(await readFile(join(folder, name)))] as const,
      ),
    ),
  );
  for (const [place, { sheet, data }] of written.entries()) {
    same(`${what} sheet ${sheet}`, trimmed(read[place]?.data ?? []), trimmed(data));
    same(`${what} sheet ${sheet} as CSV`, trimmed(texts.get(sheet) ?? []), trimmed(data));
    const table = content.tables[place - 1];
    // Beside the texts above, the numbers as numbers.
    if (table !== undefined)
      sameTable(
        `${what} ${sheet}`,
        rowsOfSheet(read[place]?.data ?? [], table),
        rowsOfTable(table, sureness),
      );
  }
}

async function throughCsv(what: string, content: ReleaseContent, file: string, convert: Convert) {
  const periods = [content, ...seriesOf(content)];
  const written: string[][] = parse(await readFile(file));
  // What a spreadsheet might run has an apostrophe before it in the file; the rest is as in tables.json.
  const plain = (rows: readonly (readonly string[])[]) =>
    rows.map((row) => row.map((cell) => cell.replace(/^'(?=[=+\-@])/, '')));
  same(
    `${what} tables.csv as it was made`,
    plain(written.slice(1)),
    periods.flatMap(({ summary, tables }) => [
      ...linesOfTotals(summary),
      ...tables.flatMap(linesOfTable(summary.sureness)),
    ]),
  );
  const saved = await readFile(join(await convert(file, XLSX, READ_CSV), 'tables.xlsx'));
  withoutFormulas(`${what} tables.csv`, saved);
  const [sheet] = await readExcelFile(saved);
  same(`${what} tables.csv`, trimmed(sheet?.data ?? []), trimmed(written));
  const numbers =
    sheet?.data
      .slice(1)
      .flatMap((row) => [row[11], row[12], row[13]])
      .filter((cell) => cell !== null) ?? [];
  if (!numbers.every((cell) => typeof cell === 'number'))
    wrong.push(`${what} tables.csv: a number became a text`);
  const again: string[][] = parse(await readFile(join(await convert(file, CSV, READ_CSV), 'tables.csv')));
  same(`${what} tables.csv saved as CSV`, again, written);
}

const program = await version();
const folder = await mkdtemp(join(tmpdir(), 'tyst-round-trip-'));
let conversions = 0;
const convert: Convert = async (file, to, from) => {
  conversions += 1;
  const out = join(folder, `out-${conversions}`);
  const { stderr } = await run('soffice', [
    `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`,
    ...['--headless', '--norestore', ...(from === undefined ? [] : [`--infilter=${from}`])],
    ...['--convert-to', to, '--outdir', out, file],
  ]);
  // It ends with 0 also when it could not open the file.
  if (/error/i.test(stderr)) wrong.push(`${basename(file)}: LibreOffice reports an error`);
  return out;
};

try {
  const releases: [string, ReleaseContent][] = [
    ...lines.flatMap((line): [string, ReleaseContent][] => [
      [`${line.preset} quarter`, releaseOf(line)],
      [`${line.preset} year`, yearOf(line)],
    ]),
    ['labels like formulas', hostile()],
  ];
  for (const [what, content] of releases) {
    for (const { name, bytes } of await releaseFiles(content)) await writeFile(join(folder, name), bytes);
    await throughWorkbook(what, content, join(folder, 'tables.xlsx'), convert);
    await throughCsv(what, content, join(folder, 'tables.csv'), convert);
  }
  for (const line of wrong) process.stdout.write(`${line}\n`);
  process.stdout.write(
    `${releases.length} releases through ${program}: ${compared} cells compared, ${wrong.length} files or sheets not as they were\n`,
  );
  process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
