/**
 * Reading the first sheet of a workbook (.xlsx) as records. A workbook is an archive that can unfold to any size, so
 * what it says of its size is checked before it is unfolded, and one that says wrong is refused.
 */
import { unzipSync } from 'fflate';
import type { FileRecord } from './import-csv.js';
import { FileRefused } from './import-error.js';
import { bytesOf, sizeOf, type ImportSource } from './import-source.js';

/** A hundred thousand calls in a workbook take about a tenth of each. Whoever has more saves CSV, which has no limit. */
const MAX_FILE = 25 * 2 ** 20;
const MAX_UNFOLDED = 250 * 2 ** 20;
/** What comes from the web is unfolded in the keeper, which has other things to do and to hold. */
const MAX_UNFOLDED_FROM_WEB = 64 * 2 ** 20;

const tooLarge = () =>
  new FileRefused(
    'workbook-too-large',
    'The workbook is too large. Save its sheet as "CSV UTF-8" and try again.',
  );
const unreadable = () =>
  new FileRefused(
    'workbook-unreadable',
    'The workbook cannot be read. Save its sheet as "CSV UTF-8" and try again.',
  );

/** Unfolds every part, counting as it goes; throws when it is more than can be, or not what it says. */
function checkArchive(bytes: Uint8Array, most: number): void {
  let said = 0;
  const parts = unzipSync(bytes, {
    filter: ({ originalSize }) => {
      said += originalSize;
      if (said > most) throw tooLarge();
      return true;
    },
  });
  if (!('[Content_Types].xml' in parts)) throw unreadable();
}

type Cell = string | number | boolean | Date | null;

/** A day as it stands in the sheet; the program keeps days without a time zone, and the reader gives them in UTC. */
const cellText = (cell: Cell): string => {
  if (cell === null) return '';
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell);
};

async function sheetOf(source: ImportSource): Promise<Cell[][]> {
  if ((await sizeOf(source)) > MAX_FILE) throw tooLarge();
  const bytes = await bytesOf(source);
  try {
    checkArchive(bytes, typeof source === 'string' ? MAX_UNFOLDED : MAX_UNFOLDED_FROM_WEB);
    const { readSheet } = await import('read-excel-file/node');
    return (await readSheet(bytes)) as Cell[][];
  } catch (error) {
    // The readers' own words would repeat what stands in the file.
    throw error instanceof FileRefused ? error : unreadable();
  }
}

/** The rows of a workbook's first sheet; empty rows are passed over. Throws CommandError for what is no workbook. */
export async function* readWorkbook(source: ImportSource): AsyncGenerator<FileRecord> {
  const rows = await sheetOf(source);
  for (const [index, row] of rows.entries()) {
    const fields = row.map(cellText);
    if (fields.some((field) => field.trim() !== '')) yield { line: index + 1, fields };
  }
}
