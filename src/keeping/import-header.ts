/** The first line of an imported file: which columns there are, and which may not be there or are not there. */
import { MONTH } from '../contract/plan.js';
import type { Vocabulary } from '../contract/vocabulary.js';
import type { FileRecord } from './import-csv.js';
import { FileRefused, type ImportError } from './import-error.js';
import { dimensionsByName, isMonthColumn, plain } from './import-names.js';

/** The column names and the line they stand on; a column that is to be left out has no name. */
export interface Header {
  readonly line: number;
  readonly names: readonly (string | null)[];
}

/** A column's name as it may be shown. What does not look like a name may be a value that got into the first line. */
export function columnLabel({ names }: Header, index: number): string {
  const name = names[index] ?? '';
  return /^[\p{L}\p{N} _-]{1,40}$/u.test(name) ? name : `column ${index + 1}`;
}

/** Whether a column goes by the name: its own, or, as in an error, `column 5` for the fifth. */
const goesBy = (name: string, column: string, index: number): boolean =>
  plain(column) === plain(name) || plain(name) === `column ${index + 1}`;

/**
 * The header of a file's first record, without the columns that are to be dropped. Throws FileRefused, without a word
 * of the line, when it is none, and when a column to be dropped is not there.
 */
export function readHeader({ line, fields }: FileRecord, drop: readonly string[]): Header {
  const names = fields.map((field) => field.trim());
  for (const [place, name] of drop.entries())
    if (!names.some((column, index) => goesBy(name, column, index)))
      throw new FileRefused(
        'no-such-column',
        `The file has no column of the name that is to be dropped (number ${place + 1}).`,
      );
  const kept = names.map((column, index) =>
    drop.some((name) => goesBy(name, column, index)) ? null : column,
  );
  if (kept.some((name) => name !== null && isMonthColumn(name))) return { line, names: kept };
  throw new FileRefused('no-header', 'The first line must hold the column names, month among them.');
}

/** What each column of a header is under a vocabulary: a dimension's id or `month`; null for one that is neither. */
export function columnsUnder(vocabulary: Vocabulary, { names }: Header): (string | null)[] {
  const dimensions = dimensionsByName(vocabulary);
  return names.map((name) => {
    if (name === null) return null;
    return isMonthColumn(name) ? MONTH : (dimensions.get(plain(name))?.id ?? null);
  });
}

/**
 * Holds the header against the vocabulary of each quarter in the file. A column is unknown when none of them
 * knows it. One that is not there is an error of the first line when a call needs it, not of each row.
 */
export class HeaderCheck {
  private readonly unknown: Set<number>;
  private readonly twice = new Set<number>();
  private readonly missing = new Set<string>();
  private known: ReadonlySet<string | null> = new Set();
  /** Whether there was a vocabulary to hold it against. */
  met = false;

  constructor(private readonly header: Header) {
    // A column without a name is none, unless a row has something in it.
    this.unknown = new Set(
      header.names.flatMap((name, index) => (name === null || name === '' ? [] : [index])),
    );
  }

  /** Returns what each column is under the vocabulary. */
  meet(vocabulary: Vocabulary): (string | null)[] {
    this.met = true;
    const columns = columnsUnder(vocabulary, this.header);
    this.known = new Set(columns);
    for (const [index, id] of columns.entries()) {
      if (id === null) continue;
      this.unknown.delete(index);
      if (columns.indexOf(id) < index) this.twice.add(index);
    }
    for (const { id, required, applies } of vocabulary.dimensions)
      if (required && applies === 'all') this.lacks(id);
    return columns;
  }

  /** Whether a dimension that a call needs has no column; if so, that is noted. */
  lacks(dimension: string): boolean {
    const lacking = !this.known.has(dimension);
    if (lacking) this.missing.add(dimension);
    return lacking;
  }

  /** What is wrong with the header, as far as has been seen. */
  errors(): ImportError[] {
    const { line } = this.header;
    const about = (indexes: ReadonlySet<number>, code: ImportError['code']) =>
      [...indexes].map((index) => ({ line, column: columnLabel(this.header, index), code }));
    return [
      ...about(this.twice, 'duplicate-column'),
      ...about(this.unknown, 'unknown-column'),
      ...[...this.missing].map((column) => ({ line, column, code: 'missing-column' as const })),
    ];
  }
}
