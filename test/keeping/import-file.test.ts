import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Vocabulary } from '../../src/contract/vocabulary.js';
import { describeImportError } from '../../src/keeping/import-error.js';
import { openImportFile, type ImportRules } from '../../src/keeping/import-file.js';
import { CommandError } from '../../src/platform/command-error.js';
import { aConversation, aSilentCall, codesOf, vocabulary } from '../support/calls.js';
import { afterAll, describe, expect, test } from '../support/jest.js';
import {
  aCall,
  busyLine2025,
  checkImportFile,
  columns,
  csvOf,
  fileFolder,
  line2017,
  lineOf,
} from './import-support.js';

const { folder, file, remove } = fileFolder();
afterAll(remove);

const rules: ImportRules = {
  desk: { vocabularyOf: () => Promise.resolve(vocabulary) },
  today: '2026-11-11',
  isClosed: (month) => Promise.resolve(month.startsWith('2015')),
};

/** The errors of a file as lines, or the one line with which it is refused. */
async function outcome(content: string | Buffer): Promise<string[]> {
  try {
    return (await checkImportFile(file(content), rules)).errors.map(describeImportError);
  } catch (error) {
    if (error instanceof CommandError) return [error.message];
    throw error;
  }
}

/** Every call of a file that is in order. */
async function callsOf(content: string | Buffer) {
  const { rows, headerErrors } = openImportFile(file(content), rules);
  const calls = [];
  for await (const { call, errors } of rows) {
    expect(errors).toEqual([]);
    calls.push(call === null ? null : { month: call.month, codes: codesOf(call.answers) });
  }
  expect(headerErrors()).toEqual([]);
  return calls;
}

const calls = [
  aCall('2017-05'),
  { month: '2017-04', answers: aSilentCall() },
  aCall('2026-11', { referral: ['exit', 'police'] }),
];
const plain = csvOf(calls);
/** The same file as somebody has it who never saw an id. */
function inWords(locale: 'sv' | 'en'): string {
  const names = ['month', ...vocabulary.dimensions.map(({ label }) => label[locale])];
  const rows = calls.map(({ month, answers }) => [
    month,
    ...vocabulary.dimensions.map(({ id, codes }) =>
      [answers[id] ?? []]
        .flat()
        .map((code) => codes.find((one) => one.id === code)?.label[locale])
        .join(';'),
    ),
  ]);
  const quoted = [names, ...rows].map((row) => row.map((cell) => `"${cell}"`).join(','));
  return `${quoted.join('\n')}\n`;
}
/** A file whose second row, on line 3, is `line`. */
const withLine = (line: string) => `${csvOf([aCall()])}${line}\n`;
const withAnswers = (change: Record<string, string | string[]>) =>
  withLine(lineOf('2017-05', aConversation(change)));
const without = (name: string) => columns.filter((column) => column !== name);

