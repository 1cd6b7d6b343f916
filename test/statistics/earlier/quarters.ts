/** Quarters that version 0.1 began, and what it told of them. */
import type { Plan } from '../../../src/contract/plan.js';
import { cell, cellValues, estimate } from '../../../src/statistics/numbers.js';
import type { NoisyPeriod } from '../../../src/statistics/period.js';
import type { PlannedQuarter } from '../../../src/statistics/periods.js';
import { publishedTableOf } from '../../../src/statistics/present.js';
import { aQuarter, periodOf, tableOf, type Fill } from '../builders.js';

/** A quarter that version 0.1 began; `fill` gives its noisy numbers. */
export const anEarlierQuarter = (options: Parameters<typeof aQuarter>[0] = {}): PlannedQuarter =>
  aQuarter({ ...options, displayRules: 1 });

export const quarterOf = (plan: Plan, fill?: Fill): NoisyPeriod =>
  periodOf([anEarlierQuarter(fill === undefined ? { plan } : { plan, fill })], '2026-Q1');

const inRows = (numbers: readonly number[], rows: number): number[][] =>
  Array.from({ length: rows }, (_, row) =>
    numbers.slice((row * numbers.length) / rows, ((row + 1) * numbers.length) / rows),
  );

/** The numbers of a table, rows x columns: its estimates where it has any. */
export function cellsOf(period: NoisyPeriod, id: string): number[][] {
  const table = tableOf(period, id);
  return inRows(cellValues(table), table.shape.rows.codes.length);
}

/** The numbers of a table as they were answered. */
export function answersOf(period: NoisyPeriod, id: string): number[][] {
  const found = period.earlier?.answers.get(id);
  if (found === undefined) throw new Error(`${period.id} has no answers of ${id}`);
  return inRows(cellValues(found), found.shape.rows.codes.length);
}

/** The variance of the sum of some cells, by their places row by row. */
export const varianceOf = (period: NoisyPeriod, id: string, places: readonly number[]): number =>
  estimate(
    tableOf(period, id),
    places.map((place) => [cell(place), 1] as const),
  )?.variance ?? NaN;

/** Which tables have estimates that fit together. */
export const consistent = ({ tables }: NoisyPeriod): string[] =>
  tables.filter(({ fits }) => fits).map(({ shape }) => shape.id);

export const show = (period: NoisyPeriod, id: string) => publishedTableOf(period, tableOf(period, id));
