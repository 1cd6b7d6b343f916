/**
 * Reading a CSV file record by record, in steady memory: separated by commas, semicolons or tabs as its first line is,
 * strict UTF-8 with or without a byte order mark, any line ending, quotes as in RFC 4180. Nothing of the file's content gets into an error.
 */
import { CsvError, parse, type Info, type Parser } from 'csv-parse';
import { CommandError } from '../platform/command-error.js';
import { FileRefused } from './import-error.js';
import { chunksOf, isPlainFile, type ImportSource } from './import-source.js';

/** One record; `line` is the 1-based line of the file, or row of the sheet, on which it begins. */
export interface FileRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/** Bytes. No row that fits a vocabulary comes near; a quote that is never closed does. */
const MAX_RECORD_SIZE = 65_536;

const fileProblems: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file.',
  ENOTDIR: 'There is no such file.',
  EACCES: 'The file may not be read: this user lacks the right.',
  EPERM: 'The file may not be read: this user lacks the right.',
  EISDIR: 'That is a directory. Name a CSV file.',
};

const syntaxProblems: Readonly<Record<string, readonly ['row-too-long' | 'open-quote', string]>> = {
  CSV_MAX_RECORD_SIZE: ['row-too-long', 'the row is too long. Perhaps a quotation mark is never closed.'],
  CSV_QUOTE_NOT_CLOSED: ['open-quote', 'a quotation mark is never closed.'],
};
const QUOTE_ASTRAY = [
  'stray-quote',
  'a quotation mark stands where none can. Double those inside a value, or leave them out.',
] as const;

/** A file or parser error as one line of our own words: the parser's would repeat what stands in the file. */
function refusal(error: unknown, line: number): unknown {
  if (error instanceof CsvError) {
    const [problem, words] = syntaxProblems[error.code] ?? QUOTE_ASTRAY;
    return new FileRefused(problem, words, line);
  }
  if (typeof error !== 'object' || error === null || !('syscall' in error) || !('code' in error))
    return error;
  const code = String(error.code);
  return new CommandError(fileProblems[code] ?? `The file cannot be read (${code}).`);
}

/** The file's bytes as they are, once they are known to be UTF-8. */
async function* utf8Chunks(source: ImportSource): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const check = (chunk?: Buffer) => {
    try {
      decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw new FileRefused('not-utf8', 'The file is not UTF-8 text. Save it as "CSV UTF-8" and try again.');
    }
  };
  for await (const chunk of chunksOf(source)) {
    check(chunk as Buffer);
    yield chunk as Buffer;
  }
  check();
}

/** Enough of a file to hold its first line. */
const HEAD = 65_536;
const DELIMITERS = [',', ';', '\t'];

/** What the columns of the first line that is not empty are separated by: what stands there most often, unquoted. */
async function delimiterOf(source: ImportSource): Promise<string> {
  let head = '';
  try {
    for await (const chunk of chunksOf(source, HEAD)) head += String(chunk);
  } catch {
    // Whatever stands in the way is told when the file is read.
  }
  const [line = ''] = head.replace(/^[\ufeff\r\n]+/, '').split(/[\r\n]/, 1);
  const unquoted = line.replace(/"[^"]*"/g, '');
  const counts = DELIMITERS.map((delimiter) => unquoted.split(delimiter).length - 1);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** Where each record begins. The parser's own count takes a CRLF inside quotes for two lines. */
function lineCounter(): { next: () => number; count: (fields: readonly string[], info: Info) => number } {
  let next = 1;
  let emptyLines = 0;
  const count = (fields: readonly string[], info: Info) => {
    const line = next + info.empty_lines - emptyLines;
    const inside = fields.reduce((sum, field) => sum + (field.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
    emptyLines = info.empty_lines;
    next = line + 1 + inside;
    return line;
  };
  return { next: () => next, count };
}

/** Resolves when the parser is through with a chunk, or with the end of the file (null). */
function feed(parser: Parser, chunk: Buffer | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error?: Error | null) => {
      if (error) reject(error);
      else resolve();
    };
    if (chunk === null) parser.end(done);
    else parser.write(chunk, done);
  });
}

/**
 * The records of a CSV file in order, the column names among them; empty lines are passed over. Throws
 * CommandError, in one line, for a file that cannot be read, is not UTF-8 or breaks off its quotes.
 */
export async function* readCsv(source: ImportSource): AsyncGenerator<FileRecord> {
  const lines = lineCounter();
  const ready: FileRecord[] = [];
  const parser = parse({
    bom: true,
    delimiter: await delimiterOf(source),
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD_SIZE,
    on_record: (fields, info) => {
      ready.push({ line: lines.count(fields, info), fields });
      return null;
    },
  });
  // Each error also ends the write during which it came up; without a listener it would end the process.
  parser.on('error', () => undefined);
  try {
    if (!(await isPlainFile(source))) throw new CommandError('That is not a file. Name a CSV file.');
    for await (const chunk of utf8Chunks(source)) {
      await feed(parser, chunk);
      yield* ready.splice(0);
    }
    await feed(parser, null);
    yield* ready.splice(0);
  } catch (error) {
    throw refusal(error, lines.next());
  } finally {
    parser.destroy();
  }
}
