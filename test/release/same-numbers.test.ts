/** The files of a release say the same numbers: each is read back by another program and compared cell by cell. */
import { parse } from 'csv-parse/sync';
import readExcelFile from 'read-excel-file/node';
import { presetPlan } from '../../src/contract/presets.js';
import type { PublishedTable, ShownNumber } from '../../src/contract/statistics.js';
import { releaseFiles, type RenderedFile } from '../../src/release/files.js';
import { beforeAll, describe, expect, test } from '../support/jest.js';
import { lines, releaseOf } from './lines.js';
import { firstRow, linesOfTable, mark, rowsOfSheet, rowsOfTable } from './read-back.js';
import { readPdf, type ReadPdf } from './read-pdf.js';

const bytesOf = (files: readonly RenderedFile[], name: string): Buffer => {
  const file = files.find((one) => one.name === name);
  if (file === undefined) throw new Error(`${name} is missing`);
  return file.bytes;
};

const unspaced = (text: string) => text.replace(/(?<=\d)[\s,](?=\d{3})/g, '');
const isWithheld = (row: readonly ShownNumber[]) => row.every((number) => 'withheld' in number);

/** A row's difference from the quarter before, where it exceeds that of two independent uncertainties. */
const difference = (table: PublishedTable, before: PublishedTable, row: number) => {
  const [now, then] = [table.cells[row]?.[0], before.cells[row]?.[0]];
  if (now === undefined || !('value' in now) || then === undefined || !('value' in then)) return '';
  const least = Math.ceil(Math.sqrt(table.uncertainty ** 2 + before.uncertainty ** 2));
  const size = Math.abs(now.value - then.value);
  return size > least ? `${now.value > then.value ? '+' : '−'}${size} ± ${least}` : '';
};
/** Whether any row of a table differs by more than that. */
const differs = (table: PublishedTable, before: PublishedTable | undefined) =>
  before !== undefined && table.cells.some((_, row) => difference(table, before, row) !== '');

