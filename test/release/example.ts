/** Published numbers for the tests of releases, and a folder of their own for each test. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeyPairSync, sign } from 'node:crypto';
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
  cells: [[{ value: 12 }], [{ under: 7 }], [{ withheld: true }]],
  sigma2: 4,
  threshold: 7,
  step: 1,
  uncertainty: 4,
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
    [{ value: 61 }, { value: 44 }],
    [{ withheld: true }, { withheld: true }],
    [{ under: 7 }, { value: 9 }],
  ],
};

/** The first release of 2026-Q3, or another as `changes` say. */
export const content = (changes: Partial<ReleaseContent> = {}): ReleaseContent => ({
  period: '2026-Q3',
  summary: {
    id: '2026-Q3',
    kind: 'quarter',
    publishedOn: '2026-10-07',
    plan: { preset: 'tiny', rho: 0.5, sigma2: 4, threshold: 7, step: 1 },
    totals: { contacts: { value: 180 }, conversations: { value: 151 } },
    uncertainty: { contacts: 4, conversations: 3 },
    countedFrom: null,
    begunAnew: [],
  },
  tables: [oneWay, cross],
  titles: [label('Oro'), label('Oro × Ålder')],
  beside: [],
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
