/**
 * The DCAT catalogue, against what DCAT-AP 3 asks for: the properties that must be there, each of the right kind, and
 * addresses that lead somewhere once they are read relative to the document, as JSON-LD reads them.
 */
import { z } from 'zod';
import { catalogueOf } from '../../src/release/open/catalogue.js';
import type { OpenRelease } from '../../src/release/open/releases.js';
import { describe, expect, test } from '../support/jest.js';
import { releaseFileNames } from './example.js';

const aRelease = (period: string, revision = 1, reason?: string): OpenRelease => ({
  period,
  revision,
  name: revision === 1 ? period : `${period}.r${String(revision)}`,
  issuedOn: '2026-10-09',
  ...(reason === undefined ? {} : { reason }),
  key: '0123456789abcdef',
  summary: null,
  replacedBy: null,
  files: releaseFileNames.map((name, index) => ({ name, bytes: 1000 + index, sha256: 'ab'.repeat(32) })),
});

const releases = [aRelease('2026-Q3', 2, 'Rättat namn'), aRelease('2026-Q3'), aRelease('2025')];
const catalogue = catalogueOf('Stödlinjen', releases);
const BASE = 'https://tyst.example/open/catalogue.jsonld';

const inLanguages = z.strictObject({ sv: z.string().min(3), en: z.string().min(3) });
const address = z.string().regex(/^(\/open|#)/);
const authority = (table: string) =>
  z.string().regex(new RegExp(`^http://publications\\.europa\\.eu/resource/authority/${table}/[A-Z_]+$`));
const day = z.iso.date();
const languages = z.union([authority('language'), z.array(authority('language')).min(1)]);

const distribution = z.strictObject({
  '@id': address,
  '@type': z.literal('dcat:Distribution'),
  'dct:title': inLanguages,
  'dcat:accessURL': address,
  'dcat:downloadURL': address,
  'dcat:mediaType': z
    .string()
    .regex(/^http:\/\/www\.iana\.org\/assignments\/media-types\/[a-z]+\/[a-z.+-]+$/),
  'dct:format': authority('file-type'),
  'dcat:byteSize': z.string().regex(/^[1-9]\d*$/),
  'spdx:checksum': z.strictObject({
    '@type': z.literal('spdx:Checksum'),
    'spdx:algorithm': z.literal('spdx:checksumAlgorithm_sha256'),
    'spdx:checksumValue': z.string().regex(/^[0-9a-f]{64}$/),
  }),
  'dct:issued': day,
  'dct:language': languages,
});

const dataset = z.strictObject({
  '@id': address,
  '@type': z.literal('dcat:Dataset'),
  'dct:identifier': z.string(),
  'dct:title': inLanguages,
  'dct:description': inLanguages,
  'dct:publisher': z.literal('#publisher'),
  'dct:issued': day,
  'dct:temporal': z.strictObject({
    '@type': z.literal('dct:PeriodOfTime'),
    'dcat:startDate': day,
    'dcat:endDate': day,
  }),
  'dct:accrualPeriodicity': authority('frequency'),
  'dcat:inSeries': z.enum(['#quarters', '#years']),
  'dct:language': languages,
  'dct:accessRights': authority('access-right'),
  'dcat:theme': authority('data-theme'),
  'dcat:landingPage': z.array(address).length(2),
  'dcat:version': z.string(),
  'dcat:previousVersion': address.optional(),
  'adms:versionNotes': z.strictObject({ '@none': z.string() }).optional(),
  'dct:relation': z.array(address).length(3),
  'dcat:distribution': z.array(distribution).min(1),
});

const series = z.strictObject({
  '@id': z.enum(['#quarters', '#years']),
  '@type': z.literal('dcat:DatasetSeries'),
  'dct:title': inLanguages,
  'dct:description': inLanguages,
  'dct:publisher': z.literal('#publisher'),
  'dct:accrualPeriodicity': authority('frequency'),
});

const shape = z.strictObject({
  '@context': z.record(z.string(), z.union([z.url(), z.record(z.string(), z.unknown())])),
  '@id': address,
  '@type': z.literal('dcat:Catalog'),
  'dct:title': inLanguages,
  'dct:description': inLanguages,
  'dct:publisher': z.strictObject({
    '@id': z.literal('#publisher'),
    '@type': z.literal('foaf:Agent'),
    'foaf:name': inLanguages,
  }),
  'dct:language': languages,
  'foaf:homepage': address,
  'dct:issued': day.optional(),
  'dct:modified': day.optional(),
  'dcat:dataset': z.array(z.union([series, dataset])),
});

/** Every key and every value that is a key of the context, at any depth of the document. */
function termsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(termsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(key.includes(':') ? [key] : []),
    ...(key === '@type' ? [String(inner)] : []),
    ...termsIn(inner),
  ]);
}

