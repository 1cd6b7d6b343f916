/** The first line of an imported file: which columns there are, and which may not be there or are not there. */
import { MONTH } from '../contract/plan.js';
import type { Vocabulary } from '../contract/vocabulary.js';
import { CommandError } from '../platform/command-error.js';
import type { CsvRecord } from './import-csv.js';
import type { ImportError } from './import-error.js';

/** The column names and the line they stand on. */
export interface Header {
  readonly line: number;
  readonly names: readonly string[];
}

/** A column's name as it may be shown. What does not look like a name may be a value that got into the first line. */
export function columnLabel({ names }: Header, index: number): string {
  const name = names[index] ?? '';
  return /^[\p{L}\p{N} _-]{1,40}$/u.test(name) ? name : `column ${index + 1}`;
}

/** The header of a file's first record. Throws CommandError, without a word of the line, when it is none. */
export function readHeader({ line, fields }: CsvRecord): Header {
  const names = fields.map((field) => field.trim());
  if (names.includes(MONTH)) return { line, names };
  const parts = names.join(',').split(/[;\t]/);
  throw new CommandError(
    parts.length > 1 && parts.some((part) => part.trim() === MONTH)
      ? 'The columns must be separated by commas, not by semicolons or tabs.'
      : 'The first line must hold the column names, month among them.',
  );
}

/** Columns whose name stands further left already. */
export function duplicateColumns(header: Header): ImportError[] {
  const { line, names } = header;
  return names.flatMap((name, index) =>
    names.indexOf(name) < index
      ? [{ line, column: columnLabel(header, index), code: 'duplicate-column' as const }]
      : [],
  );
}

/**
 * Holds the header against the vocabulary of each quarter in the file. A column is unknown when none of them
 * knows it. One that is not there is an error of the first line when a call needs it, not of each row.
 */
export class HeaderCheck {
  private readonly unknown: Set<string>;
  private readonly missing = new Set<string>();
  /** Whether there was a vocabulary to hold it against. */
  met = false;

  constructor(private readonly header: Header) {
    this.unknown = new Set(header.names.filter((name) => name !== MONTH));
  }

  meet(vocabulary: Vocabulary): void {
    this.met = true;
    for (const { id, required, applies } of vocabulary.dimensions) {
      this.unknown.delete(id);
      if (required && applies === 'all') this.lacks(id);
    }
  }

  /** Whether a dimension that a call needs has no column; if so, that is noted. */
  lacks(dimension: string): boolean {
    const lacking = !this.header.names.includes(dimension);
    if (lacking) this.missing.add(dimension);
    return lacking;
  }

  /** What is wrong with the header, as far as has been seen. */
  errors(): ImportError[] {
    const { line, names } = this.header;
    return [
      ...names.flatMap((name, index) =>
        this.unknown.has(name)
          ? [{ line, column: columnLabel(this.header, index), code: 'unknown-column' as const }]
          : [],
      ),
      ...[...this.missing].map((column) => ({ line, column, code: 'missing-column' as const })),
    ];
  }
}
