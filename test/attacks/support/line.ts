/**
 * A synthetic line: the cells of a quarter's plan laid end to end, which of them a call enters, and what the keeper asks.
 * Which cells a call enters is written from its answers alone: a test compares it with what the keeper counts.
 */
import { type DemoCall, demoCalls } from '../../../src/demo/calls.js';
import { monthsOfQuarter } from '../../../src/contract/period.js';
import { compileQueries } from '../../../src/contract/compile.js';
import { MONTH, tableShapes, type Axis, type Plan, type TableShape } from '../../../src/contract/plan.js';
import type { Query } from '../../../src/contract/queries.js';
import {
  CONVERSATION,
  KIND,
  codesAtLevel,
  findDimension,
  leafCodes,
  topOf,
} from '../../../src/contract/vocabulary.js';
import { vocabulary } from '../../support/calls.js';

export { vocabulary };
export type Call = DemoCall;

export const isConversation = ({ answers }: Call): boolean => answers[KIND] === CONVERSATION;

export const QUARTER = '2026-Q4';
export const MONTHS = monthsOfQuarter(QUARTER);

/** The tables of a plan with their cells numbered through: table after table, row after row. */
export interface Layout {
  readonly plan: Plan;
  readonly shapes: readonly TableShape[];
  /** The number of the first cell of each table. */
  readonly offsets: readonly number[];
  readonly cells: number;
  /** What the keeper asks. */
  readonly queries: readonly Query[];
  /** The cells a call enters, each once. */
  readonly cellsOf: (call: Call) => number[];
}

export const columnsOf = (shape: TableShape): number => shape.columns?.codes.length ?? 1;
export const sizeOf = (shape: TableShape): number => shape.rows.codes.length * columnsOf(shape);

/** The places on an axis that a call's answer has, each once. */
function placesOn(axis: Axis): (call: Call) => number[] {
  const places = new Map(axis.codes.map(({ code }, place) => [code, place]));
  if (axis.dimension === MONTH) return ({ month }) => [places.get(month) ?? -1].filter((at) => at >= 0);
  const codes = findDimension(vocabulary, axis.dimension)?.codes ?? [];
  const placeOf = new Map(
    codes.flatMap((code) => {
      const place = places.get(axis.level === 'leaf' ? code.id : topOf(code));
      return place === undefined ? [] : [[code.id, place] as const];
    }),
  );
  return ({ answers }) => {
    const found = [answers[axis.dimension] ?? []].flat().flatMap((code) => placeOf.get(code) ?? []);
    return found.length > 1 ? [...new Set(found)] : found;
  };
}

function cellsIn(shape: TableShape, offset: number): (call: Call) => number[] {
  const rows = placesOn(shape.rows);
  const columns = shape.columns === null ? () => [0] : placesOn(shape.columns);
  const width = columnsOf(shape);
  return (call) => {
    if (shape.universe === 'conversation' && !isConversation(call)) return [];
    const across = columns(call);
    return rows(call).flatMap((row) => across.map((column) => offset + row * width + column));
  };
}

/** Lays a plan out, under the queries that it compiles to unless others are given. */
export function layOut(
  plan: Plan,
  queries: readonly Query[] = compileQueries(plan, vocabulary, QUARTER),
): Layout {
  const shapes = tableShapes(plan, vocabulary, QUARTER);
  const offsets: number[] = [];
  let cells = 0;
  for (const shape of shapes) {
    offsets.push(cells);
    cells += sizeOf(shape);
  }
  const counters = shapes.map((shape, table) => cellsIn(shape, offsets[table] ?? 0));
  return {
    ...{ plan, shapes, offsets, cells, queries },
    cellsOf: (call) => counters.flatMap((counter) => counter(call)),
  };
}

/** A call with the answer that puts it in a place of an axis. */
export function placed(call: Call, axis: Axis, code: string): Call {
  if (axis.dimension === MONTH) return { ...call, month: code };
  const dimension = findDimension(vocabulary, axis.dimension);
  if (dimension === undefined) throw new RangeError('no such dimension');
  const leaf = leafCodes(dimension).find((one) => (axis.level === 'leaf' ? one.id : topOf(one)) === code);
  const answer = leaf?.id ?? codesAtLevel(dimension, 'leaf')[0]?.id ?? '';
  return { ...call, answers: { ...call.answers, [axis.dimension]: dimension.max === 1 ? answer : [answer] } };
}

/** How many calls are in each cell. `records` holds the cells of each call. */
export function countCells(cells: number, records: readonly (readonly number[])[]): number[] {
  const counts = new Array<number>(cells).fill(0);
  for (const record of records) for (const cell of record) counts[cell] = (counts[cell] ?? 0) + 1;
  return counts;
}

/** Calls like those of a real line, in the months of the quarter. */
export const callsLike = (count: number, seed: number, conversations = 0.9): Call[] =>
  demoCalls({ count, months: MONTHS, seed, conversations });
