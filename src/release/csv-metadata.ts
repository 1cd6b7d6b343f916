/**
 * `tables.csv-metadata.json`: what the columns of `tables.csv` hold, as CSV on the Web says it
 * (W3C Recommendation "Metadata Vocabulary for Tabular Data", 2015), so that a program can read the file unaided.
 */
import { isQuarter } from '../contract/period.js';
import { tableCsvHeader } from '../contract/table-csv.js';
import type { PublishedTable } from '../contract/statistics.js';
import { begunAnewText } from './begun-anew.js';
import type { ReleaseContent } from './content.js';
import { yearNotes } from './report-year.js';
import { severalNotes } from './table-notes.js';
import { periodName, words } from './words.js';

type Column = (typeof tableCsvHeader)[number];

interface Described {
  readonly sv: string;
  readonly en: string;
  readonly about: { readonly sv: string; readonly en: string };
  readonly datatype?: unknown;
  readonly required?: boolean;
  /** What is counted. */
  readonly unit?: string;
}

const count = { base: 'nonNegativeInteger' };
const described: Readonly<Record<Column, Described>> = {
  period: {
    sv: 'Period',
    en: 'Period',
    about: { sv: 'Kvartal (2026-Q3) eller år (2026).', en: 'A quarter (2026-Q3) or a year (2026).' },
    datatype: { base: 'string', format: '(19|20)[0-9]{2}(-Q[1-4])?' },
    required: true,
  },
  table: {
    sv: 'Tabell',
    en: 'Table',
    about: {
      sv: 'Tabellens namn i planen. totals: periodens totalsummor.',
      en: 'The name of the table in the plan. totals: the totals of the period.',
    },
    required: true,
  },
  row_dimension: {
    sv: 'Fråga',
    en: 'Question',
    about: { sv: 'Radernas fråga. total: en totalsumma.', en: 'The question of the rows. total: a total.' },
    required: true,
  },
  row_code: {
    sv: 'Kod',
    en: 'Code',
    about: {
      sv: 'Radens svar. hidden: alla svar i tabellen som inte visas vart och ett, tillsammans.',
      en: 'The answer of the row. hidden: all answers of the table that are not shown one by one, together.',
    },
    required: true,
  },
  row_label_sv: {
    sv: 'Svar på svenska',
    en: 'Answer in Swedish',
    about: { sv: 'Svaret i ord.', en: 'The answer in words.' },
  },
  row_label_en: {
    sv: 'Svar på engelska',
    en: 'Answer in English',
    about: { sv: 'Svaret i ord.', en: 'The answer in words.' },
  },
  column_dimension: {
    sv: 'Kolumnfråga',
    en: 'Question of the columns',
    about: {
      sv: 'Tom i en tabell över en fråga, och på raden hidden.',
      en: 'Empty in a table of one question, and in the row hidden.',
    },
  },
  column_code: {
    sv: 'Kolumnkod',
    en: 'Code of the column',
    about: { sv: 'Kolumnens svar.', en: 'The answer of the column.' },
  },
  column_label_sv: {
    sv: 'Kolumnens svar på svenska',
    en: 'Answer of the column in Swedish',
    about: { sv: 'Svaret i ord.', en: 'The answer in words.' },
  },
  column_label_en: {
    sv: 'Kolumnens svar på engelska',
    en: 'Answer of the column in English',
    about: { sv: 'Svaret i ord.', en: 'The answer in words.' },
  },
  status: {
    sv: 'Hur talet visas',
    en: 'How the number is shown',
    about: {
      sv: 'value: talet visas. under: det är under gränsen, kanske noll. withheld: det visas inte, gruppen är för liten eller för ensartad.',
      en: 'value: the number is shown. under: it lies under the threshold, and may be none. withheld: it is not shown, the group is too small or too uniform.',
    },
    datatype: { base: 'string', format: 'value|under|withheld' },
    required: true,
  },
  value: {
    sv: 'Antal',
    en: 'Number',
    about: {
      sv: 'Ungefärligt antal kontakter, med avsikt.',
      en: 'The approximate number of contacts, on purpose.',
    },
    datatype: count,
    unit: 'contacts',
  },
  under: {
    sv: 'Färre än',
    en: 'Fewer than',
    about: { sv: 'Gränsen som talet ligger under.', en: 'The threshold that the number lies under.' },
    datatype: count,
    unit: 'contacts',
  },
  uncertainty: {
    sv: 'Skyddets osäkerhet',
    en: 'Uncertainty of the protection',
    about: {
      sv: 'Ungefär ett tal av tjugo ligger längre från det verkliga än så. Gäller skyddet, inte slumpen i hur många som hör av sig.',
      en: 'About one number in twenty lies further from the truth than this. It is about the protection, not about the chance in how many people call.',
    },
    datatype: count,
    unit: 'contacts',
  },
};

function column(name: Column) {
  const { sv, en, about, datatype = 'string', required = false, unit } = described[name];
  return {
    name,
    titles: { sv, en, und: name },
    'dc:description': [
      { '@value': about.sv, '@language': 'sv' },
      { '@value': about.en, '@language': 'en' },
    ],
    datatype,
    required,
    ...(unit === undefined ? {} : { 'schema:unitText': unit }),
  };
}

/** The codes of every question that the file holds, each once. */
function codeLists(tables: readonly PublishedTable[]) {
  const lists = new Map<string, Map<string, { sv: string; en: string }>>();
  for (const { rows, columns } of tables)
    for (const axis of columns === null ? [rows] : [rows, columns]) {
      const codes = lists.get(axis.dimension) ?? new Map<string, { sv: string; en: string }>();
      for (const { code, label } of axis.codes) codes.set(code, label);
      lists.set(axis.dimension, codes);
    }
  return [...lists].map(([dimension, codes]) => ({
    dimension,
    codes: [...codes].map(([code, { sv, en }]) => ({ code, sv, en })),
  }));
}

/** The metadata as an object in the order it is written. */
export function csvMetadata(content: ReleaseContent): unknown {
  const { period, issuedOn, summary, tables } = content;
  const notes = (locale: 'sv' | 'en') =>
    [
      words[locale].approximate,
      // The file itself has no column for it. Of what is beside, it holds a year's quarters, which the year has told.
      ...begunAnewText(locale, summary),
      ...words[locale].readings,
      ...severalNotes(locale, tables),
      words[locale].csvShares,
      ...yearNotes(locale, content),
      ...(isQuarter(period) ? [] : [words[locale].quarters.files(period)]),
    ].join(' ');
  return {
    '@context': ['http://www.w3.org/ns/csvw', { '@language': 'sv' }],
    url: 'tables.csv',
    'dc:title': [
      { '@value': `${words.sv.subtitle}, ${periodName('sv', period)}`, '@language': 'sv' },
      { '@value': `${words.en.subtitle}, ${periodName('en', period)}`, '@language': 'en' },
    ],
    'dc:issued': { '@value': issuedOn, '@type': 'xsd:date' },
    'dc:description': [
      { '@value': notes('sv'), '@language': 'sv' },
      { '@value': notes('en'), '@language': 'en' },
    ],
    dialect: {
      header: true,
      encoding: 'utf-8',
      lineTerminators: ['\r\n'],
      delimiter: ',',
      quoteChar: '"',
      doubleQuote: true,
    },
    notes: codeLists(tables),
    tableSchema: {
      columns: tableCsvHeader.map(column),
      primaryKey: ['period', 'table', 'row_code', 'column_code'],
    },
  };
}
