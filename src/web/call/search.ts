/** Finding a code by the beginning of its words, with å ä ö as the letters they are. Pure. */

/** Only the letters' marks: for those whose keyboard has no å ä ö, and found after what is spelled right. */
export const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '');
export const lower = (text: string) => text.normalize('NFC').toLocaleLowerCase('sv');

export const beginsAWord = (text: string, query: string) =>
  text.startsWith(query) || text.split(/[\s-]+/u).some((word) => word.startsWith(query));

/**
 * The items of whose words some fit a query, the best first; all of them, in Swedish order of what comes first, for an
 * empty one.
 */
export function find<Item>(
  items: readonly Item[],
  wordsOf: (item: Item) => readonly string[],
  query: string,
): Item[] {
  const labelOf = (item: Item) => wordsOf(item)[0] ?? '';
  const sorted = items.toSorted((a, b) => labelOf(a).localeCompare(labelOf(b), 'sv'));
  const wanted = lower(query.trim());
  if (wanted === '') return sorted;
  const exact = sorted.filter((item) => wordsOf(item).some((words) => beginsAWord(lower(words), wanted)));
  const near = sorted.filter((item) =>
    wordsOf(item).some((words) => beginsAWord(plain(lower(words)), plain(wanted))),
  );
  return [...exact, ...near.filter((item) => !exact.includes(item))];
}
