/** The files of a release say the same numbers: each is read back by another program and compared cell by cell. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import readExcelFile from 'read-excel-file/node';
import type { PublishedTable, ShownNumber } from '../../src/contract/statistics.js';
import { releaseFiles, type RenderedFile } from '../../src/release/files.js';
import { lines, releaseOf } from './lines.js';
import { readPdf, type ReadPdf } from './read-pdf.js';

const bytesOf = (files: readonly RenderedFile[], name: string): Buffer => {
  const file = files.find((one) => one.name === name);
  if (file === undefined) throw new Error(`${name} is missing`);
  return file.bytes;
};

/** A number as the files for spreadsheets and in cross tables write it, thousands not apart. */
const mark = (number: ShownNumber): string => {
  if ('value' in number) return String(number.value);
  return 'under' in number ? `< ${number.under}` : '–';
};
const unspaced = (text: string) => text.replace(/(?<=\d)[\s,](?=\d{3})/g, '');
const isWithheld = (row: readonly ShownNumber[]) => row.every((number) => 'withheld' in number);

describe.each(lines)('a $preset line', ({ preset, calls }) => {
  const content = releaseOf(preset, calls);
  const { tables } = content;
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
      tables,
    });
  });

  test('in tables.csv', () => {
    const rows: Record<string, string>[] = parse(bytesOf(files, 'tables.csv'), { columns: true });
    const read = rows.map(({ table, row_code, column_code, status, value, under }) => [
      ...[table, row_code, column_code],
      status === 'value' ? value : status === 'under' ? `< ${String(under)}` : '–',
    ]);
    const expected = tables.flatMap(({ table, rows: down, columns, cells }) =>
      cells.flatMap((line, row) =>
        line.map((number, column) => [
          ...[table, down.codes[row]?.code, columns?.codes[column]?.code ?? ''],
          mark(number),
        ]),
      ),
    );
    expect(read).toEqual(expected);
  });

  test('in tables.xlsx, numbers as numbers', async () => {
    const sheets = await readExcelFile(bytesOf(files, 'tables.xlsx'));
    expect(sheets.map(({ sheet }) => sheet)).toEqual([
      'Innehåll',
      ...tables.map(({ table }) => table.slice(0, 31)),
    ]);
    for (const [place, { rows, columns, cells, remainders }] of tables.entries()) {
      const data = sheets[place + 1]?.data ?? [];
      const first = data.findIndex((row) => row[2] === rows.codes[0]?.code);
      const width = columns?.codes.length ?? 1;
      const read = rows.codes.map((_, row) => data[first + row]?.slice(2, 3 + width));
      const expected = rows.codes.map(({ code }, row) => [
        code,
        ...(cells[row] ?? []).map((number) => ('value' in number ? number.value : mark(number))),
      ]);
      expect(read).toEqual(expected);
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
    const single = ({ rows, cells, remainders }: PublishedTable, before: PublishedTable | undefined) => {
      const beside = (row: number) =>
        before === undefined || rows.dimension === 'month'
          ? []
          : [hidden(before.cells[row]?.[0] ?? { withheld: true })];
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
        ],
      ];
    };
    const crossed = ({ rows, cells, remainders }: PublishedTable) => {
      const withRest = remainders?.some((one) => one !== null) === true;
      return rows.codes.map(({ label }, row) => {
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
      const before = content.beside[0];
      const expected = tables.map((table) =>
        table.columns === null
          ? single(
              table,
              before?.tables.find((other) => other.table === table.table),
            )
          : crossed(table),
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
      expect(pdf?.headings).toEqual(expect.arrayContaining(content.titles.map((title) => title[locale])));
    });
  });

  test('none of them is over a megabyte', () => {
    for (const { bytes } of files) expect(bytes.length).toBeLessThan(2 ** 20);
  });
});
