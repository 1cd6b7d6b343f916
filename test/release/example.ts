/** Published numbers for the tests of releases, and a folder of their own for each test. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeyPairSync, sign } from 'node:crypto';
import type { Query } from '../../src/contract/queries.js';
import type { PublishedTable } from '../../src/contract/statistics.js';
import type { ReleaseContent } from '../../src/release/content.js';
import { releaseFiles, type RenderedFile } from '../../src/release/files.js';

/** Every file of a release, by name. */
export const releaseFileNames = [
  'manifest.json',
  'manifest.json.sig',
  'report.en.pdf',
  'report.sv.pdf',
  'tables.csv',
  'tables.csv-metadata.json',
  'tables.json',
  'tables.xlsx',
];

const label = (word: string) => ({ sv: `${word} på svenska`, en: `${word}, "in English"` });

/** A table of three rows: a number, an "under" and a withheld one. */
export const oneWay: PublishedTable = {
  period: '2026-Q3',
  table: 'concern-top',
  universe: 'conversation',
  rows: {
    dimension: 'concern',
    codes: [
      { code: 'worry', label: label('oro') },
      { code: 'threat', label: label('hot') },
      { code: 'other', label: label('annat') },
    ],
  },
  columns: null,
  cells: [[{ value: 12, share: 8 }], [{ under: 7 }], [{ withheld: true }]],
  several: false,
  hidden: { value: 140, uncertainty: 6 },
  sigma2: 4,
  threshold: 7,
  step: 1,
  uncertainty: 4,
  shareUncertainties: [3, 3, 3],
  countedFrom: null,
  begunAnew: [],
};

const cross: PublishedTable = {
  ...oneWay,
  table: 'concern-age',
  columns: {
    dimension: 'age',
    codes: [
      { code: 'child', label: label('barn') },
      { code: 'adult', label: label('vuxen') },
    ],
  },
  cells: [
    [
      { value: 61, share: 58 },
      { value: 44, share: 42 },
    ],
    [{ withheld: true }, { withheld: true }],
    [{ under: 7 }, { value: 9 }],
  ],
  hidden: null,
  shareUncertainties: [4, null, null],
};

const whole = { month: null, margin: 0, universe: 0 };
const tenths = (numerator: bigint) => ({ numerator, denominator: 10n });

/** A total, a month's and a quarter's cell, and the cell of a cross table with its row. */
export const queries: readonly Query[] = [
  {
    ...whole,
    table: null,
    row: null,
    column: null,
    cell: 0,
    universe: 1,
    of: 'conversation',
    sigma2: tenths(45n),
  },
  { ...whole, table: 'month', row: 0, column: 0, month: '2026-07', cell: 1, of: 'all', sigma2: tenths(46n) },
  {
    ...whole,
    table: 'concern-top',
    row: 1,
    column: 0,
    cell: 3,
    universe: -1,
    of: 'conversation',
    sigma2: tenths(47n),
  },
  {
    ...whole,
    table: 'concern-age',
    row: 2,
    column: 1,
    cell: 3,
    margin: -1,
    of: 'conversation',
    sigma2: tenths(48n),
  },
];

/** The first release of 2026-Q3, or another as `changes` say. */
export const content = (changes: Partial<ReleaseContent> = {}): ReleaseContent => ({
  period: '2026-Q3',
  summary: {
    id: '2026-Q3',
    kind: 'quarter',
    publishedOn: '2026-10-07',
    plan: { preset: 'tiny', rho: 0.5 },
    totals: { contacts: { value: 180 }, conversations: { value: 151 } },
    sureness: {
      contacts: { sigma2: 5.5, threshold: 7, step: 1, uncertainty: 5 },
      conversations: { sigma2: 3.2, threshold: 6, step: 1, uncertainty: 4 },
    },
    countedFrom: null,
    begunAnew: [],
  },
  tables: [oneWay, cross],
  titles: [label('Oro'), label('Oro × Ålder')],
  missing: [],
  beside: [],
  before: [],
  asked: [{ quarter: '2026-Q3', queries, displayRules: 2 }],
  organisation: null,
  unanswered: [],
  vocabularyVersion: 3,
  softwareVersion: '0.1.0',
  issuedOn: '2026-10-09',
  revision: 1,
  reason: null,
  foreword: null,
  ...changes,
});

/** A key pair made for one test: the public key as PEM, and a release signed with the private one. */
export async function signedRelease(changes: Partial<ReleaseContent> = {}): Promise<{
  publicKey: string;
  files: RenderedFile[];
}> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const files = await releaseFiles(content(changes));
  const signature = files
    .filter(({ name }) => name === 'manifest.json')
    .map(({ bytes }) => Buffer.from(sign(null, bytes, privateKey).toString('base64')));
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    files: [...files, ...signature.map((bytes) => ({ name: 'manifest.json.sig', bytes }))],
  };
}

/** Runs with a folder that is removed afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'tyst-release-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The same data with the keys of every object in the opposite order. */
export function keysReversed<T>(value: T): T {
  if (Array.isArray(value)) return value.map((item: unknown) => keysReversed(item)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, item]) => [key, keysReversed(item as unknown)])) as T;
}
