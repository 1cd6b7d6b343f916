import { quartersOfYear } from '../../src/contract/period.js';
import type { Vocabulary } from '../../src/contract/vocabulary.js';
import { summaryOf } from '../../src/statistics/present.js';
import { expect, test } from '../support/jest.js';
import { aQuarter, ownPlan, periodOf } from './builders.js';
import { aQuestion } from './question.js';

const words: Vocabulary = { version: 1, dimensions: [aQuestion('three', 3)] };

test('a year has spent what the quarter spent that spent most: a call is in one quarter only', () => {
  const spent = [0.125, 0.5, 0.25, 0.125];
  const quarters = quartersOfYear('2026').map((quarter, index) =>
    aQuarter({ quarter, words, plan: ownPlan([{ id: 'three', rows: 'three' }], spent[index]) }),
  );
  expect(summaryOf(periodOf(quarters, '2026')).plan.rho).toBe(0.5);
});
