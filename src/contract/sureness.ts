/**
 * How sure the numbers of a plan will be, from the plan alone, for whoever chooses one: in whole calls, as `±`. Pure; what
 * is published may be surer, where answers to several queries are taken together.
 */
import { stepFor, uncertaintyOf } from './display.js';
import { MONTH, tableShapes, toNumber, type Axis, type Plan, type TableShape } from './plan.js';
import { compileQueries } from './compile.js';
import type { Query, QueryUniverse } from './queries.js';
import { CONVERSATION, findDimension, KIND, type Vocabulary } from './vocabulary.js';

export interface Sureness {
  /** Null where no query of the plan gives the total. */
  readonly contacts: number | null;
  readonly conversations: number | null;
  /** Of a usual table: the one in the middle. */
  readonly table: number;
}

/** Any quarter: its months have other names, and nothing else differs. */
const QUARTER = '2026-Q1';

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** The variance of the best mean of independent answers to the same question; null for none. */
const together = (variances: readonly number[]): number | null =>
  variances.length === 0 ? null : 1 / sum(variances.map((variance) => 1 / variance));

const varianceOf = (queries: readonly Query[]) => sum(queries.map(({ sigma2 }) => toNumber(sigma2)));

/** A total's own queries, which may be one a month; null where the plan has none. */
function asked(queries: readonly Query[], universe: QueryUniverse): number | null {
  const own = queries.filter(({ table, of }) => table === null && of === universe);
  const whole = own.filter(({ month }) => month === null);
  const used = whole.length > 0 ? whole : own;
  return used.length === 0 ? null : varianceOf(used);
}

const isCell = ({ cell, margin, universe }: Query) => cell === 1 && margin === 0 && universe === 0;

const answeredByAll = (axis: Axis | null, vocabulary: Vocabulary): boolean =>
  axis === null ||
  axis.dimension === MONTH ||
  (!axis.several && findDimension(vocabulary, axis.dimension)?.required === true);

/** Each table whose cells together count every call of a universe once, as the variance of their sum. */
function sums(plan: Laid, universe: TableShape['universe'], vocabulary: Vocabulary): number[] {
  return plan.tables.flatMap(({ shape, queries }) => {
    const counts = [shape.rows, shape.columns].every((axis) => answeredByAll(axis, vocabulary));
    return shape.universe === universe && counts && queries.every(isCell) ? [varianceOf(queries)] : [];
  });
}

/** The conversations of the table of kinds. */
function conversationCell({ tables }: Laid): number[] {
  return tables.flatMap(({ shape, queries }) => {
    if (shape.rows.dimension !== KIND || shape.columns !== null) return [];
    const row = shape.rows.codes.findIndex(({ code }) => code === CONVERSATION);
    const own = queries.filter((query) => query.row === row && isCell(query));
    return own.length === 1 ? [varianceOf(own)] : [];
  });
}

interface Laid {
  readonly queries: readonly Query[];
  readonly tables: readonly { readonly shape: TableShape; readonly queries: readonly Query[] }[];
}

function layOut(plan: Plan, vocabulary: Vocabulary): Laid {
  const queries = compileQueries(plan, vocabulary, QUARTER);
  const tables = tableShapes(plan, vocabulary, QUARTER).map((shape) => ({
    shape,
    queries: queries.filter(({ table }) => table === shape.id),
  }));
  return { queries, tables };
}

const sure = (variance: number) => uncertaintyOf(variance, stepFor(variance));

/** Throws RangeError for a plan that names a dimension the vocabulary lacks; see `planProblem`. */
export function surenessOf(plan: Plan, vocabulary: Vocabulary): Sureness {
  const laid = layOut(plan, vocabulary);
  const { queries, tables } = laid;
  const known = (variance: number | null) => (variance === null ? [] : [variance]);
  const conversations = together([
    ...known(asked(queries, 'conversation')),
    ...sums(laid, 'conversation', vocabulary),
    ...conversationCell(laid),
  ]);
  const other = asked(queries, 'other');
  const contacts = together([
    ...known(asked(queries, 'all')),
    ...sums(laid, 'all', vocabulary),
    ...(other === null || conversations === null ? [] : [other + conversations]),
  ]);
  const totals = { all: contacts, conversation: conversations, other };
  // The cell alone, from an answer that holds the total so and so many times besides.
  const cell = ({ sigma2, cell: times, universe, of }: Query) =>
    (toNumber(sigma2) + universe ** 2 * (totals[of] ?? 0)) / times ** 2;
  const perTable = tables
    .map(({ queries: own }) => Math.max(...own.filter((query) => query.cell !== 0).map(cell)))
    .toSorted((a, b) => a - b);
  return {
    contacts: contacts === null ? null : sure(contacts),
    conversations: conversations === null ? null : sure(conversations),
    table: sure(perTable[Math.floor(perTable.length / 2)] ?? 0),
  };
}
