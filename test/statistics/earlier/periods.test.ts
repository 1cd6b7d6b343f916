/** What a quarter that version 0.1 began is shown by: one noise for all of it, and its year's for all of that. */
import { monthsOfQuarter, quartersOfYear } from '../../../src/contract/period.js';
import type { NoisyPeriod } from '../../../src/statistics/period.js';
import { summaryOf } from '../../../src/statistics/present.js';
import { describe, expect, test } from '../../support/jest.js';
import { smallPlan } from '../../support/small.js';
import { periodOf, spread, tableOf } from '../builders.js';
import { anEarlierQuarter, answersOf, quarterOf, show } from './quarters.js';

const tableIds = (period: NoisyPeriod) => period.tables.map(({ shape }) => shape.id);

/** The four quarters of 2026, each with numbers of its own. */
const aYear = (plans = quartersOfYear('2026').map(() => smallPlan('large'))) =>
  quartersOfYear('2026').map((quarter, index) =>
    anEarlierQuarter({ quarter, plan: plans[index] ?? smallPlan('large'), fill: spread(index) }),
  );

describe('a quarter', () => {
  test.each([
    ['tiny', { sigma2: 4, threshold: 7, step: 1 }],
    ['small', { sigma2: 10, threshold: 10, step: 1 }],
    ['medium', { sigma2: 18, threshold: 15, step: 5 }],
    ['large', { sigma2: 26, threshold: 20, step: 5 }],
  ] as const)('of %s shows every number by the noise of its cells, totals too', (preset, rule) => {
    const period = quarterOf(smallPlan(preset));
    expect(period.earlier?.noise).toEqual({ sigma2: rule.sigma2, step: rule.step });
    const { threshold, step } = rule;
    expect(summaryOf(period).sureness.conversations).toMatchObject({ threshold, step });
    for (const { shape } of period.tables) expect(show(period, shape.id)).toMatchObject({ threshold, step });
  });

  test('has its month tables from the rows of its months', () => {
    const period = quarterOf(smallPlan('large'));
    const quarters = [anEarlierQuarter()];
    const months = monthsOfQuarter('2026-Q1').flatMap((month) =>
      answersOf(periodOf(quarters, month), 'month-by-concern'),
    );
    expect(answersOf(period, 'month-by-concern')).toEqual(months);
  });
});

describe('a year', () => {
  test('adds its quarters cell by cell, and their variances', () => {
    const quarters = aYear();
    const year = periodOf(quarters, '2026');
    const four = quartersOfYear('2026').map((id) => periodOf(quarters, id));
    for (const id of ['kind', 'area', 'concern-by-referral']) {
      answersOf(year, id).forEach((line, row) => {
        line.forEach((cell, column) => {
          const parts = four.map((quarter) => answersOf(quarter, id)[row]?.[column] ?? NaN);
          expect(cell).toBe(parts.reduce((sum, part) => sum + part, 0));
        });
      });
      expect(tableOf(year, id).noise().sigma2).toBe(104);
    }
    // T(104) in fives: three standard deviations of 10.2 are 30.6.
    const least = { sigma2: 104, threshold: 35, step: 5 };
    expect(show(year, 'concern-by-referral')).toMatchObject({ ...least, uncertainty: 21 });
    // Among the kinds the least certain ones keep 0.867 of that variance: 1.96 sqrt(90.2 + 2) = 18.8.
    expect(show(year, 'kind')).toMatchObject({ ...least, uncertainty: 19 });
    expect(summaryOf(year)).toMatchObject({
      plan: { preset: 'large', rho: 0.5 },
      sureness: { contacts: { threshold: 35, step: 5 } },
    });
  });

  test('has its twelve months side by side, with the noise of one cell each', () => {
    const quarters = aYear();
    const year = periodOf(quarters, '2026');
    expect(tableOf(year, 'month-by-concern').shape.rows.codes.map(({ code }) => code)).toEqual(
      quartersOfYear('2026').flatMap(monthsOfQuarter),
    );
    expect(answersOf(year, 'month-by-concern')).toEqual(
      quartersOfYear('2026').flatMap((id) => answersOf(periodOf(quarters, id), 'month-by-concern')),
    );
    expect(show(year, 'month-by-concern')).toMatchObject({ sigma2: 26, threshold: 20, step: 5 });
  });

  test('stays in the step of its quarters', () => {
    const year = periodOf(aYear(quartersOfYear('2026').map(() => smallPlan('tiny'))), '2026');
    expect(show(year, 'concern-top')).toMatchObject({ sigma2: 16, step: 1, threshold: 13 });
    expect(summaryOf(year).sureness.conversations).toMatchObject({ step: 1, threshold: 13 });
  });

  test('of different plans has what all four counted, without months, in the largest step', () => {
    const [small, medium] = [smallPlan('small'), smallPlan('medium')];
    const year = periodOf(aYear([small, medium, medium, medium]), '2026');
    expect(tableIds(year)).toEqual(['concern', 'environment', 'relation', 'age', 'gender-top', 'outcome']);
    expect(year).toMatchObject({ preset: 'own', earlier: { noise: { sigma2: 10 + 3 * 18, step: 5 } } });
  });

  test('takes the largest step wherever in the year it was', () => {
    const small = smallPlan('small');
    const year = periodOf(aYear([smallPlan('medium'), small, small, small]), '2026');
    expect(show(year, 'concern')).toMatchObject({ step: 5 });
  });

  test('has the totals of its quarters, added before any rounding', () => {
    const quarters = aYear();
    const year = periodOf(quarters, '2026');
    for (const total of ['contacts', 'conversations'] as const) {
      const parts = quartersOfYear('2026').map((id) => periodOf(quarters, id).totals[total]);
      const sum = parts.reduce((all, part) => all + (part?.value ?? NaN), 0);
      expect(year.totals[total]?.value).toBeCloseTo(sum, 8);
      expect(year.totals[total]?.variance).toBeCloseTo(4 * (parts[0]?.variance ?? NaN), 8);
    }
  });

  test('has no total that one of its quarters lacks', () => {
    const large = smallPlan('large');
    const { totals, sureness } = summaryOf(periodOf(aYear([smallPlan('tiny'), large, large, large]), '2026'));
    expect(totals.contacts).toBeNull();
    expect(sureness.contacts).toBeNull();
    expect(totals.conversations).not.toBeNull();
  });
});
