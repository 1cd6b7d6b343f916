/** Published quarters made by hand: a plan, a vocabulary and noisy numbers, without a database. */
import { monthsOfQuarter } from '../../src/contract/period.js';
import { isMonthly, tableShape, type Plan, type PlanTable, type Preset } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import type { Vocabulary } from '../../src/contract/vocabulary.js';
import type { Noisy, NoisyPeriod, NoisyTable } from '../../src/statistics/noisy.js';
import { assemblePeriods, type PlannedQuarter } from '../../src/statistics/periods.js';
import { vocabulary } from '../support/calls.js';
import { olderQueries } from '../support/older-queries.js';
import { smallPlan, smallVocabulary } from '../support/small.js';

/** A plan of one's own. */
export const ownPlan = (tables: PlanTable[], rho = 0.5): Plan => ({ preset: 'own', rho, tables });

/** The noisy number of a cell. */
export type Fill = (table: string, row: number, column: number) => number;

/** A repeatable spread of numbers from -20 to 179, different for each cell and each salt. */
export function spread(salt = 0): Fill {
  return (table, row, column) => {
    let hash = salt + 17;
    for (const value of [...Buffer.from(table), row, column]) hash = (hash * 31 + value) % 1_000_003;
    return (hash % 200) - 20;
  };
}

/** The noisy rows of one table under one period, as the keeper stores them. */
function stored(table: PlanTable, period: string, fill: Fill, words: Vocabulary): number[][] {
  const shape = tableShape(table, words, isMonthly(table) ? [period] : monthsOfQuarter(period));
  const columns = shape.columns?.codes ?? [null];
  return shape.rows.codes.map((_, row) => columns.map((_column, column) => fill(table.id, row, column)));
}

interface QuarterOptions {
  readonly quarter?: string;
  readonly plan?: Plan;
  readonly fill?: Fill;
  /** The small vocabulary unless given. */
  readonly words?: Vocabulary;
  /** Which periods of the quarter are closed; its months and itself unless given. */
  readonly closed?: readonly string[];
  /** The day on which its counters began anew. */
  readonly countedFrom?: string | null;
  /** The first days of December after it, unless given. */
  readonly publishedOn?: string;
}

/** A closed quarter with its three months, published on the first days they may be. */
export function aQuarter({
  quarter = '2026-Q1',
  plan = smallPlan('large'),
  fill = spread(),
  words = smallVocabulary,
  closed = [...monthsOfQuarter(quarter), quarter],
  countedFrom = null,
  publishedOn,
}: QuarterOptions = {}): PlannedQuarter {
  const periods = closed.map((id, index) => {
    const tables = plan.tables.filter((table) => isMonthly(table) === (id !== quarter));
    // Each month has numbers of its own; the quarter's index plays no part.
    const own: Fill = (table, row, column) => fill(table, id === quarter ? row : index, column);
    const rows: [string, Noisy][] = tables.map((table) => [table.id, stored(table, id, own, words)]);
    return [
      id,
      {
        publishedOn: publishedOn ?? `${quarter.slice(0, 4)}-12-0${String(index + 1)}`,
        tables: new Map(rows),
      },
    ] as const;
  });
  const queries = olderQueries(plan, words, quarter);
  return { quarter, plan, vocabulary: words, queries, countedFrom, closed: new Map(periods) };
}

/** A preset over the default vocabulary, for what must hold of those that come with Tyst. */
export const ofPreset = (preset: Preset, rho?: number) => ({
  plan: presetPlan(preset, rho),
  words: vocabulary,
});

/** A period that must be among those the quarters make. */
export function periodOf(quarters: readonly PlannedQuarter[], id: string): NoisyPeriod {
  const found = assemblePeriods(quarters).find((period) => period.id === id);
  if (found === undefined) throw new Error(`${id} is not published`);
  return found;
}

/** A table that must be in a period. */
export function tableOf(period: NoisyPeriod, id: string): NoisyTable {
  const found = period.tables.find(({ shape }) => shape.id === id);
  if (found === undefined) throw new Error(`${period.id} has no table ${id}`);
  return found;
}
