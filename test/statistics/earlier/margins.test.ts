/** Which rows of a cross table version 0.1 withheld where their margin is a sum of noisy cells, or where there is none. */
import type { PlanTable } from '../../../src/contract/plan.js';
import type { Vocabulary } from '../../../src/contract/vocabulary.js';
import { thresholdFor } from '../../../src/statistics/show.js';
import { describe, expect, test } from '../../support/jest.js';
import { ownPlan, periodOf, type Fill } from '../builders.js';
import { aQuestion } from '../question.js';
import { anEarlierQuarter, show } from './quarters.js';

const words: Vocabulary = {
  version: 1,
  dimensions: [aQuestion('row', 1), aQuestion('two', 2), aQuestion('ten', 10), aQuestion('several', 3, 2)],
};

/** Whether the only row of a table of `row` by another question is shown. */
function isShown(columns: string, fill: Fill, others: readonly PlanTable[] = []): boolean {
  const plan = ownPlan([{ id: 'cross', rows: 'row', columns }, ...others]);
  const period = periodOf([anEarlierQuarter({ plan, words, fill })], '2026-Q1');
  const [row = []] = show(period, 'cross').cells;
  return !row.some((cell) => 'withheld' in cell);
}

/** A large cell, and so many calls beside it. */
const beside =
  (rest: number): Fill =>
  (_table, _row, column) =>
    [1000, rest][column] ?? 0;

describe('a margin that is the sum of its cells', () => {
  // One table of cost 1 at rho 0.5 would do with 1; two shares of noise need 2, and a thousandth more.
  const sigma2 = 2.002;

  test('is as unsure as all the cells but one together', () => {
    const least = thresholdFor(9 * sigma2, 1);
    expect(least).toBeGreaterThan(thresholdFor(2 * sigma2, 1));
    expect([least - 1, least].map((rest) => isShown('ten', beside(rest)))).toEqual([false, true]);
  });

  test('is never surer than a published one', () => {
    const least = thresholdFor(2 * sigma2, 1);
    expect(least).toBeGreaterThan(thresholdFor(sigma2, 1));
    expect([least - 1, least].map((rest) => isShown('two', beside(rest)))).toEqual([false, true]);
  });
});

test('where a call may have several answers, their sum is no margin: the published one is, or the row is withheld', () => {
  const fill: Fill = (table) => (table === 'cross' ? 400 : 1000);
  expect(isShown('several', fill)).toBe(false);
  expect(isShown('several', fill, [{ id: 'row', rows: 'row' }])).toBe(true);
});
