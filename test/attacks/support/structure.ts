/**
 * What everybody knows about true counts before seeing any: which cells add up to the same number of calls. From
 * the plan and the vocabulary alone. Counts are those of the cells of a layout, and after them the totals of conversations
 * and of other contacts, in each month where the plan has months.
 */
import { MONTH, type Axis, type TableShape, type Universe } from '../../../src/contract/plan.js';
import type { QueryUniverse } from '../../../src/contract/queries.js';
import {
  CONVERSATION,
  KIND,
  codesAtLevel,
  findDimension,
  topOf,
  type Dimension,
  type Level,
} from '../../../src/contract/vocabulary.js';
import {
  columnsOf,
  countCells,
  isConversation,
  MONTHS,
  sizeOf,
  vocabulary,
  type Call,
  type Layout,
} from './line.js';

/** low <= sum of coefficient x count <= high, over counts by number. */
export interface Relation {
  readonly terms: ReadonlyMap<number, number>;
  readonly low: number;
  readonly high: number;
}

const dimensionOf = (id: string): Dimension | undefined => findDimension(vocabulary, id);

/** Whether a call of the universe has exactly one place on the axis. */
function onePlace({ dimension: id }: Axis): boolean {
  const dimension = dimensionOf(id);
  return id === MONTH || (dimension !== undefined && dimension.max === 1 && dimension.required);
}

/** Whether each call of a table's universe is in exactly one of its cells. */
export const countsOnce = ({ rows, columns }: TableShape): boolean =>
  onePlace(rows) && (columns === null || onePlace(columns));

/** Counts that are added up, by number. */
export type Cells = readonly number[];

/** The cells of one place on an axis of a table. */
function line(layout: Layout, table: number, along: 'rows' | 'columns', place: number): number[] {
  const shape = layout.shapes[table];
  const offset = layout.offsets[table] ?? 0;
  if (shape === undefined) return [];
  const width = columnsOf(shape);
  return along === 'rows'
    ? Array.from({ length: width }, (_, column) => offset + place * width + column)
    : shape.rows.codes.map((_, row) => offset + row * width + place);
}

const keyOf = (universe: Universe, dimension: string, level: Level, code: string) =>
  [universe, dimension, level, code].join(' ');
const totalKey = (universe: QueryUniverse, month: string | null) => `total ${universe} ${month ?? ''}`;

/** The months of totals; null where the quarter's are the only ones. */
const partsOf = ({ shapes }: Layout): (string | null)[] =>
  shapes.some(({ rows }) => rows.dimension === MONTH) ? MONTHS : [null];

/** How many counts there are. */
export const countsOf = (layout: Layout): number => layout.cells + 2 * partsOf(layout).length;

/** The true counts. */
export function countsIn(layout: Layout, calls: readonly Call[]): number[] {
  const parts = partsOf(layout);
  const counts = [...countCells(layout.cells, calls.map(layout.cellsOf)), ...parts.flatMap(() => [0, 0])];
  for (const call of calls) {
    const part = Math.max(0, parts.indexOf(call.month));
    const place = layout.cells + 2 * part + (isConversation(call) ? 0 : 1);
    counts[place] = (counts[place] ?? NaN) + 1;
  }
  return counts;
}

type Add = (key: string, cells: Cells) => void;

function addTotals(layout: Layout, add: Add): void {
  const parts = partsOf(layout);
  const own = { conversation: [] as number[], other: [] as number[] };
  for (const [place, month] of parts.entries()) {
    const [talks, others] = [layout.cells + 2 * place, layout.cells + 2 * place + 1];
    own.conversation.push(talks);
    own.other.push(others);
    if (month === null) continue;
    add(totalKey('conversation', month), [talks]);
    add(totalKey('other', month), [others]);
    add(totalKey('all', month), [talks, others]);
  }
  add(totalKey('conversation', null), own.conversation);
  add(totalKey('other', null), own.other);
  add(totalKey('all', null), [...own.conversation, ...own.other]);
}

function addTable(layout: Layout, table: number, shape: TableShape, add: Add): void {
  const { rows, columns, universe } = shape;
  const offset = layout.offsets[table] ?? 0;
  if (countsOnce(shape)) {
    const cells = Array.from({ length: sizeOf(shape) }, (_, cell) => offset + cell);
    add(totalKey(universe, null), cells);
  }
  const axes = [
    { along: 'rows', axis: rows, across: columns } as const,
    ...(columns === null ? [] : [{ along: 'columns', axis: columns, across: rows } as const]),
  ];
  for (const { along, axis, across } of axes) {
    if (across !== null && !onePlace(across)) continue;
    for (const [place, { code }] of axis.codes.entries())
      add(lineKey(universe, axis, code), line(layout, table, along, place));
  }
  if (universe === 'all' && rows.dimension === KIND && columns === null) {
    const place = rows.codes.findIndex(({ code }) => code === CONVERSATION);
    add(totalKey('conversation', null), [offset + place]);
  }
}

/** What a line of a table counts: of months it is a total. */
const lineKey = (universe: Universe, { dimension, level }: Axis, code: string) =>
  dimension === MONTH ? totalKey(universe, code) : keyOf(universe, dimension, level, code);

