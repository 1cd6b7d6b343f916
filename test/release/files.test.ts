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
      'report.sv.pdf 684b5e394b175d2b5b3dc6bb030932e20d918a2e4d0b2bbfb639b0aeab2513a8',
      'report.en.pdf 2f91369ca718cd5a043ebfb343e6bdc34cc4a0ed201cc3a3742a6f33db307c9f',
      'tables.xlsx c37115d9cd507aa9e1a58d5183195f9a744a19914c107f8b0c13e869380d4f8b',
      'tables.csv 68f607182c71ba3ddd6823f7c414d1f07281e8dbae74fda7cc948a24a0006e05',
      'tables.csv-metadata.json 112e4cc72bb2e5f8df01a38c2754ee9e2edd49da39bf11372231f31aec49c319',
      'tables.json 7b0d22863ff14b442bce075479aaa5c5208b846ddc8f5befaa83590782ab7135',
      'manifest.json 81905f1034ae123ce84fb8183a10787c88be443cb753f2bbab5acbc17def9702',
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
