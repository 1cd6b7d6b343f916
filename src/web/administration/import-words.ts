/** Places and months of an imported file, in words. */
import { KIND } from '../../contract/kind.js';
import { addMonths, type Month } from '../../contract/period.js';
import type { Vocabulary } from '../../contract/vocabulary.js';
import type { Locale } from '../../contract/problem.js';
import type { ImportWords } from '../messages/administration-import-sv.js';
import { writtenAs } from '../messages/language.js';
import type { ImportError } from './use-import.js';

/** Where an error is: a line, and a column by the name it goes by; null where it is about more than one. */
export interface Place {
  readonly line: string | null;
  readonly column: string | null;
}

/** `lines.7.gender` is the column gender on line 7. */
export function placeOf({ path }: ImportError): Place {
  const { line, column } = /^lines\.(?<line>\d+)(\.(?<column>.+))?$/.exec(path)?.groups ?? {};
  return { line: line ?? null, column: column ?? null };
}

/** The letters that a spreadsheet has for a column: A for the first, AB for the twenty-eighth. */
export function lettersOf(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return (rest > 0 ? lettersOf(rest) : '') + String.fromCharCode(65 + ((column - 1) % 26));
}

/** A column as a person knows it: by the question's words, or by its place where its name is not told. */
export function columnWords(
  column: string,
  words: ImportWords,
  vocabulary: Vocabulary | null,
  locale: Locale,
): string {
  const number = /^column (?<number>\d+)$/.exec(column)?.groups?.['number'];
  if (number !== undefined) return words.numbered(number, lettersOf(Number(number)));
  if (column === 'month') return words.month;
  return vocabulary?.dimensions.find(({ id }) => id === column)?.label[locale] ?? column;
}

/** Columns that nobody can store, by the names they go by: to be left out, or the file is refused. */
export function columnsToDrop(errors: readonly ImportError[]): string[] {
  const columns = errors.flatMap((error) => {
    const { column } = placeOf(error);
    const foreign = error.code === 'unknown-column' || error.code === 'unknown-field';
    return foreign && column !== null ? [column] : [];
  });
  return [...new Set(columns)];
}

/** Months as stretches: "april–juni 2017, mars 2018". They come in order. */
export function monthsInWords(months: readonly Month[], locale: Locale): string {
  const stretches: [Month, Month][] = [];
  for (const month of months) {
    const last = stretches.at(-1);
    if (last !== undefined && addMonths(last[1], 1) === month) last[1] = month;
    else stretches.push([month, month]);
  }
  const format = new Intl.DateTimeFormat(writtenAs[locale], {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const date = (month: Month) => new Date(`${month}-01T00:00:00Z`);
  return stretches.map(([first, last]) => format.formatRange(date(first), date(last))).join(', ');
}

/** Without what follows from another error: on a line whose kind of contact is not known, no question applies. */
export function withoutConsequences(errors: readonly ImportError[]): ImportError[] {
  const unknownKind = new Set(
    errors.filter((error) => placeOf(error).column === KIND).map((error) => placeOf(error).line),
  );
  return errors.filter((error) => error.code !== 'not-applicable' || !unknownKind.has(placeOf(error).line));
}
