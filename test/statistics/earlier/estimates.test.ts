/** Version 0.1's estimates: of the numbers that fit together and add up to the totals those nearest to the noisy ones. */
import { widthOf } from '../../../src/contract/cells.js';
import { quartersOfYear } from '../../../src/contract/period.js';
import { toNumber, type Plan, type PlanTable } from '../../../src/contract/plan.js';
import { findDimension } from '../../../src/contract/vocabulary.js';
import { drawDiscreteGaussian } from '../../../src/keeping/noise.js';
import { earlierEstimates } from '../../../src/statistics/earlier/estimates.js';
import { cell, estimate } from '../../../src/statistics/numbers.js';
import type { NoisyPeriod } from '../../../src/statistics/period.js';
import type { PlannedQuarter } from '../../../src/statistics/periods.js';
import { seededRandom } from '../../../bench/seeded-random.js';
import { sum } from '../../support/discrete-gaussian.js';
import { describe, expect, test } from '../../support/jest.js';
import { olderSigma2 } from '../../support/older-queries.js';
import { smallPlan, smallVocabulary } from '../../support/small.js';
import { ofPreset, ownPlan, periodOf, spread, tableOf, type Fill } from '../builders.js';
import { leastSquares, type Observation } from '../least-squares.js';
import {
  anEarlierQuarter,
  answersOf,
  cellsOf,
  consistent,
  quarterOf as earlierQuarterOf,
  varianceOf,
} from './quarters.js';

const quarterOf = (plan: Plan, fill: Fill = spread()) => earlierQuarterOf(plan, fill);
const rowSums = (cells: readonly (readonly number[])[]) => cells.map(sum);
const columnSums = (cells: readonly (readonly number[])[]) =>
  (cells[0] ?? []).map((_, column) => sum(cells.map((row) => row[column] ?? NaN)));
const total = (period: NoisyPeriod, of: 'contacts' | 'conversations') => period.totals[of]?.value ?? NaN;
const sigma2Of = ({ earlier }: NoisyPeriod) => earlier?.noise.sigma2 ?? NaN;

function expectClose(actual: readonly number[], expected: readonly number[], within = 1e-9) {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((number, i) => expect(Math.abs(number - (expected[i] ?? NaN))).toBeLessThan(within));
}

/** The places of a question's leaves under each code of level top, in the order of those codes. */
function leavesByTop(id: string): number[][] {
  const codes = findDimension(smallVocabulary, id)?.codes ?? [];
  const leaves = codes.filter(({ group }) => group !== true);
  return codes
    .filter(({ parent }) => parent === undefined)
    .map((top) => leaves.flatMap((leaf, place) => ((leaf.parent ?? leaf.id) === top.id ? [place] : [])));
}

