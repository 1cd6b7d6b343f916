import {
  MONTH,
  type Axis,
  type Plan,
  type PlanTable,
  type Preset,
  type TableShape,
} from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import { seededRandom } from '../../bench/seeded-random.js';
import { chance, type Chance } from './support/chance.js';
import { atMost, mean, type Attack, type Figure, type Size } from './support/figures.js';
import {
  callsLike,
  columnsOf,
  isConversation,
  layOut,
  placed,
  type Call,
  type Layout,
} from './support/line.js';
import type { Moves } from './support/moves.js';
import { tyst, type Publisher } from './support/publisher.js';

const SEED = 'A12 group';
const sizes: Record<Size, number> = { test: 160, full: 2_000 };
/** Releases with one planted row among ordinary ones. */
const alone: Record<Size, number> = { test: 10, full: 100 };

const own = (rho: number, ...tables: PlanTable[]): Plan => ({ preset: 'own', rho, tables });

/** Whether in every row all calls are in one column, or in every column all in one row. */
type Along = 'rows' | 'columns';

interface Setting {
  readonly name: string;
  readonly plan: Plan;
  readonly table: string;
  readonly along: Along;
  /** Half of the calls of a group give a second answer as well, where the question takes several. */
  readonly second: boolean;
}

/** Every cross table of a plan, both ways; of months the rows alone, for each is published as it ends. */
function settingsOf(name: string, plan: Plan, second = false): Setting[] {
  return plan.tables
    .filter(({ columns }) => columns !== undefined)
    .flatMap(({ id, rows }) =>
      (rows === MONTH || second ? (['rows'] as const) : (['rows', 'columns'] as const)).map((along) => ({
        ...{ name: `${name}: ${id}, by ${along}`, plan, table: id, along, second },
      })),
    );
}

/** A preset without cross tables, with one more: from then on it is a plan of one's own. */
const withCross = (preset: Preset, level: PlanTable['level']): Plan =>
  own(0.5, ...presetPlan(preset).tables, {
    id: 'environment-by-gender',
    ...{ rows: 'environment', level, columns: 'gender', columnsLevel: 'top' },
  });

const severalAnswers: PlanTable = {
  id: 'environment-by-referral',
  rows: 'environment',
  columns: 'referral',
};

/** Every cross table of the large plan at both budgets, the other presets with one, and plans of one's own at the edges. */
const settings: Setting[] = [
  ...settingsOf('large', presetPlan('large')),
  ...settingsOf('large at rho 0.125', presetPlan('large', 0.125)),
  ...settingsOf('tiny with a cross table', withCross('tiny', 'top')),
  ...settingsOf('small with a cross table', withCross('small', 'leaf')),
  ...settingsOf('medium with a cross table', withCross('medium', 'leaf')),
  ...settingsOf(
    'own, many columns, no margin',
    own(0.5, { id: 'concern-by-area', rows: 'concern', columns: 'area' }),
  ),
  ...settingsOf('own, several answers, no margin', own(0.5, severalAnswers)),
  ...settingsOf(
    'own, half with a second answer, margin',
    own(0.5, { id: 'environment', rows: 'environment' }, severalAnswers),
    true,
  ),
  ...settingsOf('own, half with a second answer, no margin', own(0.5, severalAnswers), true),
  ...settingsOf(
    'own, least noise',
    own(
      0.5,
      { id: 'environment', rows: 'environment' },
      { id: 'environment-by-gender', rows: 'environment', columns: 'gender', columnsLevel: 'top' },
    ),
  ),
  ...settingsOf('own, months only', own(0.5, { id: 'month-by-contact', rows: 'month', columns: 'contact' })),
  ...settingsOf(
    'own, much noise',
    own(0.02, { id: 'age', rows: 'age' }, { id: 'age-by-outcome', rows: 'age', columns: 'outcome' }),
  ),
];

