/** The files of a release say the same numbers: each is read back by another program and compared cell by cell. */
import { parse } from 'csv-parse/sync';
import readExcelFile from 'read-excel-file/node';
import { presetPlan } from '../../src/contract/presets.js';
import type { PublishedTable, ShownNumber } from '../../src/contract/statistics.js';
import type { ReleaseContent } from '../../src/release/content.js';
import { releaseFiles, type RenderedFile } from '../../src/release/files.js';
import { beforeAll, describe, expect, test } from '../support/jest.js';
import { lines, releaseOf } from './lines.js';
import { inCell, linesOfTable, linesOfTotals, mark, rowsOfSheet, rowsOfTable } from './read-back.js';
import { readPdf, type ReadPdf } from './read-pdf.js';

const bytesOf = (files: readonly RenderedFile[], name: string): Buffer => {
  const file = files.find((one) => one.name === name);
  if (file === undefined) throw new Error(`${name} is missing`);
  return file.bytes;
};

const unspaced = (text: string) => text.replace(/(?<=\d)[\s,](?=\d{3})/g, '');
/** The same table of another period, which ran on the same plan. */
const sameIn = ({ tables }: Pick<ReleaseContent, 'tables'>, { table }: PublishedTable): PublishedTable => {
  const found = tables.find((one) => one.table === table);
  if (found === undefined) throw new Error(`There is no table ${table} beside.`);
  return found;
};
const isWithheld = (row: readonly ShownNumber[]) => row.every((number) => 'withheld' in number);

describe.each(lines)('a $preset line', (line) => {
  const { preset } = line;
  const content = releaseOf(line);
  const { tables, summary } = content;
  let files: readonly RenderedFile[] = [];
  beforeAll(async () => {
    files = await releaseFiles(content);
  });

  test('has numbers of every kind to compare', () => {
    const kinds = new Set(
      tables.flatMap(({ cells }) => cells.flat().flatMap((number) => Object.keys(number))),
    );
    expect([...kinds].sort()).toEqual(
      preset === 'large'
        ? ['share', 'under', 'value', 'withheld']
        : [...(preset === 'tiny' ? [] : ['share']), 'under', 'value'],
    );
  });

  test('in tables.json', () => {
    expect(JSON.parse(bytesOf(files, 'tables.json').toString('utf8'))).toEqual({
      quarter: content.period,
      organisation: content.organisation,
      countedFrom: null,
      begunAnew: [],
      totals: summary.totals,
      sureness: summary.sureness,
      unanswered: content.unanswered,
      tables,
    });
  });

  test('in tables.csv', () => {
    const rows: string[][] = parse(bytesOf(files, 'tables.csv'));
    expect(rows.slice(1)).toEqual([
      ...linesOfTotals(summary),
      ...tables.flatMap(linesOfTable(summary.sureness)),
    ]);
  });

  test('in tables.xlsx, numbers as numbers', async () => {
    const sheets = await readExcelFile(bytesOf(files, 'tables.xlsx'));
    expect(sheets.map(({ sheet }) => sheet)).toEqual([
      'Innehåll',
      ...tables.map(({ table }) => table.slice(0, 31)),
    ]);
    for (const [place, table] of tables.entries()) {
      const data = sheets[place + 1]?.data ?? [];
      expect(rowsOfSheet(data, table)).toEqual(rowsOfTable(table, summary.sureness));
    }
    const totals = sheets[0]?.data.filter(([label]) => label === 'Alla kontakter') ?? [];
    expect(totals.map((row) => row.slice(2, 4))).toEqual([
      [inCell(summary.totals.contacts ?? undefined), `± ${summary.sureness.contacts?.uncertainty}`],
    ]);
  });

  describe.each(['sv', 'en'] as const)('in report.%s.pdf', (locale) => {
    let pdf: ReadPdf | undefined;
    beforeAll(async () => {
      pdf = await readPdf(bytesOf(files, `report.${locale}.pdf`));
    });

    const said = (number: ShownNumber) => {
      if ('value' in number) return String(number.value);
      if ('under' in number)
        return locale === 'sv' ? `färre än ${number.under}` : `fewer than ${number.under}`;
      return locale === 'sv' ? 'visas inte' : 'not shown';
    };
    const share = (number: ShownNumber) => {
      if (!('value' in number) || number.share === undefined) return '';
      return locale === 'sv' ? `${number.share} %` : `${number.share}%`;
    };
    const sureShare = (table: PublishedTable, row: number, of: string) =>
      of === '' ? '' : `${of} ± ${table.shareUncertainties[row]}`;
    /** The rows of a table without columns: label, number, share, and the periods beside it. */
    const single = (table: PublishedTable) => {
      const { rows, cells, hidden } = table;
      const compared = rows.dimension === 'month' ? [] : content.beside.map((one) => sameIn(one, table));
      const shares = cells.map(([number = { withheld: true }], row) => sureShare(table, row, share(number)));
      // A column of shares only where there is one to speak of.
      const withShare = (text: string) => (shares.some((one) => one !== '') ? [text] : []);
      const list = rows.codes.map(({ label }, row) => [
        label[locale],
        said(cells[row]?.[0] ?? { withheld: true }),
        ...withShare(shares[row] ?? ''),
        ...compared.map((other) => mark(other.cells[row]?.[0])),
      ]);
      if (hidden === null) return list;
      const name = locale === 'sv' ? 'Dolda svar tillsammans' : 'Hidden answers together';
      // Nothing beside it: in another period other answers are hidden.
      const nothing = compared.map(() => '');
      return [...list, [name, `${hidden.value} ± ${hidden.uncertainty}`, ...withShare(''), ...nothing]];
    };
    const crossed = (table: PublishedTable) => {
      const { rows, cells } = table;
      const shared = cells.flat().some((number) => share(number) !== '');
      return rows.codes.map(({ label }, row): unknown[] => {
        const line = cells[row] ?? [];
        if (isWithheld(line))
          return [label[locale], expect.stringContaining(locale === 'sv' ? 'Visas inte.' : 'Not shown.')];
        const has = line.some((number) => share(number) !== '');
        return [
          label[locale],
          ...line.map((number) => [mark(number), share(number)].filter((text) => text !== '').join(' ')),
          ...(shared ? [has ? `± ${table.shareUncertainties[row]}` : ''] : []),
        ];
      });
    };

    test('every table, row by row', () => {
      const read = (pdf?.tables ?? []).map((table) => table.slice(1).map((row) => row.map(unspaced)));
      const expected = tables.map((table) => (table.columns === null ? single(table) : crossed(table)));
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
      // The last two lists are those of the method.
      expect(lists.slice(0, -2)).toEqual(preset === 'large' ? [typed] : []);
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

  test('none of them is over a megabyte', () => {
    for (const { bytes } of files) expect(bytes.length).toBeLessThan(2 ** 20);
  });
});
