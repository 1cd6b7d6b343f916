import {
  planCost,
  planProblem,
  planSchema,
  planSigma2,
  presetSchema,
  tableShape,
  tableShapes,
  toNumber,
  withinBudget,
  type Plan,
  type PlanTable,
} from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import { aMillionthLess } from '../support/a-millionth-less.js';
import { vocabulary } from '../support/calls.js';
import { describe, expect, test } from '../support/jest.js';
import { smallCosts, smallPlan, smallVocabulary } from '../support/small.js';

const own = (tables: PlanTable[], rho = 0.5): Plan => ({ preset: 'own', rho, tables });
const codes = (table: PlanTable) => tableShape(table, smallVocabulary, ['2026-10', '2026-11', '2026-12']);

describe('presets', () => {
  test.each(presetSchema.options)('%s may be used, and spends its rho to the last digit', (preset) => {
    const plan = presetPlan(preset);
    const cost = planCost(plan, vocabulary);
    expect(toNumber(planSigma2(plan, vocabulary))).toBe(cost);
    expect(toNumber(planSigma2(presetPlan(preset, 0.125), vocabulary))).toBe(4 * cost);
    for (const rho of [0.5, 0.125]) {
      const sigma2 = planSigma2(presetPlan(preset, rho), vocabulary);
      expect(withinBudget(cost, sigma2, rho)).toBe(true);
      expect(withinBudget(cost, aMillionthLess(sigma2), rho)).toBe(false);
    }
    expect(planProblem(plan, vocabulary)).toBeNull();
    expect(tableShapes(plan, vocabulary, '2026-Q4')).toHaveLength(plan.tables.length);
  });
});

test.each(presetSchema.options)(
  'a plan like %s costs what its tables do together, and draws with it',
  (preset) => {
    const cost = smallCosts[preset];
    expect(planCost(smallPlan(preset), smallVocabulary)).toBe(cost);
    expect(toNumber(planSigma2(smallPlan(preset), smallVocabulary))).toBe(cost);
    expect(toNumber(planSigma2(smallPlan(preset, 0.125), smallVocabulary))).toBe(4 * cost);
  },
);

describe('a table', () => {
  test('at level top has the codes without a parent, in the order of the vocabulary', () => {
    const { rows, columns, universe, cost } = codes({ id: 'a', rows: 'age', level: 'top' });
    expect(rows.codes.map(({ code }) => code)).toEqual(['minor', 'adult', 'unknown', 'no_person']);
    expect([columns, universe, cost]).toEqual([null, 'conversation', 1]);
  });

  test('at level leaf has the codes that can be chosen', () => {
    expect(codes({ id: 'a', rows: 'gender' }).rows.codes.map(({ code }) => code)).toEqual([
      'female',
      'male',
      'other',
      'unknown',
      'no_person',
    ]);
  });

  test('of months has the three months of its quarter', () => {
    const { rows, universe } = codes({ id: 'm', rows: 'month' });
    expect(rows.codes.map(({ code, label }) => [code, label.sv, label.en])).toEqual([
      ['2026-10', 'oktober 2026', 'October 2026'],
      ['2026-11', 'november 2026', 'November 2026'],
      ['2026-12', 'december 2026', 'December 2026'],
    ]);
    expect(universe).toBe('all');
  });

  test('leaves out what the vocabulary makes impossible: in a table of conversations there is one kind', () => {
    const { rows, universe } = codes({ id: 'k', rows: 'kind', columns: 'concern' });
    expect(rows.codes.map(({ code }) => code)).toEqual(['conversation']);
    expect(universe).toBe('conversation');
    expect(codes({ id: 'k', rows: 'kind', columns: 'channel' }).rows.codes).toHaveLength(6);
  });

  test('costs the most cells that one call can enter', () => {
    expect(codes({ id: 'r', rows: 'referral' }).cost).toBe(3);
    expect(codes({ id: 'r', rows: 'referral', level: 'top' }).cost).toBe(3);
    expect(codes({ id: 'r', rows: 'concern', columns: 'referral', columnsLevel: 'top' }).cost).toBe(3);
  });
});

describe('the budget', () => {
  test('is kept exactly, on either side of the edge', () => {
    const sigma2 = planSigma2(smallPlan('large'), smallVocabulary);
    expect(withinBudget(26, sigma2, 0.5)).toBe(true);
    expect(withinBudget(27, sigma2, 0.5)).toBe(false);
    expect(withinBudget(26, { numerator: sigma2.numerator - 1n, denominator: sigma2.denominator }, 0.5)).toBe(
      false,
    );
    expect(withinBudget(26, sigma2, 0.6)).toBe(false);
    expect(withinBudget(0, sigma2, 0)).toBe(false);
    expect(withinBudget(26, sigma2, NaN)).toBe(false);
  });

  test('an awkward rho is an exact fraction', () => {
    const { numerator, denominator } = planSigma2(smallPlan('tiny', 0.3), smallVocabulary);
    expect(numerator * 3n).toBe(denominator * 20n);
  });

  test.each<[string, Plan, string]>([
    ['a rho above one half', smallPlan('tiny', 0.6), 'over-budget'],
    ['a dimension nobody knows', own([{ id: 'a', rows: 'shoe_size' }]), 'unknown-dimension'],
    [
      'a table that stands twice',
      own([
        { id: 'a', rows: 'age' },
        { id: 'a', rows: 'gender' },
      ]),
      'duplicate-table',
    ],
    [
      'a dimension crossed with itself',
      own([{ id: 'a', rows: 'age', columns: 'age', columnsLevel: 'top' }]),
      'same-axes',
    ],
    ['months as columns', own([{ id: 'a', rows: 'age', columns: 'month' }]), 'month-columns'],
  ])('%s is refused', (_name, plan, problem) => {
    expect(planProblem(plan, smallVocabulary)).toBe(problem);
  });

  test.each([0.6, 0, -1, 1e-12, NaN, Infinity, '0.5'])('a plan with rho %p does not even parse', (rho) => {
    expect(planSchema.safeParse({ ...smallPlan('tiny'), rho }).success).toBe(false);
  });
});
