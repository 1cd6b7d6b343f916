/** How version 0.1's shown numbers add up, in the quarters that it began. */
import fc from 'fast-check';
import { quartersOfYear } from '../../../src/contract/period.js';
import { tableShapes, type Plan, type PlanTable } from '../../../src/contract/plan.js';
import {
  publishedTableSchema,
  type PublishedTable,
  type ShownNumber,
} from '../../../src/contract/statistics.js';
import { valueOf } from '../../../src/contract/display.js';
import type { NoisyPeriod } from '../../../src/statistics/period.js';
import { publishedTableOf, summaryOf } from '../../../src/statistics/present.js';
import { showNumber, thresholdFor } from '../../../src/statistics/show.js';
import { sum } from '../../support/discrete-gaussian.js';
import { describe, expect, test } from '../../support/jest.js';
import { smallPlan, smallVocabulary } from '../../support/small.js';
import { ofPreset, ownPlan, periodOf, spread, tableOf, type Fill } from '../builders.js';
import { anEarlierQuarter, answersOf, cellsOf, quarterOf, show } from './quarters.js';

/** The cells without what they are of their denominators. */
const cellsShown = (period: NoisyPeriod, id: string): ShownNumber[][] =>
  show(period, id).cells.map((row) => row.map((cell) => ('value' in cell ? { value: cell.value } : cell)));

// sigma^2 = 2 / (2 * 0.05) = 20: fives, threshold 15.
const two: PlanTable[] = [
  { id: 'contact', rows: 'contact' },
  { id: 'length', rows: 'length' },
];
const fives = ownPlan(two, 0.05);
const filled =
  (numbers: Readonly<Record<string, readonly number[]>>): Fill =>
  (table, row) =>
    numbers[table]?.[row] ?? NaN;

describe('a table and its total', () => {
  test('all cells shown: they add up, though each by itself would not', () => {
    // Both tables say 108, so nothing moves but by rounding: 108 is shown as 110, the cells alone as 40 + 35 + 35.
    const fill = filled({ contact: [38, 36, 34], length: [28, 20, 20, 20, 20] });
    const period = quarterOf(fives, fill);
    expect(summaryOf(period).totals.conversations).toEqual({ value: 110 });
    expect(cellsShown(period, 'contact')).toEqual([[{ value: 40 }], [{ value: 35 }], [{ value: 35 }]]);
    expect(show(period, 'contact').hidden).toBeNull();
    // Alone 30 and four times 20.
    expect(cellsShown(period, 'length').flat()).toEqual([30, 20, 20, 20, 20].map((value) => ({ value })));
    const other = quarterOf(fives, filled({ contact: [37, 37, 37], length: [27, 21, 21, 21, 21] }));
    // 111 is shown as 110; alone the cells would be three times 35, and of equal ones the first goes up.
    expect(cellsShown(other, 'contact').flat()).toEqual([40, 35, 35].map((value) => ({ value })));
    expect(cellsShown(other, 'length').flat()).toEqual([30, 20, 20, 20, 20].map((value) => ({ value })));
  });

  test('two hidden cells or more: one line tells how many they hold together, and how surely', () => {
    const period = quarterOf(fives, filled({ contact: [80, 20, 8], length: [63, 12, 11, 13, 9] }));
    const table = show(period, 'length');
    expect(cellsShown(period, 'length').flat()).toEqual([
      { value: 65 },
      ...new Array<object>(4).fill({ under: 15 }),
    ]);
    // The four of five cells: 4 sigma^2, less the 16/5 that the total says, plus 16/25 of its variance 37.5.
    const uncertainty = Math.ceil(1.96 * Math.sqrt(20 * (4 - 16 / 5) + (16 / 25) * 37.5 + 2));
    expect(table.hidden).toEqual({ value: 45, uncertainty });
    expect(publishedTableSchema.parse(table)).toEqual(table);
  });

  test('one hidden cell: no such line', () => {
    const period = quarterOf(fives, filled({ contact: [80, 20, 8], length: [63, 12, 11, 13, 9] }));
    expect(cellsShown(period, 'contact')).toEqual([[{ value: 80 }], [{ value: 20 }], [{ under: 15 }]]);
    expect(show(period, 'contact').hidden).toBeNull();
  });

  test('hidden cells that hold too little together: no such line', () => {
    const period = quarterOf(fives, filled({ contact: [100, 4, 4], length: [100, 2, 2, 2, 2] }));
    expect(show(period, 'length').hidden).toBeNull();
    expect(cellsShown(period, 'length')[0]).toEqual([{ value: 100 }]);
  });

  test('a question that may be left unanswered has no total to add up to', () => {
    const dimensions = smallVocabulary.dimensions.map((one) =>
      one.id === 'length' ? { ...one, required: false } : one,
    );
    const plan = ownPlan([...two, { id: 'contact-by-length', rows: 'contact', columns: 'length' }], 0.05);
    // Of 200 calls of each contact 85 have a length; three lengths are common and two are hidden.
    const fill: Fill = (table, row, column) => {
      if (table === 'contact') return 200;
      const common = (table === 'length' ? row : column) < 3;
      return (common ? 28 : 1) * (table === 'length' ? 3 : 1);
    };
    const period = periodOf([anEarlierQuarter({ plan, fill, words: { version: 1, dimensions } })], '2026-Q1');
    expect(show(period, 'length').hidden).toBeNull();
    expect(show(period, 'contact-by-length').hidden).toBeNull();
    // 84 by itself is 85; to the total of 600 the three would have to be far more.
    const lengths = show(period, 'length').cells.flat().map(valueOf);
    expect(lengths).toEqual([85, 85, 85, null, null]);
    // Each length has its contacts, though, so columns do add up: 28 by itself is 30.
    const cells = show(period, 'contact-by-length').cells.map((row) => row.map(valueOf));
    expect([0, 1, 2].map((column) => sum(cells.map((row) => row[column] ?? NaN)))).toEqual([85, 85, 85]);
  });

  test('a total that is not shown is nothing to add up to', () => {
    const period = quarterOf(fives, filled({ contact: [17, -4, -5], length: [17, -3, -3, -2, -1] }));
    expect(summaryOf(period).totals.conversations).toEqual({ under: 15 });
    expect(cellsShown(period, 'contact')[0]).toEqual([{ value: 15 }]);
    expect(show(period, 'contact').hidden).toBeNull();
  });

  test('a cell stays under the threshold when its noisy number is, and when its estimate is', () => {
    // contact says 75, length 153: the total is nearer to contact, 104.25; its cells gain 9.75, those of length lose.
    const period = quarterOf(fives, filled({ contact: [50, 13, 12], length: [70, 60, 15, 4, 4] }));
    expect(cellsOf(period, 'contact')[1]?.[0]).toBeGreaterThan(15);
    expect(cellsShown(period, 'contact')[1]).toEqual([{ under: 15 }]);
    expect(cellsOf(period, 'length')[2]?.[0]).toBeLessThan(15);
    expect(cellsShown(period, 'length')[2]).toEqual([{ under: 15 }]);
  });

  test('the conversations among the kinds are the total of conversations', () => {
    for (let salt = 0; salt < 40; salt += 1) {
      const noisy = spread(salt);
      const period = quarterOf(smallPlan('medium'), (...cell) => 150 + noisy(...cell));
      expect(cellsShown(period, 'kind')[0]?.[0]).toEqual(summaryOf(period).totals.conversations);
    }
  });
});

