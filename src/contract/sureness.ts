/**
 * How sure the numbers of a plan will be, from the plan alone, for whoever chooses one: in whole calls, as `±`. Pure.
 */
import { ownPlacesOf } from './cells.js';
import { compileQueries } from './compile.js';
import { stepFor, uncertaintyOf } from './display.js';
import { estimatorOf, type Estimator } from './estimator.js';
import { monthsOfQuarter } from './period.js';
import { MONTH, tableShapes, type Plan, type TableShape } from './plan.js';
import type { Query, QueryUniverse } from './queries.js';
import type { Vocabulary } from './vocabulary.js';

export interface PlanSureness {
  /** Null where the plan does not say how many there are. */
  readonly contacts: number | null;
  readonly conversations: number | null;
  /** Of a usual table: the one in the middle. */
  readonly table: number;
}

/** The variance of each total, Infinity where the plan does not say it, and the largest of each table. */
interface PlanVariances {
  readonly contacts: number;
  readonly conversations: number;
  readonly tables: ReadonlyMap<string, number>;
}

/** Any quarter: its months have other names, and nothing else differs. */
const QUARTER = '2026-Q1';

/** The largest variance of each table by some queries together. */
function largestOf(shapes: readonly TableShape[], { cell, varianceOf }: Estimator): [string, number][] {
  return shapes.map((shape) => [
    shape.id,
    Math.max(...ownPlacesOf(shape).map((place) => varianceOf(cell(shape.id, place)))),
  ]);
}

/** Of tables over months, which are published month by month, as sure as a month's own queries make them. */
function largestOfMonths(shapes: readonly TableShape[], vocabulary: Vocabulary, queries: readonly Query[]) {
  const [month] = monthsOfQuarter(QUARTER);
  const rows = shapes
    .filter((shape) => shape.rows.dimension === MONTH)
    .map((shape) => ({ ...shape, rows: { ...shape.rows, codes: shape.rows.codes.slice(0, 1) } }));
  const own = queries.filter((query) => query.month === month);
  return rows.length === 0 ? [] : largestOf(rows, estimatorOf(rows, vocabulary, own));
}

function planVariances(plan: Plan, vocabulary: Vocabulary): PlanVariances {
  const shapes = tableShapes(plan, vocabulary, QUARTER);
  const queries = compileQueries(plan, vocabulary, QUARTER);
  const estimator = estimatorOf(shapes, vocabulary, queries);
  const total = (of: QueryUniverse) => {
    const row = estimator.total(of, null);
    return row === null ? Infinity : estimator.varianceOf(row);
  };
  const others = shapes.filter(({ rows }) => rows.dimension !== MONTH);
  return {
    contacts: total('all'),
    conversations: total('conversation'),
    tables: new Map([...largestOf(others, estimator), ...largestOfMonths(shapes, vocabulary, queries)]),
  };
}

/**
 * The variance of a plan's least sure number, in calls squared. Throws RangeError for a plan that names a dimension the
 * vocabulary lacks; see `planProblem`.
 */
export const leastSure = (plan: Plan, vocabulary: Vocabulary): number =>
  Math.max(...planVariances(plan, vocabulary).tables.values());

const sure = (variance: number) => uncertaintyOf(variance, stepFor(variance));
const known = (variance: number) => (Number.isFinite(variance) ? sure(variance) : null);

/** Throws RangeError for a plan that names a dimension the vocabulary lacks; see `planProblem`. */
export function surenessOf(plan: Plan, vocabulary: Vocabulary): PlanSureness {
  const { contacts, conversations, tables } = planVariances(plan, vocabulary);
  const sorted = [...tables.values()].sort((a, b) => a - b);
  return {
    contacts: known(contacts),
    conversations: known(conversations),
    table: sure(sorted[Math.floor(sorted.length / 2)] ?? conversations),
  };
}
