/** The release of a year: its own numbers, and those of its quarters beside them, in every file. */
import { parse } from 'csv-parse/sync';
import readExcelFile from 'read-excel-file/node';
import type { PublishedTable } from '../../src/contract/statistics.js';
import { releaseFiles, type RenderedFile } from '../../src/release/files.js';
import { beforeAll, describe, expect, test } from '../support/jest.js';
import { lines, yearOf } from './lines.js';
import { firstRow, inCell, linesOfTable, linesOfTotals, mark } from './read-back.js';
import { readPdf } from './read-pdf.js';

const unspaced = (text: string) => text.replace(/(?<=\d)[\s,](?=\d{3})/g, '');
const shown = (tables: readonly PublishedTable[]) =>
  tables.flatMap(({ cells }) => cells.flat()).filter((number) => 'value' in number).length;

describe.each(lines)('the year of a $preset line', (line) => {
  const content = yearOf(line);
  const { tables, beside, summary } = content;
  /** Months are of one quarter each: they stand in the year alone. */
  const common = tables.filter(({ rows }) => rows.dimension !== 'month');
  const single = common.filter(({ columns }) => columns === null);
  const ofQuarter = (place: number, { table }: PublishedTable): PublishedTable => {
    const found = beside[place]?.tables.find((other) => other.table === table);
    if (found === undefined) throw new Error(`Quarter ${place + 1} has no table ${table}.`);
    return found;
  };
  let files: readonly RenderedFile[] = [];
  const bytesOf = (name: string) => files.find((file) => file.name === name)?.bytes ?? Buffer.alloc(0);
  beforeAll(async () => {
    files = await releaseFiles(content);
  });

  test('shows more of its numbers than its quarters do of theirs', () => {
    for (let place = 0; place < 4; place += 1)
      expect(shown(common)).toBeGreaterThan(shown(common.map((table) => ofQuarter(place, table))));
  });

  test('tables.json has the tables of the year, and apart from them those of each quarter', () => {
    expect(JSON.parse(bytesOf('tables.json').toString('utf8'))).toEqual({
      quarter: '2026',
      organisation: content.organisation,
      countedFrom: null,
      begunAnew: [],
      totals: summary.totals,
      sureness: summary.sureness,
      unanswered: [],
      missing: [],
      tables,
      quarters: [0, 1, 2, 3].map((place) => ({
        quarter: `2026-Q${place + 1}`,
        totals: beside[place]?.summary.totals,
        sureness: beside[place]?.summary.sureness,
        tables: common.map((table) => ofQuarter(place, table)),
      })),
    });
  });

  test('tables.csv has a line for each cell of the year and then of each quarter, told apart by the period', () => {
    const read: string[][] = parse(bytesOf('tables.csv'));
    const quarters = beside.flatMap((quarter, place) => [
      ...linesOfTotals(quarter.summary),
      ...common.map((table) => ofQuarter(place, table)).flatMap(linesOfTable(quarter.summary.sureness)),
    ]);
    expect(read.slice(1)).toEqual([
      ...linesOfTotals(summary),
      ...tables.flatMap(linesOfTable(summary.sureness)),
      ...quarters,
    ]);
    expect(new Set(quarters.map(([period]) => period)).size).toBe(4);
    const keys = read.map(([period, table, , code, , , , column]) => [period, table, code, column].join(' '));
    expect(new Set(keys).size).toBe(keys.length);
    expect(bytesOf('tables.csv-metadata.json').toString()).toContain('2026-Q1 to 2026-Q4');
  });

  test('tables.xlsx has a column for each quarter, and its totals', async () => {
    const sheets = await readExcelFile(bytesOf('tables.xlsx'));
    for (const table of single) {
      const data = sheets.find(({ sheet }) => sheet === table.table.slice(0, 31))?.data ?? [];
      const first = firstRow(data, table);
      expect(data[first - 2]?.slice(7, 11)).toEqual([1, 2, 3, 4].map((quarter) => `kvartal ${quarter} 2026`));
      const read = table.rows.codes.map((_, row) => {
        const cells = data[first + row] ?? [];
        return [cells[3], ...cells.slice(7, 11)];
      });
      expect(read).toEqual(
        table.cells.map(([number], row) =>
          [number, ...[0, 1, 2, 3].map((place) => ofQuarter(place, table).cells[row]?.[0])].map(inCell),
        ),
      );
    }
    const contents = sheets[0]?.data ?? [];
    for (const { summary: quarter } of beside)
      expect(
        contents.find(
          ([, english]) =>
            english === `Conversations with support or advice, quarter ${quarter.id.slice(6)} 2026`,
        )?.[2],
      ).toBe(Number(mark(quarter.totals.conversations ?? undefined)));
  });

  test.each(['sv', 'en'] as const)('report.%s.pdf has the quarters beside the year', async (locale) => {
    const bytes = bytesOf(`report.${locale}.pdf`);
    expect(bytes.length).toBeLessThan(2 ** 20);
    const { tables: found, text } = await readPdf(bytes);
    const rowsOf = (table: readonly (readonly string[])[]) => table.slice(1).map((row) => row.map(unspaced));
    const hidden = locale === 'sv' ? 'färre än' : 'fewer than';
    const [quarters = [], ...others] = found;
    expect(rowsOf(quarters).map((row) => row.at(-1))).toEqual(
      beside.map(
        (quarter) =>
          `${mark(quarter.summary.totals.conversations ?? undefined)} ± ${quarter.summary.sureness.conversations?.uncertainty}`,
      ),
    );
    for (const table of single) {
      const rows = table.rows.codes.map(({ label }, row) => [
        label[locale],
        mark(table.cells[row]?.[0]).replace('<', hidden),
        ...[0, 1, 2, 3].map((place) => mark(ofQuarter(place, table).cells[row]?.[0])),
      ]);
      // Between its number and those of the quarters stands the share.
      const withoutShare = (row: readonly string[]) => [...row.slice(0, 2), ...row.slice(-4)];
      const width = rows.length;
      expect(others.map((one) => rowsOf(one).slice(0, width).map(withoutShare))).toContainEqual(rows);
    }
    const average = Math.round(
      [0, 1, 2, 3].reduce((sum, place) => sum + shown(common.map((table) => ofQuarter(place, table))), 0) / 4,
    );
    const all = common.flatMap(({ cells }) => cells.flat()).length;
    const sentence =
      locale === 'sv'
        ? `Av de ${all} talen i tabellerna visas ${shown(common)} för året, och i genomsnitt ${average} för ett kvartal.`
        : `Of the ${all} numbers in the tables, ${shown(common)} are shown for the year, and ${average} on average for a quarter.`;
    expect(unspaced(text)).toContain(sentence);
  });
});
