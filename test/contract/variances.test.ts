import { best, missedBy } from '../../bench/query-goals.js';
import { variancesOfPlan } from '../../bench/variances.js';
import { keepsBudgets } from '../../src/contract/budgets.js';
import { encodeCall, type Answers } from '../../src/contract/call.js';
import { compileQueries } from '../../src/contract/compile.js';
import { leastSure } from '../../src/contract/sureness.js';
import { familiesOf } from '../../src/contract/families.js';
import { ownVariances } from '../../src/contract/own-variances.js';
import {
  exact,
  presetSchema,
  tableShapes,
  toNumber,
  type Plan,
  type PlanTable,
  type Preset,
  type Rational,
} from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import { presetVariances } from '../../src/contract/preset-variances.js';
import type { Query } from '../../src/contract/queries.js';
import { spendingOf } from '../../src/contract/spending.js';
import { vocabularySchema, type Vocabulary } from '../../src/contract/vocabulary.js';
import { callCounter } from '../../src/keeping/count-call.js';
import { aConversation, vocabulary } from '../support/calls.js';
import { describe, expect, test } from '../support/jest.js';
import { smallPlan, smallVocabulary } from '../support/small.js';

const QUARTER = '2026-Q4';
const shapesOf = (plan: Plan, words = vocabulary) => tableShapes(plan, words, QUARTER);
const own = (tables: readonly PlanTable[], rho = 0.5): Plan => ({ preset: 'own', rho, tables: [...tables] });

/** A plan's queries with a variance for each of its families. */
function withVariances(plan: Plan, variances: readonly Rational[], words: Vocabulary = vocabulary): Query[] {
  return familiesOf(plan, words, QUARTER).flatMap(({ queries }, place) => {
    const sigma2 = variances[place];
    if (sigma2 === undefined) throw new Error('A family has no variance.');
    return queries.map((query) => ({ ...query, sigma2 }));
  });
}

const spent = (plan: Plan, queries: readonly Query[], words = vocabulary) => {
  const { call, story } = spendingOf(queries, shapesOf(plan, words));
  return { call: toNumber(call), story: toNumber(story) };
};

describe.each(presetSchema.options)('the variances of %s', (preset) => {
  const plan = presetPlan(preset);
  const ready = presetVariances(plan, familiesOf(plan, vocabulary, QUARTER));
  if (ready === null) throw new Error('It has none of its own.');

  test('keep both budgets, and spend nearly all of them, as those who worked them out say', () => {
    const queries = withVariances(plan, ready);
    expect(keepsBudgets(queries, shapesOf(plan), 0.5)).toBe(true);
    const { call, story } = spent(plan, queries);
    expect(call).toBeCloseTo(best[preset]?.dearestCall ?? NaN, 3);
    expect(story).toBeCloseTo((best[preset]?.twoStories ?? NaN) / 2, 2);
  });

  test('are those of the compiled list, which is enlarged below 4 and never under 2', () => {
    const compiled = compileQueries(plan, vocabulary, QUARTER);
    const of = (sigma2: Rational) => {
      const number = toNumber(sigma2);
      return number < 4 ? number * 1.001 : number;
    };
    const expected = new Set(ready.map((sigma2) => of(sigma2).toFixed(9)));
    expect(new Set(compiled.map(({ sigma2 }) => toNumber(sigma2).toFixed(9)))).toEqual(expected);
    for (const { sigma2 } of compiled) expect(toNumber(sigma2)).toBeGreaterThanOrEqual(2.002);
  });

  test.each([0.125, 0.3, 0.001])('are scaled exactly to rho %s', (rho) => {
    const strict = presetPlan(preset, rho);
    const scaled = presetVariances(strict, familiesOf(strict, vocabulary, QUARTER)) ?? [];
    expect(scaled).toHaveLength(ready.length);
    for (const [place, { numerator, denominator }] of scaled.entries()) {
      const [before, less] = [ready[place] ?? exact(0), exact(rho)];
      const twice = 2n * less.numerator * numerator * before.denominator;
      expect(twice).toBe(before.numerator * denominator * less.denominator);
    }
    expect(keepsBudgets(withVariances(strict, scaled), shapesOf(strict), rho)).toBe(true);
    expect(keepsBudgets(withVariances(strict, scaled), shapesOf(strict), rho * 0.999)).toBe(false);
  });

  test('reach their goals', () => {
    const queries = compileQueries(plan, vocabulary, QUARTER);
    const variances = variancesOfPlan({ quarter: QUARTER, plan, vocabulary, queries });
    expect(missedBy(preset, variances)).toEqual([]);
    if (preset === 'large') return;
    // Worked out apart, the same numbers come of the same data.
    for (const [id, cells] of variances.tables) {
      const [least, most] = best[preset]?.tables[id] ?? [NaN, NaN];
      expect(Math.min(...cells)).toBeCloseTo(least, 1);
      expect(Math.max(...cells)).toBeCloseTo(most, 1);
    }
  });
});

