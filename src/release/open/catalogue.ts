/**
 * The releases as a catalogue for machines: DCAT 3 in the terms of DCAT-AP, as JSON-LD 1.1 with its context inside.
 * Addresses are relative to the document's own, which is how JSON-LD reads them: Tyst is told no public address, and
 * repeats none that a request claims.
 */
import { monthsOfQuarter, quartersOfYear, addDays, addMonths, isQuarter } from '../../contract/period.js';
import { releaseName, type ReleaseFile } from '../../contract/release.js';
import { wordFor } from '../../contract/words.js';
import { begunAnewText } from '../begun-anew.js';
import { contentTypeOf } from '../files.js';
import { periodName, words } from '../words.js';
import { CATALOGUE, fileAddress, listAddress, openWords, releaseAddress } from './page.js';
import type { OpenRelease } from './releases.js';

const authority = 'http://publications.europa.eu/resource/authority';
const iri = { '@type': '@id' } as const;
const inLanguages = { '@container': '@language' } as const;
const date = { '@type': 'xsd:date' } as const;

const context = {
  adms: 'http://www.w3.org/ns/adms#',
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  spdx: 'http://spdx.org/rdf/terms#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  'adms:versionNotes': inLanguages,
  'dcat:accessURL': iri,
  'dcat:byteSize': { '@type': 'xsd:nonNegativeInteger' },
  'dcat:downloadURL': iri,
  'dcat:endDate': date,
  'dcat:inSeries': iri,
  'dcat:landingPage': iri,
  'dcat:mediaType': iri,
  'dcat:previousVersion': iri,
  'dcat:startDate': date,
  'dcat:theme': iri,
  'dct:accessRights': iri,
  'dct:accrualPeriodicity': iri,
  'dct:description': inLanguages,
  'dct:format': iri,
  'dct:issued': date,
  'dct:language': iri,
  'dct:modified': date,
  'dct:publisher': iri,
  'dct:relation': iri,
  'dct:title': inLanguages,
  'foaf:homepage': iri,
  'foaf:name': inLanguages,
  'spdx:algorithm': iri,
  'spdx:checksumValue': { '@type': 'xsd:hexBinary' },
};

const languages = { sv: `${authority}/language/SWE`, en: `${authority}/language/ENG` };
const bothLanguages = [languages.sv, languages.en];
const PUBLISHER = '#publisher';
const series = { quarter: '#quarters', year: '#years' };

/** The name of the file type in the EU's list, by the end of the file's name. */
const fileTypes: Readonly<Partial<Record<string, string>>> = {
  pdf: 'PDF',
  xlsx: 'XLSX',
  csv: 'CSV',
  json: 'JSON',
};

/** What explains or proves the others is no form of the numbers. */
const isBeside = ({ name }: ReleaseFile): boolean =>
  name.startsWith('manifest.') || name.endsWith('-metadata.json');

const both = (say: (locale: 'sv' | 'en') => string) => ({ sv: say('sv'), en: say('en') });

/** The first and the last day of a quarter or a year. */
function daysOf(period: string): { first: string; last: string } {
  const quarters = isQuarter(period) ? [period] : quartersOfYear(period);
  const months = quarters.flatMap(monthsOfQuarter);
  const end = addMonths(months.at(-1) ?? '', 1);
  return { first: `${months[0] ?? ''}-01`, last: addDays(`${end}-01`, -1) };
}

function languageOf(name: string): string | string[] {
  const [, language] = /\.(sv|en)\.pdf$/.exec(name) ?? [];
  return language === undefined ? bothLanguages : languages[language as 'sv' | 'en'];
}

function distribution({ name: release, issuedOn }: OpenRelease, file: ReleaseFile) {
  const { name, bytes, sha256 } = file;
  const address = fileAddress(release, name);
  const [mediaType = ''] = contentTypeOf(name).split(';');
  const type = fileTypes[name.split('.').at(-1) ?? ''];
  return {
    '@id': `${releaseAddress('sv', release)}#${name}`,
    '@type': 'dcat:Distribution',
    'dct:title': both((locale) => wordFor(openWords[locale].contents, name) ?? name),
    'dcat:accessURL': releaseAddress('sv', release),
    'dcat:downloadURL': address,
    'dcat:mediaType': `http://www.iana.org/assignments/media-types/${mediaType}`,
    ...(type === undefined ? {} : { 'dct:format': `${authority}/file-type/${type}` }),
    'dcat:byteSize': String(bytes),
    'spdx:checksum': {
      '@type': 'spdx:Checksum',
      'spdx:algorithm': 'spdx:checksumAlgorithm_sha256',
      'spdx:checksumValue': sha256,
    },
    'dct:issued': issuedOn,
    'dct:language': languageOf(name),
  };
}