/** Calls of a planted group, so many of each, and the place of the cell in which all of them are. */
interface Planted {
  readonly calls: readonly (readonly [call: Call, times: number])[];
  readonly place: number;
}

/** A call with the answer that comes next, of those that it may have with others. */
function withSecond(call: Call, { dimension, codes }: Axis, place: number): Call {
  const [first, ...next] = [...codes.slice(place), ...codes.slice(0, place)].filter(({ alone }) => !alone);
  const more = (next[0] ?? first)?.code ?? '';
  const given = [call.answers[dimension] ?? []].flat();
  return { ...call, answers: { ...call.answers, [dimension]: [...given, more] } };
}

/** In every row, or every column, a group of 50 to 200 calls, all of them in one cell. */
function plant(
  { columns, ...shape }: TableShape,
  { along, second }: Setting,
  { below }: Chance,
  pool: readonly Call[],
): Planted[] {
  if (columns === null) throw new RangeError('not a cross table');
  const { rows } = shape;
  const [own, across] = along === 'rows' ? [rows, columns] : [columns, rows];
  // Of the answers that a call may have with others, where it has two.
  const places = [...across.codes.keys()].filter((place) => !second || across.codes[place]?.alone === false);
  return own.codes.map(({ code }, line) => {
    const there = places[below(places.length)] ?? NaN;
    const base = pool[below(pool.length)];
    if (base === undefined) throw new RangeError('no calls');
    const call = placed(placed(base, own, code), across, across.codes[there]?.code ?? '');
    const size = 50 + below(151);
    const more = second ? Math.ceil(size / 2) : 0;
    const [row, column] = along === 'rows' ? [line, there] : [there, line];
    const seconds = more === 0 ? [] : [[withSecond(call, across, there), more] as const];
    return { calls: [[call, size - more], ...seconds], place: row * columns.codes.length + column };
  });
}

/** The share of planted groups whose breakdown is shown. */
function tryGroups(publisher: Publisher, setting: Setting, pool: readonly Call[], groups: number): Figure {
  const { name, plan, along } = setting;
  const layout = layOut(plan);
  const { movesOf } = publisher.counting(layout);
  const at = layout.shapes.findIndex(({ id }) => id === setting.table);
  const shape = layout.shapes[at];
  if (shape === undefined) throw new RangeError('no such table');
  const [random, surrounding] = [seededRandom(`${SEED} ${name} noise`), chance(`${SEED} ${name} calls`)];
  const tally = { planted: 0, shown: 0 };
  while (tally.planted < groups) {
    const planted = plant(shape, setting, surrounding, pool);
    const records = planted.flatMap(({ calls }) =>
      calls.flatMap(([call, times]) => new Array<Moves>(times).fill(movesOf(call))),
    );
    const page = publisher.table(layout, publisher.publish(layout, records, random), at);
    tally.planted += planted.length;
    tally.shown += planted.filter(({ place }) => page[place]?.shown === true).length;
  }
  const line = along === 'rows' ? 'row' : 'column';
  return atMost(`${name}: breakdown of an all-in-one ${line} shown`, tally.shown / tally.planted, 0.01);
}

/** The figures of one publisher, for all settings or those whose name begins so. */
export function groupsOf(publisher: Publisher, size: Size, begins = ''): Figure[] {
  const pool = callsLike(2_000, 12, 1);
  return settings
    .filter(({ name }) => name.startsWith(begins))
    .map((setting) => tryGroups(publisher, setting, pool, sizes[size]));
}

/** The cells of the table with that id, by row and column. */
function cellsAt(layout: Layout, id: string): (row: number, column?: number) => number {
  const table = layout.shapes.findIndex((shape) => shape.id === id);
  const shape = layout.shapes[table];
  if (shape === undefined) throw new RangeError('no such table');
  return (row, column = 0) => (layout.offsets[table] ?? 0) + row * columnsOf(shape) + column;
}

/**
 * One group among ordinary calls: its row is withheld, and the attacker takes the shown rows from the column's number
 * in its own table. Withholding does not stop that, so the figure has no bound.
 */
