/** What a plan answers and asks, and how sure it is: from the plan alone. */
import { presetSchema, type Plan, type PlanTable } from '../../src/contract/plan.js';
import { countsMonths, crossTables, formLength, planQuestions } from '../../src/contract/plan-questions.js';
import { presetPlan } from '../../src/contract/presets.js';
import { compileQueries } from '../../src/contract/compile.js';
import { stepFor, uncertaintyOf } from '../../src/contract/display.js';
import type { Query } from '../../src/contract/queries.js';
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
  const sigma2Of = ({ numerator, denominator }: Query['sigma2']) => Number(numerator) / Number(denominator);
  /** Variances of independent answers to the same question, taken together. */
  const together = (...variances: number[]) => 1 / variances.reduce((sum, variance) => sum + 1 / variance, 0);

  test('has the totals as they are asked for, where the tables say no more of them', () => {
    // Several answers to one call do not add up to calls.
    const plan = own({ id: 'r', rows: 'referral' });
    const variance = Object.fromEntries(
      compileQueries(plan, vocabulary, '2026-Q1').flatMap(({ table, of, sigma2 }) =>
        table === null ? [[of, sigma2Of(sigma2)]] : [],
      ),
    );
    const [conversations = NaN, other = NaN] = [variance['conversation'], variance['other']];
    expect(surenessOf(plan, vocabulary)).toMatchObject({
      contacts: at(conversations + other),
      conversations: at(conversations),
    });
  });

  test('has all contacts from what is no conversation as well: asked for together and kind by kind', () => {
    const plan = own({ id: 'k', rows: 'kind' });
    const sigma2 = 2.002;
    expect(
      new Set(compileQueries(plan, vocabulary, '2026-Q1').map((query) => sigma2Of(query.sigma2))),
    ).toEqual(new Set([sigma2]));
    expect(surenessOf(plan, vocabulary)).toEqual({
      contacts: at(sigma2 + together(sigma2, 5 * sigma2)),
      conversations: at(sigma2),
      table: at((5 / 6) * sigma2),
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