/** What does not add up in a period, by its own shown numbers alone. */
function mismatches(period: NoisyPeriod): string[] {
  const tables = new Map(period.tables.map((table) => [table.shape.id, publishedTableOf(period, table)]));
  const fits = new Set(period.tables.flatMap((table) => (table.fits ? [table.shape.id] : [])));
  const { totals } = summaryOf(period);
  const found: string[] = [];
  /** Whole lines must meet the sum; a table with its hidden cells too; with these alone there is no telling. */
  const check = (
    what: string,
    cells: readonly (ShownNumber | undefined)[],
    rest: number | null,
    to: number | null,
  ) => {
    const values = cells.flatMap((cell) => valueOf(cell) ?? []);
    if (to === null || (rest === null && values.length < cells.length)) return;
    if (sum(values) + (rest ?? 0) !== to) found.push(what);
  };
  const alone = (axis: PublishedTable['rows'], universe: string) =>
    [...tables.values()].find(
      (table) =>
        table.columns === null &&
        fits.has(table.table) &&
        table.universe === universe &&
        JSON.stringify(table.rows) === JSON.stringify(axis),
    );
  for (const [id, { cells, columns, rows, universe, hidden }] of tables) {
    if (!fits.has(id)) continue;
    if (columns === null) {
      const total = valueOf(universe === 'all' ? totals.contacts : totals.conversations);
      check(id, cells.flat(), hidden?.value ?? null, total);
      continue;
    }
    const [down, across] = [alone(rows, universe), alone(columns, universe)];
    cells.forEach((row, i) => {
      check(`${id} row ${i}`, row, null, valueOf(down?.cells[i]?.[0]));
    });
    columns.codes.forEach((_, j) => {
      check(
        `${id} column ${j}`,
        cells.map((row) => row[j]),
        null,
        valueOf(across?.cells[j]?.[0]),
      );
    });
  }
  return found;
}

/**
 * So many calls with noise in the tables of a plan, fewer of each code than of the one before it, so that small cells
 * are hidden.
 */
