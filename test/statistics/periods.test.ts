import fc from 'fast-check';
import { monthsOfQuarter, quartersOfYear } from '../../src/contract/period.js';
import {
  periodSummarySchema,
  publishedTableSchema,
  type PublishedTable,
  type ShownNumber,
} from '../../src/contract/statistics.js';
import type { NoisyPeriod } from '../../src/statistics/noisy.js';
import { assemblePeriods, type PlannedQuarter } from '../../src/statistics/periods.js';
import { publishedTableOf, summaryOf, tableSummaryOf } from '../../src/statistics/present.js';
import { estimatedValue } from '../../src/statistics/totals.js';
import { describe, expect, test } from '../support/jest.js';
import { smallPlan, smallVocabulary } from '../support/small.js';
import { aQuarter, ofPreset, ownPlan, periodOf, spread, tableOf, type Fill } from './builders.js';

const ids = (quarters: readonly PlannedQuarter[]) => assemblePeriods(quarters).map(({ id }) => id);
const tableIds = (period: NoisyPeriod) => period.tables.map(({ shape }) => shape.id);
const show = (period: NoisyPeriod, id: string) => publishedTableOf(period, tableOf(period, id));

/** The four quarters of 2026, each with numbers of its own. */
const aYear = (plans = quartersOfYear('2026').map(() => smallPlan('large'))) =>
  quartersOfYear('2026').map((quarter, index) =>
    aQuarter({ quarter, plan: plans[index] ?? smallPlan('large'), fill: spread(index) }),
  );

describe('which periods there are', () => {
  test('a month is out before its quarter, even when its plan has no month table', () => {
    const quarter = aQuarter({ plan: smallPlan('tiny'), closed: ['2026-01', '2026-02'] });
    expect(ids([quarter])).toEqual(['2026-01', '2026-02']);
    expect(periodOf([quarter], '2026-01').tables).toEqual([]);
  });

  test('a year is out once its four quarters are, on the day of the last', () => {
    const year = aYear();
    expect(ids(year.slice(0, 3))).not.toContain('2026');
    expect(ids(year)).toHaveLength(17);
    expect(ids(year)[0]).toBe('2026');
    const late = aQuarter({ quarter: '2026-Q4' });
    const closed = new Map([...late.closed].map(([id, one]) => [id, { ...one, publishedOn: '2027-01-07' }]));
    expect(periodOf([...year.slice(0, 3), { ...late, closed }], '2026').publishedOn).toBe('2027-01-07');
  });

  test('three quarters of one year and one of the next are no year', () => {
    const quarters = ['2025-Q4', '2026-Q1', '2026-Q2', '2026-Q3'].map((quarter) => aQuarter({ quarter }));
    expect(ids(quarters).filter((id) => id.length === 4)).toEqual([]);
  });
});

describe('a quarter', () => {
  test('has the tables of its plan in order, the month tables from the rows of its months', () => {
    const plan = smallPlan('large');
    const quarter = aQuarter({ plan });
    const period = periodOf([quarter], '2026-Q1');
    expect(tableIds(period)).toEqual(plan.tables.map(({ id }) => id));
    const table = tableOf(period, 'month-by-concern');
    expect(table.shape.rows.codes.map(({ code }) => code)).toEqual(['2026-01', '2026-02', '2026-03']);
    const months = monthsOfQuarter('2026-Q1').map(
      (month) => quarter.closed.get(month)?.tables.get('month-by-concern')?.[0],
    );
    expect(table.noisy).toEqual(months);
  });

  test('has no month table, and no total from one, while a row of it is missing', () => {
    const plan = ownPlan([{ id: 'month', rows: 'month' }]);
    const period = periodOf([aQuarter({ plan, closed: ['2026-01', '2026-02', '2026-Q1'] })], '2026-Q1');
    expect(period.tables).toEqual([]);
    expect(period.totals.contacts).toBeNull();
  });

  test('shows its plan: variance, threshold and step', () => {
    const plan = (preset: 'tiny' | 'small' | 'medium' | 'large') =>
      summaryOf(periodOf([aQuarter({ plan: smallPlan(preset) })], '2026-Q1')).plan;
    expect(plan('tiny')).toEqual({ preset: 'tiny', rho: 0.5, sigma2: 4, threshold: 7, step: 1 });
    expect(plan('small')).toEqual({ preset: 'small', rho: 0.5, sigma2: 10, threshold: 10, step: 1 });
    expect(plan('medium')).toEqual({ preset: 'medium', rho: 0.5, sigma2: 18, threshold: 15, step: 5 });
    expect(plan('large')).toEqual({ preset: 'large', rho: 0.5, sigma2: 26, threshold: 20, step: 5 });
  });

  test('a month has its monthly tables alone, one row each', () => {
    const month = periodOf([aQuarter()], '2026-03');
    expect(tableIds(month)).toEqual(['month-by-concern']);
    const table = show(month, 'month-by-concern');
    expect(table.rows.codes).toEqual([{ code: '2026-03', label: { sv: 'mars 2026', en: 'March 2026' } }]);
    expect(table.cells).toHaveLength(1);
    expect(tableSummaryOf(tableOf(month, 'month-by-concern'))).toEqual({
      id: 'month-by-concern',
      rows: { dimension: 'month', level: 'leaf' },
      columns: { dimension: 'concern', level: 'leaf' },
      universe: 'conversation',
    });
  });
});