function bySubtraction(size: Size): string {
  const [table, columns, row, column] = ['environment-by-age', 'age', 'left', '18-25'];
  const layout = layOut(presetPlan('large'));
  const tableAt = layout.shapes.findIndex(({ id }) => id === table);
  const columnsAt = layout.shapes.findIndex(({ id }) => id === columns);
  const shape = layout.shapes[tableAt];
  if (shape?.columns == null) throw new RangeError('not a cross table');
  const [inRows, own] = [shape.rows, shape.columns];
  const [place, across] = [
    inRows.codes.findIndex(({ code }) => code === row),
    own.codes.findIndex(({ code }) => code === column),
  ];
  const [cellIn, marginIn] = [cellsAt(layout, table), cellsAt(layout, columns)];
  const others = inRows.codes.map((_, other) => other).filter((other) => other !== place);
  const { movesOf } = tyst.counting(layout);
  const pool = callsLike(6_000, 13).filter(({ answers }) => answers[inRows.dimension] !== row);
  const talks = pool.filter(isConversation);
  const [random, surrounding] = [seededRandom(`${SEED} alone noise`), chance(`${SEED} alone calls`)];
  const [errors, groups]: [number[], number[]] = [[], []];
  for (let release = 0; release < alone[size]; release += 1) {
    const ordinary = surrounding.places(pool.length, 2_000).flatMap((at) => pool[at] ?? []);
    const members = surrounding.places(talks.length, 50 + surrounding.below(151));
    const planted = members
      .flatMap((at) => talks[at] ?? [])
      .map((call) => placed(placed(call, inRows, row), own, column));
    const published = tyst.publish(layout, [...ordinary, ...planted].map(movesOf), random);
    const cells = [tableAt, columnsAt].flatMap((one) => {
      const first = layout.offsets[one] ?? NaN;
      return tyst.table(layout, published, one).map((cell, place) => [first + place, cell] as const);
    });
    const page = new Map(cells);
    const shown = (cell: number) => page.get(cell)?.value ?? null;
    const isShown = (at: number) => own.codes.some((_, other) => shown(cellIn(at, other)) !== null);
    const margin = shown(marginIn(across));
    if (margin === null || isShown(place) || !others.every(isShown)) continue;
    // A cell under the threshold is taken for a fifth of the most that it may be.
    const taken = (cell: number) => shown(cell) ?? (page.get(cell)?.high ?? NaN) / 5;
    const rest = others.reduce((all, at) => all + taken(cellIn(at, across)), 0);
    errors.push(Math.abs(margin - rest - planted.length));
    groups.push(planted.length);
  }
  return (
    `Withholding by row is a courtesy to the group, not part of the guarantee for one caller, and by subtraction it can be ` +
    `undone (no bound). Among 2,000 ordinary calls on the large plan one group of 50 to 200 calls was planted in a row of ` +
    `${table}, all in one column. In ${errors.length} of ${alone[size]} releases its row was the only one withheld. Then the ` +
    `number of the column in its own table, less the shown rows, gave the withheld cell with a mean absolute error of ` +
    `${mean(errors).toFixed(1)} calls, for groups of ${mean(groups).toFixed(0)} calls on average.`
  );
}

/** A12: "everyone in this group". */
export const group: Attack = {
  id: 'A12',
  title: 'Group',
  words:
    'Every row of a cross table is a group of 50 to 200 calls that all gave the same answer to the second question, or every ' +
    'column one that gave the same answer to the first: a fact about everybody in the group, which noise does not hide. The row, ' +
    'or the column, must be withheld. Every cross table of the large plan at rho 0.5 and 0.125, the other presets, which have ' +
    'none, with one added, and plans of one’s own with and without margins, with little and with much noise.',
  seed: SEED,
  run: (size) => Promise.resolve({ figures: groupsOf(tyst, size), notes: [bySubtraction(size)] }),
};
