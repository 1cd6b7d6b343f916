/** Finding a code by the beginning of its words, with å ä ö as the letters they are. Pure. */

/** Only the letters' marks: for those whose keyboard has no å ä ö, and found after what is spelled right. */
export const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '');
export const lower = (text: string) => text.normalize('NFC').toLocaleLowerCase('sv');

export const beginsAWord = (text: string, query: string) =>
  text.startsWith(query) || text.split(/[\s-]+/u).some((word) => word.startsWith(query));

/** The items whose label fits a query, the best first; all of them, in Swedish order, for an empty one. */
export function find<Item>(items: readonly Item[], labelOf: (item: Item) => string, query: string): Item[] {
  const sorted = items.toSorted((a, b) => labelOf(a).localeCompare(labelOf(b), 'sv'));
  const wanted = lower(query.trim());
  if (wanted === '') return sorted;
  const exact = sorted.filter((item) => beginsAWord(lower(labelOf(item)), wanted));
  const near = sorted.filter((item) => beginsAWord(plain(lower(labelOf(item))), plain(wanted)));
  return [...exact, ...near.filter((item) => !exact.includes(item))];
}
