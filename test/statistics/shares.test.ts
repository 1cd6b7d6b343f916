/** Shares: per cent of shown numbers of 50 and more, with how far they may lie from the truth. */
import type { PlanTable } from '../../src/contract/plan.js';
import { publishedTableSchema, type ShownNumber } from '../../src/contract/statistics.js';
import { valueOf } from '../../src/contract/display.js';
import type { NoisyPeriod } from '../../src/statistics/period.js';
import { publishedTableOf, summaryOf } from '../../src/statistics/present.js';
import { sum } from '../support/discrete-gaussian.js';
import { describe, expect, test } from '../support/jest.js';
import { smallPlan, smallVocabulary } from '../support/small.js';
import { aQuarter, ownPlan, periodOf, tableOf, type Fill } from './builders.js';
import { anEarlierQuarter } from './earlier/quarters.js';
import { someCalls } from './line.js';
import { fewWords } from './words.js';

const show = (period: NoisyPeriod, id: string) => publishedTableOf(period, tableOf(period, id));
const shareOf = (number: ShownNumber | undefined) =>
  number !== undefined && 'value' in number ? number.share : undefined;
const sharesIn = (period: NoisyPeriod, id: string) => show(period, id).cells.map((row) => row.map(shareOf));

const tables: PlanTable[] = [
  ...['month', 'kind', 'mood', 'help'].map((id) => ({ id, rows: id })),
  { id: 'month-by-mood', rows: 'month', columns: 'mood' },
  { id: 'mood-by-help', rows: 'mood', columns: 'help' },
];
/** Conversations by mood in three months; some silent contacts in each; help by mood. */
function quarterOf(
  moods: readonly (readonly number[])[],
  others: number,
  helps: readonly (readonly number[])[],
) {
  const fill: Fill = (table, row, column) =>
    ({
      month: sum([...(moods[row] ?? []), others]),
      kind: [sum(moods.flat()), 3 * others, 0][row],
      mood: sum(moods.map((month) => month[row] ?? NaN)),
      help: sum(helps.map((mood) => mood[row] ?? NaN)),
      'month-by-mood': moods[row]?.[column],
      'mood-by-help': helps[row]?.[column],
    })[table] ?? NaN;
  const quarter = aQuarter({ plan: ownPlan(tables), words: fewWords, fill });
  return { quarter: periodOf([quarter], '2026-Q1'), february: periodOf([quarter], '2026-02') };
}
const { quarter, february } = quarterOf(
  [
    [40, 20, 10],
    [60, 30, 20],
    [90, 40, 40],
  ],
  30,
  [
    [100, 60, 40, 20],
    [40, 30, 20, 20],
    [25, 25, 20, 10],
  ],
);

