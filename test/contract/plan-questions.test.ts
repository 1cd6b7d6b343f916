/** What a plan answers and asks, and how sure it is: from the plan alone. */
import { presetSchema, type Plan, type PlanTable } from '../../src/contract/plan.js';
import { countsMonths, crossTables, formLength, planQuestions } from '../../src/contract/plan-questions.js';
import { presetPlan } from '../../src/contract/presets.js';
import { compileQueries } from '../../src/contract/compile.js';
import { stepFor, uncertaintyOf } from '../../src/contract/display.js';
import { surenessOf } from '../../src/contract/sureness.js';
import { vocabulary as whole } from '../support/calls.js';
import { describe, expect, test } from '../support/jest.js';
import { smallPlan, smallVocabulary as vocabulary } from '../support/small.js';

const own = (...tables: PlanTable[]): Plan => ({ preset: 'own', rho: 0.5, tables });

describe('the questions of a plan', () => {
  test('are all of the vocabulary, in its order, each with whether and how it is answered', () => {
    const plan = own(
      { id: 'a', rows: 'concern', level: 'top' },
      { id: 'b', rows: 'age', level: 'top', columns: 'concern' },
      { id: 'c', rows: 'month', columns: 'gender', columnsLevel: 'top' },
      { id: 'd', rows: 'language', level: 'top' },
    );
    const questions = planQuestions(plan, vocabulary);
    expect(questions.map(({ dimension }) => dimension)).toEqual(vocabulary.dimensions);
    const answered = questions.flatMap(({ dimension: { id }, level, grouped }) =>
      level === null ? [] : [[id, level, grouped]],
    );
    expect(answered).toEqual([
      // Once in groups and once by every answer is by every answer.
      ['concern', 'leaf', false],
      ['age', 'top', true],
      ['gender', 'top', true],
      // It has no groups, so it looks the same.
      ['language', 'top', false],
    ]);
  });

  test('are published by months where a table has months as rows, and crossed where two questions meet', () => {
    const table = { id: 'a', rows: 'concern' };
    const byMonth = { id: 'm', rows: 'month' };
    expect(countsMonths(own(table))).toBe(false);
    expect(countsMonths(own(table, byMonth))).toBe(true);
    expect(crossTables(own(table, byMonth, { ...byMonth, columns: 'concern' }))).toBe(0);
    expect(crossTables(own(table, { ...table, columns: 'age' }))).toBe(1);
  });
});

describe('the form of a plan', () => {
  test('has every question that is counted, and that of the kind of contact', () => {
    expect(formLength(own({ id: 'a', rows: 'age' }), vocabulary)).toEqual({ questions: 2, presses: 4 });
    expect(formLength(smallPlan('tiny'), vocabulary).questions).toBe(5);
  });

  test('takes as many keys as a conversation with every answer does: test/browser/call-keys.test.ts', () => {
    expect(formLength(presetPlan('large'), whole)).toEqual({ questions: 15, presses: 21 });
  });

  test('is shorter in groups, and the longer the larger the plan', () => {
    const relation = (level: 'leaf' | 'top') =>
      formLength(own({ id: 'a', rows: 'relation', level }), vocabulary).presses;
    expect(relation('leaf')).toBe(relation('top') + 1);
    const presses = presetSchema.options.map((preset) => formLength(presetPlan(preset), whole).presses);
    expect(presses).toEqual(presses.toSorted((a, b) => a - b));
  });
});

describe('how sure a plan is', () => {
  const at = (variance: number) => uncertaintyOf(variance, stepFor(variance));
  const sigma2Of = (plan: Plan) => {
    const [query] = compileQueries(plan, vocabulary, '2026-Q1');
    return Number(query?.sigma2.numerator) / Number(query?.sigma2.denominator);
  };

  test('has no total where nothing counts every call', () => {
    // Several answers to one call do not add up to calls.
    const plan = own({ id: 'r', rows: 'referral' });
    expect(surenessOf(plan, vocabulary)).toMatchObject({ contacts: null, conversations: null });
  });

  test('has that of the sum of a question that everybody answers, better from two of them', () => {
    const one = own({ id: 'a', rows: 'age', level: 'top' });
    const cells = vocabulary.dimensions
      .find(({ id }) => id === 'age')
      ?.codes.filter(({ parent }) => parent === undefined).length;
    const variance = Number(cells) * sigma2Of(one);
    expect(surenessOf(one, vocabulary)).toEqual({
      contacts: null,
      conversations: at(variance),
      table: at(sigma2Of(one)),
    });
    const two = own(...one.tables, { id: 'b', rows: 'age', level: 'top' });
    // Each has twice the variance, so that the mean of both has that of one.
    expect(surenessOf(two, vocabulary).conversations).toBe(at((Number(cells) * sigma2Of(two)) / 2));
  });

  test('has all contacts from a question that is put to everybody, and the conversations from their kind', () => {
    const plan = own({ id: 'k', rows: 'kind' });
    const sigma2 = sigma2Of(plan);
    expect(surenessOf(plan, vocabulary)).toEqual({
      ...{ contacts: at(6 * sigma2), conversations: at(sigma2), table: at(sigma2) },
    });
  });

  test('is less the larger the plan, and the stricter the protection', () => {
    const tables = presetSchema.options.map((preset) => surenessOf(presetPlan(preset), whole).table);
    expect(tables).toEqual(tables.toSorted((a, b) => a - b));
    for (const preset of presetSchema.options)
      expect(surenessOf(presetPlan(preset, 0.125), whole).table).toBeGreaterThan(
        surenessOf(presetPlan(preset), whole).table,
      );
  });
});