function plausible(salt: number, calls: number, plan: Plan, words = smallVocabulary): Fill {
  const noise = spread(salt);
  const codesOf = new Map(
    tableShapes(plan, words, '2026-Q1').map(({ id, rows, columns }) => [
      id,
      [rows.codes.length, columns?.codes.length ?? 1] as const,
    ]),
  );
  const part = (place: number, of: number) => (of - place) / ((of * (of + 1)) / 2);
  return (table, row, column) => {
    const [rows, columns] = codesOf.get(table) ?? [1, 1];
    const jitter = Math.round((noise(table, row, column) - 80) / 10);
    return Math.round(calls * part(row, rows) * part(column, columns)) + jitter;
  };
}

describe('a whole period', () => {
  test.each(['medium', 'large'] as const)(
    'of %s adds up by its shown numbers, and so does its year',
    (preset) => {
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 1e6 }), fc.constantFrom(300, 3000, 30_000), (salt, calls) => {
          const { plan, words } = ofPreset(preset);
          const quarters = quartersOfYear('2026').map((quarter, i) =>
            anEarlierQuarter({ quarter, plan, words, fill: plausible(salt + i, calls, plan, words) }),
          );
          expect(mismatches(periodOf(quarters, '2026-Q3'))).toEqual([]);
          expect(mismatches(periodOf(quarters, '2026'))).toEqual([]);
        }),
        { numRuns: 4 },
      );
    },
  );

  const large = smallPlan('large');

  test('shows no cell that the noisy numbers hide, and no number more than a step from its estimate', () => {
    for (const salt of [1, 2, 3, 4, 5]) {
      const period = quarterOf(large, plausible(salt, 3000, large));
      // The same without estimates is what the answers alone would show.
      const byAnswers: NoisyPeriod = {
        ...period,
        tables: period.tables.map((table) => ({
          ...table,
          pieces: (period.earlier?.answers.get(table.shape.id) ?? table).pieces,
          fits: false,
        })),
      };
      for (const { shape } of period.tables) {
        const [cells, before] = [period, byAnswers].map((one) => show(one, shape.id).cells);
        const estimates = cellsOf(period, shape.id);
        cells?.forEach((row, i) =>
          row.forEach((cell, j) => {
            const answered = before?.[i]?.[j] ?? {};
            if (!('value' in answered)) expect(cell).toEqual(answered);
            if (!('value' in cell)) return;
            expect(Math.abs(cell.value - (estimates[i]?.[j] ?? NaN))).toBeLessThan(5);
            expect(cell.value).toBeGreaterThanOrEqual(20);
          }),
        );
      }
    }
  });

  test('has complete rows and columns to add up, and hidden cells that are told together', () => {
    const period = quarterOf(large, plausible(7, 30_000, large));
    const { cells } = show(period, 'environment-by-gender');
    const full = (line: (ShownNumber | undefined)[]) => line.every((cell) => valueOf(cell) !== null);
    expect(cells.filter(full).length).toBeGreaterThan(2);
    expect([0, 1, 2, 3].filter((column) => full(cells.map((row) => row[column]))).length).toBeGreaterThan(1);
    const smaller = quarterOf(large, plausible(7, 300, large));
    const told = smaller.tables.filter((one) => publishedTableOf(smaller, one).hidden !== null);
    expect(told.length).toBeGreaterThan(2);
    expect(told.filter(({ shape }) => shape.columns !== null)).toEqual([]);
  });
});

describe('what has no estimates', () => {
  test('is shown by its noisy numbers to the letter, what is hidden untold: tiny and small, months, referral', () => {
    const year = (preset: 'tiny' | 'small' | 'large') => {
      const plan = smallPlan(preset);
      return quartersOfYear('2026').map((quarter, i) =>
        anEarlierQuarter({ quarter, plan, fill: plausible(i, 300, plan) }),
      );
    };
    const byHand = (period: NoisyPeriod, id: string) => {
      const { sigma2, step } = tableOf(period, id).noise();
      const rule = { threshold: thresholdFor(sigma2, step), step };
      expect(show(period, id).hidden).toBeNull();
      expect(cellsShown(period, id)).toEqual(
        answersOf(period, id).map((row) => row.map((cell) => showNumber(cell, rule))),
      );
    };
    for (const preset of ['tiny', 'small'] as const)
      for (const id of ['2026-Q2', '2026'])
        for (const { id: table } of smallPlan(preset).tables) byHand(periodOf(year(preset), id), table);
    byHand(periodOf(year('large'), '2026-Q2'), 'referral');
    byHand(periodOf(year('large'), '2026'), 'referral');
    const large = year('large');
    const quarter = show(periodOf(large, '2026-Q1'), 'month-by-concern');
    expect(show(periodOf(large, '2026-02'), 'month-by-concern').cells).toEqual([quarter.cells[1]]);
    expect(show(periodOf(large, '2026'), 'month-by-concern').cells.slice(0, 3)).toEqual(quarter.cells);
  });
});
