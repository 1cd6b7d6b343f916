import { MONTH, type Axis, type Plan, type PlanTable } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import { codesAtLevel, findDimension, leafCodes, topOf } from '../../src/contract/vocabulary.js';
import { stepFor, thresholdFor } from '../../src/contract/display.js';
import { seededRandom } from '../../bench/seeded-random.js';
import { chance } from './support/chance.js';
import { atMost, mean, type Attack, type Figure, type Size } from './support/figures.js';
import {
  callsLike,
  columnsOf,
  isConversation,
  layOut,
  vocabulary,
  type Call,
  type Layout,
} from './support/line.js';
import { tyst, type Publisher } from './support/publisher.js';

const SEED = 'A12 group';
const sizes: Record<Size, number> = { test: 350, full: 4_000 };
/** Releases with one planted row among ordinary ones. */
const alone: Record<Size, number> = { test: 10, full: 200 };

const own = (rho: number, ...tables: PlanTable[]): Plan => ({ preset: 'own', rho, tables });
/** The one-way table that gives a cross table its margins, where a plan has it. */
const marginOf = ({ tables }: Plan, { rows, level }: PlanTable) =>
  tables.find((one) => one.rows === rows && one.columns === undefined && one.level === level);

interface Setting {
  readonly name: string;
  readonly plan: Plan;
  readonly table: string;
  readonly only: readonly string[];
  /** Half of the calls of a group give a second answer as well, where the question takes several. */
  readonly second: boolean;
}

function settingsOf(name: string, plan: Plan, second = false): Setting[] {
  return plan.tables
    .filter(({ columns }) => columns !== undefined)
    .map((table) => {
      const margin = marginOf(plan, table);
      const only = [table.id, ...(margin === undefined ? [] : [margin.id])];
      return { name: `${name}: ${table.id}`, plan, table: table.id, only, second };
    });
}

/** Every cross table of the large plan at both budgets, and plans of one's own at the edges. */
const settings: Setting[] = [
  ...settingsOf('large', presetPlan('large')),
  ...settingsOf('large at rho 0.125', presetPlan('large', 0.125)),
  ...settingsOf(
    'own, many columns, no margin',
    own(0.5, { id: 'concern-by-area', rows: 'concern', columns: 'area' }),
  ),
  ...settingsOf(
    'own, several answers, no margin',
    own(0.5, { id: 'environment-by-referral', rows: 'environment', columns: 'referral' }),
  ),
  ...settingsOf(
    'own, half with a second answer, margin',
    own(
      0.5,
      { id: 'environment', rows: 'environment' },
      { id: 'environment-by-referral', rows: 'environment', columns: 'referral' },
    ),
    true,
  ),
  ...settingsOf(
    'own, half with a second answer, no margin',
    own(0.5, { id: 'environment-by-referral', rows: 'environment', columns: 'referral' }),
    true,
  ),
  ...settingsOf(
    'own, least noise',
    own(
      0.5,
      { id: 'environment', rows: 'environment' },
      { id: 'environment-by-gender', rows: 'environment', columns: 'gender', columnsLevel: 'top' },
    ),
  ),
  ...settingsOf('own, months only', own(0.5, { id: 'month-by-kind', rows: 'month', columns: 'contact' })),
  ...settingsOf(
    'own, much noise',
    own(0.02, { id: 'age', rows: 'age' }, { id: 'age-by-outcome', rows: 'age', columns: 'outcome' }),
  ),
];

/** A call with the answer that puts it in a place of an axis. */
function placed(call: Call, axis: Axis, code: string): Call {
  if (axis.dimension === MONTH) return { ...call, month: code };
  const dimension = findDimension(vocabulary, axis.dimension);
  if (dimension === undefined) throw new RangeError('no such dimension');
  const leaf = leafCodes(dimension).find((one) => (axis.level === 'leaf' ? one.id : topOf(one)) === code);
  const answer = leaf?.id ?? codesAtLevel(dimension, 'leaf')[0]?.id ?? '';
  return { ...call, answers: { ...call.answers, [axis.dimension]: dimension.max === 1 ? answer : [answer] } };
}

