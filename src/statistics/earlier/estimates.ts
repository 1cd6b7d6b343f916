/**
 * Version 0.1's estimates: all noise had one variance. The totals came first, each the mean of the sums of cells that give
 * it, weighted by one over their numbers of cells; then of all cells that fit together and add up to them those nearest to
 * the noisy ones. That is not the least variance there is, but it is what was published.
 */
import { sizeOf } from '../../contract/cells.js';
import { ALL_CONTACTS, ALL_CONVERSATIONS, factsOf, type Cells } from '../../contract/facts.js';
import type { TableShape } from '../../contract/plan.js';
import type { Vocabulary } from '../../contract/vocabulary.js';
import { lazy } from '../lazy.js';
import type { Estimate, Measured, Solved } from '../numbers.js';
import { factorise, fixedBy, fixedPart, nearest, product, type Row } from './least-squares.js';

/** By set of conditions every sum of cells of the tables that counts the calls under them. */
type Facts = ReadonlyMap<string, readonly Cells[]>;

/** The facts that tables state, by the places of their own cells; nobody had asked for a total then. */
function factsAmong(shapes: readonly TableShape[], vocabulary: Vocabulary): Facts {
  const { sums, first } = factsOf(shapes, vocabulary);
  const start = Math.min(...first.values());
  return new Map(
    [...sums].map(([key, cells]) => [
      key,
      cells
        .filter((places) => places.every((place) => place >= start))
        .map((places) => places.map((place) => place - start)),
    ]),
  );
}

/** A sum of cells that is the total of that fact, or (`total` null) the difference of two sums that count the same calls. */
interface Equality {
  readonly row: Row;
  readonly total: string | null;
}

const onesAt = (cells: Cells): Map<number, number> => new Map(cells.map((cell) => [cell, 1]));

function difference(cells: Cells, less: Cells): Row {
  const row = onesAt(cells);
  for (const cell of less) row.set(cell, (row.get(cell) ?? 0) - 1);
  return row;
}

function equalitiesOf(facts: Facts): Equality[] {
  return [...facts].flatMap(([key, sums]): Equality[] => {
    if (key === ALL_CONTACTS || key === ALL_CONVERSATIONS)
      return sums.map((cells) => ({ row: onesAt(cells), total: key }));
    const [first = [], ...others] = sums;
    return others.map((cells) => ({ row: difference(cells, first), total: null }));
  });
}

/** The weight of each cell in a total: the mean of its sums, weighted by one over their numbers of cells. */
function weightsIn(sums: readonly Cells[], size: number): number[] {
  const weights = new Array<number>(size).fill(0);
  const all = sums.reduce((sum, cells) => sum + 1 / cells.length, 0);
  for (const cells of sums)
    for (const cell of cells) weights[cell] = (weights[cell] ?? 0) + 1 / cells.length / all;
  return weights;
}

/** The consistent numbers of a quarter's cells, and the variance of any sum of them, in units of sigma^2. */
function fit(facts: Facts, observed: readonly number[]): Solved {
  const equalities = equalitiesOf(facts);
  const system = factorise(equalities.map(({ row }) => row));
  const isTotal = (key: string) => system.places.map((place) => (equalities[place]?.total === key ? 1 : 0));
  const totals = [ALL_CONTACTS, ALL_CONVERSATIONS].map((key) => {
    const [where, weights] = [isTotal(key), weightsIn(facts.get(key) ?? [], observed.length)];
    return { where, weights, value: product(weights, observed), by: fixedBy(system, where) };
  });
  const right = system.places.map((_, place) =>
    totals.reduce((sum, { where, value }) => sum + (where[place] ?? 0) * value, 0),
  );
  /**
   * A sum of cells is its part that no equality touches, applied to the noisy cells, plus so much of each total. The totals
   * are sums along the equalities, so their noise is independent of the first part's.
   */
  const varianceOf = (row: Row): number => {
    const fixed = fixedPart(system, row);
    let length = 0;
    for (const factor of row.values()) length += factor ** 2;
    const along = totals.map(({ by, weights }) => ({ times: product(fixed, by), weights }));
    const ofTotals = along.flatMap((one) =>
      along.map((other) => one.times * other.times * product(one.weights, other.weights)),
    );
    return length - product(fixed, fixed) + ofTotals.reduce((sum, part) => sum + part, 0);
  };
  return { values: Float64Array.from(nearest(system, observed, right)), varianceOf };
}

/** The cells of a table, row by row, as they were answered. */
interface AnsweredTable {
  readonly shape: TableShape;
  readonly cells: readonly number[];
}

export interface EarlierEstimates {
  readonly total: (of: 'all' | 'conversation') => Estimate | null;
  /** A table that shares facts with others; null for one of a question with several answers to a call. */
  readonly table: (shape: TableShape) => Measured | null;
}

const isOneAnswer = ({ shape: { rows, columns } }: AnsweredTable) =>
  !rows.several && columns?.several !== true;

/** The estimates of the tables of a month or a quarter, all with noise of the variance sigma2. */
export function earlierEstimates(
  tables: readonly AnsweredTable[],
  vocabulary: Vocabulary,
  sigma2: number,
): EarlierEstimates {
  const used = tables.filter(isOneAnswer);
  const shapes = used.map(({ shape }) => shape);
  const facts = factsAmong(shapes, vocabulary);
  const observed = used.flatMap(({ cells }) => cells);
  const solved = lazy((): Solved => {
    const weighed = fit(facts, observed);
    return { ...weighed, varianceOf: (row) => sigma2 * weighed.varianceOf(row) };
  });
  return {
    total: (of) => {
      const sums = facts.get(of === 'all' ? ALL_CONTACTS : ALL_CONVERSATIONS) ?? [];
      if (sums.length === 0) return null;
      const weights = weightsIn(sums, observed.length);
      return { value: product(weights, observed), variance: sigma2 * product(weights, weights) };
    },
    table: (shape) => {
      const place = shapes.indexOf(shape);
      if (place === -1) return null;
      const first = shapes.slice(0, place).reduce((sum, one) => sum + sizeOf(one), 0);
      return {
        shape,
        pieces: ({ of, place: own }) =>
          of === 'cell' ? [{ solved: solved(), row: new Map([[first + own, 1]]) }] : null,
      };
    },
  };
}