/** Every way to add counts up to the same number of calls, by what it is the number of. */
function waysToCount(layout: Layout): Map<string, Cells[]> {
  const ways = new Map<string, Cells[]>();
  const add: Add = (key, cells) => ways.set(key, [...(ways.get(key) ?? []), cells]);
  addTotals(layout, add);
  for (const [table, shape] of layout.shapes.entries()) addTable(layout, table, shape, add);
  return ways;
}

/** Counts that add up to calls which queries ask about. */
export interface Known {
  /** The calls of a universe, in a month or in all. */
  readonly total: (of: QueryUniverse, month: string | null) => Cells | undefined;
  /** The calls in a row of a table, each once. */
  readonly row: (shape: TableShape, row: number) => Cells | undefined;
}

export function knownOf(layout: Layout): Known {
  const ways = waysToCount(layout);
  return {
    total: (of, month) => ways.get(totalKey(of, month))?.[0],
    row: ({ rows, universe }, row) => {
      const code = rows.codes[row]?.code;
      return code === undefined ? undefined : ways.get(lineKey(universe, rows, code))?.[0];
    },
  };
}

function difference(one: Cells, others: readonly Cells[]): Map<number, number> {
  const terms = new Map<number, number>();
  const put = (cell: number, by: number) => terms.set(cell, (terms.get(cell) ?? 0) + by);
  for (const cell of one) put(cell, 1);
  for (const other of others) for (const cell of other) put(cell, -1);
  for (const [cell, factor] of terms) if (factor === 0) terms.delete(cell);
  return terms;
}

const equal = (one: Cells, others: readonly Cells[]): Relation => ({
  terms: difference(one, others),
  low: 0,
  high: 0,
});
const atLeast = (one: Cells, others: readonly Cells[]): Relation => ({
  terms: difference(one, others),
  low: 0,
  high: Infinity,
});

/** Top codes against their leaves: equal where a call has one answer, between the largest and the sum else. */
function rollUps(ways: ReadonlyMap<string, Cells[]>): Relation[] {
  const first = (universe: Universe, dimension: string, level: Level, code: string) =>
    ways.get(keyOf(universe, dimension, level, code))?.[0];
  return vocabulary.dimensions.flatMap((dimension) => {
    const { id, applies, max } = dimension;
    return codesAtLevel(dimension, 'top').flatMap(({ id: top }) => {
      const whole = first(applies, id, 'top', top);
      const leaves = codesAtLevel(dimension, 'leaf').filter((code) => topOf(code) === top);
      const parts = leaves.flatMap((leaf) => {
        const part = first(applies, id, 'leaf', leaf.id);
        return part === undefined ? [] : [part];
      });
      if (whole === undefined || parts.length < leaves.length) return [];
      if (max === 1 || parts.length === 1) return [equal(whole, parts)];
      return [
        { ...atLeast(parts.flat(), [whole]) },
        ...parts.map((part): Relation => atLeast(whole, [part])),
      ];
    });
  });
}

/** Where a call may have several answers: each is given by at most all calls, and every call gives one, and a few at most. */
function severalAnswers(layout: Layout, ways: ReadonlyMap<string, Cells[]>): Relation[] {
  return layout.shapes.flatMap((shape, table) => {
    const { rows, columns, universe } = shape;
    const several = [rows, columns].find((axis) => axis !== null && !onePlace(axis));
    if (several === undefined || several === null) return [];
    const alongRows = several === rows;
    const across = alongRows ? columns : rows;
    const lines = (across?.codes ?? [{ code: '' }]).map(({ code }, place) => ({
      cells: alongRows
        ? columns === null
          ? Array.from({ length: sizeOf(shape) }, (_, cell) => (layout.offsets[table] ?? 0) + cell)
          : line(layout, table, 'columns', place)
        : line(layout, table, 'rows', place),
      all: ways.get(across === null ? totalKey(universe, null) : lineKey(universe, across, code))?.[0],
    }));
    return lines.flatMap(({ cells, all }) =>
      all === undefined
        ? []
        : [
            atLeast(cells, [all]),
            atLeast(new Array<Cells>(several.most).fill(all).flat(), [cells]),
            ...cells.map((cell) => atLeast(all, [[cell]])),
          ],
    );
  });
}

/** All equations between counts of a layout. */
export function equations(layout: Layout): Relation[] {
  const ways = waysToCount(layout);
  const same = [...ways.values()].flatMap(([first = [], ...others]) =>
    others.map((other) => equal(first, [other])),
  );
  return [...same, ...rollUps(ways).filter(({ high }) => high === 0)].filter(({ terms }) => terms.size > 0);
}

/** Equations, and the inequalities between counts of several answers. */
export function relations(layout: Layout): Relation[] {
  const ways = waysToCount(layout);
  return [
    ...equations(layout),
    ...rollUps(ways).filter(({ high }) => high > 0),
    ...severalAnswers(layout, ways),
  ].filter(({ terms }) => terms.size > 0);
}
