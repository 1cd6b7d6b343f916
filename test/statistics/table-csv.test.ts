import { parse } from 'csv-parse/sync';
import type { PeriodSummary, PublishedTable } from '../../src/contract/statistics.js';
import { tableCsvHeader, tableCsvRows, toCsv, totalsCsvRows } from '../../src/contract/table-csv.js';
import { expect, test } from '../support/jest.js';

const label = (sv: string, en = sv) => ({ sv, en });

const cross: PublishedTable = {
  period: '2026-Q1',
  table: 'kind-by-channel',
  universe: 'all',
  rows: {
    dimension: 'kind',
    codes: [
      { code: 'conversation', label: label('Stöd, eller "råd"', 'Support') },
      { code: 'silent', label: label('Tyst', 'Silent') },
    ],
  },
  columns: {
    dimension: 'channel',
    codes: [
      { code: 'phone', label: label('Telefon', 'Phone') },
      { code: 'chat', label: label('Chatt', 'Chat') },
    ],
  },
  cells: [
    [{ value: 45 }, { under: 20 }],
    [{ withheld: true }, { withheld: true }],
  ],
  several: false,
  hidden: null,
  sigma2: 26,
  threshold: 20,
  step: 5,
  uncertainty: 11,
  shareUncertainties: [null, null],
  countedFrom: null,
  begunAnew: [],
};

const sureness = {
  contacts: { sigma2: 12, threshold: 11, step: 1, uncertainty: 7 },
  conversations: { sigma2: 7, threshold: 8, step: 1, uncertainty: 6 },
} as const;

test('a line per cell, in the columns of the contract', () => {
  expect(tableCsvHeader.join(',')).toBe(
    'period,table,row_dimension,row_code,row_label_sv,row_label_en,column_dimension,column_code,' +
      'column_label_sv,column_label_en,status,value,under,uncertainty',
  );
  const lines = tableCsvRows(cross, sureness);
  expect(lines.map((line) => line.length)).toEqual([14, 14, 14, 14]);
  const start = ['2026-Q1', 'kind-by-channel', 'kind'];
  const support = [...start, 'conversation', 'Stöd, eller "råd"', 'Support', 'channel'];
  expect(lines[0]).toEqual([...support, 'phone', 'Telefon', 'Phone', 'value', '45', '', '11']);
  expect(lines[1]).toEqual([...support, 'chat', 'Chatt', 'Chat', 'under', '', '20', '11']);
  expect(lines[3]?.slice(3)).toEqual([
    'silent',
    'Tyst',
    'Silent',
    'channel',
    'chat',
    'Chatt',
    'Chat',
    'withheld',
    '',
    '',
    '',
  ]);
});

test('a table without columns leaves them empty', () => {
  const rows = { ...cross.rows, dimension: 'concern' };
  const oneWay = { ...cross, rows, columns: null, cells: [[{ value: 45, share: 30 }], [{ under: 20 }]] };
  expect(tableCsvRows(oneWay, sureness).map((line) => line.slice(6))).toEqual([
    ['', '', '', '', 'value', '45', '', '11'],
    ['', '', '', '', 'under', '', '20', '11'],
  ]);
});

test('the conversations among the kinds of contact are as sure as their total, and no other row is', () => {
  const kinds = { ...cross, columns: null, cells: [[{ value: 45 }], [{ under: 20 }]] };
  const sure = (table: PublishedTable, totals: PeriodSummary['sureness']) =>
    tableCsvRows(table, totals).map((line) => line.at(-1));
  expect(sure(kinds, sureness)).toEqual(['6', '11']);
  expect(sure({ ...kinds, universe: 'conversation' }, sureness)).toEqual(['11', '11']);
  expect(sure(cross, sureness)).toEqual(['11', '11', '', '']);
  expect(sure(kinds, { contacts: null, conversations: null })).toEqual(['11', '11']);
});

test('what a table hides is its last line, with a code of its own and no column', () => {
  const hidden = { ...cross, hidden: { value: 65, uncertainty: 14 } };
  const lines = tableCsvRows(hidden, sureness);
  expect(lines.slice(0, -1)).toEqual(tableCsvRows(cross, sureness));
  expect(lines.at(-1)).toEqual([
    ...['2026-Q1', 'kind-by-channel', 'kind', 'hidden', 'Dolda svar tillsammans', 'Hidden answers together'],
    ...['', '', '', '', 'value', '65', '', '14'],
  ]);
});

test('totals are lines of a table of their own, those that there are', () => {
  const summary: PeriodSummary = {
    ...{ id: '2026-Q1', kind: 'quarter', publishedOn: '2026-04-07', plan: { preset: 'tiny', rho: 0.5 } },
    ...{ totals: { contacts: { under: 11 }, conversations: { value: 45 } }, sureness },
    ...{ countedFrom: null, begunAnew: [] },
  };
  const [contacts, conversations] = totalsCsvRows(summary);
  expect(contacts).toEqual([
    ...['2026-Q1', 'totals', 'total', 'contacts', 'Alla kontakter', 'All contacts'],
    ...['', '', '', '', 'under', '', '11', '7'],
  ]);
  expect(conversations?.slice(3)).toEqual([
    ...['conversations', 'Samtal med stöd eller råd', 'Conversations with support or advice'],
    ...['', '', '', '', 'value', '45', '', '6'],
  ]);
  const none = { contacts: null, conversations: null };
  expect(totalsCsvRows({ ...summary, totals: none, sureness: none })).toEqual([]);
});

test('is read back by another reader, every line ending in CRLF', () => {
  const rows = tableCsvRows(cross, sureness);
  const text = toCsv([tableCsvHeader, ...rows]);
  expect(text.split('\r\n')).toHaveLength(rows.length + 2);
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  expect(text).toContain('"Stöd, eller ""råd"""');
  expect(parse(text, { record_delimiter: '\r\n' })).toEqual([[...tableCsvHeader], ...rows]);
  expect(parse(toCsv([['a\r\nb', 'c"d', '']]), { record_delimiter: '\r\n' })).toEqual([
    ['a\r\nb', 'c"d', ''],
  ]);
});

test.each(['=1+1', '+46', '-', '@SUM(A1)', '\tx', '\rx'])(
  'a label that a spreadsheet would run is text: %j',
  (text) => {
    const codes = [{ code: 'x', label: label(text) }];
    const table = { ...cross, rows: { dimension: 'kind', codes }, columns: null, cells: [[{ value: 45 }]] };
    expect(tableCsvRows(table, sureness)[0]?.slice(4, 6)).toEqual([`'${text}`, `'${text}`]);
  },
);
