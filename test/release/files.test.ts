import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { manifestSchema, parseReleaseName, releaseName } from '../../src/contract/release.js';
import { contentTypeOf, releaseFiles, type RenderedFile } from '../../src/release/files.js';
import { describe, expect, test } from '../support/jest.js';
import { content, keysReversed, oneWay, queries } from './example.js';

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const digests = (files: RenderedFile[]) => files.map(({ name, bytes }) => `${name} ${sha256(bytes)}`);
const textOf = (files: RenderedFile[], name: string) =>
  files.find((file) => file.name === name)?.bytes.toString('utf8') ?? '';

describe('the files of a release', () => {
  test('are these bytes and no others', async () => {
    expect(digests(await releaseFiles(content()))).toEqual([
      'report.sv.pdf b3b92d581e581e8ff07b1f3ce9bdefafb883bc218ceb0a978cfc5e610910b97d',
      'report.en.pdf edd9a6e83017ed23eaa6acdab0028e721f55ce4baaf47d921cc7ac2d6cb7ad7a',
      'tables.xlsx 465b670ce304572dc1ede7c154b44e426c5f3c4e558dbe8fe105ad0c2de9078a',
      'tables.csv 1d0ffe4436a76f8244ce4de00f9a157fc1912a927d58ee42a8bc8253bb88c6d2',
      'tables.csv-metadata.json 62b8193b57bf21b48349eb1f802f895516494fc43d481cb1ddf08fbface2c275',
      'tables.json 9ca7e26d14684c0c806bd73a2f23de5790dffd2923f5e12a0bc25e5ffa08df9c',
      'manifest.json 321bc230db32f6d62416b16aa3bd8114bd3185bd17dcafb24e66516183b4c9ae',
    ]);
  });

  test('do not depend on the order in which the numbers were read into objects', async () => {
    expect(digests(await releaseFiles(keysReversed(content())))).toEqual(
      digests(await releaseFiles(content())),
    );
  });

  test('hold every cell as a line of tables.csv', async () => {
    const lines: string[][] = parse(textOf(await releaseFiles(content()), 'tables.csv'));
    expect(lines[0]?.join(',')).toBe(
      'period,table,row_dimension,row_code,row_label_sv,row_label_en,column_dimension,column_code,column_label_sv,column_label_en,status,value,under,uncertainty',
    );
    expect(lines).toHaveLength(1 + 2 + 3 + 1 + 6);
    expect(lines[4]).toEqual([
      ...['2026-Q3', 'concern-top', 'concern', 'threat', 'hot på svenska', 'hot, "in English"'],
      ...['', '', '', '', 'under', '', '7', '4'],
    ]);
    expect(lines[7]?.slice(6)).toEqual([
      ...['age', 'child', 'barn på svenska', 'barn, "in English"', 'value', '61', '', '4'],
    ]);
    expect(lines[9]?.slice(10)).toEqual(['withheld', '', '', '']);
  });

  test('hold the totals as rows of a table of their own, and what a table hides as a row of it', async () => {
    const lines: string[][] = parse(textOf(await releaseFiles(content()), 'tables.csv'));
    const none = ['', '', '', ''];
    expect(lines.slice(1, 3)).toEqual([
      [
        '2026-Q3',
        'totals',
        'total',
        'contacts',
        'Alla kontakter',
        'All contacts',
        ...none,
        'value',
        '180',
        '',
        '5',
      ],
      [
        ...['2026-Q3', 'totals', 'total', 'conversations'],
        ...[
          'Samtal med stöd eller råd',
          'Conversations with support or advice',
          ...none,
          'value',
          '151',
          '',
          '4',
        ],
      ],
    ]);
    expect(lines[6]).toEqual([
      ...['2026-Q3', 'concern-top', 'concern', 'hidden', 'Dolda svar tillsammans', 'Hidden answers together'],
      ...[...none, 'value', '140', '', '6'],
    ]);
    expect(lines.filter(([, , , code]) => code === 'hidden')).toHaveLength(1);
  });

  test('leave out a total that the plan does not give', async () => {
    const { summary } = content();
    const one = {
      ...summary,
      totals: { ...summary.totals, contacts: null },
      sureness: { ...summary.sureness, contacts: null },
    };
    const lines: string[][] = parse(textOf(await releaseFiles(content({ summary: one })), 'tables.csv'));
    expect(lines.filter(([, table]) => table === 'totals').map(([, , , code]) => code)).toEqual([
      'conversations',
    ]);
  });

  test('hold the tables of the API in tables.json, under the key quarter', async () => {
    const { tables, period, summary } = content();
    const unanswered = [{ month: '2026-08', calls: 17 }];
    const made = await releaseFiles(content({ organisation: 'Linjen', unanswered }));
    expect(JSON.parse(textOf(made, 'tables.json'))).toEqual({
      quarter: period,
      organisation: 'Linjen',
      countedFrom: null,
      begunAnew: [],
      totals: summary.totals,
      sureness: summary.sureness,
      unanswered,
      tables,
    });
    const year = await releaseFiles(content({ period: '2026' }));
    expect(JSON.parse(textOf(year, 'tables.json'))).toMatchObject({ quarter: '2026' });
  });

  test('are listed in the manifest with size and hash, and the manifest says how the numbers were made', async () => {
    const files = await releaseFiles(content({ revision: 2, reason: 'Fel etikett' }));
    const text = textOf(files, 'manifest.json');
    expect(text.endsWith('}\n')).toBe(true);
    expect(manifestSchema.parse(JSON.parse(text))).toEqual({
      quarter: '2026-Q3',
      organisation: null,
      plan: { preset: 'tiny', tables: ['concern-top', 'concern-age'] },
      rho: 0.5,
      totals: content().summary.sureness,
      tables: ['concern-top', 'concern-age'].map((table) => ({
        ...{ table, sigma2: 4, threshold: 7, step: 1, uncertainty: 4 },
      })),
      vocabularyVersion: 3,
      softwareVersion: '0.1.0',
      issuedOn: '2026-10-09',
      revision: 2,
      reason: 'Fel etikett',
      countedFrom: null,
      begunAnew: [],
      queries: [
        {
          ...{ table: null, row: null, column: null, cell: 0, universe: 1 },
          of: 'conversation',
          sigma2: 4.5,
        },
        {
          ...{ month: '2026-07', table: 'month', row: 0, column: 0, cell: 1, universe: 0 },
          of: 'all',
          sigma2: 4.6,
        },
        {
          ...{ table: 'concern-top', row: 1, column: 0, cell: 3, universe: -1 },
          of: 'conversation',
          sigma2: 4.7,
        },
        {
          ...{ table: 'concern-age', row: 2, column: 1, cell: 3, margin: -1, universe: 0 },
          ...{ of: 'conversation', sigma2: 4.8 },
        },
      ],
      files: files
        .filter(({ name }) => name !== 'manifest.json')
        .map(({ name, bytes }) => ({ name, bytes: bytes.length, sha256: sha256(bytes) })),
    });
  });

  test('say of a year by which quarter each query was asked', async () => {
    const asked = ['2026-Q1', '2026-Q2'].map((quarter) => ({ quarter, queries, displayRules: 2 }));
    const year = await releaseFiles(content({ period: '2026', asked }));
    const manifest = manifestSchema.parse(JSON.parse(textOf(year, 'manifest.json')));
    expect(manifest.queries.map(({ quarter }) => quarter)).toEqual([
      ...queries.map(() => '2026-Q1'),
      ...queries.map(() => '2026-Q2'),
    ]);
    // A query a line.
    expect(
      textOf(year, 'manifest.json')
        .split('\n')
        .filter((line) => line.includes('"universe"')),
    ).toHaveLength(8);
  });

  test('have a reason in the manifest only when the revision has one', async () => {
    expect(textOf(await releaseFiles(content()), 'manifest.json')).not.toContain('"reason"');
  });

  test('change with the numbers they hold', async () => {
    const other = await releaseFiles(content({ tables: [{ ...oneWay, uncertainty: 5 }] }));
    const before = digests(await releaseFiles(content()));
    for (const digest of digests(other)) expect(before).not.toContain(digest);
  });

  test('refuse a table with anything in it that is not published', async () => {
    const leaking = { ...oneWay, noisy: [[11], [3], [2]] };
    await expect(releaseFiles(content({ tables: [leaking] }))).rejects.toThrow();
  });

  test('are sent as what they are', () => {
    expect(contentTypeOf('tables.csv')).toBe('text/csv; charset=utf-8');
    expect(contentTypeOf('report.sv.pdf')).toBe('application/pdf');
    expect(contentTypeOf('manifest.json')).toBe('application/json; charset=utf-8');
    expect(contentTypeOf('manifest.json.sig')).toBe('text/plain; charset=utf-8');
    expect(contentTypeOf('report.odt')).toBe('application/octet-stream');
  });
});

describe('the name of a release', () => {
  test.each([
    ['2026-Q3', { period: '2026-Q3', revision: 1 }],
    ['2026-Q3.r1', { period: '2026-Q3', revision: 1 }],
    ['2026-Q3.r2', { period: '2026-Q3', revision: 2 }],
    ['2026.r10', { period: '2026', revision: 10 }],
  ])('%s is read', (name, expected) => {
    expect(parseReleaseName(name)).toEqual(expected);
  });

  test.each([
    '',
    '2026-07',
    '2026-Q5',
    '2026-Q3.r0',
    '2026-Q3.r',
    '2026-Q3.r02',
    '2026-Q3.r2.r2',
    '../2026',
    '.r2',
  ])('"%s" names none', (name) => {
    expect(parseReleaseName(name)).toBeNull();
  });

  test('is the period alone for the first revision', () => {
    expect([releaseName('2026', 1), releaseName('2026', 2)]).toEqual(['2026', '2026.r2']);
  });
});
