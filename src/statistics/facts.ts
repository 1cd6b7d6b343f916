/**
 * What a quarter's tables say about the same calls. A cell, or a sum of cells, counts the calls that fulfil some
 * conditions; two sums under the same conditions count the same calls, so without noise they would be equal. Which
 * those are follows from plan and vocabulary alone. Pure.
 */
import { MONTH, type Axis, type TableShape } from '../contract/plan.js';
import { CONVERSATION, findDimension, KIND, type Vocabulary } from '../contract/vocabulary.js';

/** Cells, by their places in a list of all cells: one table after another, row by row. */
export type Cells = readonly number[];

/** By set of conditions, as `factKey` writes it: every sum of cells that counts the calls under them. */
export type Facts = ReadonlyMap<string, readonly Cells[]>;

/** Conditions in one spelling, in whatever order and however often they are named; none at all for every call. */
const factKey = (conditions: readonly string[]): string => [...new Set(conditions)].sort().join(' & ');

const condition = (dimension: string, code: string) => `${dimension}=${code}`;

export const ALL_CONTACTS = factKey([]);
export const ALL_CONVERSATIONS = factKey([condition(KIND, CONVERSATION)]);

/** Places along an axis that together count the calls under a condition, or all calls under none. */
interface Sum {
  readonly conditions: readonly string[];
  readonly places: readonly number[];
}

/** The sums over the codes of each parent. Ids are unique in a dimension, so a level needs no mention. */
function sumsByParent({ dimension: id, codes }: Axis, vocabulary: Vocabulary): Sum[] {
  const known = findDimension(vocabulary, id)?.codes ?? [];
  const parents = new Map<string, number[]>();
  codes.forEach(({ code }, place) => {
    const parent = known.find((one) => one.id === code)?.parent;
    if (parent !== undefined) parents.set(parent, [...(parents.get(parent) ?? []), place]);
  });
  return [...parents].map(([parent, places]) => ({ conditions: [condition(id, parent)], places }));
}

/** Whether each call has a code along an axis, so that all codes together count every call. */
export const answeredByAll = (axis: Axis | null, vocabulary: Vocabulary): boolean =>
  axis === null || axis.dimension === MONTH || findDimension(vocabulary, axis.dimension)?.required === true;

/** Each code by itself, the codes of each parent together, and all codes where each call has one. */
function sumsAlong(axis: Axis | null, vocabulary: Vocabulary): Sum[] {
  if (axis === null) return [{ conditions: [], places: [0] }];
  const { dimension: id, codes } = axis;
  const single = codes.map(({ code }, place) => ({ conditions: [condition(id, code)], places: [place] }));
  const all = answeredByAll(axis, vocabulary)
    ? [{ conditions: [], places: codes.map((_, place) => place) }]
    : [];
  return [...single, ...sumsByParent(axis, vocabulary), ...all];
}

/** Whether sums of a table's cells count calls: not where a call may give several answers (referral). */
export function sumsCountCalls({ rows, columns }: TableShape, vocabulary: Vocabulary): boolean {
  return [rows, columns].every(
    (axis) =>
      axis === null || axis.dimension === MONTH || findDimension(vocabulary, axis.dimension)?.max === 1,
  );
}

/** The sums of one table; `first` is the place of its first cell. */
function factsOfTable({ rows, columns, universe }: TableShape, vocabulary: Vocabulary, first: number) {
  const width = columns?.codes.length ?? 1;
  const within = universe === 'conversation' ? [condition(KIND, CONVERSATION)] : [];
  // A map, because a table of conversations says the same by its only kind and by all its kinds.
  const found = new Map<string, Cells>();
  for (const down of sumsAlong(rows, vocabulary)) {
    for (const across of sumsAlong(columns, vocabulary)) {
      const key = factKey([...within, ...down.conditions, ...across.conditions]);
      const cells = down.places.flatMap((row) => across.places.map((place) => first + row * width + place));
      found.set(key, cells);
    }
  }
  return found;
}

/** The facts that tables state, all of which must count calls. */
export function factsOf(shapes: readonly TableShape[], vocabulary: Vocabulary): Facts {
  const facts = new Map<string, Cells[]>();
  let first = 0;
  for (const shape of shapes) {
    for (const [key, cells] of factsOfTable(shape, vocabulary, first))
      facts.set(key, [...(facts.get(key) ?? []), cells]);
    first += shape.rows.codes.length * (shape.columns?.codes.length ?? 1);
  }
  return facts;
}
