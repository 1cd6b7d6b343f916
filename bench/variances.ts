/**
 * How sure the numbers of a plan are: by least squares over all answers of its queries, worked out from calls themselves
 * and the production counter, in another way than the product does. Whatever the counts are, they are sums of what calls
 * enter, so it is enough to look at as many calls as there are independent ways to be counted.
 */
import { compileOlderQueries } from '../src/contract/compile.js';
import { monthsOfQuarter, type Month, type Quarter } from '../src/contract/period.js';
import { MONTH, tableShapes, toNumber, type Plan } from '../src/contract/plan.js';
import { universes, type Query, type QueryUniverse } from '../src/contract/queries.js';
import type { Vocabulary } from '../src/contract/vocabulary.js';
import { callCounter } from '../src/keeping/count-call.js';

/** What is counted by, and what is asked. */
interface Asked {
  readonly quarter: Quarter;
  readonly plan: Plan;
  readonly vocabulary: Vocabulary;
  readonly queries: readonly Query[];
}

/** The variances of the cells of each table, row by row, and of the totals of the quarter. */
export interface Variances {
  readonly tables: ReadonlyMap<string, readonly number[]>;
  readonly totals: Readonly<Record<QueryUniverse, number>>;
}

/** A call by what it enters and what it moves. */
interface Counted {
  readonly enters: Float64Array;
  readonly moves: Float64Array;
}

const dot = (one: Float64Array, other: Float64Array): number => {
  let sum = 0;
  for (let place = 0; place < one.length; place += 1) sum += (one[place] ?? 0) * (other[place] ?? 0);
  return sum;
};

/** Takes so many times one vector from another. */
function take(from: Float64Array, what: Float64Array, times: number): void {
  for (let place = 0; place < from.length; place += 1)
    from[place] = (from[place] ?? 0) - times * (what[place] ?? 0);
}

/** What is left of a vector of counts, relative to its length, that others imply. */
const IMPLIED = 1e-9;

/** The calls that do not enter what sums of those before them enter (Gram and Schmidt, again for what rounding leaves). */
function independent(calls: Iterable<Counted>): Counted[] {
  const kept: Counted[] = [];
  const directions: Float64Array[] = [];
  const without = (rest: Float64Array) => {
    for (const direction of directions) take(rest, direction, dot(rest, direction));
    return Math.sqrt(dot(rest, rest));
  };
  for (const call of calls) {
    const rest = Float64Array.from(call.enters);
    if (without(rest) <= IMPLIED * Math.sqrt(dot(call.enters, call.enters))) continue;
    const length = without(rest);
    directions.push(rest.map((one) => one / length));
    kept.push(call);
  }
  return kept;
}

/** The lower triangle L with L L' = a matrix. Throws RangeError where the answers do not say all that is counted. */
function cholesky(matrix: readonly Float64Array[]): Float64Array[] {
  const lower: Float64Array[] = [];
  for (const [row, line] of matrix.entries()) {
    const own = new Float64Array(matrix.length);
    for (let column = 0; column <= row; column += 1) {
      const other = column === row ? own : (lower[column] ?? own);
      let rest = line[column] ?? 0;
      for (let place = 0; place < column; place += 1) rest -= (own[place] ?? 0) * (other[place] ?? 0);
      if (column === row && rest <= 1e-12 * (line[row] ?? 0))
        throw new RangeError('The answers do not say all that is counted.');
      own[column] = column === row ? Math.sqrt(rest) : rest / (other[column] ?? NaN);
    }
    lower.push(own);
  }
  return lower;
}

/** The squared length of L^-1 v. */
function squaredBehind(lower: readonly Float64Array[], vector: readonly number[]): number {
  const solved = new Float64Array(vector.length);
  let sum = 0;
  for (const [row, line] of lower.entries()) {
    let rest = vector[row] ?? 0;
    for (let place = 0; place < row; place += 1) rest -= (line[place] ?? 0) * (solved[place] ?? 0);
    const one = rest / (line[row] ?? NaN);
    solved[row] = one;
    sum += one * one;
  }
  return sum;
}

/** The variance of each thing that calls can enter, by least squares over the queries they move. */
function variancesOf(calls: Iterable<Counted>, sigma2: readonly number[]): number[] {
  const basis = independent(calls);
  const scaled = basis.map(({ moves }) => moves.map((by, query) => by / Math.sqrt(sigma2[query] ?? NaN)));
  const normal = scaled.map((one) => Float64Array.from(scaled.map((other) => dot(one, other))));
  const lower = cholesky(normal);
  const [first] = basis;
  return Array.from(first?.enters ?? [], (_, place) =>
    squaredBehind(
      lower,
      basis.map(({ enters }) => enters[place] ?? 0),
    ),
  );
}

