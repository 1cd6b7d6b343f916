import { withinBudgets } from '../../src/contract/budgets.js';
import { compileOlderQueries } from '../../src/contract/compile.js';
import {
  planCost,
  planSigma2,
  presetSchema,
  tableShapes,
  type Plan,
  type PlanTable,
  type Rational,
} from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import type { Query } from '../../src/contract/queries.js';
import type { Vocabulary } from '../../src/contract/vocabulary.js';
import { aMillionthLess } from '../support/a-millionth-less.js';
import { vocabulary } from '../support/calls.js';
import { describe, expect, test } from '../support/jest.js';
import { olderQueries, olderSigma2 } from '../support/older-queries.js';
import { smallPlan, smallVocabulary } from '../support/small.js';

const QUARTER = '2026-Q4';
const own = (tables: PlanTable[], rho = 0.5): Plan => ({ preset: 'own', rho, tables });
const whole = (number: bigint): Rational => ({ numerator: number, denominator: 1n });
const smallShapes = (plan: Plan) => tableShapes(plan, smallVocabulary, QUARTER);

describe('the budgets of a list with one query a cell', () => {
  const plans: [string, Plan, Vocabulary][] = [
    ...[0.5, 0.125, 0.3].flatMap((rho) =>
      presetSchema.options.map((preset): [string, Plan, Vocabulary] => [
        `${preset} at ${rho}`,
        presetPlan(preset, rho),
        vocabulary,
      ]),
    ),
    ['one table', own([{ id: 'kind', rows: 'kind' }]), smallVocabulary],
    ['months', own([{ id: 'month', rows: 'month' }], 0.001), smallVocabulary],
    ['three answers', own([{ id: 'referral', rows: 'referral' }], 0.25), smallVocabulary],
    [
      'a cross',
      own([{ id: 'x', rows: 'month', columns: 'referral', columnsLevel: 'top' }], 0.3),
      smallVocabulary,
    ],
  ];

  test.each(plans)('of %s are kept by its variance, and not by a millionth less', (_, plan, words) => {
    const shapes = tableShapes(plan, words, QUARTER);
    const sigma2 = planSigma2(plan, words);
    const keeps = (variance: Rational, rho = plan.rho) =>
      withinBudgets(compileOlderQueries(plan, words, QUARTER, variance), shapes, rho);
    expect(keeps(sigma2)).toBe(true);
    expect(keeps(aMillionthLess(sigma2))).toBe(false);
    expect(keeps(olderSigma2(plan, words))).toBe(true);
    expect(keeps(sigma2, plan.rho - 1e-6)).toBe(false);
  });

  const plan = smallPlan('medium');
  const shapes = smallShapes(plan);
  const queries = olderQueries(plan, smallVocabulary, QUARTER);
  const [first] = queries;
  if (first === undefined) throw new Error('The plan has no query.');
  const total: Query = { ...first, table: null, row: null, column: null, cell: 0, universe: 1 };

  test.each([0.6, 0.500001, 0, -0.5, NaN, Infinity])('are not kept by rho %s, whatever the noise', (rho) => {
    const plenty = compileOlderQueries(plan, smallVocabulary, QUARTER, whole(1_000_000n));
    expect(withinBudgets(plenty, shapes, 0.5)).toBe(true);
    expect(withinBudgets(plenty, shapes, rho)).toBe(false);
  });

  test.each<[string, Query]>([
    ['a total', total],
    ['a cell that is asked about already', first],
    ['a weight on the universe', { ...first, cell: 0, universe: 1 }],
    ['a weight on a row', { ...first, cell: 0, margin: 1 }],
  ])('are not kept with a query more: %s', (_, query) => {
    expect(withinBudgets(queries, shapes, 0.5)).toBe(true);
    expect(withinBudgets([...queries, query], shapes, 0.5)).toBe(false);
    expect(withinBudgets([query, ...queries], shapes, 0.5)).toBe(false);
  });

  test.each<[string, Partial<Query>]>([
    ['2 instead of 1', { cell: 2 }],
    ['its universe as well', { universe: 1 }],
    ['its row as well', { margin: 1 }],
  ])('are not kept with a weight that is changed: %s', (_, change) => {
    expect(withinBudgets([{ ...first, ...change }, ...queries.slice(1)], shapes, 0.5)).toBe(false);
  });

  test.each<[string, Partial<Query>]>([
    ['a table that the plan lacks', { table: 'by-hand' }],
    ['nothing', { cell: 0 }],
    ['a row that its table lacks', { row: 99 }],
    ['a column that its table lacks', { column: 1 }],
    ['a cell in no row', { row: null }],
    ['a cell in no column', { column: null }],
    ['a cell of no table', { table: null }],
    ['a total in a row', { table: null, cell: 0, universe: 1, column: null }],
    ['the rows of no table', { table: null, row: null, column: null, cell: 0, margin: 1 }],
  ])('are not kept by a query that asks about %s, whatever the noise', (_, change) => {
    const cheap = { ...first, sigma2: whole(1_000_000n) };
    const others = queries.slice(1);
    expect(withinBudgets([cheap, ...others], shapes, 0.5)).toBe(true);
    expect(withinBudgets([{ ...cheap, ...change }, ...others], shapes, 0.5)).toBe(false);
  });

  test('are kept by a total that costs what the tables leave', () => {
    const cost = BigInt(planCost(plan, smallVocabulary) + 1);
    const all = [total, ...queries].map((query) => ({ ...query, sigma2: whole(cost) }));
    expect(withinBudgets(all, shapes, 0.5)).toBe(true);
    const less = all.map((query) => ({ ...query, sigma2: aMillionthLess(query.sigma2) }));
    expect(withinBudgets(less, shapes, 0.5)).toBe(false);
  });
});
