import { planSigma2, presetSchema, type Plan, type Rational } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import { refuseOverBudget } from '../../src/keeping/budget.js';
import { aMillionthLess } from '../support/a-millionth-less.js';
import { vocabulary } from '../support/calls.js';
import { describe, expect, test } from '../support/jest.js';

const looking = (plan: Plan, sigma2: Rational) => () => {
  refuseOverBudget({ quarter: '2026-Q4', plan, vocabulary }, sigma2);
};

describe.each(presetSchema.options.flatMap((preset) => [presetPlan(preset), presetPlan(preset, 0.125)]))(
  '$preset at rho $rho, just before the noise is drawn',
  (plan) => {
    const sigma2 = planSigma2(plan, vocabulary);

    test('passes with the noise that it needs', () => {
      expect(looking(plan, sigma2)).not.toThrow();
    });

    test('is refused with a millionth less, or with the noise of a plan that has one table fewer', () => {
      expect(looking(plan, aMillionthLess(sigma2))).toThrow('over its budget');
      const fewer = { ...plan, tables: plan.tables.slice(1) };
      expect(looking(plan, planSigma2(fewer, vocabulary))).toThrow('over its budget');
    });

    test('is refused with a rho that is too large, whatever the noise', () => {
      const plenty = { numerator: 1_000_000n, denominator: 1n };
      expect(looking({ ...plan, rho: 0.51 }, plenty)).toThrow('over its budget');
    });
  },
);
