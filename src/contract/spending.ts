/**
 * What a list of queries spends at most, decided exactly from the list and the plan's tables alone: on one call, and on
 * which of two stories a call told. Pure. Source: the design's protection rules ("Two budgets").
 *
 * Every call is in a situation: a conversation or not, in a month. In it the answers to the questions of one table say
 * nothing of another's, so the most that a call spends is the sum of the most that it spends on each table; likewise for
 * two calls in two situations, where each query pays for their difference. To have no answer is always among what may be,
 * so that rows which no honest web process writes are paid for as well.
 */
import { mostApart, mostOfOne, type Answer } from './most-apart.js';
import { MONTH, type TableShape } from './plan.js';
import type { Query } from './queries.js';
import { lcm, reduced, type Rational } from './rational.js';
import {
  axesOf,
  axisName,
  canBeAt,
  clustersOf,
  isAnswered,
  situationsOf,
  waysOf,
  type Pair,
  type Situation,
} from './situations.js';

/** What a list of queries spends at most: on one call, and on which of two stories a call told. */
export interface Spending {
  readonly call: Rational;
  readonly story: Rational;
}

/** Where a call is as a query sees it: outside of its row, in the row, or in its cell too. */
type Where = 'out' | 'row' | 'cell';

/** A query, and what moving it by 1 costs in whole parts. */
interface Priced extends Query {
  readonly price: bigint;
  /** Equal for equal prices. */
  readonly priceId: number;
}

/** By how much a call moves a query of a table. */
function moved(query: Priced, table: TableShape | null, call: Situation | null, where: Where): number {
  if (call === null || (query.month !== null && query.month !== call.month)) return 0;
  const { of, cell, margin, universe } = query;
  const around = of === 'all' || (of === 'conversation') === call.conversation ? universe : 0;
  if (where === 'out' || !isAnswered(table, call)) return around;
  return around + margin + (where === 'cell' ? cell : 0);
}

const sumOf = (parts: readonly bigint[]): bigint => parts.reduce((sum, part) => sum + part, 0n);

/** What the difference between two calls costs over some queries, by where either is as the queries see it. */
type Cost = (queries: readonly Priced[], one: Where, other: Where) => bigint;

const costOf =
  (table: TableShape | null, pair: Pair): Cost =>
  (queries, one, other) => {
    let sum = 0n;
    for (const query of queries) {
      const by = moved(query, table, pair.one, one) - moved(query, table, pair.other, other);
      if (by !== 0) sum += BigInt(by * by) * query.price;
    }
    return sum;
  };

/** Some queries by a place; those that have none are left out. */
function grouped(queries: readonly Priced[], placeOf: (query: Priced) => number | null) {
  const groups = new Map<number, Priced[]>();
  for (const query of queries) {
    const place = placeOf(query);
    if (place === null) continue;
    const group = groups.get(place) ?? [];
    groups.set(place, group);
    group.push(query);
  }
  return groups;
}

/** What it is worth that calls in a row are in a cell of it as well, by column: for either call alone, or for both. */
function alongRow({ columns }: TableShape, row: readonly Priced[], cost: Cost) {
  const byColumn = grouped(row, ({ column }) => column);
  const codes = columns?.codes ?? [{ alone: false }];
  const canBe = (call: Situation, place: number) => columns === null || canBeAt(columns, place, call);
  const cells = codes.map(({ alone }, place) => ({ alone, place, cell: byColumn.get(place) ?? [] }));
  const more = (cell: readonly Priced[], now: readonly [Where, Where], then: readonly [Where, Where]) =>
    cost(cell, ...then) - cost(cell, ...now);
  return {
    ofFirst: (call: Situation) =>
      cells.map(({ alone, place, cell }) => ({
        alone,
        worth: canBe(call, place) ? more(cell, ['row', 'out'], ['cell', 'out']) : null,
      })),
    ofSecond: (call: Situation) =>
      cells.map(({ alone, place, cell }) => ({
        alone,
        worth: canBe(call, place) ? more(cell, ['out', 'row'], ['out', 'cell']) : null,
      })),
    ofBoth: (one: Situation, other: Situation): Answer[] =>
      cells.map(({ alone, place, cell }) => {
        const [first, second] = [canBe(one, place), canBe(other, place)];
        const inRow = ['row', 'row'] as const;
        return {
          alone,
          first: first ? more(cell, inRow, ['cell', 'row']) : null,
          second: second ? more(cell, inRow, ['row', 'cell']) : null,
          both: first && second ? more(cell, inRow, ['cell', 'cell']) : null,
        };
      }),
  };
}

