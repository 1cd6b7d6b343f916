/** What is hidden in a table is told as one number for several cells, and never for one. */
import type { Vocabulary } from '../../src/contract/vocabulary.js';
import { publishedTableOf } from '../../src/statistics/present.js';
import { expect, test } from '../support/jest.js';
import { aQuarter, ownPlan, periodOf, tableOf, type Fill } from './builders.js';
import { aQuestion } from './question.js';

const words: Vocabulary = { version: 1, dimensions: [aQuestion('three', 3), aQuestion('five', 5)] };

test('one hidden cell has no remainder, though its estimate alone would be enough for one', () => {
  // sigma^2 = 2 / (2 * 0.05) = 20: fives, threshold 15.
  const plan = ownPlan(
    ['three', 'five'].map((id) => ({ id, rows: id })),
    0.05,
  );
  // The totals 133 and 205 meet at 160, so that each of the three cells gains nine.
  const numbers: Record<string, readonly number[]> = { three: [60, 60, 13], five: [50, 45, 40, 40, 30] };
  const fill: Fill = (table, row) => numbers[table]?.[row] ?? NaN;
  const period = periodOf([aQuarter({ plan, words, fill })], '2026-Q1');
  expect(period.estimates().get('three')?.cells[2]?.[0]).toBeCloseTo(22);
  const { cells, remainders } = publishedTableOf(period, tableOf(period, 'three'));
  expect(cells[2]).toEqual([{ under: 15 }]);
  expect(remainders).toEqual([null]);
});
