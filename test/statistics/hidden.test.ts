/** What is hidden in a table is told as one number for several cells, never for one, and only where cells add up. */
import type { PlanTable } from '../../src/contract/plan.js';
import type { Vocabulary } from '../../src/contract/vocabulary.js';
import { valueOf } from '../../src/contract/display.js';
import { sumOf } from '../../src/statistics/adding-up.js';
import { cell, estimate } from '../../src/statistics/numbers.js';
import type { NoisyPeriod } from '../../src/statistics/period.js';
import { publishedTableOf, summaryOf } from '../../src/statistics/present.js';
import { thresholdFor, uncertaintyOf } from '../../src/statistics/show.js';
import { describe, expect, test } from '../support/jest.js';
import { aQuarter, ownPlan, periodOf, tableOf, type Fill } from './builders.js';
import { aQuestion } from './question.js';

const words: Vocabulary = {
  version: 1,
  dimensions: [aQuestion('three', 3), aQuestion('five', 5), aQuestion('several', 4, 2)],
};
/** The same, but the five answers may be left out. */
const leftOut: Vocabulary = {
  version: 1,
  dimensions: words.dimensions.map((one) => ({ ...one, required: one.id !== 'five' })),
};
const alone = (...ids: string[]): PlanTable[] => ids.map((id) => ({ id, rows: id }));
const both = alone('three', 'five');

/** A quarter of so many calls in the cells, without noise. */
function quarterOf(
  tables: PlanTable[],
  numbers: Readonly<Record<string, readonly number[]>>,
  { rho = 0.5, vocabulary = words }: { rho?: number; vocabulary?: Vocabulary } = {},
): NoisyPeriod {
  const width = (table: string) => (tables.find(({ id }) => id === table)?.columns === undefined ? 1 : 3);
  const fill: Fill = (table, row, column) => numbers[table]?.[row * width(table) + column] ?? NaN;
  return periodOf([aQuarter({ plan: ownPlan(tables, rho), words: vocabulary, fill })], '2026-Q1');
}

const show = (period: NoisyPeriod, id: string) => publishedTableOf(period, tableOf(period, id));
const valuesOf = (period: NoisyPeriod, id: string) => show(period, id).cells.flat().map(valueOf);
/** The variance of the sum of some cells of a table. */
const varianceOf = (period: NoisyPeriod, id: string, places: readonly number[]) =>
  estimate(
    tableOf(period, id),
    places.map((place) => [cell(place), 1] as const),
  )?.variance ?? NaN;