describe('a file that is in order', () => {
  test.each([
    ['a byte order mark', `\ufeff${plain}`],
    ['CRLF', csvOf(calls, '\r\n')],
    ['a byte order mark and CRLF', `\ufeff${csvOf(calls, '\r\n')}`],
    ['CR', csvOf(calls, '\r')],
    ['no end of the last line', plain.trimEnd()],
    ['empty lines', `\n${plain.replaceAll('\n', '\n\n')}\n\n`],
    ['line endings of both kinds', plain.replace('\n', '\r\n')],
    ['quotes around everything', plain.replaceAll(/[^,\n]+/g, '"$&"')],
    ['spaces around everything', plain.replaceAll(/[^,;\n]+/g, ' $& ')],
    ['columns in another order', csvOf(calls, '\n', columns.toReversed())],
    ['a code named twice', plain.replace('exit;police', 'exit;police;exit')],
    ['an empty place among the codes', plain.replace('exit;police', 'exit;;police;')],
    ['tabs', plain.replaceAll(',', '\t')],
    ['semicolons', plain.replaceAll('exit;police', '"exit;police"').replaceAll(',', ';')],
    ['an empty column without a name', plain.replaceAll('\n', ',\n')],
    ['capitals', plain.toUpperCase()],
    ['Swedish words', inWords('sv')],
    ['English words', inWords('en')],
    [
      'dates',
      plain
        .replace('2017-05', '2017-05-03')
        .replace('2017-04', '2017-04-30 23:59')
        .replace('2026-11', '7.11.2026'),
    ],
    [
      'months in words',
      plain
        .replace('2017-05', 'maj 2017')
        .replace('2017-04', '30 April 2017')
        .replace('2026-11', 'Nov. 2026'),
    ],
    [
      'other dates',
      plain
        .replace('2017-05', '20170503')
        .replace('2017-04', '2017/04/30')
        .replace('2026-11', '2026-11-07T08:00'),
    ],
  ])('is read the same with %s', async (_, content) => {
    const expected = await callsOf(plain);
    expect(expected).toHaveLength(3);
    expect(await callsOf(content)).toEqual(expected);
  });

  test('may leave a column out that no row needs', async () => {
    const silent = [{ month: '2017-04', answers: aSilentCall() }];
    const names = ['kind', 'daypart', 'month', 'channel'];
    expect(await callsOf(csvOf(silent, '\n', names))).toEqual(await callsOf(csvOf(silent)));
  });

  test('may have column names alone', async () => {
    expect(await checkImportFile(file(csvOf([])), rules)).toEqual({
      rows: 0,
      months: new Map(),
      reduced: 0,
      errors: [],
      errorCount: 0,
      quarters: new Map(),
    });
  });

  test.each([
    ['line-2017', line2017, 154],
    ['busy-line-2025', busyLine2025, 4200],
  ])('may be the real %s', async (_, path, rows) => {
    const check = await checkImportFile(path, rules);
    expect(check).toMatchObject({ rows, errors: [], errorCount: 0 });
    const months: Record<string, number> = {};
    for (const month of readFileSync(path, 'utf8').match(/^\d{4}-\d\d/gm) ?? [])
      months[month] = (months[month] ?? 0) + 1;
    expect([...check.months]).toEqual(Object.entries(months).sort());
  });
});

const CODE = 'The code is not among those that can be chosen.';
const UNKNOWN =
  'This column cannot be imported. Only month and the dimensions can be stored; leave it out with --drop.';
const CLOSED = 'The month does not take calls any longer, or yet. Store the call in the current month.';

