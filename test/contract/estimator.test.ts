/** Estimates weigh all answers of a quarter; compared with least squares over the calls themselves. */
import { variancesOfPlan } from '../../bench/variances.js';
import { compileQueries } from '../../src/contract/compile.js';
import { estimatorOf } from '../../src/contract/estimator.js';
import { isMonthly, presetSchema, tableShapes } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import { vocabulary } from '../support/calls.js';
import { describe, expect, test } from '../support/jest.js';

const quarter = '2026-Q4';

describe.each(presetSchema.options)('%s', (preset) => {
  const plan = presetPlan(preset);
  const queries = compileQueries(plan, vocabulary, quarter);
  const shapes = tableShapes(plan, vocabulary, quarter);
  const estimator = estimatorOf(shapes, vocabulary, queries);

  test('is as sure of each number as the answers allow', () => {
    const { tables, totals } = variancesOfPlan({ quarter, plan, vocabulary, queries });
    for (const [id, variances] of tables) {
      const table = plan.tables.find((one) => one.id === id);
      if (table === undefined || isMonthly(table)) continue;
      variances.forEach((variance, place) => {
        expect(estimator.varianceOf(estimator.cell(id, place))).toBeCloseTo(variance, 6);
      });
    }
    for (const of of ['all', 'conversation', 'other'] as const)
      expect(estimator.varianceOf(estimator.total(of, null) ?? new Map())).toBeCloseTo(totals[of], 6);
  });
});
