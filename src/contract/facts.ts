/**
 * What a quarter's tables say about the same calls. A cell, or a sum of cells, counts the calls that fulfil some
 * conditions; two sums under the same conditions count the same calls. Which those are follows from plan and vocabulary
 * alone. Pure.
 */
import { sizeOf, widthOf } from './cells.js';
import type { Month } from './period.js';
import { MONTH, type Axis, type TableShape } from './plan.js';
import type { QueryUniverse } from './queries.js';
import { CONVERSATION, findDimension, KIND, type Vocabulary } from './vocabulary.js';

/** Cells, by their places in a list of all cells: first the totals', then one table after another, row by row. */
export type Cells = readonly number[];

/** Conditions in one spelling, in whatever order and however often they are named; none at all for every call. */
const keyOf = (conditions: readonly string[]): string => [...new Set(conditions)].sort().join(' & ');

const condition = (dimension: string, code: string) => `${dimension}=${code}`;
const TALKS = condition(KIND, CONVERSATION);
export const ALL_CONTACTS = keyOf([]);
export const ALL_CONVERSATIONS = keyOf([TALKS]);
/** Stands for every other kind; no code is called so, for codes are of letters, digits and hyphens. */
const OTHERS = condition(KIND, '*');

const conditionsOf: Readonly<Record<QueryUniverse, readonly string[]>> = {
  all: [],
  conversation: [TALKS],
  other: [OTHERS],
};

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

/** Whether each call has one code along an axis, so that all codes together count every call once. */
export const answeredByAll = (axis: Axis | null, vocabulary: Vocabulary): boolean =>
  axis === null ||
  axis.dimension === MONTH ||
  (!axis.several && findDimension(vocabulary, axis.dimension)?.required === true);

/** Each code by itself; where a call has one at most, the codes of each parent together too, and all where it has one. */
function sumsAlong(axis: Axis | null, vocabulary: Vocabulary): Sum[] {
  if (axis === null) return [{ conditions: [], places: [0] }];
  const { dimension: id, codes, several } = axis;
  const single = codes.map(({ code }, place) => ({ conditions: [condition(id, code)], places: [place] }));
  if (several) return single;
  const all = answeredByAll(axis, vocabulary)
    ? [{ conditions: [], places: codes.map((_, place) => place) }]
    : [];
  return [...single, ...sumsByParent(axis, vocabulary), ...all];
}

/** All cells of some tables and of the totals, and what their sums count. */
export interface Facts {
  readonly size: number;
  /** The place of a table's first cell. */
  readonly first: ReadonlyMap<string, number>;
  /** By set of conditions, as `keyOf` writes it: every sum of cells that counts the calls under them. */
  readonly sums: ReadonlyMap<string, readonly Cells[]>;
  /** Every two sums that count the same calls. */
  readonly equalities: readonly (readonly [Cells, Cells])[];
  /** Cells that together count the calls of a universe, in a month or in all. */
  readonly total: (of: QueryUniverse, month: Month | null) => Cells | null;
  /** Cells that together count the calls of a table with one code along an axis; null where no table says it. */
  readonly margin: (shape: TableShape, axis: 'rows' | 'columns', place: number) => Cells | null;
}

/** Builds up facts. */
class Found {
  readonly sums = new Map<string, Cells[]>();

  add(conditions: readonly string[], cells: Cells): void {
    const key = keyOf(conditions);
    const known = this.sums.get(key) ?? [];
    // A table of conversations says the same by its only kind and by all its kinds.
    if (known.some((one) => one.join() === cells.join())) return;
    this.sums.set(key, [...known, cells]);
  }

  first(conditions: readonly string[]): Cells | null {
    return this.sums.get(keyOf(conditions))?.[0] ?? null;
  }

  equalities(): (readonly [Cells, Cells])[] {
    return [...this.sums.values()].flatMap(([first = [], ...others]) =>
      others.map((other) => [first, other] as const),
    );
  }
}

const within = ({ universe }: TableShape): readonly string[] => (universe === 'conversation' ? [TALKS] : []);

function addTable(found: Found, shape: TableShape, vocabulary: Vocabulary, first: number): void {
  const { rows, columns } = shape;
  const width = widthOf(shape);
  for (const down of sumsAlong(rows, vocabulary))
    for (const across of sumsAlong(columns, vocabulary))
      found.add(
        [...within(shape), ...down.conditions, ...across.conditions],
        down.places.flatMap((row) => across.places.map((place) => first + row * width + place)),
      );
}

/** The totals' own cells: conversations and other contacts, in each month where there are months. */
function addTotals(found: Found, months: readonly Month[]): number {
  const parts = months.length === 0 ? [[]] : months.map((month) => [condition(MONTH, month)]);
  const talks = parts.map((_, place) => 2 * place);
  const others = parts.map((_, place) => 2 * place + 1);
  parts.forEach((conditions, place) => {
    found.add([...conditions, TALKS], [2 * place]);
    found.add([...conditions, OTHERS], [2 * place + 1]);
    found.add(conditions, [2 * place, 2 * place + 1]);
  });
  if (months.length > 0) {
    found.add([TALKS], talks);
    found.add([OTHERS], others);
    found.add([], [...talks, ...others]);
  }
  return 2 * parts.length;
}

/** The months of tables over months. */
const monthsIn = (shapes: readonly TableShape[]): Month[] => [
  ...new Set(
    shapes.flatMap(({ rows }) => (rows.dimension === MONTH ? rows.codes.map(({ code }) => code) : [])),
  ),
];

/** The facts that tables state. */
export function factsOf(shapes: readonly TableShape[], vocabulary: Vocabulary): Facts {
  const found = new Found();
  const first = new Map<string, number>();
  let size = addTotals(found, monthsIn(shapes));
  for (const shape of shapes) {
    first.set(shape.id, size);
    addTable(found, shape, vocabulary, size);
    size += sizeOf(shape);
  }
  return {
    size,
    first,
    sums: found.sums,
    equalities: found.equalities(),
    total: (of, month) =>
      found.first([...conditionsOf[of], ...(month === null ? [] : [condition(MONTH, month)])]),
    margin: (shape, axis, place) => {
      const { dimension, codes } = shape[axis] ?? { dimension: '', codes: [] };
      const code = codes[place]?.code;
      return code === undefined ? null : found.first([...within(shape), condition(dimension, code)]);
    },
  };
}
