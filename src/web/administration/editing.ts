/** Changes to a draft of the vocabulary, each a new draft. Pure. */
import { plainDimensions } from '../../contract/draft-rules.js';
import type { DraftCode, DraftDimension } from '../../contract/vocabulary-draft.js';

export type Dimensions = readonly DraftDimension[];

/** Whether two drafts say the same. */
export const sameDraft = (one: Dimensions, other: Dimensions): boolean =>
  JSON.stringify(plainDimensions(one)) === JSON.stringify(plainDimensions(other));

/** A list with the thing at a place moved a step, as far as another place. */
function swapped<Thing>(list: readonly Thing[], from: number, to: number): Thing[] {
  const changed = [...list];
  const [one, other] = [list[from], list[to]];
  if (one === undefined || other === undefined) return changed;
  changed[from] = other;
  changed[to] = one;
  return changed;
}

/** The draft with one question changed. */
export const changeDimension = (
  dimensions: Dimensions,
  id: string,
  change: (dimension: DraftDimension) => DraftDimension,
): DraftDimension[] => dimensions.map((dimension) => (dimension.id === id ? change(dimension) : dimension));

/** The draft with a question before or after its neighbour. */
export function moveDimension(dimensions: Dimensions, id: string, step: -1 | 1): DraftDimension[] {
  const from = dimensions.findIndex((dimension) => dimension.id === id);
  return swapped(dimensions, from, from + step);
}

/** The codes in use that stand beside each other under one group, or outside all groups. */
export const siblings = ({ codes }: DraftDimension, parent: string | undefined): DraftCode[] =>
  codes.filter((code) => code.retired !== true && code.parent === parent);

/** The question with a code before or after its neighbour under the same group. */
export function moveCode(dimension: DraftDimension, code: DraftCode, step: -1 | 1): DraftDimension {
  const beside = siblings(dimension, code.parent);
  const other = beside[beside.findIndex(({ id }) => id === code.id) + step];
  if (other === undefined) return dimension;
  const place = (id: string) => dimension.codes.findIndex((one) => one.id === id);
  return { ...dimension, codes: swapped(dimension.codes, place(code.id), place(other.id)) };
}

/** The question with something of a code changed. */
export const changeCode = (
  dimension: DraftDimension,
  id: string,
  change: Partial<DraftCode>,
): DraftDimension => ({
  ...dimension,
  codes: dimension.codes.map((code) => (code.id === id ? { ...code, ...change } : code)),
});

/** The question without a code that was never in effect; what stood under it stands by itself. */
export const removeCode = (dimension: DraftDimension, id: string): DraftDimension => ({
  ...dimension,
  codes: dimension.codes
    .filter((code) => code.id !== id)
    .map((code) => (code.parent === id ? { ...code, parent: undefined } : code)),
});

/** An id made of English words, of which no other code of the question ever had it. */
export function newId({ codes }: DraftDimension, words: string): string {
  const plain = words
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 28);
  const base = plain === '' ? 'code' : plain;
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}_${String(number)}`;
    if (!codes.some((code) => code.id === id)) return id;
  }
}