const greatest = (numbers: readonly bigint[]): bigint =>
  numbers.reduce((most, one) => (one > most ? one : most), 0n);

/** What is left of answers that both calls have where it is known that they have the same, or that they do not. */
const asGiven = (answers: readonly Answer[], same: boolean | undefined): Answer[] =>
  same === undefined
    ? [...answers]
    : answers.map((answer) => (same ? { ...answer, first: null, second: null } : { ...answer, both: null }));

/** Being in none of a table's rows. */
const nowhere: Answer = { alone: true, first: 0n, second: 0n, both: 0n };

/** The most that calls in the rows of a table are worth, either of them or both in none. */
function mostInRows(table: TableShape, rows: readonly Answer[], { one, other, same }: Pair): bigint {
  const given = same.get(axisName(table.rows));
  if (given !== true) return mostApart([nowhere, ...asGiven(rows, given)], table.rows.most) ?? 0n;
  // Of two calls with the same answer one alone can be in its row where the other does not enter the table.
  const enter = table.columns === null && [one, other].every((call) => isAnswered(table, call));
  const worth = rows.flatMap(({ first, second, both }) => (enter ? [both] : [first, second, both]));
  return greatest(worth.map((more) => more ?? 0n));
}

const plus = (a: bigint, b: bigint | null): bigint | null => (b === null ? null : a + b);

/** What a row is worth at most: when the first call alone is in it, the second, and both. */
function answerOf(table: TableShape, place: number, row: readonly Priced[], pair: Pair): Answer {
  const { one, other, same } = pair;
  const most = table.columns?.most ?? 1;
  const cost = costOf(table, pair);
  const along = alongRow(table, row, cost);
  const sameColumn = table.columns === null ? undefined : same.get(axisName(table.columns));
  const inRow = (a: Where, b: Where) => cost(row, a, b) - cost(row, 'out', 'out');
  const canBe = (call: Situation) => isAnswered(table, call) && canBeAt(table.rows, place, call);
  const first = canBe(one);
  const second = other !== null && canBe(other);
  return {
    alone: table.rows.codes[place]?.alone === true,
    first: first ? plus(inRow('row', 'out'), mostOfOne(along.ofFirst(one), most)) : null,
    second: second ? plus(inRow('out', 'row'), mostOfOne(along.ofSecond(other), most)) : null,
    both:
      first && second
        ? plus(inRow('row', 'row'), mostApart(asGiven(along.ofBoth(one, other), sameColumn), most))
        : null,
  };
}

/** A table, null for the totals, with what is asked about it. Rows of one form are asked about in the same way. */
interface Asked {
  readonly table: TableShape | null;
  readonly queries: readonly Priced[];
  /** The queries that a call moves without being in the table. */
  readonly around: readonly Priced[];
  readonly rows: readonly {
    readonly place: number;
    readonly queries: readonly Priced[];
    readonly form: string;
  }[];
}

const formOf = (queries: readonly Priced[]): string =>
  queries
    .map(({ column, month, cell, margin, universe, of, priceId }) =>
      [column, month, cell, margin, universe, of, priceId].join(),
    )
    .join(';');

const askedOf = (table: TableShape | null, queries: readonly Priced[]): Asked => ({
  ...{ table, queries, around: queries.filter(({ universe }) => universe !== 0) },
  rows: [...grouped(queries, ({ row }) => row)].map(([place, own]) => ({
    ...{ place, queries: own },
    form: formOf(own),
  })),
});