describe('withheld rows', () => {
  const cross = { id: 'cross', rows: 'environment', columns: 'gender', columnsLevel: 'top' } as const;
  const withheldRows = (tables: Parameters<typeof ownPlan>[0], fill: Fill) =>
    show(periodOf([aQuarter({ plan: ownPlan(tables), fill })], '2026-Q1'), 'cross').cells.map((row) =>
      row.every((cell) => 'withheld' in cell),
    );
  // Four genders of 30 each in every row, so the cells alone would show it.
  const thirties: Fill = (table) => (table === 'cross' ? 30 : 40);
  const all = (value: boolean) => new Array<boolean>(8).fill(value);

  test('the margin is the published one-way number of the same question', () => {
    expect(withheldRows([cross, { id: 'environment', rows: 'environment' }], thirties)).toEqual(all(true));
  });

  test('or the sum of the noisy cells, where only another level or another universe is published', () => {
    const other = { id: 'environment-top', rows: 'environment', level: 'top' } as const;
    expect(withheldRows([cross], thirties)).toEqual(all(false));
    expect(withheldRows([cross, other], thirties)).toEqual(all(false));
    const channels = { id: 'cross', rows: 'channel', columns: 'concern' };
    expect(withheldRows([channels, { id: 'channel', rows: 'channel' }], thirties)).toEqual(
      all(false).slice(0, 5),
    );
  });

  test('a row that holds everyone in one cell is withheld and its neighbours are not', () => {
    const fill: Fill = (_, row, column) => (row === 2 ? (column === 1 ? 180 : -1) : 30);
    expect(withheldRows([cross], fill)).toEqual([false, false, true, false, false, false, false, false]);
  });

  test('rows of months too', () => {
    const month = periodOf([aQuarter({ fill: () => 3 })], '2026-01');
    expect(show(month, 'month-by-concern').cells.flat()).toEqual(
      new Array<object>(10).fill({ withheld: true }),
    );
  });
});

describe('a year', () => {
  test('adds its quarters cell by cell, and their variances', () => {
    const quarters = aYear();
    const year = periodOf(quarters, '2026');
    const four = quartersOfYear('2026').map((id) => periodOf(quarters, id));
    for (const id of ['kind', 'area', 'concern-by-referral']) {
      const table = tableOf(year, id);
      table.noisy.forEach((line, row) => {
        line.forEach((cell, column) => {
          const parts = four.map((quarter) => tableOf(quarter, id).noisy[row]?.[column] ?? NaN);
          expect(cell).toBe(parts.reduce((sum, part) => sum + part, 0));
        });
      });
      expect(table.sigma2).toBe(104);
    }
    // T(104) in fives: three standard deviations of 10.2 are 30.6.
    const least = { sigma2: 104, threshold: 35, step: 5 };
    expect(show(year, 'concern-by-referral')).toMatchObject({ ...least, uncertainty: 21 });
    // Among the kinds the least certain ones keep 0.867 of that variance: 1.96 sqrt(90.2 + 2) = 18.8.
    expect(show(year, 'kind')).toMatchObject({ ...least, uncertainty: 19 });
    expect(summaryOf(year).plan).toEqual({ preset: 'large', rho: 0.5, sigma2: 104, threshold: 35, step: 5 });
  });

  test('has its twelve months side by side, with the noise of one cell each', () => {
    const quarters = aYear();
    const year = periodOf(quarters, '2026');
    const table = tableOf(year, 'month-by-concern');
    expect(table.shape.rows.codes.map(({ code }) => code)).toEqual(
      quartersOfYear('2026').flatMap(monthsOfQuarter),
    );
    expect(table.noisy).toEqual(
      quartersOfYear('2026').flatMap((id) => tableOf(periodOf(quarters, id), 'month-by-concern').noisy),
    );
    expect(show(year, 'month-by-concern')).toMatchObject({ sigma2: 26, threshold: 20, step: 5 });
  });

  test('stays in the step of its quarters', () => {
    const year = periodOf(aYear(quartersOfYear('2026').map(() => smallPlan('tiny'))), '2026');
    expect(summaryOf(year).plan).toMatchObject({ sigma2: 16, step: 1, threshold: 13 });
  });

  test('of different plans has the tables that all four have, in the largest step', () => {
    const [tiny, small, medium, large] = (['tiny', 'small', 'medium', 'large'] as const).map((p) =>
      smallPlan(p),
    );
    if (!tiny || !small || !medium || !large) throw new Error('a preset is missing');
    const year = periodOf(aYear([small, medium, medium, medium]), '2026');
    // Both plans have them, but the months' noise differs, and relation and age are at other levels.
    expect(tableIds(year)).toEqual(['concern', 'environment', 'gender-top', 'outcome']);
    expect(year).toMatchObject({ preset: 'own', sigma2: 10 + 3 * 18, step: 5 });
    expect(tableIds(periodOf(aYear([tiny, large, large, large]), '2026'))).toEqual([]);
  });

  test('takes the largest step wherever in the year it was', () => {
    const small = smallPlan('small');
    expect(periodOf(aYear([smallPlan('medium'), small, small, small]), '2026').step).toBe(5);
  });

  test('does not add tables of different names, though they count the same', () => {
    const [before, after] = ['language', 'tongue'].map((id) => ownPlan([{ id, rows: 'language' }]));
    if (!before || !after) throw new Error('a plan is missing');
    expect(tableIds(periodOf(aYear([before, before, before, before]), '2026'))).toEqual(['language']);
    expect(tableIds(periodOf(aYear([before, after, after, after]), '2026'))).toEqual([]);
  });

  test('leaves out a table whose codes changed during the year, whatever its name', () => {
    const dimensions = smallVocabulary.dimensions.map((dimension) =>
      dimension.id === 'language' ? { ...dimension, codes: dimension.codes.slice(1) } : dimension,
    );
    const quarters = [
      ...aYear().slice(0, 3),
      aQuarter({ quarter: '2026-Q4', words: { version: 2, dimensions } }),
    ];
    const year = periodOf(quarters, '2026');
    expect(tableIds(year)).toEqual(tableIds(periodOf(quarters, '2026-Q4')).filter((id) => id !== 'language'));
    expect(year.vocabularyVersion).toBe(2);
  });

  test('has the totals of its quarters, added before any rounding', () => {
    const quarters = aYear();
    const year = periodOf(quarters, '2026');
    for (const total of ['contacts', 'conversations'] as const) {
      const parts = quartersOfYear('2026').map((id) => periodOf(quarters, id).totals[total]);
      const sum = parts.reduce((all, part) => all + (part ? estimatedValue(part) : NaN), 0);
      const estimate = year.totals[total];
      expect(estimate && estimatedValue(estimate)).toBeCloseTo(sum, 8);
      expect(estimate?.variance).toBeCloseTo(4 * (parts[0]?.variance ?? NaN), 8);
    }
  });

  test('has no total that one of its quarters lacks', () => {
    const year = periodOf(
      aYear([smallPlan('tiny'), smallPlan('large'), smallPlan('large'), smallPlan('large')]),
      '2026',
    );
    expect(summaryOf(year).totals.contacts).toBeNull();
    expect(summaryOf(year).uncertainty.contacts).toBeNull();
    expect(summaryOf(year).totals.conversations).not.toBeNull();
  });
});

