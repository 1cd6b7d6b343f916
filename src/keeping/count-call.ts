/**
 * Counting a call: which of a quarter's queries it moves, and by how much. Pure, and the only place that says so. A call
 * comes as the numbers of `encodeCall`; numbers that the vocabulary does not have, repeats and slots that are missing
 * move nothing, and an answer that stands alone is the only one, whatever the web process was made to write, so that no
 * call moves more than the budget has paid for.
 */
import { widthOf } from '../contract/cells.js';
import type { Month, Quarter } from '../contract/period.js';
import { monthsOfQuarter } from '../contract/period.js';
import { MONTH, tableShapes, type Axis, type Plan } from '../contract/plan.js';
import type { Query } from '../contract/queries.js';
import { CONVERSATION, KIND, topOf, type Dimension, type Vocabulary } from '../contract/vocabulary.js';

/** What a quarter's calls are counted by. */
export interface Counted {
  readonly quarter: Quarter;
  readonly plan: Plan;
  readonly vocabulary: Vocabulary;
  readonly queries: readonly Query[];
}

/** A call: its month, and its numbers. */
export interface StoredCall {
  readonly month: Month;
  readonly codes: ArrayLike<number>;
}

/** Tells, for each query that a call moves, its place in the list and by how much. */
export type CallCounter = (call: StoredCall, move: (query: number, by: number) => void) => void;

/** The places of a call along an axis, each once; written into `into`, and how many there are. */
type PlacesAlong = (month: number, codes: ArrayLike<number>, into: Int32Array) => number;

const NOWHERE = -1;

/** The most answers that any vocabulary allows to one question. */
const MOST_ANSWERS = 8;

/** 0-based slot of a dimension's first number in a call. */
function firstSlot(vocabulary: Vocabulary, id: string): number {
  let slot = 0;
  for (const dimension of vocabulary.dimensions) {
    if (dimension.id === id) return slot;
    slot += dimension.max;
  }
  throw new RangeError('A table counts a dimension that the vocabulary lacks.');
}

/** The cell along an axis into which each number 0..n of its dimension falls. */
function cellOfNumber({ level, codes: cells }: Axis, { codes }: Dimension): Int32Array {
  const place = (id: string) => cells.findIndex(({ code }) => code === id);
  return Int32Array.from([NOWHERE, ...codes.map((code) => place(level === 'top' ? topOf(code) : code.id))]);
}

/** Of a question with answers that stand alone: such a one is the only answer, whatever is written beside it. */
function orAlone(
  several: PlacesAlong,
  { max, codes: all }: Dimension,
  first: number,
  cells: Int32Array,
): PlacesAlong {
  const alone = [false, ...all.map(({ exclusive }) => exclusive === true)];
  return (month, codes, into) => {
    for (let slot = first; slot < first + max; slot += 1) {
      const number = codes[slot] ?? 0;
      if (alone[number] !== true) continue;
      into[0] = cells[number] ?? NOWHERE;
      return into[0] === NOWHERE ? 0 : 1;
    }
    return several(month, codes, into);
  };
}

function placesAlong(axis: Axis | null, vocabulary: Vocabulary): PlacesAlong {
  if (axis === null)
    return (_month, _codes, into) => {
      into[0] = 0;
      return 1;
    };
  if (axis.dimension === MONTH)
    return (month, _codes, into) => {
      into[0] = month;
      return month === NOWHERE ? 0 : 1;
    };
  const dimension = vocabulary.dimensions.find(({ id }) => id === axis.dimension);
  if (dimension === undefined) throw new RangeError('A table counts a dimension that the vocabulary lacks.');
  const [first, cells] = [firstSlot(vocabulary, dimension.id), cellOfNumber(axis, dimension)];
  const several: PlacesAlong = (_month, codes, into) => {
    let found = 0;
    for (let slot = first; slot < first + dimension.max; slot += 1) {
      const cell = cells[codes[slot] ?? 0] ?? NOWHERE;
      // At level top several codes under one parent are one answer, and a repeated number is one everywhere.
      let known = cell === NOWHERE;
      for (let earlier = 0; earlier < found && !known; earlier += 1) known = into[earlier] === cell;
      if (known) continue;
      into[found] = cell;
      found += 1;
    }
    return found;
  };
  return dimension.max > 1 && dimension.codes.some(({ exclusive }) => exclusive === true)
    ? orAlone(several, dimension, first, cells)
    : several;
}

