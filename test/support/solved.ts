/**
 * The counts that a quarter's queries were answered from, where the answers are without noise: each query says what is in
 * one cell, once its universe and its row are known.
 */
import type { Quarter } from '../../src/contract/period.js';
import { MONTH, tableShapes, type Plan, type TableShape } from '../../src/contract/plan.js';
import type { Query, QueryUniverse } from '../../src/contract/queries.js';
import { CONVERSATION, KIND, type Vocabulary } from '../../src/contract/vocabulary.js';

/** What a quarter was frozen with, and the exact answer of each query by its place; those that are not known are missing. */
interface Answered {
  readonly quarter: Quarter;
  readonly plan: Plan;
  readonly vocabulary: Vocabulary;
  readonly queries: readonly Query[];
  readonly answers: ReadonlyMap<number, number>;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** The calls of a universe, in a month or in the quarter; NaN where the answers do not say. */
function totalsOf({ queries, answers }: Answered) {
  const asked = (of: QueryUniverse, month: string | null) =>
    queries.flatMap((query, place) =>
      query.table === null && query.of === of && query.month === month ? [answers.get(place) ?? NaN] : [],
    );
  const months = [...new Set(queries.flatMap(({ month }) => month ?? []))];
  const total = (of: QueryUniverse, month: string | null): number => {
    if (of === 'all') return total('conversation', month) + total('other', month);
    const [own] = asked(of, month);
    if (own !== undefined) return own;
    return month === null && months.length > 0 ? sum(months.map((one) => total(of, one))) : NaN;
  };
  return total;
}

type Tables = Record<string, number[][]>;

/** The count of a cell that no query asks about, because it is a total. */
function unasked(shape: TableShape, row: number, column: number, total: ReturnType<typeof totalsOf>): number {
  const month = shape.rows.dimension === MONTH ? (shape.rows.codes[row]?.code ?? null) : null;
  const isTalk = [shape.rows.codes[row], shape.columns?.codes[column]].some(
    (code, axis) => code?.code === CONVERSATION && [shape.rows, shape.columns][axis]?.dimension === KIND,
  );
  return total(isTalk ? 'conversation' : shape.universe, month);
}

/** The counts of every table, rows x columns; NaN where the answers do not say. */
export function solved(answered: Answered): Tables {
  const { queries, answers, plan, vocabulary, quarter } = answered;
  const shapes = tableShapes(plan, vocabulary, quarter);
  const total = totalsOf(answered);
  const tables: Tables = {};
  const rowOf = ({ rows, universe }: TableShape, row: number): number => {
    if (rows.dimension === MONTH) return total(universe, rows.codes[row]?.code ?? null);
    const alone = shapes.find(
      (one) =>
        one.columns === null &&
        one.universe === universe &&
        one.rows.dimension === rows.dimension &&
        one.rows.level === rows.level,
    );
    return tables[alone?.id ?? '']?.[row]?.[0] ?? NaN;
  };
  for (const shape of shapes.toSorted((a, b) => Number(a.columns !== null) - Number(b.columns !== null))) {
    const own = queries.flatMap((query, place) => (query.table === shape.id ? [{ query, place }] : []));
    tables[shape.id] = shape.rows.codes.map((_, row) =>
      (shape.columns?.codes ?? [null]).map((_code, column) => {
        const found = own.find(({ query }) => query.row === row && query.column === column);
        if (found === undefined) return unasked(shape, row, column, total);
        const { cell, margin, universe, of, month } = found.query;
        const rest = (answers.get(found.place) ?? NaN) - (margin === 0 ? 0 : margin * rowOf(shape, row));
        return (rest - (universe === 0 ? 0 : universe * total(of, month))) / cell;
      }),
    );
  }
  return tables;
}
