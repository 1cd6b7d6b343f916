/**
 * What the answers of a month or of a quarter say together. How they are weighed follows from plan and queries alone, so
 * it is worked out once for all quarters that are alike in them. Pure.
 */
import { estimatorOf, type Estimator } from '../contract/estimator.js';
import type { Row } from '../contract/least-squares.js';
import type { Month } from '../contract/period.js';
import { MONTH, toNumber, type TableShape } from '../contract/plan.js';
import type { Query, QueryUniverse } from '../contract/queries.js';
import type { Vocabulary } from '../contract/vocabulary.js';
import type { Estimate, Measured, Solved } from './numbers.js';
import { recent } from './recent.js';

/** Queries and their answers, in the same order, about some tables. */
export interface Answered {
  readonly shapes: readonly TableShape[];
  readonly vocabulary: Vocabulary;
  readonly queries: readonly Query[];
  readonly answers: readonly number[];
  /** The months of the tables over months, in order. */
  readonly months: readonly Month[];
}

/** Months by their places, so that quarters that are alike but for them are alike. */
function nameless({ shapes, queries, months }: Answered) {
  const place = (month: Month) => String(months.indexOf(month));
  return {
    shapes: shapes.map((shape) =>
      shape.rows.dimension === MONTH
        ? {
            ...shape,
            rows: {
              ...shape.rows,
              codes: shape.rows.codes.map((one) => ({ ...one, code: place(one.code) })),
            },
          }
        : shape,
    ),
    queries: queries.map((query) => (query.month === null ? query : { ...query, month: place(query.month) })),
  };
}

/** A row as text. */
const textOf = (row: Row) => [...row].map(([place, factor]) => `${place}x${factor}`).join();

/** The same, remembering how sure each sum is that has been asked for. */
function remembering(estimator: Estimator): Estimator {
  const known = new Map<string, number>();
  return {
    ...estimator,
    varianceOf: (row) => {
      const text = textOf(row);
      const variance = known.get(text) ?? estimator.varianceOf(row);
      if (known.size < 10_000) known.set(text, variance);
      return variance;
    },
  };
}

/** A plan has one for its quarters and one for each of its months; an installation changes its plan now and then. */
const estimators = recent(
  (_text: string, shapes: readonly TableShape[], vocabulary: Vocabulary, queries: readonly Query[]) =>
    remembering(estimatorOf(shapes, vocabulary, queries)),
  24,
);

/** A query as text; of its variance the number is enough, for it is all that estimates know of it. */
const queryText = ({ table, row, column, month, cell, margin, universe, of, sigma2 }: Query) =>
  [table, row, column, month, cell, margin, universe, of, toNumber(sigma2)].join();

const axesText = ({ id, universe, rows, columns }: TableShape) =>
  [id, universe, rows, columns].map((part) =>
    part === null || typeof part === 'string'
      ? part
      : [part.dimension, part.several, ...part.codes.map(({ code }) => code)].join(),
  );

const questionsText = ({ dimensions }: Vocabulary) =>
  dimensions.map(({ id, max, required, codes }) => [
    id,
    max,
    required,
    ...codes.map(({ id: code, parent }) => `${code}<${parent ?? ''}`),
  ]);

/** Estimates of tables and totals from all the answers. */
export interface Estimates {
  readonly table: (shape: TableShape) => Measured;
  readonly total: (of: QueryUniverse) => Estimate | null;
}

/** Works the answers out. */
export function estimatesFrom(answered: Answered): Estimates {
  const { vocabulary, answers } = answered;
  const { shapes, queries } = nameless(answered);
  const text = JSON.stringify([shapes.map(axesText), questionsText(vocabulary), queries.map(queryText)]);
  const estimator = estimators(text, shapes, vocabulary, queries);
  const solved: Solved = { values: estimator.solve(answers), varianceOf: estimator.varianceOf };
  const found = (row: Row | null) => (row === null ? null : [{ solved, row }]);
  return {
    table: (shape) => {
      const own = shapes.find(({ id }) => id === shape.id);
      return {
        shape,
        pieces: ({ of, place }) => {
          if (own === undefined) return null;
          return found(of === 'cell' ? estimator.cell(own.id, place) : estimator.margin(own, of, place));
        },
      };
    },
    total: (of) => {
      const row = estimator.total(of, null);
      if (row === null) return null;
      const variance = estimator.varianceOf(row);
      if (!Number.isFinite(variance)) return null;
      let value = 0;
      for (const [place, factor] of row) value += factor * (solved.values[place] ?? NaN);
      return { value, variance };
    },
  };
}

/** A table by its own answers alone, as it was shown where each query is a cell. */
export function answersAlone({ queries, answers }: Answered, shape: TableShape): Measured {
  const own = queries.flatMap(({ table, sigma2 }, place) =>
    table === shape.id ? [{ answer: answers[place] ?? NaN, sigma2: toNumber(sigma2) }] : [],
  );
  const solved: Solved = {
    values: Float64Array.from(own, ({ answer }) => answer),
    varianceOf: (row) => {
      let variance = 0;
      for (const [place, factor] of row) variance += factor ** 2 * (own[place]?.sigma2 ?? Infinity);
      return variance;
    },
  };
  return {
    shape,
    pieces: ({ of, place }) => (of === 'cell' ? [{ solved, row: new Map([[place, 1]]) }] : null),
  };
}