test('variances that are no goal’s are found out', () => {
  const plan = presetPlan('tiny');
  const queries = compileQueries(presetPlan('tiny', 0.48), vocabulary, QUARTER);
  const variances = variancesOfPlan({ quarter: QUARTER, plan, vocabulary, queries });
  expect(missedBy('tiny', variances)).toEqual([expect.stringContaining('mean of a cell')]);
});

describe('two calls that are alike in their concern alone', () => {
  const first: Answers = aConversation({
    ...{ channel: 'phone', daypart: 'night', concern: 'views', environment: 'right', relation: 'self' },
    ...{
      caller_age: 'child',
      age: '0-12',
      gender: 'female',
      area: 'SE110',
      language: 'sv',
      contact: 'first',
    },
    ...{ length: 'under_10', referral: ['social_services', 'bup', 'police'], outcome: 'listened' },
  });
  const second: Answers = aConversation({
    ...{ channel: 'chat', daypart: 'evening', concern: 'views', environment: 'islamist', relation: 'parent' },
    ...{ caller_age: 'adult', age: '26+', gender: 'male', area: 'SE232', language: 'en', contact: 'repeat' },
    ...{ length: '60+', referral: ['helpline', 'exit', 'knowledge'], outcome: 'advised' },
  });

  /** What which of the two it was costs, by the function with which the keeper counts. */
  function apart(plan: Plan, queries: readonly Query[]): number {
    const count = callCounter({ quarter: QUARTER, plan, vocabulary, queries });
    const moved = queries.map(() => 0);
    const add = (month: string, answers: Answers, sign: number) => {
      count({ month, codes: encodeCall(answers, vocabulary) }, (query, by) => {
        moved[query] = (moved[query] ?? NaN) + sign * by;
      });
    };
    add('2026-10', first, 1);
    add('2026-12', second, -1);
    return queries.reduce(
      (sum, { sigma2 }, query) => sum + (moved[query] ?? NaN) ** 2 / (2 * toNumber(sigma2)),
      0,
    );
  }

  const plan = presetPlan('large');

  test('spend more than 2 rho of the best list that others found, and less of ours', () => {
    const others = (best['large']?.sigma2 ?? []).map(([, , sigma2]) => exact(sigma2));
    const theirs = withVariances(plan, others);
    expect(apart(plan, theirs)).toBeGreaterThan(1.007);
    expect(spent(plan, theirs).story).toBeCloseTo(apart(plan, theirs), 9);
    expect(keepsBudgets(theirs, shapesOf(plan), 0.5)).toBe(false);
    const ours = compileQueries(plan, vocabulary, QUARTER);
    expect(apart(plan, ours)).toBeGreaterThan(0.99);
    expect(apart(plan, ours)).toBeLessThanOrEqual(1);
  });
});

