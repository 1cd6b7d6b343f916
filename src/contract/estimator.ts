/**
 * Estimates: of all numbers that fit together (tables add up to their totals, margins of cross tables are the numbers of
 * the questions' own tables, groups are the sums of their codes) those nearest to all the noisy answers, each weighed by
 * one over its variance. Unbiased; how sure they are follows from the queries alone. Nothing keeps an estimate from being
 * negative: that would lift all small numbers. Pure. Source: the design's protection rules ("Estimates").
 */
import { widthOf } from './cells.js';
import { factsOf, type Cells, type Facts } from './facts.js';
import { leastSquares, type Row } from './least-squares.js';
import type { Month } from './period.js';
import { toNumber, type TableShape } from './plan.js';
import type { Query, QueryUniverse } from './queries.js';
import type { Vocabulary } from './vocabulary.js';

/** How a list of queries is answered by all its answers together. */
export interface Estimator {
  /** The answers worked out: the number of each cell by its place. */
  readonly solve: (answers: readonly number[]) => Float64Array;
  /** The variance of a sum of cells; Infinity where the queries do not say it. */
  readonly varianceOf: (row: Row) => number;
  readonly cell: (table: string, place: number) => Row;
  readonly total: (of: QueryUniverse, month: Month | null) => Row | null;
  /** The calls in a row or a column, each once; null where no table says it. */
  readonly margin: (shape: TableShape, axis: 'rows' | 'columns', place: number) => Row | null;
}

type Factor = readonly [cells: Cells, times: number];

/** Cells so many times over, added up. */
function rowOf(factors: readonly Factor[]): Row {
  const row = new Map<number, number>();
  for (const [cells, times] of factors) for (const cell of cells) row.set(cell, (row.get(cell) ?? 0) + times);
  return row;
}

const ofCells = (cells: Cells | null): Row | null => (cells === null ? null : rowOf([[cells, 1]]));

/** What a query asks, but for its noise. Throws RangeError where it asks what its tables do not have. */
function askedBy(query: Query, shapes: ReadonlyMap<string, TableShape>, facts: Facts): Row {
  const { table, row, column, month, cell, margin, universe, of } = query;
  const factors: Factor[] = [];
  const add = (cells: Cells | null, times: number) => {
    if (times === 0) return;
    if (cells === null) throw new RangeError('A query asks what its tables do not have.');
    factors.push([cells, times]);
  };
  const shape = shapes.get(table ?? '');
  if (shape !== undefined && row !== null && column !== null) {
    add([(facts.first.get(shape.id) ?? NaN) + row * widthOf(shape) + column], cell);
    add(facts.margin(shape, 'rows', row), margin);
  }
  add(facts.total(of, month), universe);
  return rowOf(factors);
}

/** Prepares the estimates of some tables from queries about them; rows of queries are rows of those tables. */
export function estimatorOf(
  shapes: readonly TableShape[],
  vocabulary: Vocabulary,
  queries: readonly Query[],
): Estimator {
  const facts = factsOf(shapes, vocabulary);
  const byId = new Map(shapes.map((shape) => [shape.id, shape]));
  const equalities = facts.equalities.map(([one, other]) =>
    rowOf([
      [one, 1],
      [other, -1],
    ]),
  );
  const observations = queries.map((query) => ({
    row: askedBy(query, byId, facts),
    variance: toNumber(query.sigma2),
  }));
  const { solve, varianceOf } = leastSquares(facts.size, equalities, observations);
  return {
    solve,
    varianceOf,
    cell: (table, place) => rowOf([[[(facts.first.get(table) ?? NaN) + place], 1]]),
    total: (of, month) => ofCells(facts.total(of, month)),
    margin: (shape, axis, place) => ofCells(facts.margin(shape, axis, place)),
  };
}