/** In every row a group of 50 to 200 calls, all of them in one column; and where each group stands. */
function plant(
  layout: Layout,
  { table: id, second }: Setting,
  pick: (n: number) => number,
  pool: readonly Call[],
) {
  const table = layout.shapes.findIndex((one) => one.id === id);
  const shape = layout.shapes[table];
  if (shape?.columns == null) throw new RangeError('not a cross table');
  const { rows, columns } = shape;
  const groups = rows.codes.map(({ code }, row) => {
    const column = pick(columnsOf(shape));
    const there = columns.codes[column]?.code ?? '';
    const call = pool[pick(pool.length)];
    if (call === undefined) throw new RangeError('no calls');
    const record = layout.cellsOf(placed(placed(call, rows, code), columns, there));
    const more = (layout.offsets[table] ?? 0) + row * columnsOf(shape) + ((column + 1) % columnsOf(shape));
    const records = Array.from({ length: 50 + pick(151) }, (_, index) =>
      second && index % 2 === 0 ? [...record, more] : record,
    );
    return { records, cell: (layout.offsets[table] ?? 0) + row * columnsOf(shape) + column };
  });
  return { records: groups.flatMap(({ records }) => records), cells: groups.map(({ cell }) => cell) };
}

/** The share of planted groups whose breakdown is shown. */
function tryGroups(publisher: Publisher, setting: Setting, pool: readonly Call[], groups: number): Figure {
  const { name, plan, only } = setting;
  const layout = layOut(plan, only);
  const [random, surrounding] = [seededRandom(`${SEED} ${name} noise`), chance(`${SEED} ${name} calls`)];
  const tally = { planted: 0, shown: 0 };
  while (tally.planted < groups) {
    const { records, cells } = plant(layout, setting, surrounding.below, pool);
    const page = publisher.page(layout, publisher.publish(layout, records, random));
    tally.planted += cells.length;
    tally.shown += cells.filter((cell) => page.cells[cell]?.shown === true).length;
  }
  return atMost(`${name}: breakdown of an all-in-one row shown`, tally.shown / tally.planted, 0.01);
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
  const shape = layout.shapes.find(({ id }) => id === table);
  if (shape?.columns == null) throw new RangeError('not a cross table');
  const [inRows, own] = [shape.rows, shape.columns];
  const [place, across] = [
    inRows.codes.findIndex(({ code }) => code === row),
    own.codes.findIndex(({ code }) => code === column),
  ];
  const [cellIn, marginIn] = [cellsAt(layout, table), cellsAt(layout, columns)];
  const others = inRows.codes.map((_, other) => other).filter((other) => other !== place);
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
    const records = [...ordinary, ...planted].map((call) => layout.cellsOf(call));
    const { cells } = tyst.page(layout, tyst.publish(layout, records, random));
    const shown = (cell: number) => cells[cell]?.value ?? null;
    const isShown = (at: number) => own.codes.some((_, other) => shown(cellIn(at, other)) !== null);
    const margin = shown(marginIn(across));
    if (margin === null || isShown(place) || !others.every(isShown)) continue;
    // A cell under the threshold is taken for half of it.
    const under = thresholdFor(layout.variance, stepFor(layout.variance)) / 2;
    const rest = others.reduce((all, at) => all + (shown(cellIn(at, across)) ?? under), 0);
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
    'Every row of a cross table is a group of 50 to 200 calls that all gave the same answer to the second question: a fact ' +
    'about everybody in the group, which noise does not hide. The row must be withheld. Every cross table of the large plan ' +
    'at rho 0.5 and 0.125, and plans of one’s own with and without margins, with little and with much noise.',
  seed: SEED,
  run: (size) => Promise.resolve({ figures: groupsOf(tyst, size), notes: [bySubtraction(size)] }),
};
