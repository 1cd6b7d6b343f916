/** A file of calls as rows of texts, whatever kind of file it is. */
import { open } from 'node:fs/promises';
import { readCsv, type FileRecord } from './import-csv.js';
import type { ImportSource } from './import-source.js';
import { readWorkbook } from './import-workbook.js';

/** What every archive begins with, a workbook among them. */
const ARCHIVE = Buffer.from('PK\u0003\u0004');

async function isArchive(source: ImportSource): Promise<boolean> {
  if (typeof source !== 'string') return source.subarray(0, ARCHIVE.length).equals(ARCHIVE);
  try {
    const file = await open(source);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(ARCHIVE.length), 0, ARCHIVE.length, 0);
      return bytesRead === ARCHIVE.length && buffer.equals(ARCHIVE);
    } finally {
      await file.close();
    }
  } catch {
    // Whatever stands in the way is told by the reader.
    return false;
  }
}

/** The records of a CSV file or of a workbook's first sheet, in order, the column names among them. */
export async function* readRecords(source: ImportSource): AsyncGenerator<FileRecord> {
  yield* (await isArchive(source)) ? readWorkbook(source) : readCsv(source);
}
