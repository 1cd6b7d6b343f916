/** What version 0.1 hid in a table it told as one number for several cells, never for one, and only where cells add up. */
import type { PlanTable } from '../../../src/contract/plan.js';
import type { Vocabulary } from '../../../src/contract/vocabulary.js';
import { expect, test } from '../../support/jest.js';
import { ownPlan, periodOf, type Fill } from '../builders.js';
import { aQuestion } from '../question.js';
import { anEarlierQuarter, cellsOf, show } from './quarters.js';

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

test('one hidden cell is not told, though its estimate alone would be enough', () => {
  // The totals 133 and 205 meet at 160, so that each of the three cells gains nine.
  const fill = filled({ three: [60, 60, 13], five: [50, 45, 40, 40, 30] });
  const period = periodOf([anEarlierQuarter({ plan: bothAlone, words, fill })], '2026-Q1');
  expect(cellsOf(period, 'three')[2]?.[0]).toBeCloseTo(22);
  const { cells, hidden } = show(period, 'three');
  expect(cells[2]).toEqual([{ under: 15 }]);
  expect(hidden).toBeNull();
});

test('a question that may be left unanswered has no such line: nobody knows what its cells add up to', () => {
  const fill = filled({ three: [60, 60, 60], five: [60, 50, 46, 12, 12] });
  const hiddenIn = (vocabulary: Vocabulary) =>
    show(periodOf([anEarlierQuarter({ plan: bothAlone, words: vocabulary, fill })], '2026-Q1'), 'five')
      .hidden;
  expect(hiddenIn(words)).toMatchObject({ value: 25 });
  expect(hiddenIn(leftOut)).toBeNull();
});

test('nor do the columns of a table add up by its rows', () => {
  const plan = planOf({ id: 'three', rows: 'three' }, { id: 'cross', rows: 'five', columns: 'three' });
  const fill: Fill = (table) => (table === 'three' ? 200 : 22);
  const { cells } = show(periodOf([anEarlierQuarter({ plan, words: leftOut, fill })], '2026-Q1'), 'cross');
  // By itself each is 20; to come nearer to 200 all of them would be 25.
  for (const cell of cells.flat()) expect(cell).toMatchObject({ value: 20 });
  expect(cells.flat()).toHaveLength(15);
});