/** A plan with both levels of a question, cross tables over both, and whatever else binds tables together. */
const tangled: PlanTable[] = [
  { id: 'month-by-contact', rows: 'month', columns: 'contact' },
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

describe('consistent numbers', () => {
  test.each(['medium', 'large'] as const)('of %s: every table adds up to its total', (preset) => {
    const fill: Fill = (...cell) => 40 * spread(3)(...cell);
    const period = periodOf([anEarlierQuarter({ ...ofPreset(preset), fill })], '2026-Q1');
    expect(consistent(period).length).toBeGreaterThan(10);
    for (const id of consistent(period)) {
      const { universe } = tableOf(period, id).shape;
      expectClose(
        [sum(cellsOf(period, id).flat())],
        [total(period, universe === 'all' ? 'contacts' : 'conversations')],
      );
    }
    expectClose([cellsOf(period, 'kind')[0]?.[0] ?? NaN], [total(period, 'conversations')]);
  });

  test('of large: margins of cross tables are the one-way numbers, at the level that they have', () => {
    const period = quarterOf(smallPlan('large'));
    const oneWay = (id: string) => cellsOf(period, id).flat();
    const byTop = (id: string) =>
      leavesByTop(id).map((leaves) => sum(leaves.map((leaf) => oneWay(id)[leaf] ?? NaN)));
    expectClose(rowSums(cellsOf(period, 'environment-by-age')), oneWay('environment'));
    expectClose(columnSums(cellsOf(period, 'environment-by-age')), oneWay('age'));
    expectClose(columnSums(cellsOf(period, 'environment-by-gender')), oneWay('gender-top'));
    expectClose(rowSums(cellsOf(period, 'concern-by-relation')), oneWay('concern'));
    expectClose(columnSums(cellsOf(period, 'concern-by-relation')), byTop('relation'));
    expectClose(rowSums(cellsOf(period, 'area-by-environment')), byTop('area'));
    expectClose(columnSums(cellsOf(period, 'area-by-environment')), oneWay('environment'));
  });

  test('groups are the sums of their codes, in one-way and in cross tables', () => {
    const period = quarterOf(ownPlan(tangled));
    const groups = (numbers: readonly number[]) =>
      leavesByTop('age').map((leaves) => sum(leaves.map((leaf) => numbers[leaf] ?? NaN)));
    expectClose(groups(cellsOf(period, 'age').flat()), cellsOf(period, 'age-top').flat());
    const byContact = cellsOf(period, 'age-by-contact');
    cellsOf(period, 'contact-by-age').forEach((row, contact) => {
      expectClose(groups(byContact.map((line) => line[contact] ?? NaN)), row);
    });
  });

  test('a table of conversations by part of the day agrees with the conversations of that part', () => {
    const period = quarterOf(ownPlan(tangled));
    expectClose(rowSums(cellsOf(period, 'daypart-by-contact')), cellsOf(period, 'kind-by-daypart')[0] ?? []);
  });

  test('a question that may be left unanswered has groups, but no sum that is the total', () => {
    const words = {
      ...smallVocabulary,
      dimensions: smallVocabulary.dimensions.map((one) =>
        one.id === 'age' ? { ...one, required: false } : one,
      ),
    };
    const tables = tangled.filter(({ id }) => ['age', 'age-top', 'contact'].includes(id));
    const plan = ownPlan(tables, 0.05);
    const period = periodOf([anEarlierQuarter({ plan, words })], '2026-Q1');
    const [leaves, tops] = [cellsOf(period, 'age').flat(), cellsOf(period, 'age-top').flat()];
    expectClose(
      leavesByTop('age').map((group) => sum(group.map((leaf) => leaves[leaf] ?? NaN))),
      tops,
    );
    expect(Math.abs(sum(leaves) - total(period, 'conversations'))).toBeGreaterThan(1);
    expectClose(cellsOf(period, 'contact').flat(), answersOf(period, 'contact').flat());
  });

  test('are those nearest to the noisy ones: the same by brute force', () => {
    const plan = ownPlan(
      [
        { id: 'kind', rows: 'kind' },
        { id: 'daypart', rows: 'daypart' },
        { id: 'contact', rows: 'contact' },
        { id: 'month-by-contact', rows: 'month', columns: 'contact' },
        { id: 'contact-by-gender', rows: 'contact', columns: 'gender', columnsLevel: 'top' },
      ],
      0.1,
    );
    const period = quarterOf(plan);
    const noisy = period.tables.flatMap(({ shape }) => answersOf(period, shape.id).flat());
    const observations: Observation[] = noisy.map((observed, i) => ({
      coefficients: new Map([[i, 1]]),
      observed,
    }));
    // What must hold is an observation that counts a million times as much.
    const heavy = (plus: number[], minus: number[], value: number) => {
      const terms = [...plus.map((i) => [i, 1e3] as const), ...minus.map((i) => [i, -1e3] as const)];
      observations.push({ coefficients: new Map(terms), observed: 1e3 * value });
    };
    const range = (from: number, length: number, by = 1) => Array.from({ length }, (_, i) => from + i * by);
    const [kind, daypart, contact, month, cross] = [0, 6, 10, 13, 22];
    const [all, conversations] = [total(period, 'contacts'), total(period, 'conversations')];
    heavy(range(kind, 6), [], all);
    heavy(range(daypart, 4), [], all);
    heavy([kind], [], conversations);
    heavy(range(contact, 3), [], conversations);
    for (const i of [0, 1, 2]) {
      heavy([contact + i], range(month + i, 3, 3), 0);
      heavy([contact + i], range(cross + 4 * i, 4), 0);
    }
    const expected = leastSquares(noisy.length, observations);
    expectClose(cellsOf(period, 'kind').flat(), expected.slice(kind, daypart), 1e-3);
    expectClose(cellsOf(period, 'contact').flat(), expected.slice(contact, month), 1e-3);
    expectClose(cellsOf(period, 'contact-by-gender').flat(), expected.slice(cross), 1e-3);
  });
});

describe('what stays as it is', () => {
  test('month tables, as their rows came out month by month, and tables of several answers', () => {
    const period = quarterOf(smallPlan('large'));
    const unchanged = period.tables.flatMap(({ shape, fits }) => (fits ? [] : [shape.id]));
    expect(unchanged).toEqual(['referral', 'month-by-concern', 'concern-by-referral']);
    for (const id of unchanged) expect(cellsOf(period, id)).toEqual(answersOf(period, id));
  });

  test('but months say something about the whole quarter', () => {
    const tables: PlanTable[] = [
      { id: 'contact', rows: 'contact' },
      { id: 'month-by-contact', rows: 'month', columns: 'contact' },
    ];
    const fill: Fill = (table) => (table === 'contact' ? 90 : 34);
    const period = quarterOf(ownPlan(tables, 0.05), fill);
    // The months say 102, with three times the variance: 90 + 12 / 4.
    expectClose(cellsOf(period, 'contact').flat(), [93, 93, 93]);
  });

  test('every month, and every number of tiny and small', () => {
    expect(consistent(periodOf([anEarlierQuarter()], '2026-01'))).toEqual([]);
    for (const preset of ['tiny', 'small'] as const)
      for (const rho of [0.5, 0.125]) expect(consistent(quarterOf(smallPlan(preset, rho)))).toEqual([]);
  });

  test("one's own plan while its numbers are shown to the last call", () => {
    const tables: PlanTable[] = [
      { id: 'contact', rows: 'contact' },
      { id: 'length', rows: 'length' },
    ];
    expect(consistent(quarterOf(ownPlan(tables, 0.5)))).toEqual([]);
    expect(consistent(quarterOf(ownPlan(tables, 0.05)))).toEqual(['contact', 'length']);
  });
});

/** A quarter with the number of one cell changed. */
const withCell =
  (fill: Fill, one: { table: string; row: number; column: number }, by: number): Fill =>
  (table, row, column) =>
    fill(table, row, column) + (table === one.table && row === one.row && column === one.column ? by : 0);

describe('variances', () => {
  const plan = ownPlan(
    [
      { id: 'month-by-contact', rows: 'month', columns: 'contact' },
      ...tangled.filter(({ id }) => ['kind', 'daypart', 'contact', 'age', 'contact-by-age'].includes(id)),
    ],
    0.05,
  );
  const none: Fill = () => 0;

  /** The estimates of each table when one noisy cell is 1 and all others 0: the estimator itself, by columns. */
  const columns = quarterOf(plan, none).tables.flatMap(({ shape }) =>
    shape.rows.codes.flatMap((_, row) =>
      (shape.columns?.codes ?? [null]).map((_column, column) =>
        quarterOf(plan, withCell(none, { table: shape.id, row, column }, 1)),
      ),
    ),
  );

  test.each([
    ['kind', [0]],
    ['kind', [1, 3]],
    ['daypart', [2]],
    ['contact', [1]],
    ['age', [0, 1, 4, 6]],
    ['contact-by-age', [5]],
    ['contact-by-age', [0, 1, 2, 3]],
  ])('of %s, cells %j: sigma^2 times the squared weights of the noisy cells', (id, places) => {
    const weights = columns.map((period) => {
      const cells = cellsOf(period, id).flat();
      return sum(places.map((place) => cells[place] ?? NaN));
    });
    const period = quarterOf(plan);
    const expected = sigma2Of(period) * sum(weights.map((weight) => weight ** 2));
    expect(Math.abs(varianceOf(period, id, places) - expected)).toBeLessThan(1e-9 * expected);
  });

  test('are never more than the noise of a cell', () => {
    for (const preset of ['medium', 'large'] as const) {
      const period = periodOf([anEarlierQuarter(ofPreset(preset))], '2026-Q1');
      for (const id of consistent(period))
        cellsOf(period, id)
          .flat()
          .forEach((_, place) => expect(varianceOf(period, id, [place])).toBeLessThan(sigma2Of(period)));
    }
  });

  test('of a cell that is a total are the total’s own', () => {
    const period = quarterOf(smallPlan('medium'));
    expect(varianceOf(period, 'kind', [0])).toBeCloseTo(period.totals.conversations?.variance ?? NaN, 9);
    expect(varianceOf(period, 'channel', [0, 1, 2, 3, 4])).toBeCloseTo(
      period.totals.contacts?.variance ?? NaN,
      9,
    );
  });

  test('and the estimates are unbiased, those of empty cells too: by drawing', () => {
    const truth: Record<string, number[]> = {
      kind: [30, 0, 0, 1, 0, 0],
      daypart: [0, 20, 10, 1],
      contact: [29, 1, 0],
      age: [0, 1, 0, 29, 0, 0, 0],
      'contact-by-age': [1, 28, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0],
      'month-by-contact': [29, 1, 0, 0, 0, 0, 0, 0, 0],
    };
    const random = seededRandom('consistent estimates');
    const runs = 1500;
    const watched: [string, number][] = [
      ['kind', 0],
      ['kind', 1],
      ['contact', 2],
      ['age', 2],
      ['age', 3],
      ['contact-by-age', 0],
      ['contact-by-age', 8],
    ];
    const period = quarterOf(plan);
    const sigma2 = olderSigma2(plan, smallVocabulary);
    const drawn = watched.map((): number[] => []);
    for (let run = 0; run < runs; run += 1) {
      const answered = period.tables.map(({ shape }) => {
        const places = [...Array(shape.rows.codes.length * widthOf(shape)).keys()];
        const counts = places.map((place) => truth[shape.id]?.[place] ?? NaN);
        return { shape, cells: counts.map((count) => count + drawDiscreteGaussian(sigma2, random)) };
      });
      const estimates = earlierEstimates(answered, smallVocabulary, toNumber(sigma2));
      watched.forEach(([id, place], i) => {
        const table = estimates.table(tableOf(period, id).shape);
        drawn[i]?.push(table === null ? NaN : (estimate(table, [[cell(place), 1]])?.value ?? NaN));
      });
    }
    watched.forEach(([id, place], i) => {
      const variance = varianceOf(period, id, [place]);
      const errors = (drawn[i] ?? []).map((value) => value - (truth[id]?.[place] ?? NaN));
      expect(Math.abs(sum(errors) / runs)).toBeLessThan(4 * Math.sqrt(variance / runs));
      const spreadOf = sum(errors.map((error) => error ** 2)) / runs;
      expect(Math.abs(spreadOf / variance - 1)).toBeLessThan(4 * Math.sqrt(2 / runs));
    });
  });
});

describe('a year', () => {
  const year = (plans: readonly Plan[], fills = plans.map((_, i) => spread(i))): PlannedQuarter[] =>
    quartersOfYear('2026').map((quarter, i) =>
      anEarlierQuarter({ quarter, plan: plans[i] ?? smallPlan('medium'), fill: fills[i] ?? spread() }),
    );
  const four = (plan: Plan) => [plan, plan, plan, plan];

  test('has the sums of its quarters’ estimates, which are the estimates of its sums', () => {
    const quarters = year(four(smallPlan('large')));
    const whole = periodOf(quarters, '2026');
    const parts = quartersOfYear('2026').map((id) => periodOf(quarters, id));
    // One quarter with the year's sums in it, months included.
    const summed = quarterOf(smallPlan('large'), (table, row, column) =>
      sum(parts.map((part) => answersOf(part, table)[row]?.[column] ?? NaN)),
    );
    expect(consistent(whole)).toEqual(consistent(summed));
    for (const id of consistent(whole)) {
      expectClose(cellsOf(whole, id).flat(), cellsOf(summed, id).flat(), 1e-8);
      expect(varianceOf(whole, id, [0])).toBeCloseTo(4 * varianceOf(summed, id, [0]), 8);
      const { universe } = tableOf(whole, id).shape;
      expectClose(
        [sum(cellsOf(whole, id).flat())],
        [total(whole, universe === 'all' ? 'contacts' : 'conversations')],
        1e-8,
      );
    }
  });

  test('of plans that are not all consistent takes the best number of each quarter, and need not fit together', () => {
    const quarters = year([
      smallPlan('small'),
      smallPlan('medium'),
      smallPlan('medium'),
      smallPlan('medium'),
    ]);
    const whole = periodOf(quarters, '2026');
    expect(tableOf(whole, 'concern').fits).toBe(false);
    const [first, ...others] = quartersOfYear('2026').map((id) => periodOf(quarters, id));
    if (first === undefined) throw new Error('no quarter');
    expectClose(
      cellsOf(whole, 'concern').flat(),
      answersOf(first, 'concern').map(
        ([own], row) =>
          (own ?? NaN) + sum(others.map((quarter) => cellsOf(quarter, 'concern')[row]?.[0] ?? NaN)),
      ),
    );
    const variances = others.map((quarter) => varianceOf(quarter, 'concern', [0]));
    expect(varianceOf(whole, 'concern', [0])).toBeCloseTo(10 + sum(variances), 9);
  });

  test('of tiny and small quarters has none', () => {
    expect(consistent(periodOf(year(four(smallPlan('small'))), '2026'))).toEqual([]);
  });
});