describe('hidden answers together', () => {
  test('are what the shown ones leave of the total, as unsure as their sum is', () => {
    const period = quarterOf(both, { three: [60, 50, 20], five: [70, 48, 4, 4, 4] });
    expect(valuesOf(period, 'five')).toEqual([70, 48, null, null, null]);
    const variance = varianceOf(period, 'five', [2, 3, 4]);
    expect(show(period, 'five').hidden).toEqual({ value: 12, uncertainty: uncertaintyOf(variance, 1) });
    // Where the total is well known, three hidden cells are as unsure as the two that are shown.
    expect(variance).toBeLessThan(3 * varianceOf(period, 'five', [2]));
  });

  test('are told in the step of their table', () => {
    const period = quarterOf(both, { three: [600, 500, 12], five: [700, 360, 22, 18, 12] }, { rho: 0.01 });
    const { step, hidden } = show(period, 'five');
    expect(step).toBe(5);
    expect(valuesOf(period, 'five').slice(2)).toEqual([null, null, null]);
    expect((hidden?.value ?? NaN) % 5).toBe(0);
    expect(Math.abs((hidden?.value ?? NaN) - 52)).toBeLessThan(10);
    expect(hidden?.uncertainty).toBe(uncertaintyOf(varianceOf(period, 'five', [2, 3, 4]), 5));
  });

  test('are not told where there is only one, however many it holds', () => {
    const period = quarterOf(both, { three: [80, 37, 4], five: [40, 40, 20, 11, 10] });
    expect(valuesOf(period, 'three')).toEqual([80, 37, null]);
    expect(show(period, 'three').hidden).toBeNull();
    expect(show(period, 'five').hidden).toBeNull();
  });

  test('are told from the threshold of their own variance on, which is not the table’s', () => {
    const of = (hidden: number) =>
      quarterOf(both, { three: [60, 60, 60], five: [80, 50, 50 - hidden, hidden, 0] });
    const period = of(4);
    expect(valuesOf(period, 'five').slice(3)).toEqual([null, null]);
    const least = thresholdFor(varianceOf(period, 'five', [3, 4]), 1);
    const table = show(period, 'five').threshold;
    expect(least).toBeGreaterThan(table);
    // Two cells, each under the table's threshold.
    const two = (sum: number) =>
      quarterOf(both, {
        three: [60, 60, 60],
        five: [80, 50, 50 - sum, table - 1, sum - table + 1],
      });
    expect([least - 1, least].map((sum) => show(two(sum), 'five').hidden)).toEqual([
      null,
      expect.objectContaining({ value: least }),
    ]);
  });

  test('are not told where the total is not shown', () => {
    const period = quarterOf(both, { three: [3, 1, 0], five: [2, 1, 1, 0, 0] });
    expect(summaryOf(period).totals.contacts).toHaveProperty('under');
    expect([show(period, 'three').hidden, show(period, 'five').hidden]).toEqual([null, null]);
  });

  test('are all that there is where nothing is shown but the total', () => {
    const period = quarterOf(both, { three: [20, 0, 0], five: [4, 4, 4, 4, 4] });
    expect(valuesOf(period, 'five')).toEqual([null, null, null, null, null]);
    expect(show(period, 'five').hidden).toEqual({
      value: 20,
      uncertainty: uncertaintyOf(period.totals.contacts?.variance ?? NaN, 1),
    });
  });

  test('are not told of a question that may be left unanswered: nobody knows what its cells add up to', () => {
    const numbers = { three: [60, 60, 60], five: [90, 78, 4, 4, 4] };
    expect(show(quarterOf(both, numbers), 'five').hidden).toMatchObject({ value: 12 });
    const period = quarterOf(both, numbers, { vocabulary: leftOut });
    expect(valuesOf(period, 'five').slice(2)).toEqual([null, null, null]);
    expect(show(period, 'five').hidden).toBeNull();
  });

  test('are not told of a question with several answers', () => {
    const period = quarterOf(alone('three', 'several'), { three: [60, 60, 60], several: [150, 100, 3, 3] });
    expect(valuesOf(period, 'several').slice(2)).toEqual([null, null]);
    expect(show(period, 'several')).toMatchObject({ several: true, hidden: null });
  });
});

describe('hidden answers of a cross table together', () => {
  const crossed: PlanTable[] = [...both, { id: 'cross', rows: 'five', columns: 'three' }];
  const numbers = {
    three: [240, 150, 110],
    five: [200, 180, 80, 30, 10],
    cross: [...[100, 60, 40], ...[90, 60, 30], ...[40, 20, 20], ...[8, 6, 16], ...[2, 4, 4]],
  };

  test('are one line, of small cells and of withheld rows', () => {
    const period = quarterOf(crossed, numbers);
    const { cells, hidden } = show(period, 'cross');
    expect(cells.slice(3).flat()).toEqual(new Array<object>(6).fill({ withheld: true }));
    const shown = valuesOf(period, 'cross');
    expect(shown.slice(0, 9)).toEqual(numbers.cross.slice(0, 9));
    const places = [...shown.keys()].filter((place) => shown[place] === null);
    expect(hidden).toEqual({
      value: 500 - sumOf(numbers.cross.slice(0, 9)),
      uncertainty: uncertaintyOf(varianceOf(period, 'cross', places), 1),
    });
  });

  test('are not told where one of the two questions may be left unanswered or has several answers', () => {
    expect(show(quarterOf(crossed, numbers, { vocabulary: leftOut }), 'cross').hidden).toBeNull();
    const tables: PlanTable[] = [
      ...alone('three', 'several'),
      { id: 'cross', rows: 'several', columns: 'three' },
    ];
    const period = quarterOf(tables, {
      three: [100, 80, 60],
      several: [220, 100, 10, 8],
      cross: [...[90, 75, 55], ...[50, 30, 20], ...[4, 3, 3], ...[3, 3, 2]],
    });
    expect(valuesOf(period, 'cross').filter((value) => value === null).length).toBeGreaterThan(2);
    expect(show(period, 'cross')).toMatchObject({ several: true, hidden: null });
  });
});
