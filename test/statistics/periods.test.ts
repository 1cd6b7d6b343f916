/** Which periods there are, and which tables each has, whichever version began the quarter. */
import { monthsOfQuarter, quartersOfYear } from '../../src/contract/period.js';
import type { NoisyPeriod } from '../../src/statistics/period.js';
import { assemblePeriods, type PlannedQuarter } from '../../src/statistics/periods.js';
import { publishedTableOf, summaryOf, tableSummaryOf } from '../../src/statistics/present.js';
import { describe, expect, test } from '../support/jest.js';
import { smallPlan } from '../support/small.js';
import { aQuarter, ownPlan, periodOf, tableOf } from './builders.js';

const ids = (quarters: readonly PlannedQuarter[]) => assemblePeriods(quarters).map(({ id }) => id);
const tableIds = (period: NoisyPeriod) => period.tables.map(({ shape }) => shape.id);

describe.each([1, 2] as const)('under display rules %d', (displayRules) => {
  const quarterOf = (options: Parameters<typeof aQuarter>[0] = {}) => aQuarter({ ...options, displayRules });

  describe('which periods there are', () => {
    test('a month is out before its quarter, even when its plan has no month table', () => {
      const quarter = quarterOf({ plan: smallPlan('tiny'), closed: ['2026-01', '2026-02'] });
      expect(ids([quarter])).toEqual(['2026-01', '2026-02']);
      const month = periodOf([quarter], '2026-01');
      expect(month.tables).toEqual([]);
      expect(summaryOf(month)).toMatchObject({
        totals: { contacts: null, conversations: null },
        sureness: { contacts: null, conversations: null },
      });
    });

    test('a quarter is not while a month of it is missing that is asked about', () => {
      const plan = ownPlan([{ id: 'month', rows: 'month' }]);
      const closed = ['2026-01', '2026-02', '2026-Q1'];
      expect(ids([quarterOf({ plan, closed })])).toEqual(['2026-01', '2026-02']);
    });

    test('a year is out once its four quarters are, on the day of the last', () => {
      const year = quartersOfYear('2026').map((quarter) => quarterOf({ quarter, plan: smallPlan('small') }));
      expect(ids(year.slice(0, 3))).not.toContain('2026');
      expect(ids(year)).toHaveLength(17);
      expect(ids(year)[0]).toBe('2026');
      const late = quarterOf({ quarter: '2026-Q4', plan: smallPlan('small') });
      const closed = new Map(
        [...late.closed].map(([id, one]) => [id, { ...one, publishedOn: '2027-01-07' }]),
      );
      expect(periodOf([...year.slice(0, 3), { ...late, closed }], '2026').publishedOn).toBe('2027-01-07');
    });

    test('three quarters of one year and one of the next are no year', () => {
      const quarters = ['2025-Q4', '2026-Q1', '2026-Q2', '2026-Q3'].map((quarter) =>
        quarterOf({ quarter, plan: smallPlan('tiny') }),
      );
      expect(ids(quarters).filter((id) => id.length === 4)).toEqual([]);
    });
  });

  describe('which tables they have', () => {
    const quarter = quarterOf();

    test('a quarter those of its plan in order, the month tables over its months', () => {
      const period = periodOf([quarter], '2026-Q1');
      expect(tableIds(period)).toEqual(smallPlan('large').tables.map(({ id }) => id));
      expect(tableOf(period, 'month-by-concern').shape.rows.codes.map(({ code }) => code)).toEqual(
        monthsOfQuarter('2026-Q1'),
      );
    });

    test('a month its monthly tables alone, one row each', () => {
      const month = periodOf([quarter], '2026-03');
      expect(tableIds(month)).toEqual(['month-by-concern']);
      const table = tableOf(month, 'month-by-concern');
      const shown = publishedTableOf(month, table);
      expect(shown.rows.codes).toEqual([{ code: '2026-03', label: { sv: 'mars 2026', en: 'March 2026' } }]);
      expect(shown.cells).toHaveLength(1);
      expect(tableSummaryOf(table)).toEqual({
        id: 'month-by-concern',
        rows: { dimension: 'month', level: 'leaf' },
        columns: { dimension: 'concern', level: 'leaf' },
        universe: 'conversation',
      });
    });

    test('and which of them a call may be in more than once', () => {
      const period = periodOf([quarter], '2026-Q1');
      const several = period.tables.filter((table) => publishedTableOf(period, table).several);
      expect(several.map(({ shape }) => shape.id)).toEqual(['referral', 'concern-by-referral']);
    });
  });
});
