/** Tables agree with the totals and with each other, whatever the noise was. */
import { widthOf } from '../../src/contract/cells.js';
import type { PlanTable } from '../../src/contract/plan.js';
import { codesAtLevel, findDimension, topOf, type Vocabulary } from '../../src/contract/vocabulary.js';
import { cell, cellValues, estimate } from '../../src/statistics/numbers.js';
import type { NoisyPeriod } from '../../src/statistics/period.js';
import { vocabulary } from '../support/calls.js';
import { sum } from '../support/discrete-gaussian.js';
import { describe, expect, test } from '../support/jest.js';
import { smallVocabulary } from '../support/small.js';
import { aQuarter, ofPreset, ownPlan, periodOf, tableOf } from './builders.js';
import { someCalls } from './line.js';

/** The numbers of a table, rows x columns. */
function cellsOf(period: NoisyPeriod, id: string): number[][] {
  const table = tableOf(period, id);
  const [values, width] = [cellValues(table), widthOf(table.shape)];
  return table.shape.rows.codes.map((_, row) => values.slice(row * width, (row + 1) * width));
}

const rowSums = (cells: readonly (readonly number[])[]) => cells.map(sum);
const columnSums = (cells: readonly (readonly number[])[]) =>
  (cells[0] ?? []).map((_, column) => sum(cells.map((row) => row[column] ?? NaN)));

function expectClose(actual: readonly number[], expected: readonly number[], within = 1e-7) {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((number, i) => expect(Math.abs(number - (expected[i] ?? NaN))).toBeLessThan(within));
}

/** Numbers of the leaves of a question, added up in its groups. */
function inGroups(words: Vocabulary, id: string, numbers: readonly number[]): number[] {
  const dimension = findDimension(words, id);
  if (dimension === undefined) throw new Error(`there is no question ${id}`);
  const leaves = codesAtLevel(dimension, 'leaf');
  return codesAtLevel(dimension, 'top').map((top) =>
    sum(leaves.map((leaf, place) => (topOf(leaf) === top.id ? (numbers[place] ?? NaN) : 0))),
  );
}

const quarterOf = (preset: Parameters<typeof ofPreset>[0], noise: string) =>
  periodOf([aQuarter({ ...ofPreset(preset), calls: someCalls(vocabulary, 600), noise })], '2026-Q1');

describe.each(['tiny', 'small', 'medium', 'large'] as const)('of %s', (preset) => {
  const period = quarterOf(preset, preset);
  const totals = {
    all: period.totals.contacts?.value ?? NaN,
    conversation: period.totals.conversations?.value ?? NaN,
  };

  test('every question that each call answers once adds up to its total', () => {
    let added = 0;
    for (const { shape, answeredByAll } of period.tables) {
      // Rows of months are as their months were published, before the quarter's total was known.
      if (!answeredByAll.rows || !answeredByAll.columns || shape.rows.dimension === 'month') continue;
      expectClose([sum(cellsOf(period, shape.id).flat())], [totals[shape.universe]]);
      added += 1;
    }
    expect(added).toBeGreaterThan(4);
  });

  test('the conversations among the kinds are their total, and as sure', () => {
    expectClose([cellsOf(period, 'kind')[0]?.[0] ?? NaN], [totals.conversation]);
    expect(estimate(tableOf(period, 'kind'), [[cell(0), 1]])?.variance).toBeCloseTo(
      period.totals.conversations?.variance ?? NaN,
      9,
    );
  });

  test('several answers to a call add up to nothing that is told', () => {
    const referral = preset === 'tiny' || preset === 'small' ? 'referral-top' : 'referral';
    expect(Math.abs(sum(cellsOf(period, referral).flat()) - totals.conversation)).toBeGreaterThan(20);
  });
});

test('margins of cross tables are the one-way numbers, at the level that they have', () => {
  const period = quarterOf('large', 'margins');
  const oneWay = (id: string) => cellsOf(period, id).flat();
  const grouped = (id: string) => inGroups(vocabulary, id, oneWay(id));
  const across = (id: string) => rowSums(cellsOf(period, id));
  const down = (id: string) => columnSums(cellsOf(period, id));
  expectClose(across('environment-by-age'), oneWay('environment'));
  expectClose(down('environment-by-age'), oneWay('age'));
  expectClose(across('environment-by-gender'), oneWay('environment'));
  expectClose(down('environment-by-gender'), oneWay('gender-top'));
  expectClose(across('concern-by-relation'), oneWay('concern'));
  expectClose(down('concern-by-relation'), grouped('relation'));
  expectClose(across('area-by-environment'), grouped('area'));
  expectClose(down('area-by-environment'), oneWay('environment'));
});

/** A plan with both levels of a question, cross tables over both, and whatever else binds tables together. */
const tangled: PlanTable[] = [
  { id: 'kind', rows: 'kind' },
  { id: 'kind-by-daypart', rows: 'kind', columns: 'daypart' },
  { id: 'daypart', rows: 'daypart' },
  { id: 'age', rows: 'age' },
  { id: 'age-top', rows: 'age', level: 'top' },
  { id: 'contact', rows: 'contact' },
  { id: 'age-by-contact', rows: 'age', columns: 'contact' },
  { id: 'contact-by-age', rows: 'contact', columns: 'age', columnsLevel: 'top' },
  { id: 'referral', rows: 'referral', level: 'top' },
  { id: 'contact-by-referral', rows: 'contact', columns: 'referral', columnsLevel: 'top' },
  { id: 'contact-by-kind', rows: 'contact', columns: 'kind' },
  { id: 'daypart-by-contact', rows: 'daypart', columns: 'contact' },
];

describe('tables that say the same in other ways', () => {
  const period = periodOf(
    [aQuarter({ plan: ownPlan(tangled), calls: someCalls(smallVocabulary, 400), noise: 'tangled' })],
    '2026-Q1',
  );

  test('groups are the sums of their answers, in one-way and in cross tables', () => {
    const groups = (numbers: readonly number[]) => inGroups(smallVocabulary, 'age', numbers);
    expectClose(groups(cellsOf(period, 'age').flat()), cellsOf(period, 'age-top').flat());
    const byContact = cellsOf(period, 'age-by-contact');
    cellsOf(period, 'contact-by-age').forEach((row, contact) => {
      expectClose(groups(byContact.map((line) => line[contact] ?? NaN)), row);
    });
  });

  test('conversations by part of the day agree with the conversations of that part', () => {
    expectClose(rowSums(cellsOf(period, 'daypart-by-contact')), cellsOf(period, 'kind-by-daypart')[0] ?? []);
    expectClose(cellsOf(period, 'contact-by-kind').flat(), cellsOf(period, 'contact').flat());
  });

  test('several answers agree column by column, where rows are answered once', () => {
    expectClose(columnSums(cellsOf(period, 'contact-by-referral')), cellsOf(period, 'referral').flat());
  });
});