describe('an error is told by line and column', () => {
  test.each<[string, string, string[]]>([
    ['a code outside the vocabulary', withAnswers({ concern: 'drugs' }), [`line 3, column concern: ${CODE}`]],
    ['a group of codes', withAnswers({ concern: 'danger' }), [`line 3, column concern: ${CODE}`]],
    ['a word of JavaScript', withAnswers({ concern: '__proto__' }), [`line 3, column concern: ${CODE}`]],
    [
      'two codes where one may be',
      withAnswers({ concern: ['online', 'views'] }),
      [`line 3, column concern: ${CODE}`],
    ],
    [
      'too many codes',
      withAnswers({ referral: ['exit', 'police', 'bup', 'faith'] }),
      ['line 3, column referral: Too many answers are chosen.'],
    ],
    [
      'a code that stands alone, in company',
      withAnswers({ referral: ['exit', 'none'] }),
      ['line 3, column referral: One of the answers can only be chosen alone.'],
    ],
    ['an answer missing', withAnswers({ age: '' }), ['line 3, column age: An answer is missing.']],
    [
      'an answer that does not apply',
      withAnswers({ ...aSilentCall(), ...Object.fromEntries(columns.slice(5).map((name) => [name, ''])) }),
      ['line 3, column concern: The question does not apply to this kind of contact.'],
    ],
    [
      'two errors',
      withAnswers({ age: '15', area: 'Solna' }),
      [`line 3, column age: ${CODE}`, `line 3, column area: ${CODE}`],
    ],
    ['no month', withLine(lineOf('', aConversation())), ['line 3, column month: An answer is missing.']],
    [
      'a date that may be two',
      withLine(lineOf('3/5/2017', aConversation())),
      ['line 3, column month: The value has the wrong form.'],
    ],
    ['a month to come', withLine(lineOf('2026-12', aConversation())), [`line 3, column month: ${CLOSED}`]],
    ['a closed month', withLine(lineOf('2015-03', aConversation())), [`line 3, column month: ${CLOSED}`]],
    [
      'a field too few',
      withLine(lineOf('2017-05', aConversation()).replace(/,[^,]*$/, '')),
      ['line 3: The row does not have as many fields as there are column names.'],
    ],
    [
      'a field too many',
      withLine(`${lineOf('2017-05', aConversation())},`),
      ['line 3: The row does not have as many fields as there are column names.'],
    ],
    [
      'a call after a cell of two lines',
      withLine(
        `${lineOf('2017-05', aConversation()).replace('online', '"on\r\nline"')}\n${lineOf('2017-05', aConversation({ age: 'x' }))}`,
      ),
      [`line 3, column concern: ${CODE}`, `line 5, column age: ${CODE}`],
    ],
    [
      'an unknown column',
      csvOf([aCall()], '\n', [...columns, 'Anteckning om samtalet']),
      [`line 1, column Anteckning om samtalet: ${UNKNOWN}`],
    ],
    [
      'a free-text column',
      csvOf([aCall('2017-05', { notes: 'He lives in Solna' })], '\n', ['notes', ...columns]),
      [`line 1, column notes: ${UNKNOWN}`],
    ],
    [
      'a column whose name may be data',
      csvOf([aCall()], '\n', ['a@b.se', ...columns, 'y'.repeat(41)]),
      [`line 1, column 1: ${UNKNOWN}`, `line 1, column 18: ${UNKNOWN}`],
    ],
    [
      'something in a column without a name',
      plain.replaceAll('\n', ',\n').replace(/,\n$/, ',x\n'),
      ['line 4, column 17: There is a field here that is not known.'],
    ],
    [
      'a column by its id and by its words',
      csvOf([aCall()], '\n', [...columns, 'Outcome']),
      ['line 1, column Outcome: There is another column of this name or meaning.'],
    ],
    [
      'a column twice',
      csvOf([aCall()], '\n', [...columns, 'age']),
      ['line 1, column age: There is another column of this name or meaning.'],
    ],
    [
      'the month twice',
      csvOf([aCall()], '\n', [...columns, 'month']),
      ['line 1, column month: There is another column of this name or meaning.'],
    ],
    [
      'a column missing',
      csvOf([aCall(), aCall()], '\n', without('age')),
      ['line 1, column age: This column is missing.'],
    ],
    [
      'columns missing from a file without rows',
      'month,kind\n',
      ['line 1, column channel: This column is missing.', 'line 1, column daypart: This column is missing.'],
    ],
    [
      'no column of months',
      csvOf([aCall()], '\n', without('month')),
      ['The first line must hold the column names, month among them.'],
    ],
    [
      'no column names',
      `${lineOf('2017-05', aConversation())}\n`,
      ['The first line must hold the column names, month among them.'],
    ],
    ['nothing', '', ['The file is empty.']],
    ['a byte order mark alone', '\ufeff', ['The file is empty.']],
    ['empty lines alone', '\r\n\r\n', ['The file is empty.']],
    [
      'a quote that is not closed',
      withLine('"2017-05,conversation'),
      ['line 3: a quotation mark is never closed.'],
    ],
    [
      'a quote within a value',
      withLine('2017-05,conver"sation'),
      ['line 3: a quotation mark stands where none can. Double those inside a value, or leave them out.'],
    ],
    [
      'a value after a quote',
      withLine('2017-05,"conver"sation'),
      ['line 3: a quotation mark stands where none can. Double those inside a value, or leave them out.'],
    ],
    [
      'a quote that takes in the rest',
      withLine(`"${lineOf('2017-05', aConversation())}\n`.concat(csvOf(new Array(2000).fill(aCall())))),
      ['line 3: the row is too long. Perhaps a quotation mark is never closed.'],
    ],
    [
      'a huge cell',
      withLine(`2017-05,${'x'.repeat(3_000_000)}`),
      ['line 3: the row is too long. Perhaps a quotation mark is never closed.'],
    ],
  ])('%s', async (_, content, expected) => {
    expect(await outcome(content)).toEqual(expected);
  });

  test.each<[string, Buffer]>([
    ['Windows-1252', Buffer.from(csvOf([aCall('2017-05', { area: 'Malmö' })]), 'latin1')],
    ['UTF-16', Buffer.from(`\ufeff${plain}`, 'utf16le')],
    ['UTF-8 broken off', Buffer.from(`${plain}\u00e5`).subarray(0, -1)],
  ])('text in %s', async (_, content) => {
    expect(await outcome(content)).toEqual([
      'The file is not UTF-8 text. Save it as "CSV UTF-8" and try again.',
    ]);
  });

  // The second row lies across the end of the first read of 64 KiB; one of the two cuts a letter in half.
  test.each(['', 'x'])('letters that a read cuts through are whole (%j)', async (shift) => {
    const row = lineOf('2017-05', aConversation({ area: 'å'.repeat(30_000) }));
    expect(await outcome(csvOf([aCall('2017-05', { area: shift + 'y' })]) + `${row}\n`.repeat(2))).toEqual(
      [2, 3, 4].map((line) => `line ${String(line)}, column area: ${CODE}`),
    );
  });

  test('a path that is no file', async () => {
    const refused = (path: string) => expect(checkImportFile(path, rules)).rejects;
    await refused(join(folder, 'missing.csv')).toThrow(new CommandError('There is no such file.'));
    await refused(folder).toThrow(new CommandError('That is not a file. Name a CSV file.'));
    await refused('/dev/null').toThrow(new CommandError('That is not a file. Name a CSV file.'));
  });

  // Root may read everything.
  (process.getuid?.() === 0 ? test.skip : test)('a file that may not be read', async () => {
    const path = file(plain);
    chmodSync(path, 0o000);
    await expect(checkImportFile(path, rules)).rejects.toThrow('this user lacks the right');
  });

  test('the first twenty, and how many there are', async () => {
    const wrong = aCall('2017-05', { age: 'x', area: 'y' });
    const check = await checkImportFile(file(csvOf(new Array(500).fill(wrong))), rules);
    expect(check.errorCount).toBe(1000);
    expect(check.errors).toHaveLength(20);
    expect(check.errors.at(-1)).toEqual({ line: 11, column: 'area', code: 'unknown-code' });
  });

  test('an error in the last row of many', async () => {
    const content = csvOf([...new Array(5_000).fill(aCall()), aCall('2017-05', { age: 'x' })]);
    expect(await outcome(content)).toEqual([`line 5002, column age: ${CODE}`]);
  });
});