const datasetId = (name: string): string => `${releaseAddress('sv', name)}#dataset`;

function dataset(release: OpenRelease) {
  const { name, period, revision, reason, issuedOn, summary, files } = release;
  const { first, last } = daysOf(period);
  return {
    '@id': datasetId(name),
    '@type': 'dcat:Dataset',
    'dct:identifier': name,
    'dct:title': both((locale) => openWords[locale].pageTitle(periodName(locale, period))),
    'dct:description': both((locale) =>
      [`${words[locale].subtitle}.`, words[locale].approximate, ...begunAnewText(locale, summary)].join(' '),
    ),
    'dct:publisher': PUBLISHER,
    'dct:issued': issuedOn,
    'dct:temporal': { '@type': 'dct:PeriodOfTime', 'dcat:startDate': first, 'dcat:endDate': last },
    // Frozen: it is the series that goes on.
    'dct:accrualPeriodicity': `${authority}/frequency/NEVER`,
    'dcat:inSeries': isQuarter(period) ? series.quarter : series.year,
    'dct:language': bothLanguages,
    'dct:accessRights': `${authority}/access-right/PUBLIC`,
    'dcat:theme': `${authority}/data-theme/SOCI`,
    'dcat:landingPage': [releaseAddress('sv', name), releaseAddress('en', name)],
    'dcat:version': String(revision),
    ...(revision === 1 ? {} : { 'dcat:previousVersion': datasetId(releaseName(period, revision - 1)) }),
    ...(reason === undefined ? {} : { 'adms:versionNotes': { '@none': reason } }),
    'dct:relation': files.filter(isBeside).map((file) => fileAddress(name, file.name)),
    'dcat:distribution': files.filter((file) => !isBeside(file)).map((file) => distribution(release, file)),
  };
}

function seriesOf(kind: keyof typeof series) {
  const title = {
    quarter: { sv: 'Statistik kvartal för kvartal', en: 'Statistics quarter by quarter' },
    year: { sv: 'Statistik år för år', en: 'Statistics year by year' },
  };
  return {
    '@id': series[kind],
    '@type': 'dcat:DatasetSeries',
    'dct:title': title[kind],
    'dct:description': both((locale) => words[locale].subtitle),
    'dct:publisher': PUBLISHER,
    'dct:accrualPeriodicity': `${authority}/frequency/${kind === 'quarter' ? 'QUARTERLY' : 'ANNUAL'}`,
  };
}

/** The catalogue of these releases, of whichever organisation; null where none is set. */
export function catalogueOf(organisation: string | null, releases: readonly OpenRelease[]) {
  const days = releases.map(({ issuedOn }) => issuedOn).sort();
  const [first] = days;
  const last = days.at(-1);
  const kinds = (['quarter', 'year'] as const).filter((kind) =>
    releases.some(({ period }) => isQuarter(period) === (kind === 'quarter')),
  );
  return {
    '@context': context,
    '@id': `${CATALOGUE}#catalogue`,
    '@type': 'dcat:Catalog',
    'dct:title': both((locale) =>
      organisation === null ? openWords[locale].title : `${openWords[locale].title}: ${organisation}`,
    ),
    'dct:description': both((locale) => `${words[locale].subtitle}. ${openWords[locale].frozen}`),
    'dct:publisher': {
      '@id': PUBLISHER,
      '@type': 'foaf:Agent',
      'foaf:name':
        organisation === null
          ? { sv: 'En anonym stödlinje', en: 'An anonymous support line' }
          : { sv: organisation, en: organisation },
    },
    'dct:language': bothLanguages,
    'foaf:homepage': listAddress('sv'),
    ...(first === undefined ? {} : { 'dct:issued': first }),
    ...(last === undefined ? {} : { 'dct:modified': last }),
    'dcat:dataset': [...kinds.map(seriesOf), ...releases.map(dataset)],
  };
}
