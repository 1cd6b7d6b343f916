/**
 * The queries of a plan, without their noise yet. A family is queries of one table that have the same weights and the
 * same variance: `scale` x (calls in a cell), centred by what the totals or another table say, so that the same rho buys
 * more. Pure. Source: the design's protection rules ("Plan and queries").
 */
import { CONVERSATION, KIND } from './kind.js';
import { monthsOfQuarter, type Month, type Quarter } from './period.js';
import { isTableOf, MONTH, tableShapes, type Axis, type Plan, type TableShape } from './plan.js';
import type { Query } from './queries.js';
import { findDimension, type Vocabulary } from './vocabulary.js';

/** A query without its noise. */
export type Asked = Omit<Query, 'sigma2'>;

/** Queries that share their variance, scale^2 x s: in calls squared, s is what a cell has from its own query. */
export interface Family {
  /** The table and, where it has several families, what they ask; of totals what they count. */
  readonly id: string;
  readonly scale: number;
  /** s beside that of the plan's other families, where the plan is one's own: own-variances.ts. */
  readonly share: number;
  /** Whether contacts that were no conversation alone move it: they are in few tables. */
  readonly others: boolean;
  readonly queries: readonly Asked[];
}

const total = (of: Asked['of'], month: Month | null): Asked => ({
  ...{ table: null, row: null, column: null, month },
  ...{ cell: 0, margin: 0, universe: 1, of },
});

/** What is asked once for all tables: conversations and other contacts, by month where months are published. */
function totals(shapes: readonly TableShape[], months: readonly Month[]): Family[] {
  const share = 1 / Math.sqrt(1 + shapes.length);
  const one = { scale: 1, share };
  const conversations = {
    ...one,
    id: 'conversations',
    others: false,
    queries: [total('conversation', null)],
  };
  if (!shapes.some(({ rows }) => rows.dimension === MONTH))
    return [conversations, { ...one, id: 'other contacts', others: true, queries: [total('other', null)] }];
  return [
    conversations,
    {
      ...{ id: 'conversations by month', scale: 1, share: 1 / Math.sqrt(months.length), others: false },
      queries: months.map((month) => total('conversation', month)),
    },
    {
      ...{ ...one, id: 'other contacts by month', others: true },
      queries: months.map((month) => total('other', month)),
    },
  ];
}

/** A cell of a table as a query asks about it: by itself unless weights are given. */
interface Cell {
  readonly row: number;
  readonly column: number;
}

type Weights = Pick<Asked, 'cell'> & Partial<Pick<Asked, 'margin' | 'universe'>>;

/** Makes the queries of a table. The rows of months are asked and published month by month. */
const asking =
  ({ id, rows, universe }: TableShape, months: readonly Month[]) =>
  (weights: Weights) =>
  ({ row, column }: Cell): Asked => ({
    ...{ table: id, row, column, month: rows.dimension === MONTH ? (months[row] ?? null) : null },
    ...{ margin: 0, universe: 0, of: universe, ...weights },
  });

type Ask = ReturnType<typeof asking>;

const placesOf = (axis: Axis): number[] => axis.codes.map((_, place) => place);

const placesWhere = ({ codes }: Axis, is: (code: Axis['codes'][number]) => boolean): number[] =>
  codes.flatMap((code, place) => (is(code) ? [place] : []));

const isRequired = ({ dimension }: Axis, vocabulary: Vocabulary): boolean =>
  dimension === MONTH || findDimension(vocabulary, dimension)?.required === true;

/**
 * How to ask for answers of which a call may have several: `cell` for each answer that it may have with others, centred
 * by 1. Half as much again as would centre fully, which is dear under both budgets at once, and never less than `least`.
 * `dearest` is what a call with the most answers costs at s = 1, and `alone` the s of an answer that stands alone which
 * costs no more.
 */
function severalAnswers(axis: Axis, least: number) {
  const others = placesWhere(axis, ({ alone }) => !alone);
  const most = Math.min(axis.most, others.length);
  const cell = Math.max(least, Math.ceil((1.5 * others.length) / axis.most));
  const more = most * (1 - 2 / cell);
  return {
    others,
    alone: placesWhere(axis, ({ alone }) => alone),
    cell,
    dearest: others.length / cell ** 2 + more,
    sharedAlone: more === 0 ? 1 : 1 / more,
  };
}

const LEAST_IN_GROUPS = 4;
const LEAST_OF_LEAVES = 8;
const LEAST_CROSSED = 3;

/** A table of one question with several answers to a call. */
function severalFamilies({ id, rows }: TableShape, ask: Ask): Family[] {
  const { others, alone, cell, sharedAlone } = severalAnswers(
    rows,
    rows.level === 'top' ? LEAST_IN_GROUPS : LEAST_OF_LEAVES,
  );
  // Two calls differ in so many of the answers at most, and every answer is a cell.
  const share =
    others.length === 0 ? 1 : Math.sqrt(Math.min(2 * rows.most, others.length) / (2 * others.length));
  const inRow = (row: number) => ({ row, column: 0 });
  return [
    {
      ...{ id: `${id}: alone`, scale: 1, share: share * sharedAlone, others: false },
      queries: alone.map(inRow).map(ask({ cell: 1 })),
    },
    {
      ...{ id, scale: cell, share, others: false },
      queries: others.map(inRow).map(ask({ cell, universe: -1 })),
    },
  ];
}