test('it has the shape of a catalogue', () => {
  expect(shape.safeParse(JSON.parse(JSON.stringify(catalogue))).error).toBeUndefined();
  expect(shape.safeParse(JSON.parse(JSON.stringify(catalogueOf(null, [])))).error).toBeUndefined();
});

describe('its terms', () => {
  const context = catalogue['@context'] as Readonly<Record<string, unknown>>;
  const { '@context': _, ...body } = catalogue;
  const terms = [...new Set(termsIn(body))];

  test('are compact names under a prefix that the context declares', () => {
    expect(terms.length).toBeGreaterThan(20);
    for (const term of terms) expect(context).toHaveProperty([term.split(':')[0] ?? '']);
  });

  test('are all used, and none is declared in vain', () => {
    const declared = Object.keys(context).filter((name) => name.includes(':'));
    expect(declared.filter((name) => !terms.includes(name))).toEqual([]);
  });

  test('have the vocabularies’ own addresses', () => {
    expect(context).toMatchObject({
      dcat: 'http://www.w3.org/ns/dcat#',
      dct: 'http://purl.org/dc/terms/',
      foaf: 'http://xmlns.com/foaf/0.1/',
      spdx: 'http://spdx.org/rdf/terms#',
    });
  });
});

describe('its releases', () => {
  const all = catalogue['dcat:dataset'] as readonly Readonly<Record<string, unknown>>[];
  const datasets = all.filter((one) => one['@type'] === 'dcat:Dataset').map((one) => dataset.parse(one));

  test('are all there once, and each thing has an id of its own', () => {
    expect(datasets.map((one) => one['dct:identifier'])).toEqual(['2026-Q3.r2', '2026-Q3', '2025']);
    const ids = datasets.flatMap((one) => [
      one['@id'],
      ...one['dcat:distribution'].map((each) => each['@id']),
    ]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('cover their period to the day', () => {
    expect(datasets.map((one) => Object.values(one['dct:temporal']).slice(1))).toEqual([
      ['2026-07-01', '2026-09-30'],
      ['2026-07-01', '2026-09-30'],
      ['2025-01-01', '2025-12-31'],
    ]);
  });

  test('are frozen, in a series that goes on', () => {
    for (const one of datasets) expect(one['dct:accrualPeriodicity']).toMatch(/\/NEVER$/);
    const found = all.filter((one) => one['@type'] === 'dcat:DatasetSeries');
    expect(found.map((one) => [one['@id'], String(one['dct:accrualPeriodicity']).split('/').at(-1)])).toEqual(
      [
        ['#quarters', 'QUARTERLY'],
        ['#years', 'ANNUAL'],
      ],
    );
    expect(datasets.map((one) => one['dcat:inSeries'])).toEqual(['#quarters', '#quarters', '#years']);
  });

  test('name the revision before them, which is there too, and why they came', () => {
    const [second, first] = datasets;
    expect(second).toMatchObject({
      'dcat:version': '2',
      'dcat:previousVersion': first?.['@id'],
      'adms:versionNotes': { '@none': 'Rättat namn' },
    });
    expect(first).not.toHaveProperty(['dcat:previousVersion']);
  });

  test('lead to the frozen files, read relative to the document', () => {
    for (const one of datasets) {
      const name = one['dct:identifier'];
      const files = one['dcat:distribution'].map((each) => new URL(each['dcat:downloadURL'], BASE).href);
      const beside = one['dct:relation'].map((each) => new URL(each, BASE).href);
      expect([...files, ...beside].sort()).toEqual(
        releaseFileNames.map((file) => `https://tyst.example/open/${name}/${file}`).sort(),
      );
      expect(one['dcat:landingPage']).toEqual([`/open/${name}`, `/open/en/${name}`]);
    }
  });

  test('say what each file is: the language of a report, the type of the rest', () => {
    const [one] = datasets;
    const told = Object.fromEntries(
      (one?.['dcat:distribution'] ?? []).map((each) => [
        each['dcat:downloadURL'].split('/').at(-1),
        [
          each['dcat:mediaType'].split('media-types/')[1],
          each['dct:format'].split('/').at(-1),
          [each['dct:language']].flat().map((language) => language.split('/').at(-1)),
        ],
      ]),
    );
    expect(told).toEqual({
      'report.sv.pdf': ['application/pdf', 'PDF', ['SWE']],
      'report.en.pdf': ['application/pdf', 'PDF', ['ENG']],
      'tables.xlsx': [
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        'XLSX',
        ['SWE', 'ENG'],
      ],
      'tables.csv': ['text/csv', 'CSV', ['SWE', 'ENG']],
      'tables.json': ['application/json', 'JSON', ['SWE', 'ENG']],
    });
  });
});