describe('a share', () => {
  test('of a one-way table is of its total: of all contacts, or of conversations', () => {
    expect(summaryOf(quarter).totals).toEqual({ contacts: { value: 440 }, conversations: { value: 350 } });
    expect(sharesIn(quarter, 'kind')).toEqual([[80], [20], [undefined]]);
    expect(sharesIn(quarter, 'mood')).toEqual([[54], [26], [20]]);
    expect(sharesIn(quarter, 'month')).toEqual([[23], [32], [45]]);
  });

  test('of several answers is of conversations as well, so that all are more than a hundred together', () => {
    expect(sharesIn(quarter, 'help')).toEqual([[47], [33], [23], [14]]);
    expect(show(quarter, 'help').several).toBe(true);
  });

  test('of a cross table is of its row: of a month’s total, or of the row’s own number', () => {
    expect(sharesIn(quarter, 'month-by-mood')).toEqual([
      [57, 29, 14],
      [55, 27, 18],
      [53, 24, 24],
    ]);
    expect(sharesIn(february, 'month-by-mood')).toEqual([[55, 27, 18]]);
    expect(sharesIn(quarter, 'mood-by-help')[0]).toEqual([53, 32, 21, 11]);
  });

  test('has an uncertainty of its own: that of the number in per cent of what it is of, rounded up', () => {
    const mood = show(quarter, 'mood');
    const perCent = Math.ceil((100 * mood.uncertainty) / 350);
    expect(mood.shareUncertainties).toEqual([perCent, perCent, perCent]);
    const { uncertainty, shareUncertainties } = show(quarter, 'month-by-mood');
    expect(shareUncertainties).toEqual([70, 110, 170].map((row) => Math.ceil((100 * uncertainty) / row)));
    expect(new Set(shareUncertainties).size).toBeGreaterThan(1);
  });

  test('of the conversations among the kinds is as sure as their total', () => {
    const small = quarterOf(
      [
        [40, 30, 20],
        [0, 0, 0],
        [0, 0, 0],
      ],
      4,
      [
        [20, 10, 5, 5],
        [20, 5, 5, 5],
        [10, 5, 5, 5],
      ],
    ).quarter;
    const talks = summaryOf(small).sureness.conversations?.uncertainty ?? NaN;
    const { uncertainty, shareUncertainties } = show(small, 'kind');
    expect(talks).toBeGreaterThan(uncertainty);
    const perCent = [talks, uncertainty, uncertainty].map((calls) => Math.ceil((100 * calls) / 102));
    expect(perCent[0]).toBeGreaterThan(perCent[1] ?? NaN);
    expect(shareUncertainties).toEqual(perCent);
  });

  test('is not told of what is hidden, nor of fewer than 50', () => {
    const of = (calls: number) =>
      quarterOf(
        [
          [calls - 20, 20, 0],
          [0, 0, 0],
          [0, 0, 0],
        ],
        40,
        [
          [20, 0, 0, calls - 20],
          [10, 0, 0, 10],
          [0, 0, 0, 0],
        ],
      ).quarter;
    expect(sharesIn(of(50), 'mood')).toEqual([[60], [40], [undefined]]);
    expect(sharesIn(of(49), 'mood')).toEqual([[undefined], [undefined], [undefined]]);
    expect(show(of(49), 'mood').shareUncertainties).toEqual([null, null, null]);
    // All contacts are enough.
    expect(sharesIn(of(49), 'kind')[0]).toEqual([29]);
    expect(sharesIn(of(50), 'month-by-mood')[1]).toEqual([undefined, undefined, undefined]);
    expect(show(of(50), 'month-by-mood').shareUncertainties).toEqual([
      Math.ceil((100 * show(of(50), 'month-by-mood').uncertainty) / 50),
      null,
      null,
    ]);
  });

  test('is not told where no table tells the row’s number', () => {
    const plan = ownPlan(tables.filter(({ id }) => id !== 'mood'));
    const calls = someCalls(fewWords, 600);
    const period = periodOf([aQuarter({ plan, words: fewWords, calls })], '2026-Q1');
    expect(show(period, 'mood-by-help').shareUncertainties).toEqual([null, null, null]);
    expect(
      sharesIn(period, 'mood-by-help')
        .flat()
        .filter((one) => one !== undefined),
    ).toEqual([]);
  });
});

test.each([
  [
    'today’s',
    aQuarter({ plan: smallPlan('large'), calls: someCalls(smallVocabulary, 900), noise: 'shares' }),
  ],
  [
    'version 0.1’s',
    anEarlierQuarter({ plan: smallPlan('large'), fill: (_, row, column) => 200 - 13 * row - 7 * column }),
  ],
])('of a whole quarter, %s, each is what the shown numbers make it', (_whose, planned) => {
  const period = periodOf([planned], '2026-Q1');
  const { totals } = summaryOf(period);
  let told = 0;
  for (const { shape } of period.tables) {
    const table = show(period, shape.id);
    expect(publishedTableSchema.parse(table)).toEqual(table);
    if (shape.columns !== null) continue;
    const total = valueOf(totals[shape.universe === 'all' ? 'contacts' : 'conversations']) ?? NaN;
    for (const [number] of table.cells) {
      if (number === undefined || !('value' in number)) continue;
      expect(number.share).toBe(Math.round((100 * number.value) / total));
      told += 1;
    }
  }
  expect(told).toBeGreaterThan(30);
});