describe('columns that must not come along', () => {
  const withNotes = csvOf([aCall('2017-05', { notes: 'He lives in Solna', name: 'Kim' })], '\n', [
    'notes',
    ...columns,
    'name',
  ]);
  const dropping = async (...drop: string[]) =>
    (await checkImportFile(file(withNotes), { ...rules, drop })).errors.map(describeImportError);

  test('are left out when they are named, and only then', async () => {
    expect(await dropping('Notes ', 'name')).toEqual([]);
    expect(await dropping('notes')).toEqual([`line 1, column name: ${UNKNOWN}`]);
    expect(await dropping('notes', 'name', 'age')).toEqual(['line 1, column age: This column is missing.']);
  });

  test('must be there', async () => {
    await expect(dropping('notes', 'surname')).rejects.toThrow(
      'no column of the name that is to be dropped (number 2)',
    );
    await expect(dropping('month')).rejects.toThrow(
      'The first line must hold the column names, month among them.',
    );
  });
});

test('rows whose date was reduced to its month are counted', async () => {
  const content = plain.replace('2017-05', '2017-05-03').replace('2017-04', 'april 2017');
  expect(await checkImportFile(file(content), rules)).toMatchObject({ reduced: 2, errorCount: 0 });
});

describe('a file over quarters with different vocabularies', () => {
  // Until 2016 there was no question about the length of a call, but one about the weather.
  const weather = { ...vocabulary.dimensions[1], id: 'weather', required: false };
  const older = {
    version: 1,
    dimensions: [...vocabulary.dimensions.filter(({ id }) => id !== 'length'), weather],
  } as Vocabulary;
  const both: ImportRules = {
    ...rules,
    desk: { vocabularyOf: (quarter) => Promise.resolve(quarter < '2017' ? older : vocabulary) },
  };
  const names = [...columns, 'weather'];
  const check = async (old: Record<string, string>, recent: Record<string, string>, header = names) =>
    (
      await checkImportFile(
        file(csvOf([aCall('2016-12', old), aCall('2017-01', recent)], '\n', header)),
        both,
      )
    ).errors.map(describeImportError);

  test('each row is held against that of its own quarter', async () => {
    expect(await check({ length: '', weather: 'phone' }, {})).toEqual([]);
    expect(await check({}, {})).toEqual(['line 2, column length: There is a field here that is not known.']);
    expect(await check({ length: '' }, { weather: 'phone' })).toEqual([
      'line 3, column weather: There is a field here that is not known.',
    ]);
  });

  test('a column must be known to one of them', async () => {
    expect(await check({ length: '' }, {}, [...names, 'notes'])).toEqual([
      `line 1, column notes: ${UNKNOWN}`,
    ]);
    expect(await check({ length: '' }, {}, columns)).toEqual([]);
  });
});

