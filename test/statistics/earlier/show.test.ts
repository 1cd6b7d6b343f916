/** Which cells version 0.1 showed: its answers decided, one by one, and in a cross table row by row. */
import type { Plan } from '../../../src/contract/plan.js';
import type { ShownNumber } from '../../../src/contract/statistics.js';
import { thresholdFor } from '../../../src/statistics/show.js';
import { describe, expect, test } from '../../support/jest.js';
import { smallPlan } from '../../support/small.js';
import { ownPlan, periodOf, type Fill } from '../builders.js';
import { aQuestion } from '../question.js';
import { anEarlierQuarter, answersOf, quarterOf, show } from './quarters.js';

const withheld = { withheld: true };
const bare = (cell: ShownNumber): ShownNumber => ('value' in cell ? { value: cell.value } : cell);

describe('rows of a cross table', () => {
  /** As the answers have it, with the row's own numbers beside; sigma^2 is 25, in fives: threshold 20. */
  function shown(cells: number[][], margins: number[]): ShownNumber[][] {
    const words = {
      version: 1,
      dimensions: [aQuestion('row', cells.length), aQuestion('column', cells[0]?.length ?? 0)],
    };
    const plan: Plan = {
      // Its estimates did not take the answers' place.
      ...{ preset: 'small', rho: 0.04 },
      tables: [
        { id: 'row', rows: 'row' },
        { id: 'cross', rows: 'row', columns: 'column' },
      ],
    };
    const fill: Fill = (table, row, column) => (table === 'row' ? margins[row] : cells[row]?.[column]) ?? NaN;
    const period = periodOf([anEarlierQuarter({ plan, words, fill })], '2026-Q1');
    expect(show(period, 'cross')).toMatchObject({ sigma2: 25, threshold: 20, step: 5, hidden: null });
    return show(period, 'cross').cells.map((row) => row.map(bare));
  }

  test('the least rest is the threshold of twice the variance', () => {
    expect(thresholdFor(50, 5)).toBe(25);
  });

  test('a row with a margin of 50 and enough outside its largest cell is shown, cell by cell', () => {
    expect(shown([[25, 20, 3]], [50])).toEqual([[{ value: 25 }, { value: 20 }, { under: 20 }]]);
  });

  test('a row with a margin under 50 is withheld whole', () => {
    expect(shown([[20, 20, 20]], [49])).toEqual([[withheld, withheld, withheld]]);
  });

  test('a row with (nearly) everyone in one cell is withheld, however large', () => {
    expect(shown([[1000, 2, -1]], [1001])).toEqual([[withheld, withheld, withheld]]);
    expect(shown([[1000, 12, 12]], [1024])).toEqual([[withheld, withheld, withheld]]);
    expect(shown([[1000, 12, 13]], [1025])).toEqual([[{ value: 1000 }, { under: 20 }, { under: 20 }]]);
  });

  test('the margin decides, not the sum of the cells', () => {
    expect(shown([[30, 30]], [45])).toEqual([[withheld, withheld]]);
    expect(shown([[100, 30]], [124])).toEqual([[withheld, withheld]]);
    expect(shown([[100, 0]], [125])).toEqual([[{ value: 100 }, { under: 20 }]]);
  });

  test('one row says nothing about the next', () => {
    const rows = [
      [60, 60],
      [500, 0],
      [60, 60],
    ];
    expect(shown(rows, [120, 500, 120])).toEqual([
      [{ value: 60 }, { value: 60 }],
      [withheld, withheld],
      [{ value: 60 }, { value: 60 }],
    ]);
  });

  test('columns are not looked at', () => {
    const rows = [
      [60, 60],
      [600, 600],
    ];
    expect(shown(rows, [120, 1200]).flat()).toEqual([60, 60, 600, 600].map((value) => ({ value })));
  });
});

describe('the margin', () => {
  const cross = { id: 'cross', rows: 'environment', columns: 'gender', columnsLevel: 'top' } as const;
  const withheldRows = (tables: Parameters<typeof ownPlan>[0], fill: Fill) =>
    show(quarterOf(ownPlan(tables), fill), 'cross').cells.map((row) =>
      row.every((cell) => 'withheld' in cell),
    );
  // Four genders of 30 each in every row, so the cells alone would show it.
  const thirties: Fill = (table) => (table === 'cross' ? 30 : 40);
  const all = (value: boolean) => new Array<boolean>(8).fill(value);

  test('is the published one-way number of the same question', () => {
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

  test('decides of a row that holds everyone in one cell, and not of its neighbours', () => {
    const fill: Fill = (_, row, column) => (row === 2 ? (column === 1 ? 180 : -1) : 30);
    expect(withheldRows([cross], fill)).toEqual([false, false, true, false, false, false, false, false]);
  });

  test('decides of rows of months too', () => {
    const month = periodOf([anEarlierQuarter({ fill: () => 3 })], '2026-01');
    expect(show(month, 'month-by-concern').cells.flat()).toEqual(
      new Array<object>(10).fill({ withheld: true }),
    );
  });
});

test('a table without columns withholds nothing', () => {
  const period = quarterOf(smallPlan('small'), (_, row) => [1000, 1, -4][row] ?? 10);
  expect(answersOf(period, 'outcome').flat()).toEqual([1000, 1, -4, 10, 10, 10]);
  expect(show(period, 'outcome').cells.flat().map(bare)).toEqual([
    { value: 1000 },
    { under: 10 },
    { under: 10 },
    ...new Array<object>(3).fill({ value: 10 }),
  ]);
});