/** The most that two calls spend on the queries of one table, or on the totals. */
function spentOn({ table, around, rows }: Asked, pair: Pair): bigint {
  const base = costOf(table, pair)(around, 'out', 'out');
  if (table === null) return base;
  const known = new Map<string, Answer>();
  const answers = rows.map(({ place, queries: row, form }) => {
    const { one, other } = pair;
    const canBe = [one, other].map((call) => call !== null && canBeAt(table.rows, place, call));
    const key = `${String(table.rows.codes[place]?.alone)} ${canBe.join()} ${form}`;
    const answer = known.get(key) ?? answerOf(table, place, row, pair);
    known.set(key, answer);
    return answer;
  });
  return base + mostInRows(table, answers, pair);
}

/** The most that two calls spend on a table; worked out once for all that it does not ask about. */
function tableSpending(asked: Asked): (pair: Pair) => bigint {
  const { table, queries } = asked;
  const monthly = table?.rows.dimension === MONTH || queries.some(({ month }) => month !== null);
  const known = new Map<string, bigint>();
  const axes = table === null ? [] : axesOf(table);
  const seenAs = (call: Situation | null) =>
    call && [
      ...[call.conversation, monthly && call.month],
      axes.map(({ dimension }) => call.alone.get(dimension)),
    ];
  return (pair) => {
    const same = axes.map((axis) => pair.same.get(axisName(axis)));
    const key = JSON.stringify([seenAs(pair.one), seenAs(pair.other), same]);
    const spent = known.get(key) ?? spentOn(asked, pair);
    known.set(key, spent);
    return spent;
  };
}

/** Queries by their table, each with its price; queries of one variance are priced once. */
function pricedByTable(queries: readonly Query[], priceOf: (sigma2: Rational) => bigint) {
  const prices = new Map<Rational, bigint>();
  const ids = new Map<bigint, number>();
  const tables = new Map<string | null, Priced[]>();
  for (const query of queries) {
    const price = prices.get(query.sigma2) ?? priceOf(query.sigma2);
    prices.set(query.sigma2, price);
    const priceId = ids.get(price) ?? ids.size;
    ids.set(price, priceId);
    const own = tables.get(query.table) ?? [];
    tables.set(query.table, own);
    own.push({ ...query, price, priceId });
  }
  return tables;
}

/**
 * The most that a list of queries spends, in the parts in which `priceOf` says what it costs to move by 1 a query of a variance;
 * `shapes` are the plan's tables.
 */
export function spentInParts(
  queries: readonly Query[],
  shapes: readonly TableShape[],
  priceOf: (sigma2: Rational) => bigint,
): { readonly call: bigint; readonly story: bigint } {
  const priced = pricedByTable(queries, priceOf);
  const clusters = clustersOf(queries, shapes).map((cluster) => ({
    cluster,
    spending: cluster.tables.map((table) =>
      tableSpending(askedOf(table, priced.get(table?.id ?? null) ?? [])),
    ),
  }));
  const spent = (calls: Pick<Pair, 'one' | 'other'>) =>
    sumOf(
      clusters.map(({ cluster, spending }) =>
        greatest(waysOf(calls, cluster).map((pair) => sumOf(spending.map((of) => of(pair))))),
      ),
    );
  const situations = situationsOf(queries, shapes);
  return {
    call: greatest(situations.map((one) => spent({ one, other: null }))),
    story: greatest(
      situations.flatMap((one, index) => situations.slice(index).map((other) => spent({ one, other }))),
    ),
  };
}

/** The spending of a list of queries, exactly. */
export function spendingOf(queries: readonly Query[], shapes: readonly TableShape[]): Spending {
  const variances = queries.map(({ sigma2 }) => reduced(sigma2));
  const parts = [...new Set(variances.map(({ numerator }) => 2n * numerator))].reduce(lcm, 1n);
  const { call, story } = spentInParts(
    queries,
    shapes,
    (sigma2) => (parts * sigma2.denominator) / (2n * sigma2.numerator),
  );
  return {
    call: reduced({ numerator: call, denominator: parts }),
    story: reduced({ numerator: story, denominator: parts }),
  };
}