describe('no value of the file is in any message', () => {
  /** Whatever a thrown error or a result holds, at any depth. */
  const everything = (value: unknown): string =>
    value instanceof Error
      ? [value.message, value.stack, JSON.stringify(value), everything(value.cause)].join('\n')
      : JSON.stringify(value ?? null);

  const marker = fc
    .uint8Array({ minLength: 6, maxLength: 6 })
    .map((bytes) => `qz${Buffer.from(bytes).toString('hex')}`);
  const planted = fc
    .tuple(fc.string({ unit: 'binary', maxLength: 20 }), marker, fc.string({ unit: 'binary', maxLength: 20 }))
    .map(([before, mark, after]) => ({ mark, text: `${before}${mark}${after}` }));

  async function told(content: string): Promise<string> {
    try {
      const check = await checkImportFile(file(content), rules);
      return everything(check) + check.errors.map(describeImportError).join('\n');
    } catch (error) {
      expect(error).toBeInstanceOf(CommandError);
      return everything(error);
    }
  }

  const lines = plain.trimEnd().split('\n');

  test('where it stands in a cell', async () => {
    await fc.assert(
      fc.asyncProperty(planted, fc.nat(15), fc.boolean(), async ({ mark, text }, column, quotes) => {
        const cells = (lines[1] ?? '').split(',');
        cells[column] = quotes ? `"${text.replaceAll('"', '""')}"` : text;
        const message = await told([lines[0], cells.join(','), lines[2]].join('\n'));
        expect(message).toMatch(/line|file/);
        expect(message).not.toContain(mark);
      }),
      { numRuns: 200 },
    );
  });

  test('where it stands in the first line', async () => {
    await fc.assert(
      fc.asyncProperty(planted, fc.nat(15), fc.boolean(), async ({ mark, text }, column, keepMonth) => {
        // With `month` there, a name that looks like a name is a name: it is said so that it can be left out. So
        // the mark is made to look like none, whatever the text around it makes of the line.
        const name = keepMonth ? text.replaceAll(mark, `${mark}@`) : text;
        const names = (lines[0] ?? '').split(',');
        names[keepMonth ? Math.max(1, column) : 0] = name;
        const message = await told([names.join(','), ...lines.slice(1)].join('\n'));
        expect(message).not.toContain(mark);
      }),
      { numRuns: 200 },
    );
  });

  test('where it stands for the file', async () => {
    await fc.assert(
      fc.asyncProperty(planted, fc.nat(plain.length), async ({ mark, text }, at) => {
        const content = plain.slice(0, at) + text + plain.slice(at);
        // Within the column names it may become part of one.
        fc.pre(!content.slice(0, content.indexOf('\n')).includes(mark));
        expect(await told(content)).not.toContain(mark);
        expect(await told(text)).not.toContain(mark);
      }),
      { numRuns: 200 },
    );
  });
});
