/**
 * What is given of a call, whatever else it answers: whether it was a conversation, its month, and of a question with
 * several answers whether it has one that stands alone; and of two calls whether they have the same answer. What matters
 * in several tables of a plan is looked at once for all of them, so that no call is taken to be two things at once. Pure.
 */
import { CONVERSATION, KIND } from './kind.js';
import { MONTH, type Axis, type TableShape } from './plan.js';
import type { Query } from './queries.js';

/** What is given of a call. */
export interface Situation {
  readonly conversation: boolean;
  /** Null for a month that no query asks about. */
  readonly month: string | null;
  /** By question: whether the call's answer stands alone. Of other questions nothing is given. */
  readonly alone: ReadonlyMap<string, boolean>;
}

/** Two calls' situations; the second null where there is one call alone. */
export interface Pair {
  readonly one: Situation;
  readonly other: Situation | null;
  /** By axis: whether both are at the same place of it. Of other axes nothing is given. */
  readonly same: ReadonlyMap<string, boolean>;
}

/** An axis by what it counts: at each level of a question two calls can be the same or not. */
export const axisName = ({ dimension, level }: Axis): string => `${dimension} ${level}`;

/** Whether a call enters a table at all. */
export const isAnswered = (table: TableShape | null, call: Situation | null): boolean =>
  table !== null && call !== null && (table.universe === 'all' || call.conversation);

/** Whether a call in a situation can be at a place of an axis. */
export function canBeAt({ dimension, codes }: Axis, place: number, call: Situation): boolean {
  const code = codes[place];
  if (dimension === MONTH) return code?.code === call.month;
  if (dimension === KIND) return (code?.code === CONVERSATION) === call.conversation;
  return (call.alone.get(dimension) ?? code?.alone) === code?.alone;
}

/** The months that calls can be in, as far as these queries and tables tell them apart. */
function monthsOf(queries: readonly Query[], shapes: readonly TableShape[]): (string | null)[] {
  const axis = shapes.find(({ rows }) => rows.dimension === MONTH)?.rows.codes.map(({ code }) => code);
  return [...new Set([...(axis ?? [null]), ...queries.flatMap(({ month }) => month ?? [])])];
}

/** The situations of calls by kind and month. */
export const situationsOf = (queries: readonly Query[], shapes: readonly TableShape[]): Situation[] =>
  monthsOf(queries, shapes).flatMap((month) =>
    [true, false].map((conversation) => ({ conversation, month, alone: new Map<string, boolean>() })),
  );

/** The axes of a table: its rows, and its columns where it has any. */
export const axesOf = ({ rows, columns }: TableShape): Axis[] => [
  rows,
  ...(columns === null ? [] : [columns]),
];

/** The questions with answers that stand alone which several tables count. */
function questionsInCommon(shapes: readonly TableShape[]): Set<string> {
  const axes = shapes.flatMap(axesOf).filter(({ several }) => several);
  const inCommon = axes.filter(({ dimension, codes }) => {
    const same = axes.filter((axis) => axis.dimension === dimension);
    return codes.some(({ alone }) => alone) && same.length > 1 && same.every(({ aloneApart }) => aloneApart);
  });
  return new Set(inCommon.map(({ dimension }) => dimension));
}

/** The axes, each with one answer to a call, whose rows are asked about as such: two calls pay less for them together. */
function rowsAskedAbout(queries: readonly Query[], shapes: readonly TableShape[]): Set<string> {
  const tables = new Set(queries.flatMap(({ table, margin }) => (margin === 0 ? [] : [table])));
  const asked = shapes.filter(({ id, rows }) => tables.has(id) && !rows.several && rows.dimension !== MONTH);
  return new Set(asked.map(({ rows }) => axisName(rows)));
}

/** Tables that hang together, and by what: questions whose answers stand alone or not, axes that are the same or not. */
export interface Cluster {
  readonly tables: readonly (TableShape | null)[];
  readonly questions: readonly string[];
  readonly axes: readonly string[];
}

/** Each doubles what is looked at, or more. What is left out is looked at table by table, which never costs too little. */
const MOST_IN_COMMON = 3;

const isAnyOf = (some: readonly string[], others: readonly string[]): boolean =>
  some.some((one) => others.includes(one));

/** Parts a plan's tables, and the totals, into clusters that have nothing of this in common. */
export function clustersOf(queries: readonly Query[], shapes: readonly TableShape[]): Cluster[] {
  const [inCommon, asked] = [questionsInCommon(shapes), rowsAskedAbout(queries, shapes)];
  let clusters: Cluster[] = [{ tables: [null], questions: [], axes: [] }];
  for (const table of shapes) {
    const own = axesOf(table);
    const questions = own.map(({ dimension }) => dimension).filter((dimension) => inCommon.has(dimension));
    const axes = own.map(axisName).filter((name) => asked.has(name));
    const near = clusters.filter(
      (cluster) => isAnyOf(cluster.questions, questions) || isAnyOf(cluster.axes, axes),
    );
    const merged = {
      tables: [...near.flatMap(({ tables }) => tables), table],
      questions: [...new Set([...near.flatMap((cluster) => cluster.questions), ...questions])],
      axes: [...new Set([...near.flatMap((cluster) => cluster.axes), ...axes])],
    };
    clusters = [...clusters.filter((cluster) => !near.includes(cluster)), merged];
  }
  return clusters.map(({ tables, questions, axes }) => ({
    tables,
    questions: questions.slice(0, MOST_IN_COMMON),
    axes: axes.slice(0, Math.max(0, MOST_IN_COMMON - questions.length)),
  }));
}

/** Every way in which each of these can be so or not. */
const everyWay = (names: readonly string[]): ReadonlyMap<string, boolean>[] =>
  names.reduce<ReadonlyMap<string, boolean>[]>(
    (ways, name) => ways.flatMap((way) => [true, false].map((is) => new Map([...way, [name, is]]))),
    [new Map()],
  );

/** One call, or two, in every way in which they can stand to what a cluster has in common. */
export function waysOf(
  { one, other }: Pick<Pair, 'one' | 'other'>,
  { questions, axes }: Pick<Cluster, 'questions' | 'axes'>,
): Pair[] {
  const ways = (call: Situation) => everyWay(questions).map((alone) => ({ ...call, alone }));
  if (other === null) return ways(one).map((first) => ({ one: first, other, same: new Map() }));
  return ways(one).flatMap((first) =>
    ways(other).flatMap((second) => everyWay(axes).map((same) => ({ one: first, other: second, same }))),
  );
}
