/**
 * What the names in a file stand for: columns and codes by their ids or by their words in either language, and months
 * out of dates. Pure; nothing here keeps or repeats what it reads.
 */
import { monthSchema, type Month } from '../contract/period.js';
import { MONTH } from '../contract/plan.js';
import type { Dimension, Label, Vocabulary } from '../contract/vocabulary.js';

/** A name as people write it: capitals, spaces and a closing question mark or colon make no other name of it. */
export const plain = (name: string): string =>
  name.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').replace(/[?:]$/, '').trim();

const MONTH_NAMES = new Set([MONTH, 'månad', 'datum', 'date']);

/** Whether a column holds months, or dates that tell the month. */
export const isMonthColumn = (name: string): boolean => MONTH_NAMES.has(plain(name));

/** What has an id and words for it, by each of them. What two of them are called in common names neither. */
function byName<Named extends { readonly id: string; readonly label: Label }>(
  all: readonly Named[],
): Map<string, Named> {
  const names = new Map<string, Named>();
  const shared = new Set<string>();
  for (const one of all)
    for (const name of new Set([one.label.sv, one.label.en].map(plain))) {
      if (names.has(name)) shared.add(name);
      names.set(name, one);
    }
  for (const name of shared) names.delete(name);
  // An id is what it is, whatever else is called so.
  for (const one of all) names.set(plain(one.id), one);
  return names;
}

/** The dimensions of a vocabulary by the names that a column may have. */
export const dimensionsByName = ({ dimensions }: Vocabulary): ReadonlyMap<string, Dimension> =>
  byName(dimensions);

/** The ids of a dimension's codes by the names that a cell may have; groups are among them, to be refused as such. */
export function codesByName({ codes }: Dimension): ReadonlyMap<string, string> {
  return new Map([...byName(codes)].map(([name, { id }]) => [name, id]));
}

/** A cell of the month column: the month, and whether more than the month stood there. */
export interface ReadMonth {
  readonly month: Month;
  readonly reduced: boolean;
}

const months = [
  ['januari', 'january', 'jan'],
  ['februari', 'february', 'feb'],
  ['mars', 'march', 'mar'],
  ['april', 'apr'],
  ['maj', 'may'],
  ['juni', 'june', 'jun'],
  ['juli', 'july', 'jul'],
  ['augusti', 'august', 'aug'],
  ['september', 'sep', 'sept'],
  ['oktober', 'october', 'okt', 'oct'],
  ['november', 'nov'],
  ['december', 'dec'],
];

const numberOf = (word: string) => months.findIndex((names) => names.includes(word)) + 1;

/**
 * Ways to write a month, or a date with its month: year first, with or without a day and a clock time; day, month and
 * year with full stops; or the month in words. A date with slashes and the year last is none of them: whether its month
 * comes first or second depends on who wrote it.
 */
const forms = [
  /^(?<year>\d{4})-(?<month>\d{1,2})$/,
  /^(?<year>\d{4})[-/.](?<month>\d{1,2})[-/.]\d{1,2}([ t]\d{1,2}[:.]\d{2}.*)?$/,
  /^(?<year>\d{4})(?<month>\d{2})\d{2}$/,
  /^\d{1,2}\.(?<month>\d{1,2})\.(?<year>\d{4})([ t]\d{1,2}[:.]\d{2}.*)?$/,
  /^(\d{1,2}\.? )?(?<word>\p{L}+)\.? (?<year>\d{4})$/u,
];

/** The month that a cell tells; null when it tells none. */
export function readMonth(cell: string): ReadMonth | null {
  const text = plain(cell);
  for (const form of forms) {
    const { year = '', month = '', word = '' } = form.exec(text)?.groups ?? {};
    if (year === '') continue;
    const number = word === '' ? Number(month) : numberOf(word);
    const read = `${year}-${String(number).padStart(2, '0')}`;
    if (!monthSchema.safeParse(read).success) return null;
    return { month: read, reduced: cell !== read };
  }
  return null;
}