/** A table of one question with one answer to a call: how its universe divides. */
function oneWayFamily({ id, rows }: TableShape, vocabulary: Vocabulary, ask: Ask): Family {
  const cells = placesOf(rows).map((row) => ({ row, column: 0 }));
  const [scale, share] = [cells.length, 1 / Math.sqrt(Math.max(1, cells.length - 1))];
  const family = { id, scale, share, others: false };
  if (scale > 1) return { ...family, queries: cells.map(ask({ cell: scale, universe: -1 })) };
  // The only answer there is: all of its universe, where every call has to have one.
  return { ...family, queries: isRequired(rows, vocabulary) ? [] : cells.map(ask({ cell: 1 })) };
}

/** The kinds of contact: the conversations among them are a total. */
function kindFamily({ id, rows }: TableShape, shared: number, ask: Ask): Family {
  const others = placesWhere(rows, ({ code }) => code !== CONVERSATION);
  return {
    ...{ id, scale: 1, share: shared, others: true },
    queries: others.map((row) => ({ row, column: 0 })).map(ask({ cell: 1 })),
  };
}

/** Whether it is known how many calls are in each row of a cross table: from its own table, or from the months' totals. */
function rowsAreKnown(shape: TableShape, shapes: readonly TableShape[], vocabulary: Vocabulary): boolean {
  const { rows, columns, universe } = shape;
  if (columns === null || !isRequired(columns, vocabulary)) return false;
  return rows.dimension === MONTH || shapes.some((one) => isTableOf(one, rows, universe));
}

/**
 * s of the cells of a cross table beside that of a table of one question: twice what would make the mean over all cells
 * least, for crosses have most cells, and the tables of the questions themselves would be much less sure than they were.
 */
const shareOfCross = (cells: number): number => 2 / Math.sqrt(cells);

const crossOf = (rows: readonly number[], columns: readonly number[]): Cell[] =>
  rows.flatMap((row) => columns.map((column) => ({ row, column })));

/** A cross table of a question with one answer to a call by one with several: how each row divides. */
function crossedSeveral({ id, rows }: TableShape, columns: Axis, ask: Ask): Family[] {
  const { others, alone, cell, dearest, sharedAlone } = severalAnswers(columns, LEAST_CROSSED);
  const down = placesOf(rows);
  const share =
    others.length === 0
      ? shareOfCross(down.length * alone.length)
      : shareOfCross(down.length * others.length) * Math.sqrt(dearest);
  return [
    {
      ...{ id: `${id}: alone`, scale: 1, share: share * sharedAlone, others: false },
      queries: crossOf(down, alone).map(ask({ cell: 1 })),
    },
    {
      ...{ id, scale: cell, share, others: false },
      queries: crossOf(down, others).map(ask({ cell, margin: -1 })),
    },
  ];
}

/** Any other cross table: its cells, those of contacts that were no conversation apart. */
function crossedFamilies(
  { id, rows, universe }: TableShape,
  columns: Axis,
  shared: number,
  ask: Ask,
): Family[] {
  const cells = crossOf(placesOf(rows), placesOf(columns));
  const isOther = ({ row, column }: Cell) =>
    universe === 'all' &&
    ((rows.dimension === KIND && rows.codes[row]?.code !== CONVERSATION) ||
      (columns.dimension === KIND && columns.codes[column]?.code !== CONVERSATION));
  const others = cells.filter(isOther);
  // Conversations by month are a total.
  const asked =
    rows.dimension === MONTH && columns.dimension === KIND ? [] : cells.filter((one) => !isOther(one));
  return [
    {
      ...{ id, scale: 1, share: shareOfCross(asked.length), others: false },
      queries: asked.map(ask({ cell: 1 })),
    },
    {
      ...{ id: `${id}: other contacts`, scale: 1, share: shared, others: true },
      queries: others.map(ask({ cell: 1 })),
    },
  ];
}

function tableFamilies(
  shape: TableShape,
  shapes: readonly TableShape[],
  vocabulary: Vocabulary,
  months: readonly Month[],
): Family[] {
  const { rows, columns, universe } = shape;
  const ask = asking(shape, months);
  const shared = 1 / Math.sqrt(1 + shapes.length);
  if (columns !== null) {
    const isRow = !rows.several && (rows.dimension !== KIND || universe === 'conversation');
    return columns.several && isRow && rowsAreKnown(shape, shapes, vocabulary)
      ? crossedSeveral(shape, columns, ask)
      : crossedFamilies(shape, columns, shared, ask);
  }
  // Months are totals; every table of theirs has been asked with them.
  if (rows.dimension === MONTH) return [];
  if (rows.dimension === KIND) return [kindFamily(shape, shared, ask)];
  return rows.several ? severalFamilies(shape, ask) : [oneWayFamily(shape, vocabulary, ask)];
}

/** The families of a plan's queries: the totals, then those of each table. One without any query is left out. */
export function familiesOf(plan: Plan, vocabulary: Vocabulary, quarter: Quarter): Family[] {
  const shapes = tableShapes(plan, vocabulary, quarter);
  const months = monthsOfQuarter(quarter);
  const families = [
    ...totals(shapes, months),
    ...shapes.flatMap((shape) => tableFamilies(shape, shapes, vocabulary, months)),
  ];
  return families.filter(({ queries }) => queries.length > 0);
}
