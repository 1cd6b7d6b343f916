import { parse } from 'csv-parse/sync';
import type { PublishedTable } from '../../src/contract/statistics.js';
import { tableCsvHeader, tableCsvRows, toCsv } from '../../src/contract/table-csv.js';
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

test('a line per cell, in the columns of the contract', () => {
  expect(tableCsvHeader.join(',')).toBe(
    'period,table,row_dimension,row_code,row_label_sv,row_label_en,column_dimension,column_code,' +
      'column_label_sv,column_label_en,status,value,under,uncertainty',
  );
  const lines = tableCsvRows(cross);
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
  const oneWay = { ...cross, columns: null, cells: [[{ value: 45 }], [{ under: 20 }]] };
  expect(tableCsvRows(oneWay).map((line) => line.slice(6))).toEqual([
    ['', '', '', '', 'value', '45', '', '11'],
    ['', '', '', '', 'under', '', '20', '11'],
  ]);
});

test('is read back by another reader, every line ending in CRLF', () => {
  const rows = tableCsvRows(cross);
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
    expect(tableCsvRows(table)[0]?.slice(4, 6)).toEqual([`'${text}`, `'${text}`]);
  },
);