describe.each(lines)('a $preset line', (line) => {
  const { preset } = line;
  const content = releaseOf(line);
  const { tables } = content;
  const tableBefore = (id: string) => content.beside[0]?.tables.find(({ table }) => table === id);
  let files: readonly RenderedFile[] = [];
  beforeAll(async () => {
    files = await releaseFiles(content);
  });

  test('has numbers of every kind to compare', () => {
    const kinds = new Set(
      tables.flatMap(({ cells }) => cells.flat().flatMap((number) => Object.keys(number))),
    );
    expect([...kinds].sort()).toEqual(
      preset === 'large' ? ['under', 'value', 'withheld'] : ['under', 'value'],
    );
  });

  test('in tables.json', () => {
    expect(JSON.parse(bytesOf(files, 'tables.json').toString('utf8'))).toEqual({
      quarter: content.period,
      countedFrom: null,
      begunAnew: [],
      tables,
    });
  });

  test('in tables.csv', () => {
    const rows: string[][] = parse(bytesOf(files, 'tables.csv'));
    expect(rows.slice(1)).toEqual(tables.flatMap(linesOfTable));
  });

  test('in tables.xlsx, numbers as numbers', async () => {
    const sheets = await readExcelFile(bytesOf(files, 'tables.xlsx'));
    expect(sheets.map(({ sheet }) => sheet)).toEqual([
      'Innehåll',
      ...tables.map(({ table }) => table.slice(0, 31)),
    ]);
    for (const [place, table] of tables.entries()) {
      const data = sheets[place + 1]?.data ?? [];
      expect(rowsOfSheet(data, table)).toEqual(rowsOfTable(table));
      const { rows, columns, remainders } = table;
      const [first, width] = [firstRow(data, table), columns?.codes.length ?? 1];
      const rest = remainders?.map((one) => one?.value ?? null) ?? [];
      const readRest =
        columns === null
          ? rest.map(() =>
              data[first + rows.codes.length]?.[0] === 'Övriga' ? data[first + rows.codes.length]?.[3] : null,
            )
          : rest.map((_, row) => data[first + row]?.[3 + width] ?? null);
      expect(readRest).toEqual(rest);
    }
  });

  describe.each(['sv', 'en'] as const)('in report.%s.pdf', (locale) => {
    let pdf: ReadPdf | undefined;
    beforeAll(async () => {
      pdf = await readPdf(bytesOf(files, `report.${locale}.pdf`));
    });

    const hidden = (number: ShownNumber) => {
      if ('value' in number) return String(number.value);
      if ('under' in number)
        return locale === 'sv' ? `färre än ${number.under}` : `fewer than ${number.under}`;
      return locale === 'sv' ? 'visas inte' : 'not shown';
    };
    /** The rows of a table without columns: label, number, and the quarter before. */
    const single = (table: PublishedTable, before: PublishedTable | undefined) => {
      const { rows, cells, remainders } = table;
      const compared = before !== undefined && rows.dimension !== 'month';
      const changes = compared ? cells.map((_, row) => difference(table, before, row)) : [];
      // A column of differences only where there is one to speak of.
      const change = (row: number) => (changes.some((one) => one !== '') ? [changes[row] ?? ''] : []);
      const beside = (row: number) =>
        compared ? [mark(before.cells[row]?.[0] ?? { withheld: true }), ...change(row)] : [];
      const list = rows.codes.map(({ label }, row) => [
        label[locale],
        hidden(cells[row]?.[0] ?? { withheld: true }),
        ...beside(row),
      ]);
      const rest = remainders?.[0] ?? null;
      const restBefore = before?.remainders?.[0]?.value;
      if (rest === null) return list;
      return [
        ...list,
        [
          locale === 'sv' ? 'Övriga' : 'Other',
          String(rest.value),
          restBefore === undefined ? '' : String(restBefore),
          ...change(-1),
        ],
      ];
    };
    const crossed = ({ rows, cells, remainders }: PublishedTable) => {
      const withRest = remainders?.some((one) => one !== null) === true;
      return rows.codes.map(({ label }, row): unknown[] => {
        const line = cells[row] ?? [];
        if (isWithheld(line))
          return [label[locale], expect.stringContaining(locale === 'sv' ? 'Visas inte.' : 'Not shown.')];
        return [
          label[locale],
          ...line.map(mark),
          ...(withRest ? [String(remainders[row]?.value ?? '')] : []),
        ];
      });
    };

    test('every table, row by row', () => {
      const read = (pdf?.tables ?? []).map((table) => table.slice(1).map((row) => row.map(unspaced)));
      const expected = tables.map((table) =>
        table.columns === null ? single(table, tableBefore(table.table)) : crossed(table),
      );
      expect(read).toEqual(expected);
    });

    test('the organisation, and the unanswered calls where they were typed in', () => {
      const lists = (pdf?.lists ?? []).map((list) => list.map((row) => row.map(unspaced)));
      const typed =
        locale === 'sv'
          ? [
              ['oktober 2026', '17'],
              ['november 2026', '1204'],
            ]
          : [
              ['October 2026', '17'],
              ['November 2026', '1204'],
            ];
      // The last list is that of the method.
      expect(lists.slice(0, -1)).toEqual(preset === 'large' ? [typed] : []);
      expect(pdf?.author).toBe(content.organisation ?? 'Tyst');
    });

    test('tagged, in its language, with a title, and every table with a header', () => {
      expect(pdf?.language?.slice(0, 2)).toBe(locale);
      expect(pdf?.title).toContain(
        locale === 'sv' ? 'Kvartalsrapport, kvartal 4 2026' : 'Quarterly report, quarter 4 2026',
      );
      const count = (role: string) => pdf?.roles.filter((one) => one === role).length;
      expect(count('THead')).toBe(tables.length);
      expect(pdf?.unnamedFigures).toBe(0);
      expect(pdf?.headings).toEqual(expect.arrayContaining(content.titles.map((title) => title[locale])));
    });
  });

  test('figures by sex stand in both reports wherever the plan has them', async () => {
    const bySex = tables.flatMap(({ rows, columns }, place) =>
      [rows.dimension, columns?.dimension].includes('gender') ? [content.titles[place]] : [],
    );
    const planned = presetPlan(preset).tables.filter(({ rows, columns }) =>
      [rows, columns].includes('gender'),
    );
    expect(bySex).toHaveLength(planned.length);
    if (preset === 'large') expect(bySex.length).toBeGreaterThan(0);
    for (const locale of ['sv', 'en'] as const) {
      const { headings } = await readPdf(bytesOf(files, `report.${locale}.pdf`));
      expect(headings).toEqual(expect.arrayContaining(bySex.map((title) => title?.[locale])));
    }
  });

  test('reports bring their fonts along, and no other font than ours', async () => {
    const { fonts } = await readPdf(bytesOf(files, 'report.sv.pdf'));
    expect([...fonts.keys()].every((name) => name.includes('SourceSans3'))).toBe(true);
    expect([...fonts.values()]).toEqual(Array(fonts.size).fill(true));
    expect(fonts.size).toBeGreaterThan(1);
  });

  test('a difference from the quarter before says how sure it is, or that there is none to speak of', async () => {
    const { text, tables: read } = await readPdf(bytesOf(files, 'report.en.pdf'));
    const comparable = tables.filter(({ rows, columns }) => columns === null && rows.dimension !== 'month');
    const some = read.filter(([head]) => head?.at(-1) === 'difference').length;
    const none = text.split('No difference from quarter 3 2026 that exceeds').length - 1;
    // Each table says one or the other, and so does each total that has no difference.
    expect(some).toBe(comparable.filter((table) => differs(table, tableBefore(table.table))).length);
    // A line of this size has some, whatever its plan.
    if (preset === 'large') expect(some).toBeGreaterThan(0);
    expect(some + none).toBeGreaterThanOrEqual(comparable.length);
    expect(text.split('The difference is from quarter 3 2026').length - 1).toBe(some);
  });

  test('none of them is over a megabyte', () => {
    for (const { bytes } of files) expect(bytes.length).toBeLessThan(2 ** 20);
  });
});