/** Exactly one key; a value is a multiple of the step from the threshold up. */
function isWellFormed(cell: ShownNumber, { threshold, step }: PublishedTable): boolean {
  if (Object.keys(cell).length !== 1) return false;
  if ('value' in cell) return cell.value % step === 0 && cell.value >= threshold;
  return 'under' in cell ? cell.under === threshold : 'withheld' in cell;
}

describe('what leaves the room', () => {
  const everything = (quarters: readonly PlannedQuarter[]) =>
    assemblePeriods(quarters).map((period) => ({
      summary: summaryOf(period),
      tables: period.tables.map((table) => publishedTableOf(period, table)),
    }));

  test('is the same, byte for byte, for the same noisy numbers (A9)', () => {
    // The same noisy numbers may come of any true counts: here as true + noise split two different ways.
    const split = (part: number): Fill => {
      const noisy = spread(5);
      return (...cell) => {
        const truth = Math.floor(Math.abs(noisy(...cell)) * part);
        return truth + (noisy(...cell) - truth);
      };
    };
    const year = (fill: Fill) => quartersOfYear('2026').map((quarter) => aQuarter({ quarter, fill }));
    const [one, other] = [split(0.2), split(0.9)].map((fill) => JSON.stringify(everything(year(fill))));
    expect(one).toBe(other);
    expect(one).not.toBe(JSON.stringify(everything(year(spread(6)))));
  });

  test('fits the contract, each number one key, each value a multiple of the step from the threshold up', () => {
    const presets = fc.constantFrom('tiny' as const, 'small' as const, 'medium' as const, 'large' as const);
    const rho = fc.constantFrom(0.5, 0.3, 0.125);
    fc.assert(
      fc.property(
        presets,
        rho,
        fc.integer({ min: 0, max: 1e6 }),
        fc.integer({ min: 1, max: 50 }),
        (...drawn) => {
          const [preset, spent, salt, scale] = drawn;
          const quarters = quartersOfYear('2026').map((quarter, index) => {
            const numbers = spread(salt + index);
            const fill: Fill = (...cell) => numbers(...cell) * scale;
            return aQuarter({ quarter, ...ofPreset(preset, spent), fill });
          });
          for (const { summary, tables } of everything(quarters)) {
            expect(periodSummarySchema.parse(summary)).toEqual(summary);
            for (const table of tables) {
              expect(publishedTableSchema.parse(table)).toEqual(table);
              expect(table.cells).toHaveLength(table.rows.codes.length);
              expect(table.cells.flat().filter((cell) => !isWellFormed(cell, table))).toEqual([]);
            }
          }
        },
      ),
      { numRuns: 12 },
    );
  });
});