/** The same numbers at every run, 0 to n - 1. */
function repeatable(): (n: number) => number {
  let state = 1;
  return (n) => (state = (state * 48_271) % 2_147_483_647) % n;
}

const CALLS_TO_A_NUMBER = 12;

/** So many calls as any could be, of a month or of all: numbers with the vocabulary's codes, and none where none may be. */
function* anyCalls(
  { dimensions }: Vocabulary,
  months: readonly Month[],
  many: number,
): Generator<{ month: Month; codes: number[] }> {
  const below = repeatable();
  for (let call = 0; call < many; call += 1) {
    const codes = dimensions.flatMap(({ id, required, max, codes: own }) => {
      const leaves = own.flatMap(({ group }, index) => (group === true ? [] : [index + 1]));
      const pick = () => leaves[below(leaves.length)] ?? 0;
      // Nearly all calls are conversations, for there is most to be told of them.
      if (id === 'kind' && below(6) > 0) return [own.findIndex((code) => code.id === 'conversation') + 1];
      if (!required && below(4) === 0) return new Array<number>(max).fill(0);
      const some = 1 + below(max);
      return Array.from({ length: max }, (_, slot) => (slot < some ? pick() : 0));
    });
    yield { month: months[call % months.length] ?? '', codes };
  }
}

/** Counts calls by what they enter, each a probe, and by what they move. */
function* counted(
  asked: Asked,
  probes: readonly Query[],
  queries: readonly Query[],
  months: readonly Month[],
) {
  const count = callCounter({ ...asked, queries: [...probes, ...queries] });
  for (const call of anyCalls(asked.vocabulary, months, CALLS_TO_A_NUMBER * (probes.length + 20))) {
    const one = { enters: new Float64Array(probes.length), moves: new Float64Array(queries.length) };
    count(call, (query, by) => {
      if (query < probes.length) one.enters[query] = (one.enters[query] ?? 0) + by;
      else one.moves[query - probes.length] = (one.moves[query - probes.length] ?? 0) + by;
    });
    yield one;
  }
}

const UNIT = { numerator: 1n, denominator: 1n };

const totalOf = (of: QueryUniverse, month: Month | null): Query => ({
  ...{ table: null, row: null, column: null, month },
  ...{ cell: 0, margin: 0, universe: 1, of, sigma2: UNIT },
});

/** How sure a plan's numbers are: rows of months by what their month says alone, as they are published, all else by all. */
export function variancesOfPlan(asked: Asked): Variances {
  const { quarter, plan, vocabulary, queries } = asked;
  const months = monthsOfQuarter(quarter);
  const cells = compileOlderQueries(plan, vocabulary, quarter, UNIT);
  const monthly = new Set(
    tableShapes(plan, vocabulary, quarter).flatMap(({ id, rows }) => (rows.dimension === MONTH ? [id] : [])),
  );
  const solve = (probes: readonly Query[], own: readonly Query[], among: readonly Month[]) =>
    variancesOf(
      counted(asked, probes, own, among),
      own.map(({ sigma2 }) => toNumber(sigma2)),
    );
  const totals = universes.map((of) => totalOf(of, null));
  // Months are looked at with all else, or what their queries say of it would be lost.
  const byMonth =
    monthly.size > 0 ? months.flatMap((month) => universes.map((of) => totalOf(of, month))) : [];
  const all = solve([...totals, ...cells, ...byMonth], queries, months);
  const variances = new Map(cells.map((cell, place) => [cell, all[totals.length + place] ?? NaN]));
  for (const month of monthly.size > 0 ? months : []) {
    const own = cells.filter((cell) => monthly.has(cell.table ?? '') && cell.month === month);
    const probes = [...universes.map((of) => totalOf(of, month)), ...own];
    const alone = solve(
      probes,
      queries.filter((query) => query.month === month),
      [month],
    );
    own.forEach((cell, place) => variances.set(cell, alone[universes.length + place] ?? NaN));
  }
  const tables = plan.tables.map(({ id }): [string, number[]] => [
    id,
    cells.flatMap((cell) => (cell.table === id ? [variances.get(cell) ?? NaN] : [])),
  ]);
  return {
    tables: new Map(tables),
    totals: { all: all[0] ?? NaN, conversation: all[1] ?? NaN, other: all[2] ?? NaN },
  };
}
