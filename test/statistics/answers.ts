/** The answers of a quarter's queries, from what is in the cells of its tables, or from the calls themselves. */
import { encodeCall, type Answers } from '../../src/contract/call.js';
import { monthsOfQuarter } from '../../src/contract/period.js';
import { MONTH, tableShapes, type TableShape, type Universe } from '../../src/contract/plan.js';
import type { Query, QueryUniverse } from '../../src/contract/queries.js';
import { CONVERSATION, findDimension, KIND } from '../../src/contract/vocabulary.js';
import { callCounter, type Counted } from '../../src/keeping/count-call.js';
import { sum } from '../support/discrete-gaussian.js';

/** The number in a cell of a table. */
export type Fill = (table: string, row: number, column: number) => number;

/** A call as its handler told it. */
export interface ToldCall {
  readonly month: string;
  readonly answers: Answers;
}

/** The exact answers that calls give, by the production counter. */
export function answersOfCalls(counted: Counted, calls: readonly ToldCall[]): number[] {
  const answers = counted.queries.map(() => 0);
  const count = callCounter(counted);
  for (const { month, answers: told } of calls)
    count({ month, codes: encodeCall(told, counted.vocabulary) }, (query, by) => {
      answers[query] = (answers[query] ?? 0) + by;
    });
  return answers;
}

/** The places along an axis, one for a table without columns. */
const placesOf = (axis: TableShape['columns']): number[] => [...(axis?.codes ?? [null]).keys()];

/**
 * The calls of a universe as the tables have them: in a month by a table of months, in the quarter by its months, by the
 * kinds of contact, or else by the first table of a question that every call of it answers once. A month that no table
 * knows has its third of the quarter.
 */
function totalsOf({ quarter, plan, vocabulary }: Counted, fill: Fill) {
  const shapes = tableShapes(plan, vocabulary, quarter).filter(({ rows, columns }) =>
    [rows, columns].every(
      (axis) =>
        axis === null ||
        axis.dimension === MONTH ||
        (!axis.several && findDimension(vocabulary, axis.dimension)?.required === true),
    ),
  );
  const inRow = ({ id, columns }: TableShape, row: number) =>
    sum(placesOf(columns).map((column) => fill(id, row, column)));
  const first = (universe: Universe, monthly: boolean) =>
    shapes.find((shape) => shape.universe === universe && (shape.rows.dimension === MONTH) === monthly);
  const kinds = shapes.find(({ rows, columns }) => rows.dimension === KIND && columns === null);
  const talks = kinds?.rows.codes.findIndex(({ code }) => code === CONVERSATION) ?? 0;
  const whole = (universe: Universe): number => {
    const months = first(universe, true);
    if (months !== undefined) return sum(placesOf(months.rows).map((row) => inRow(months, row)));
    if (universe === 'conversation' && kinds !== undefined) return fill(kinds.id, talks, 0);
    const table = first(universe, false);
    if (table !== undefined) return sum(placesOf(table.rows).map((row) => inRow(table, row)));
    return universe === 'all' ? whole('conversation') : 0;
  };
  const total = (of: QueryUniverse, month: number | null): number => {
    if (of === 'other') return total('all', month) - total('conversation', month);
    if (month === null) return whole(of);
    const months = first(of, true);
    if (months !== undefined) return inRow(months, month);
    return Math.floor((whole(of) * (month + 1)) / 3) - Math.floor((whole(of) * month) / 3);
  };
  return total;
}

/** The answers where each cell has its number; tables that do not agree with each other are answered all the same. */
export function answersOfCells(counted: Counted, fill: Fill): number[] {
  const { quarter, plan, vocabulary, queries } = counted;
  const shapes = tableShapes(plan, vocabulary, quarter);
  const total = totalsOf(counted, fill);
  const months = monthsOfQuarter(quarter);
  const place = (month: string | null) => (month === null ? null : months.indexOf(month));
  const inRow = ({ rows, universe }: TableShape, row: number) => {
    if (rows.dimension === MONTH) return total(universe, row);
    const own = shapes.find(
      (shape) =>
        shape.columns === null &&
        shape.rows.dimension === rows.dimension &&
        shape.rows.level === rows.level &&
        shape.universe === universe,
    );
    return own === undefined ? NaN : fill(own.id, row, 0);
  };
  return queries.map(({ table, row, column, month, cell, margin, universe, of }: Query) => {
    const shape = shapes.find(({ id }) => id === table);
    const times = (weight: number, number: () => number) => (weight === 0 ? 0 : weight * number());
    return (
      times(cell, () => fill(table ?? '', row ?? NaN, column ?? NaN)) +
      times(margin, () => (shape === undefined ? NaN : inRow(shape, row ?? NaN))) +
      times(universe, () => total(of, place(month)))
    );
  });
}
