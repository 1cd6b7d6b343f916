/**
 * A synthetic line: the cells of a quarter's plan laid end to end, and which of them a call enters. The counter
 * here is written from the answers alone, for speed and as a check: a test compares it with what the keeper counts.
 */
import { type DemoCall, demoCalls } from '../../../src/demo/calls.js';
import { monthsOfQuarter } from '../../../src/contract/period.js';
import {
  MONTH,
  tableShapes,
  toNumber,
  type Axis,
  type Plan,
  type Rational,
  type TableShape,
} from '../../../src/contract/plan.js';
import type { Query } from '../../../src/contract/queries.js';
import { CONVERSATION, KIND, findDimension, topOf } from '../../../src/contract/vocabulary.js';
import { vocabulary } from '../../support/calls.js';
import { olderQueries, olderSigma2 } from '../../support/older-queries.js';

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
  /** What the keeper asks: of each cell one query, in the order of the cells. */
  readonly queries: readonly Query[];
  /** The variance parameter of the whole plan, exact and as a number. */
  readonly sigma2: Rational;
  readonly variance: number;
  /** The cells a call enters, each once; of some tables only when their places in `shapes` are given. */
  readonly cellsOf: (call: Call, tables?: readonly number[]) => number[];
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

/** Lays a plan out; of some of its tables when their ids are given, under the noise of the whole plan. */
export function layOut(plan: Plan, only?: readonly string[]): Layout {
  const shapes = tableShapes(plan, vocabulary, QUARTER).filter(({ id }) => only?.includes(id) ?? true);
  const offsets: number[] = [];
  let cells = 0;
  for (const shape of shapes) {
    offsets.push(cells);
    cells += sizeOf(shape);
  }
  const counters = shapes.map((shape, table) => cellsIn(shape, offsets[table] ?? 0));
  const every = shapes.map((_, table) => table);
  const sigma2 = olderSigma2(plan, vocabulary);
  const ids = new Set(shapes.map(({ id }) => id));
  return {
    plan,
    shapes,
    offsets,
    cells,
    queries: olderQueries(plan, vocabulary, QUARTER).filter(({ table }) => ids.has(table ?? '')),
    sigma2,
    variance: toNumber(sigma2),
    cellsOf: (call, tables = every) => tables.flatMap((table) => counters[table]?.(call) ?? []),
  };
}

/** How many calls are in each cell. `records` holds the cells of each call. */
export function countCells(cells: number, records: readonly (readonly number[])[]): number[] {
  const counts = new Array<number>(cells).fill(0);
  for (const record of records) for (const cell of record) counts[cell] = (counts[cell] ?? 0) + 1;
  return counts;
}

/** The cells of one table as rows, out of numbers for all cells. */
export function tableRows(layout: Layout, table: number, numbers: ArrayLike<number>): number[][] {
  const shape = layout.shapes[table];
  if (shape === undefined) throw new RangeError('no such table');
  const width = columnsOf(shape);
  return shape.rows.codes.map((_, row) =>
    Array.from({ length: width }, (_cell, column) => {
      return numbers[(layout.offsets[table] ?? 0) + row * width + column] ?? NaN;
    }),
  );
}

/** Calls like those of a real line, in the months of the quarter. */
export const callsLike = (count: number, seed: number, conversations = 0.9): Call[] =>
  demoCalls({ count, months: MONTHS, seed, conversations });
