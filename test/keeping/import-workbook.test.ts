/** Workbooks: read like the CSV file of the same calls, refused in one clear line, and never repeated. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import writeExcelFile, { type Row } from 'write-excel-file/node';
import { describeImportError } from '../../src/keeping/import-error.js';
import { openImportFile, type ImportRules } from '../../src/keeping/import-file.js';
import { CommandError } from '../../src/platform/command-error.js';
import { aSilentCall, vocabulary } from '../support/calls.js';
import { afterAll, describe, expect, test } from '../support/jest.js';
import { aCall, checkImportFile, columns, fileFolder } from './import-support.js';

const { folder, file, remove } = fileFolder();
afterAll(remove);

const rules: ImportRules = {
  desk: { vocabularyOf: () => Promise.resolve(vocabulary) },
  today: '2026-11-11',
  isClosed: () => Promise.resolve(false),
};
const calls = [aCall('2017-05'), { month: '2017-04', answers: aSilentCall() }];
const rowOf = ({ month, answers }: (typeof calls)[number]): Row => [
  month,
  ...columns.slice(1).map((name) => [answers[name] ?? []].flat().join(';')),
];
const workbook = (rows: Row[]): Promise<Buffer> => writeExcelFile(rows).toBuffer();
const whole = () => workbook([columns, ...calls.map(rowOf)]);

/**
 * An archive of one part, of as many zeros, which may say that it is of another size. The packing is Node's own: that of
 * fflate takes many times as long.
 */
function unfolding(size: number, said = size): Buffer {
  const bytes = Buffer.from(
    zipSync({ '[Content_Types].xml': deflateRawSync(Buffer.alloc(size)) }, { level: 0 }),
  );
  // How it is packed and its size before that stand at the head of the part, and in the list at the end.
  const list = bytes.lastIndexOf('PK\u0001\u0002');
  for (const [method, before] of [
    [8, 22],
    [list + 10, list + 24],
  ] as const) {
    bytes.writeUInt16LE(8, method);
    bytes.writeUInt32LE(said, before);
  }
  return bytes;
}

async function outcome(bytes: Buffer): Promise<string[]> {
  try {
    return (await checkImportFile(file(bytes), rules)).errors.map(describeImportError);
  } catch (error) {
    if (error instanceof CommandError) return [error.message];
    throw error;
  }
}

describe('a workbook', () => {
  test('holds the calls of its first sheet', async () => {
    const read = [];
    for await (const { call, errors } of openImportFile(file(await whole()), rules).rows) {
      expect(errors).toEqual([]);
      read.push(call);
    }
    expect(read).toEqual(calls.map(({ month, answers }) => ({ month, answers })));
  });

  test('may have dates for months, and empty rows', async () => {
    const dated = calls.map((call, index): Row => [
      { value: new Date(Date.UTC(2017, 4, 31 - index)), type: Date, format: 'yyyy-mm-dd' },
      ...rowOf(call).slice(1),
    ]);
    const check = await checkImportFile(file(await workbook([columns, [], ...dated])), rules);
    expect(check).toMatchObject({ rows: 2, months: new Map([['2017-05', 2]]), reduced: 2, errors: [] });
  });

  test('is refused by row and column', async () => {
    const wrong = rowOf(aCall('2017-05', { concern: 'drugs' }));
    expect(await outcome(await workbook([columns, rowOf(aCall()), wrong]))).toEqual([
      'line 3, column concern: The code is not among those that can be chosen.',
    ]);
  });

  test('has no formula run, and none stored', async () => {
    const formula = rowOf(aCall('2017-05', { concern: '=HYPERLINK("x")' }));
    expect(await outcome(await workbook([columns, formula]))).toEqual([
      'line 2, column concern: The code is not among those that can be chosen.',
    ]);
  });
});

const CANNOT = 'The workbook cannot be read. Save its sheet as "CSV UTF-8" and try again.';
const LARGE = 'The workbook is too large. Save its sheet as "CSV UTF-8" and try again.';

describe('what is no workbook', () => {
  test.each<[string, () => Buffer | Promise<Buffer>, string]>([
    ['an archive of something else', () => Buffer.from(zipSync({ 'a.txt': strToU8('x') })), CANNOT],
    ['half of one', async () => (await whole()).subarray(0, 2_000), CANNOT],
    ['the beginning of one', () => Buffer.from('PK\u0003\u0004'), CANNOT],
    ['one that unfolds without end', () => unfolding(260 * 2 ** 20), LARGE],
  ])('is refused in one line: %s', async (_, bytes, line) => {
    expect(await outcome(await bytes())).toEqual([line]);
  });

  test('as is one that says less than it holds', async () => {
    const bytes = unfolding(64 * 2 ** 20, 10);
    const before = process.memoryUsage().rss;
    expect(await outcome(bytes)).toEqual([CANNOT]);
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 2 ** 20);
  });

  test('as is one from the web that unfolds to more than the keeper has room for', async () => {
    const wide = Buffer.from(
      zipSync({ '[Content_Types].xml': strToU8(''), x: new Uint8Array(65 * 2 ** 20) }),
    );
    await expect(checkImportFile(wide, rules)).rejects.toThrow('too large');
    // At the command line it is not too large, but no workbook.
    await expect(checkImportFile(file(wide), rules)).rejects.toThrow('cannot be read');
  });

  test('as is a file too large to open', async () => {
    const path = join(folder, 'huge.xlsx');
    writeFileSync(path, Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(26 * 2 ** 20)]));
    await expect(checkImportFile(path, rules)).rejects.toThrow(LARGE);
  });

  test('and whatever is changed in one, nothing of it is told', async () => {
    const bytes = await whole();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 40 }),
        async (changes) => {
          const changed = Buffer.from(bytes);
          for (const [at, byte] of changes) changed[at] = byte;
          changed.write('PK\u0003\u0004', 0, 'latin1');
          for (const line of await outcome(changed))
            expect(line).toMatch(/^(line \d+|The (workbook|first line|file) )/);
        },
      ),
      { numRuns: 150 },
    );
  });
});