describe('a plan of one’s own', () => {
  const rule = (plan: Plan, words = vocabulary) =>
    ownVariances(familiesOf(plan, words, QUARTER), shapesOf(plan, words), plan.rho);

  test.each(presetSchema.options)('with the tables of %s is a little less sure than the preset', (preset) => {
    const plan = presetPlan(preset);
    expect(compileQueries({ ...plan, preset: 'own' }, vocabulary, QUARTER)).toEqual(
      compileQueries({ ...plan, preset: 'own' }, vocabulary, QUARTER),
    );
    if (preset === 'large') return;
    const queries = compileQueries({ ...plan, preset: 'own' }, vocabulary, QUARTER);
    const { tables } = variancesOfPlan({ quarter: QUARTER, plan, vocabulary, queries });
    const cells = [...tables.values()].flat();
    const mean = cells.reduce((sum, one) => sum + one, 0) / cells.length;
    expect(mean).toBeGreaterThan(best[preset]?.mean ?? NaN);
    expect(mean).toBeLessThan(1.02 * (best[preset]?.mean ?? NaN));
  });

  test.each<[string, PlanTable[], number]>([
    ['one question', [{ id: 'c', rows: 'concern' }], 0.5],
    ['one question, strictly', [{ id: 'c', rows: 'concern' }], 0.125],
    ['a question of all contacts', [{ id: 'c', rows: 'channel' }], 0.001],
    [
      'kinds and months',
      [
        { id: 'm', rows: 'month' },
        { id: 'k', rows: 'kind' },
      ],
      0.125,
    ],
    [
      'several answers',
      [
        { id: 'r', rows: 'referral' },
        { id: 't', rows: 'referral', level: 'top' },
      ],
      0.3,
    ],
    [
      'a cross',
      [
        { id: 'x', rows: 'concern', columns: 'referral', columnsLevel: 'top' },
        { id: 'c', rows: 'concern' },
      ],
      0.125,
    ],
  ])('keeps both budgets with %s, by the smallest factor', (_, tables, rho) => {
    const plan = own(tables, rho);
    const variances = rule(plan);
    expect(keepsBudgets(withVariances(plan, variances), shapesOf(plan), rho)).toBe(true);
    // Every s is whole in hundredths; a hundredth of a hundred less of each, and the plan spends too much.
    for (const [place, { scale }] of familiesOf(plan, vocabulary, QUARTER).entries()) {
      const s = toNumber(variances[place] ?? exact(0)) / scale ** 2;
      if (toNumber(variances[place] ?? exact(0)) > 2) expect(s * 100).toBeCloseTo(Math.round(s * 100), 6);
    }
    const less = variances.map(({ numerator, denominator }) => ({
      numerator: numerator * 99n,
      denominator: denominator * 100n,
    }));
    expect(keepsBudgets(withVariances(plan, less), shapesOf(plan), rho)).toBe(false);
  });

  test('gives tables of more answers less noise to a cell, as one over the root of n - 1', () => {
    const plan = own(
      ['concern', 'outcome', 'caller_age'].map((id) => ({ id, rows: id })),
      0.01,
    );
    const s = new Map(
      familiesOf(plan, vocabulary, QUARTER).map(({ id, scale }, place) => [
        id,
        toNumber(rule(plan)[place] ?? exact(0)) / scale ** 2,
      ]),
    );
    const [ten = NaN, six = NaN, three = NaN] = ['concern', 'outcome', 'caller_age'].map((id) => s.get(id));
    expect(six / ten).toBeCloseTo(3 / Math.sqrt(5), 3);
    expect(three / ten).toBeCloseTo(3 / Math.sqrt(2), 3);
  });

  test('has the least noise there may be where it asks little', () => {
    const queries = compileQueries(own([{ id: 'kind', rows: 'kind' }]), vocabulary, QUARTER);
    expect(new Set(queries.map(({ sigma2 }) => toNumber(sigma2)))).toEqual(new Set([2.002]));
    // Five kinds and their sum, each by an answer of its own, say a sixth more of each.
    expect(leastSure(own([{ id: 'kind', rows: 'kind' }]), vocabulary)).toBeCloseTo((2.002 * 5) / 6);
  });

  test('is what a preset is over another vocabulary', () => {
    const without = vocabularySchema.parse({
      ...vocabulary,
      dimensions: vocabulary.dimensions.map((dimension) =>
        dimension.id === 'concern'
          ? { ...dimension, codes: dimension.codes.filter(({ id }) => id !== 'targeted') }
          : dimension,
      ),
    });
    for (const preset of presetSchema.options) {
      const plan = presetPlan(preset);
      expect(presetVariances(plan, familiesOf(plan, without, QUARTER))).toBeNull();
      expect(compileQueries(plan, without, QUARTER)).toEqual(
        compileQueries({ ...plan, preset: 'own' }, without, QUARTER),
      );
    }
  });

  test('is what a preset is where its own variances would spend too much', () => {
    const more = vocabularySchema.parse({
      ...vocabulary,
      dimensions: vocabulary.dimensions.map((dimension) =>
        dimension.id === 'referral' ? { ...dimension, max: 5 } : dimension,
      ),
    });
    const plan = presetPlan('tiny');
    expect(presetVariances(plan, familiesOf(plan, more, QUARTER))).not.toBeNull();
    const queries = compileQueries(plan, more, QUARTER);
    expect(queries).toEqual(compileQueries({ ...plan, preset: 'own' }, more, QUARTER));
    expect(keepsBudgets(queries, shapesOf(plan, more), 0.5)).toBe(true);
  });

  test('may have the name of a preset and other tables', () => {
    for (const preset of presetSchema.options satisfies Preset[])
      expect(compileQueries(smallPlan(preset), smallVocabulary, QUARTER)).toEqual(
        compileQueries({ ...smallPlan(preset), preset: 'own' }, smallVocabulary, QUARTER),
      );
  });
});