/** A table's queries: those of each cell, those of each row's margin, and those of its universe. */
interface Family {
  readonly universe: 'all' | 'conversation';
  readonly rows: PlacesAlong;
  readonly columns: PlacesAlong;
  readonly width: number;
  readonly ofCell: readonly (readonly number[] | undefined)[];
  readonly ofRow: readonly (readonly number[] | undefined)[];
}

function grouped(
  queries: readonly Query[],
  table: string,
  keyOf: (query: Query) => number | null,
): number[][] {
  const groups: number[][] = [];
  for (const [index, query] of queries.entries()) {
    const key = query.table === table ? keyOf(query) : null;
    if (key !== null) (groups[key] ??= []).push(index);
  }
  return groups;
}

/** What a call is looked at for in a table: its month, its numbers, and room for its places along both axes. */
interface Look {
  readonly month: number;
  readonly codes: ArrayLike<number>;
  readonly down: Int32Array;
  readonly across: Int32Array;
}

/** Tells the queries of a table that a call moves, cell by cell and once for each of its rows. */
function reach(
  { rows, columns, width, ofCell, ofRow }: Family,
  { month, codes, down, across }: Look,
  inCell: (query: number) => void,
  inRow: (query: number) => void,
): void {
  const [tall, wide] = [rows(month, codes, down), columns(month, codes, across)];
  // Each call once in its row, where it has an answer across it.
  if (wide === 0) return;
  for (let i = 0; i < tall; i += 1) {
    const row = down[i] ?? 0;
    ofRow[row]?.forEach(inRow);
    for (let j = 0; j < wide; j += 1) ofCell[row * width + (across[j] ?? 0)]?.forEach(inCell);
  }
}

/**
 * Makes the counter of a quarter's queries. Throws RangeError where a table counts what the vocabulary lacks.
 * A call of another month than the quarter's moves nothing.
 */
export function callCounter({ quarter, plan, vocabulary, queries }: Counted): CallCounter {
  const months = monthsOfQuarter(quarter);
  const families = tableShapes(plan, vocabulary, quarter).map((shape): Family => {
    const width = widthOf(shape);
    return {
      universe: shape.universe,
      rows: placesAlong(shape.rows, vocabulary),
      columns: placesAlong(shape.columns, vocabulary),
      width,
      ofCell: grouped(queries, shape.id, ({ row, column, cell }) =>
        cell === 0 || row === null || column === null ? null : row * width + column,
      ),
      ofRow: grouped(queries, shape.id, ({ row, margin }) => (margin === 0 ? null : row)),
    };
  });
  const ofUniverse = [...queries.entries()].filter(([, { universe }]) => universe !== 0);
  const kind = vocabulary.dimensions.find(({ id }) => id === KIND);
  const kindSlot = firstSlot(vocabulary, KIND);
  const conversation = (kind?.codes.findIndex(({ id }) => id === CONVERSATION) ?? NOWHERE) + 1;
  const [down, across] = [new Int32Array(MOST_ANSWERS), new Int32Array(MOST_ANSWERS)];

  return ({ month: name, codes }, move) => {
    const month = months.indexOf(name);
    if (month === NOWHERE) return;
    const isConversation = codes[kindSlot] === conversation;
    const by = (weight: 'cell' | 'margin' | 'universe') => (query: number) => {
      const asked = queries[query];
      if (asked !== undefined && (asked.month === null || asked.month === name)) move(query, asked[weight]);
    };
    const [inCell, inRow, inUniverse] = [by('cell'), by('margin'), by('universe')];
    for (const family of families)
      if (family.universe === 'all' || isConversation)
        reach(family, { month, codes, down, across }, inCell, inRow);
    for (const [query, { of }] of ofUniverse)
      if (of === 'all' || (of === 'conversation') === isConversation) inUniverse(query);
  };
}
