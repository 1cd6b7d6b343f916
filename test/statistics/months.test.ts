/** Rows of months stay as they were published, before the rest of their quarter was known. */
import { monthsOfQuarter, quartersOfYear } from '../../src/contract/period.js';
import type { PlanTable } from '../../src/contract/plan.js';
import type { ShownNumber } from '../../src/contract/statistics.js';
import type { NoisyPeriod } from '../../src/statistics/period.js';
import { valueOf } from '../../src/contract/display.js';
import { sumOf } from '../../src/statistics/adding-up.js';
import { publishedTableOf, summaryOf } from '../../src/statistics/present.js';
import { describe, expect, test } from '../support/jest.js';
import { smallPlan } from '../support/small.js';
import { aQuarter, ownPlan, periodOf, tableOf, type Fill } from './builders.js';
import { someCalls } from './line.js';
import { fewWords } from './words.js';

const QUARTER = '2026-Q1';
const MONTHS = monthsOfQuarter(QUARTER);
const show = (period: NoisyPeriod, id: string) => publishedTableOf(period, tableOf(period, id));
const bare = (number: ShownNumber | undefined) =>
  number !== undefined && 'value' in number ? { value: number.value } : number;
const cellsOf = (period: NoisyPeriod, id: string) => show(period, id).cells.map((row) => row.map(bare));

const monthly: PlanTable[] = [
  ...['month', 'kind', 'place'].map((id) => ({ id, rows: id })),
  ...['kind', 'place', 'help'].map((columns) => ({ id: `month-by-${columns}`, rows: 'month', columns })),
];
const monthTables = monthly.filter(({ rows }) => rows === 'month').map(({ id }) => id);

/** Quarters of a year with few calls and many. */
const quarters = quartersOfYear('2026').map((quarter, place) =>
  aQuarter({
    ...{ quarter, plan: ownPlan(monthly), words: fewWords, noise: quarter },
    calls: someCalls(fewWords, [80, 300, 900, 900][place] ?? NaN, quarter, quarter),
  }),
);

describe('the rows of a quarter', () => {
  test.each(quarters.map(({ quarter }) => quarter))(
    '%s are those of its months, to the letter',
    (quarter) => {
      const period = periodOf(quarters, quarter);
      for (const id of monthTables) {
        const rows = monthsOfQuarter(quarter).flatMap((month) => cellsOf(periodOf(quarters, month), id));
        expect(cellsOf(period, id)).toEqual(rows);
        const { sigma2, threshold, step, uncertainty } = show(period, id);
        for (const month of monthsOfQuarter(quarter))
          expect(show(periodOf(quarters, month), id)).toMatchObject({ sigma2, threshold, step, uncertainty });
      }
    },
  );

  test('stand side by side in the year as well', () => {
    const rows = quarters.flatMap(({ quarter }) => cellsOf(periodOf(quarters, quarter), 'month-by-place'));
    expect(cellsOf(periodOf(quarters, '2026'), 'month-by-place')).toEqual(rows);
  });

  test('need not add up to the quarter: that knows more', () => {
    const differing = quarters.filter(({ quarter }) => {
      const period = periodOf(quarters, quarter);
      const rows = cellsOf(period, 'month').map(([cell]) => valueOf(cell) ?? NaN);
      return sumOf(rows) !== valueOf(summaryOf(period).totals.contacts);
    });
    expect(differing).not.toEqual([]);
  });
});

test('a month shows its totals as its rows, and the conversations among its kinds', () => {
  let shown = 0;
  for (const id of quarters.flatMap(({ quarter }) => monthsOfQuarter(quarter))) {
    const month = periodOf(quarters, id);
    const { totals, sureness } = summaryOf(month);
    expect(cellsOf(month, 'month')).toEqual([[totals.contacts]]);
    expect(show(month, 'month')).toMatchObject({ ...sureness.contacts });
    const [talks] = cellsOf(month, 'month-by-kind')[0] ?? [];
    if (talks === undefined || 'withheld' in talks) continue;
    expect(talks).toEqual(totals.conversations);
    shown += 1;
  }
  expect(shown).toBeGreaterThan(3);
});

describe('a row of a month by a question', () => {
  /** By month and mood; the months by themselves make the totals, each with ten silent contacts. */
  function rowsOf(moods: readonly (readonly number[])[]) {
    const plan = ownPlan([
      { id: 'month', rows: 'month' },
      { id: 'mood', rows: 'mood' },
      { id: 'month-by-mood', rows: 'month', columns: 'mood' },
    ]);
    const fill: Fill = (table, row, column) =>
      ({
        month: 10 + sumOf(moods[row] ?? []),
        mood: sumOf(moods.map((month) => month[row] ?? NaN)),
        'month-by-mood': moods[row]?.[column] ?? NaN,
      })[table] ?? NaN;
    const quarter = aQuarter({ plan, words: fewWords, fill });
    return {
      quarter: periodOf([quarter], QUARTER),
      months: MONTHS.map((month) => periodOf([quarter], month)),
    };
  }
  const withheld = [{ withheld: true }, { withheld: true }, { withheld: true }];

  test('is withheld where it is about too few, or all of them are in one cell; columns are not looked at', () => {
    const { quarter, months } = rowsOf([
      [40, 30, 20],
      [20, 20, 9],
      [300, 2, 0],
    ]);
    // Of the third answer there are 29 calls in all, which says nothing of its cell in January.
    expect(cellsOf(quarter, 'month-by-mood')).toEqual([
      [{ value: 40 }, { value: 30 }, { value: 20 }],
      withheld,
      withheld,
    ]);
    expect(months.flatMap((month) => cellsOf(month, 'month-by-mood'))).toEqual(
      cellsOf(quarter, 'month-by-mood'),
    );
  });

  test('does not tell what is hidden in it: the quarter knows its total better than its months did', () => {
    const { quarter, months } = rowsOf([
      [40, 30, 20],
      [20, 20, 9],
      [300, 2, 0],
    ]);
    for (const period of [quarter, ...months]) expect(show(period, 'month-by-mood').hidden).toBeNull();
  });
});

test('a plan without months has none: no rows, no totals, and a summary of nothing', () => {
  const month = periodOf([aQuarter({ plan: smallPlan('tiny') })], '2026-01');
  expect(month.tables).toEqual([]);
  expect(summaryOf(month)).toEqual({
    ...{ id: '2026-01', kind: 'month', publishedOn: '2026-12-01' },
    plan: { preset: 'tiny', rho: 0.5 },
    totals: { contacts: null, conversations: null },
    sureness: { contacts: null, conversations: null },
    ...{ countedFrom: null, begunAnew: [] },
  });
});
