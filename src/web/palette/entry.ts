/** What the list of places and actions holds, and finding something in it. Pure. */
import { beginsAWord, lower, plain } from '../call/search.js';

export const groups = ['pages', 'periods', 'actions'] as const;
export type Group = (typeof groups)[number];

export interface Entry {
  readonly id: string;
  readonly group: Group;
  readonly label: string;
  /** Other words that it is found by. */
  readonly also?: string;
  /** Whether it shows only when it is searched for, because there are many of its kind. */
  readonly rare?: boolean;
  readonly run: () => void;
}

/**
 * The entries that have a word beginning with each word of the query, in their own order; those come last that are only
 * found without the marks of å ä ö. All but the rare ones for an empty query.
 */
export function matching(entries: readonly Entry[], query: string): readonly Entry[] {
  const wanted = lower(query)
    .split(/\s+/u)
    .filter((word) => word !== '');
  if (wanted.length === 0) return entries.filter(({ rare }) => rare !== true);
  const textOf = ({ label, also = '' }: Entry) => lower(`${label} ${also}`);
  const exact = entries.filter((entry) => wanted.every((word) => beginsAWord(textOf(entry), word)));
  const near = entries.filter((entry) =>
    wanted.every((word) => beginsAWord(plain(textOf(entry)), plain(word))),
  );
  return [...exact, ...near.filter((entry) => !exact.includes(entry))];
}
