/** What is hidden in a table is told as one number for several cells, never for one, and only where cells add up. */
import type { PlanTable } from '../../src/contract/plan.js';
import type { Vocabulary } from '../../src/contract/vocabulary.js';
import type { NoisyPeriod } from '../../src/statistics/noisy.js';
import { publishedTableOf } from '../../src/statistics/present.js';
import { expect, test } from '../support/jest.js';
import { aQuarter, ownPlan, periodOf, tableOf, type Fill } from './builders.js';
import { aQuestion } from './question.js';

const words: Vocabulary = { version: 1, dimensions: [aQuestion('three', 3), aQuestion('five', 5)] };
/** The same, but the five answers may be left out. */
const leftOut: Vocabulary = {
  version: 1,
  dimensions: words.dimensions.map((one) => ({ ...one, required: one.id !== 'five' })),
};

/** Tables at rho 0.05: two of them have a sigma^2 of 20, so they are shown in fives from 15 on. */
const planOf = (...tables: PlanTable[]) => ownPlan(tables, 0.05);
const bothAlone = planOf({ id: 'three', rows: 'three' }, { id: 'five', rows: 'five' });
const filled =
  (numbers: Readonly<Record<string, readonly number[]>>): Fill =>
  (table, row) =>
    numbers[table]?.[row] ?? NaN;
const show = (period: NoisyPeriod, id: string) => publishedTableOf(period, tableOf(period, id));

test('one hidden cell has no remainder, though its estimate alone would be enough for one', () => {
  // The totals 133 and 205 meet at 160, so that each of the three cells gains nine.
  const fill = filled({ three: [60, 60, 13], five: [50, 45, 40, 40, 30] });
  const period = periodOf([aQuarter({ plan: bothAlone, words, fill })], '2026-Q1');
  expect(period.estimates().get('three')?.cells[2]?.[0]).toBeCloseTo(22);
  const { cells, remainders } = show(period, 'three');
  expect(cells[2]).toEqual([{ under: 15 }]);
  expect(remainders).toEqual([null]);
});

test('a question that may be left unanswered has no remainder: nobody knows what its cells add up to', () => {
  const fill = filled({ three: [60, 60, 60], five: [60, 50, 46, 12, 12] });
  const remaindersOf = (vocabulary: Vocabulary) =>
    show(periodOf([aQuarter({ plan: bothAlone, words: vocabulary, fill })], '2026-Q1'), 'five').remainders;
  expect(remaindersOf(words)).toEqual([expect.objectContaining({ value: 25 })]);
  expect(remaindersOf(leftOut)).toEqual([null]);
});

test('nor do the columns of a table add up by its rows', () => {
  const plan = planOf({ id: 'three', rows: 'three' }, { id: 'cross', rows: 'five', columns: 'three' });
  const fill: Fill = (table) => (table === 'three' ? 200 : 22);
  const { cells } = show(periodOf([aQuarter({ plan, words: leftOut, fill })], '2026-Q1'), 'cross');
  // By itself each is 20; to come nearer to 200 all of them would be 25.
  expect(cells.flat()).toEqual(new Array<object>(15).fill({ value: 20 }));
});
