/**
 * What everybody knows about true counts before seeing any: which cells add up to the same number of calls. From
 * the plan and the vocabulary alone.
 */
import { MONTH, type Axis, type TableShape, type Universe } from '../../../src/contract/plan.js';
import {
  CONVERSATION,
  KIND,
  codesAtLevel,
  findDimension,
  topOf,
  type Dimension,
  type Level,
} from '../../../src/contract/vocabulary.js';
import { columnsOf, sizeOf, vocabulary, type Layout } from './line.js';

/** low <= sum of coefficient x count <= high, over cells by number. */
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

type Sum = readonly number[];

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
const totalKey = (universe: Universe) => `total ${universe}`;

/** Every way to add cells up to the same number of calls, by what it is the number of. */
export function waysToCount(layout: Layout): Map<string, Sum[]> {
  const ways = new Map<string, Sum[]>();
  const add = (key: string, cells: Sum) => ways.set(key, [...(ways.get(key) ?? []), cells]);
  for (const [table, shape] of layout.shapes.entries()) {
    const { rows, columns, universe } = shape;
    const offset = layout.offsets[table] ?? 0;
    if (countsOnce(shape)) {
      const cells = Array.from({ length: sizeOf(shape) }, (_, cell) => offset + cell);
      add(totalKey(universe), cells);
    }
    const axes = [
      { along: 'rows', axis: rows, across: columns } as const,
      ...(columns === null ? [] : [{ along: 'columns', axis: columns, across: rows } as const]),
    ];
    for (const { along, axis, across } of axes) {
      if (across !== null && !onePlace(across)) continue;
      for (const [place, { code }] of axis.codes.entries())
        add(keyOf(universe, axis.dimension, axis.level, code), line(layout, table, along, place));
    }
    if (universe === 'all' && rows.dimension === KIND && columns === null) {
      const place = rows.codes.findIndex(({ code }) => code === CONVERSATION);
      add(totalKey('conversation'), [offset + place]);
    }
  }
  return ways;
}

function difference(one: Sum, others: readonly Sum[]): Map<number, number> {
  const terms = new Map<number, number>();
  const put = (cell: number, by: number) => terms.set(cell, (terms.get(cell) ?? 0) + by);
  for (const cell of one) put(cell, 1);
  for (const other of others) for (const cell of other) put(cell, -1);
  for (const [cell, factor] of terms) if (factor === 0) terms.delete(cell);
  return terms;
}

const equal = (one: Sum, others: readonly Sum[]): Relation => ({
  terms: difference(one, others),
  low: 0,
  high: 0,
});
const atLeast = (one: Sum, others: readonly Sum[]): Relation => ({
  terms: difference(one, others),
  low: 0,
  high: Infinity,
});

/** Top codes against their leaves: equal where a call has one answer, between the largest and the sum else. */
function rollUps(ways: ReadonlyMap<string, Sum[]>): Relation[] {
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
      if (max === 1) return [equal(whole, parts)];
      return [
        { ...atLeast(parts.flat(), [whole]) },
        ...parts.map((part): Relation => atLeast(whole, [part])),
      ];
    });
  });
}

/** Where a call may have several answers: each answer is given by at most all calls, and every call gives one. */
function severalAnswers(layout: Layout, ways: ReadonlyMap<string, Sum[]>): Relation[] {
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
      all:
        across === null
          ? ways.get(totalKey(universe))?.[0]
          : ways.get(keyOf(universe, across.dimension, across.level, code))?.[0],
    }));
    return lines.flatMap(({ cells, all }) =>
      all === undefined ? [] : [atLeast(cells, [all]), ...cells.map((cell) => atLeast(all, [[cell]]))],
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
