/** How many numbers a reader gets, and how far they are from the truth: Tyst, its version 0.1 and two other methods. */
import { monthsOfQuarter, quartersOfYear } from '../../src/contract/period.js';
import type { Preset, TableShape } from '../../src/contract/plan.js';
import type { PublishedTable } from '../../src/contract/statistics.js';
import { CONVERSATION, KIND } from '../../src/contract/vocabulary.js';
import { demoCalls, type DemoCall } from '../../src/demo/calls.js';
import type { RandomSource } from '../../src/keeping/noise.js';
import type { NoisyPeriod } from '../../src/statistics/period.js';
import { assemblePeriods } from '../../src/statistics/periods.js';
import { publishedTableOf, summaryOf } from '../../src/statistics/present.js';
import { answersOfCalls } from '../../test/statistics/answers.js';
import { closedWith } from '../closed-quarter.js';
import { cellKey, hideAndRound, type Method } from '../other-methods.js';
import { seededRandom } from '../seeded-random.js';
import { countTable } from '../synthetic.js';
import { sum } from './markdown.js';
import { frozenBy, vocabulary, type Version } from './versions.js';

/** So many calls in a quarter, or in a year of four, closed under a preset, so many times over. */
export interface Line {
  readonly calls: number;
  readonly period: 'quarter' | 'year';
  readonly preset: Preset;
  readonly runs: number;
}

/** What is measured of shown cells, over all runs. */
export interface Shown {
  cells: number;
  /** All that the tables count, and what of it is in shown cells. */
  calls: number;
  callsShown: number;
  readonly errors: number[];
  readonly relative: number[];
  missed: number;
}

/** What is measured of the lines for hidden answers together. */
export interface HiddenLines {
  readonly errors: number[];
  readonly uncertainties: number[];
  within: number;
}

const noCells = (): Shown => ({
  ...{ cells: 0, calls: 0, callsShown: 0, missed: 0 },
  ...{ errors: [], relative: [] },
});
const noLines = (): HiddenLines => ({ errors: [], uncertainties: [], within: 0 });

export interface Measured {
  readonly line: Line;
  readonly today: Shown;
  readonly older: Shown;
  readonly hide: Shown;
  readonly keys: Shown;
  /** In the tables that both versions have, and of these in the cells that both show. */
  readonly shared: Readonly<Record<Version, Shown>>;
  readonly both: Readonly<Record<Version, Shown>>;
  /** Of tables of one question, and of cross tables. */
  readonly hidden: { readonly oneWay: HiddenLines; readonly crossed: HiddenLines };
}

/** A number that may be shown, beside the truth. */
interface Cell {
  readonly truth: number;
  readonly value: number | null;
  readonly uncertainty: number;
}

function add(to: Shown, cells: readonly Cell[]): void {
  for (const { truth, value, uncertainty } of cells) {
    to.cells += 1;
    to.calls += truth;
    if (value === null) continue;
    const error = Math.abs(value - truth);
    to.callsShown += truth;
    to.errors.push(error);
    to.relative.push(truth === 0 ? Infinity : error / truth);
    to.missed += error > uncertainty ? 1 : 0;
  }
}

/** The cells of a table; the conversations among the kinds have the ± of their total. */
function cellsOf(
  period: NoisyPeriod,
  shape: TableShape,
  published: PublishedTable,
  truth: readonly number[],
) {
  const talks = summaryOf(period).sureness.conversations?.uncertainty;
  return published.cells.flat().map((number, place): Cell => {
    const isTotal =
      shape.columns === null &&
      shape.rows.dimension === KIND &&
      shape.rows.codes[place]?.code === CONVERSATION;
    return {
      truth: truth[place] ?? NaN,
      value: 'value' in number ? number.value : null,
      uncertainty: (isTotal ? talks : undefined) ?? published.uncertainty,
    };
  });
}

function addHidden(to: HiddenLines, { hidden }: PublishedTable, cells: readonly Cell[]): void {
  if (hidden === null) return;
  const error = hidden.value - sum(cells.map(({ truth, value }) => (value === null ? truth : 0)));
  to.errors.push(error);
  to.uncertainties.push(hidden.uncertainty);
  to.within += Math.abs(error) <= hidden.uncertainty ? 1 : 0;
}

/** The period of a line as a version publishes it. */
function published(
  version: Version,
  { preset, period }: Line,
  calls: readonly DemoCall[],
  random: RandomSource,
) {
  const quarters = period === 'quarter' ? ['2026-Q1'] : quartersOfYear('2026');
  const closed = quarters.map((quarter) => {
    const frozen = frozenBy(version, preset, quarter);
    return closedWith(frozen, answersOfCalls(frozen, calls), random);
  });
  const id = period === 'quarter' ? '2026-Q1' : '2026';
  const found = assemblePeriods(closed).find((one) => one.id === id);
  if (found === undefined) throw new Error(`${id} is not published`);
  return found;
}

const byMethod = (method: Method, cells: readonly Cell[], uniform: () => number): Cell[] =>
  cells.map(({ truth }) => ({ truth, value: method(truth, uniform), uncertainty: NaN }));

function runOnce(measured: Measured, calls: readonly DemoCall[], random: RandomSource): void {
  const uniform = () => Buffer.from(random(4)).readUInt32LE() / 2 ** 32;
  const tables = (version: Version) => {
    const period = published(version, measured.line, calls, random);
    return period.tables.map((table) => {
      const shown = publishedTableOf(period, table);
      const truth = countTable(table.shape, calls, vocabulary).flat();
      return { id: shown.table, shown, cells: cellsOf(period, table.shape, shown, truth) };
    });
  };
  const before = new Map(tables('older').map((table) => [table.id, table]));
  for (const { cells } of before.values()) add(measured.older, cells);
  for (const { id, shown, cells } of tables('today')) {
    add(measured.today, cells);
    addHidden(measured.hidden[shown.columns === null ? 'oneWay' : 'crossed'], shown, cells);
    add(measured.hide, byMethod(hideAndRound, cells, uniform));
    add(measured.keys, byMethod(cellKey, cells, uniform));
    const older = before.get(id)?.cells;
    if (older === undefined) continue;
    add(measured.shared.today, cells);
    add(measured.shared.older, older);
    const inBoth = (_: Cell, place: number) => cells[place]?.value != null && older[place]?.value != null;
    add(measured.both.today, cells.filter(inBoth));
    add(measured.both.older, older.filter(inBoth));
  }
}

/** Closes a line so many times, each time with other calls and other noise. */
export function measure(line: Line, seed: number): Measured {
  const measured: Measured = {
    line,
    ...{ today: noCells(), older: noCells(), hide: noCells(), keys: noCells() },
    shared: { today: noCells(), older: noCells() },
    both: { today: noCells(), older: noCells() },
    hidden: { oneWay: noLines(), crossed: noLines() },
  };
  const quarters = line.period === 'quarter' ? ['2026-Q1'] : quartersOfYear('2026');
  for (let run = 0; run < line.runs; run += 1) {
    const calls = demoCalls({
      count: line.calls,
      months: quarters.flatMap(monthsOfQuarter),
      seed: seed + 100_003 * run + line.calls,
    });
    const random = seededRandom(`usefulness ${seed} ${line.preset} ${line.calls} ${line.period} ${run}`);
    runOnce(measured, calls, random);
  }
  return measured;
}
