/** A year is the sum of its four quarters' estimates, and names what it cannot add. */
import { placesOf } from '../../src/contract/cells.js';
import { monthsOfQuarter, quartersOfYear } from '../../src/contract/period.js';
import { MONTH, type Plan, type PlanTable } from '../../src/contract/plan.js';
import type { Vocabulary } from '../../src/contract/vocabulary.js';
import { cell, cellValues, estimate, type Term } from '../../src/statistics/numbers.js';
import type { NoisyPeriod } from '../../src/statistics/period.js';
import type { DisplayRules, PlannedQuarter } from '../../src/statistics/periods.js';
import { publishedTableOf, summaryOf } from '../../src/statistics/present.js';
import { surenessOf } from '../../src/statistics/show.js';
import { sum } from '../support/discrete-gaussian.js';
import { describe, expect, test } from '../support/jest.js';
import { aQuarter, ownPlan, periodOf, tableOf } from './builders.js';
import { someCalls } from './line.js';
import { fewWords } from './words.js';

const QUARTERS = quartersOfYear('2026');
const alone = (...ids: string[]): PlanTable[] => ids.map((id) => ({ id, rows: id }));
const placeByMood: PlanTable = { id: 'place-by-mood', rows: 'place', columns: 'mood' };
const tables: PlanTable[] = [...alone('kind', 'place', 'mood', 'help'), placeByMood];
const plan = ownPlan(tables, 0.3);

/** What a quarter of the year has of its own. */
interface Own {
  readonly plan?: Plan;
  readonly words?: Vocabulary;
  readonly displayRules?: DisplayRules;
}

/** The four quarters of 2026 with calls and noise; what is given is that of the first quarters. */
const aYear = (...own: readonly Own[]): PlannedQuarter[] =>
  QUARTERS.map((quarter, place) => {
    const { words = fewWords, ...rest } = own[place] ?? {};
    const calls = someCalls(fewWords, 300, quarter, quarter).filter(
      ({ answers }) => answers['kind'] !== 'prank',
    );
    return aQuarter({ plan, ...rest, quarter, words, calls, noise: quarter });
  });

const partsOf = (quarters: readonly PlannedQuarter[]) => QUARTERS.map((id) => periodOf(quarters, id));
const tableIds = ({ tables: all }: NoisyPeriod) => all.map(({ shape }) => shape.id);
const missingIn = ({ missing }: NoisyPeriod) =>
  missing.map(({ rows, columns }) =>
    [rows.dimension, ...(columns === null ? [] : [columns.dimension])].join(' x '),
  );
const numberOf = (period: NoisyPeriod, id: string, term: Term) =>
  estimate(tableOf(period, id), [[term, 1]]) ?? { value: NaN, variance: NaN };

function expectClose(actual: readonly number[], expected: readonly number[]) {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((number, i) => {
    expect(number).toBeCloseTo(expected[i] ?? NaN, 8);
  });
}

/** Numbers added place by place. */
const added = (lists: readonly (readonly number[])[]) =>
  (lists[0] ?? []).map((_, place) => sum(lists.map((list) => list[place] ?? NaN)));

describe('a year of one plan', () => {
  const quarters = aYear();
  const year = periodOf(quarters, '2026');
  const parts = partsOf(quarters);

  test('adds what its quarters estimate, unclamped, and how unsure they are', () => {
    expect(tableIds(year)).toEqual(tables.map(({ id }) => id));
    expect(year.missing).toEqual([]);
    for (const id of tableIds(year)) {
      expectClose(cellValues(tableOf(year, id)), added(parts.map((part) => cellValues(tableOf(part, id)))));
      for (const place of placesOf(tableOf(year, id).shape)) {
        const variances = parts.map((part) => numberOf(part, id, cell(place)).variance);
        expect(numberOf(year, id, cell(place)).variance).toBeCloseTo(sum(variances), 8);
      }
    }
    expect(parts.flatMap((part) => cellValues(tableOf(part, 'kind'))).some((value) => value < 0)).toBe(true);
  });

  test('adds margins and totals', () => {
    for (const term of [
      { of: 'rows', place: 1 },
      { of: 'columns', place: 2 },
    ] as const) {
      const own = parts.map((part) => numberOf(part, 'place-by-mood', term));
      const whole = numberOf(year, 'place-by-mood', term);
      expect(whole.value).toBeCloseTo(sum(own.map(({ value }) => value)), 8);
      expect(whole.variance).toBeCloseTo(sum(own.map(({ variance }) => variance)), 8);
    }
    for (const of of ['contacts', 'conversations'] as const) {
      expect(year.totals[of]?.value).toBeCloseTo(sum(parts.map((part) => part.totals[of]?.value ?? NaN)), 8);
      expect(year.totals[of]?.variance).toBeCloseTo(
        sum(parts.map((part) => part.totals[of]?.variance ?? NaN)),
        8,
      );
    }
  });

  test('is shown by its own noise, in the step of its quarters', () => {
    const { sigma2, threshold, step, uncertainty } = publishedTableOf(year, tableOf(year, 'place-by-mood'));
    const quarter = tableOf(periodOf(quarters, '2026-Q1'), 'place-by-mood').noise();
    expect(sigma2).toBeCloseTo(4 * quarter.sigma2, 5);
    // As a quarter's it would be shown in fives.
    expect([quarter.step, step]).toEqual([1, 1]);
    expect(sigma2).toBeGreaterThan(16);
    expect({ sigma2, threshold, step, uncertainty }).toEqual(surenessOf({ sigma2, step: 1 }));
    expect(summaryOf(year).sureness.contacts).toMatchObject({ step: 1 });
  });

  test('says of what its quarters had in common', () => {
    expect(summaryOf(year)).toMatchObject({ id: '2026', kind: 'year', plan: { preset: 'own', rho: 0.3 } });
    expect(year.earlier).toBeNull();
  });
});

test('takes the largest step that a quarter had, wherever in the year it was', () => {
  const year = periodOf(aYear({}, { plan: ownPlan(tables, 0.05) }), '2026');
  expect(publishedTableOf(year, tableOf(year, 'place-by-mood')).step).toBe(5);
  expect(summaryOf(year).sureness.contacts?.step).toBe(5);
});

test('has spent what the quarter spent that spent most: a call is in one quarter only', () => {
  const spent = [0.125, 0.5, 0.25, 0.125];
  const year = aYear(...spent.map((rho) => ({ plan: ownPlan(alone('mood'), rho) })));
  expect(summaryOf(periodOf(year, '2026')).plan.rho).toBe(0.5);
});

describe('where quarters counted a question at different levels', () => {
  const inGroups = ownPlan([
    ...alone('kind', 'mood'),
    { id: 'place-top', rows: 'place', level: 'top' },
    { id: 'help', rows: 'help', level: 'top' },
    { ...placeByMood, level: 'top' },
  ]);
  const places = [[0, 1], [2, 3], [4]];
  const grouped = (leaves: readonly number[], width = 1) =>
    places.flatMap((group) =>
      Array.from({ length: width }, (_, column) =>
        sum(group.map((row) => leaves[row * width + column] ?? NaN)),
      ),
    );

  test.each([
    ['first', [{ plan: inGroups }]],
    ['last', [{}, {}, {}, { plan: inGroups }]],
  ])('the year counts it in groups: in the %s quarter', (_which, own) => {
    const quarters = aYear(...own);
    const year = periodOf(quarters, '2026');
    const id = own.length === 1 ? 'place' : 'place-top';
    expect(tableIds(year)).toContain(id);
    const table = tableOf(year, id);
    expect(table.shape.rows.level).toBe('top');
    expect(table.shape.rows.codes.map(({ code }) => code)).toEqual(['north', 'south', 'abroad']);
    const parts = partsOf(quarters);
    const values = (part: NoisyPeriod) => {
      const found = part.tables.find(
        ({ shape }) => shape.rows.dimension === 'place' && shape.columns === null,
      );
      const cells = found === undefined ? [] : cellValues(found);
      return cells.length === 3 ? cells : grouped(cells);
    };
    expectClose(cellValues(table), added(parts.map(values)));
    // What was a sum of leaves has the variance of that sum.
    const leaves = parts.filter(({ id: part }) => tableIds(periodOf(quarters, part)).includes('place'));
    const [north, other] = [
      leaves.map(
        (part) =>
          estimate(tableOf(part, 'place'), [
            [cell(0), 1],
            [cell(1), 1],
          ])?.variance ?? NaN,
      ),
      parts
        .filter((part) => !leaves.includes(part))
        .map((part) => numberOf(part, 'place-top', cell(0)).variance),
    ];
    expect(numberOf(year, id, cell(0)).variance).toBeCloseTo(sum([...north, ...other]), 8);
    expect(publishedTableOf(year, table).rows.codes).toHaveLength(3);
  });

  test('rows of a cross table go into groups, columns stay', () => {
    const quarters = aYear({ plan: inGroups });
    const year = periodOf(quarters, '2026');
    const table = tableOf(year, 'place-by-mood');
    expect([table.shape.rows.codes.length, table.shape.columns?.codes.length]).toEqual([3, 3]);
    const [first, ...others] = partsOf(quarters);
    if (first === undefined) throw new Error('there is no quarter');
    expectClose(
      cellValues(table),
      added([
        cellValues(tableOf(first, 'place-by-mood')),
        ...others.map((part) => grouped(cellValues(tableOf(part, 'place-by-mood')), 3)),
      ]),
    );
    // Margins are those of groups: each call of two answers in one of them once.
    const margins = others.map(
      (part) =>
        numberOf(part, 'place-by-mood', { of: 'rows', place: 0 }).value +
        numberOf(part, 'place-by-mood', { of: 'rows', place: 1 }).value,
    );
    expect(numberOf(year, 'place-by-mood', { of: 'rows', place: 0 }).value).toBeCloseTo(
      sum([numberOf(first, 'place-by-mood', { of: 'rows', place: 0 }).value, ...margins]),
      8,
    );
  });

  test('several answers to a call are missing, and named: two of one group would count twice', () => {
    const referrals: Vocabulary = {
      ...fewWords,
      dimensions: fewWords.dimensions.map((one) =>
        one.id === 'help'
          ? {
              ...one,
              codes: [
                { id: 'public', group: true, label: { sv: 'det allmänna', en: 'public' } },
                ...one.codes.map((code) =>
                  ['nurse', 'police'].includes(code.id) ? { ...code, parent: 'public' } : code,
                ),
              ],
            }
          : one,
      ),
    };
    const [few, many] = [ownPlan([{ id: 'help', rows: 'help', level: 'top' }]), ownPlan(alone('help'))];
    const year = periodOf(
      aYear({ plan: few, words: referrals }, ...[1, 2, 3].map(() => ({ plan: many, words: referrals }))),
      '2026',
    );
    expect(tableIds(year)).toEqual([]);
    expect(year.missing).toEqual([
      { rows: { dimension: 'help', label: { sv: 'help', en: 'help' } }, columns: null },
    ]);
  });
});

describe('what a year cannot add', () => {
  test('is what not every quarter counted', () => {
    const few = ownPlan(alone('kind', 'mood'));
    const year = periodOf(aYear({}, {}, { plan: few }), '2026');
    expect(tableIds(year)).toEqual(['kind', 'mood']);
    expect(missingIn(year)).toEqual(['place', 'help', 'place x mood']);
    expect(missingIn(periodOf(aYear({}, {}, {}, { plan: few }), '2026'))).toEqual([
      'place',
      'help',
      'place x mood',
    ]);
  });

  test('is a question whose answers changed between quarters, whatever its name', () => {
    const changed: Vocabulary = {
      version: 2,
      dimensions: fewWords.dimensions.map((one) =>
        one.id === 'mood'
          ? {
              ...one,
              codes: one.codes.map((code) => (code.id === 'angry' ? { ...code, id: 'furious' } : code)),
            }
          : one,
      ),
    };
    const last = aYear({}, {}, {}, { words: changed });
    const year = periodOf(last, '2026');
    expect(tableIds(year)).toEqual(['kind', 'place', 'help']);
    expect(missingIn(year)).toEqual(['mood', 'place x mood']);
    expect(year.vocabularyVersion).toBe(2);
  });

  test('is not a table of another name about the same cells: that is added under its latest', () => {
    const renamed = ownPlan(
      tables.map((table) => (table.id === 'mood' ? { ...table, id: 'temper' } : table)),
    );
    const quarters = aYear({}, {}, {}, { plan: renamed });
    const year = periodOf(quarters, '2026');
    expect(missingIn(year)).toEqual([]);
    expect(tableIds(year)).toContain('temper');
    const parts = partsOf(quarters).map((part, place) =>
      cellValues(tableOf(part, place < 3 ? 'mood' : 'temper')),
    );
    expectClose(cellValues(tableOf(year, 'temper')), added(parts));
  });
});

describe('the months of a year', () => {
  const monthly = ownPlan([
    ...alone('month', 'kind', 'mood'),
    { id: 'month-by-mood', rows: 'month', columns: 'mood' },
  ]);
  const all = (own: Own) => [own, own, own, own];

  test('stand side by side, each as it was published, where their noise is alike', () => {
    const quarters = aYear(...all({ plan: monthly }));
    const year = periodOf(quarters, '2026');
    for (const id of ['month', 'month-by-mood']) {
      const table = tableOf(year, id);
      expect(table.shape.rows.codes.map(({ code }) => code)).toEqual(QUARTERS.flatMap(monthsOfQuarter));
      expectClose(
        cellValues(table),
        partsOf(quarters).flatMap((part) => cellValues(tableOf(part, id))),
      );
      expect(table.noise()).toEqual(tableOf(periodOf(quarters, '2026-Q1'), id).noise());
    }
  });

  test('are missing where it is not, and named: one number has one uncertainty', () => {
    const quarters = aYear(...all({ plan: monthly }).slice(1), { plan: { ...monthly, rho: 0.4 } });
    const year = periodOf(quarters, '2026');
    expect(tableIds(year)).toEqual(['kind', 'mood']);
    expect(missingIn(year)).toEqual([MONTH, `${MONTH} x mood`]);
    expect(year.missing[0]?.rows.label).toEqual({ sv: 'Månad', en: 'Month' });
    // The months themselves are there.
    expect(periodOf(quarters, '2026-05').tables).toHaveLength(2);
  });
});

describe('a year in the middle of which the rules changed', () => {
  const quarters = aYear({ displayRules: 1 }, { displayRules: 1 });
  const year = periodOf(quarters, '2026');
  const parts = partsOf(quarters);

  test('adds what each quarter says, and is shown by today’s rules', () => {
    expect(parts.map(({ earlier }) => earlier === null)).toEqual([false, false, true, true]);
    expect(year.earlier).toBeNull();
    expect(tableIds(year)).toEqual(tables.map(({ id }) => id));
    for (const id of tableIds(year)) {
      expectClose(cellValues(tableOf(year, id)), added(parts.map((part) => cellValues(tableOf(part, id)))));
      const variances = parts.map((part) => numberOf(part, id, cell(1)).variance);
      expect(numberOf(year, id, cell(1)).variance).toBeCloseTo(sum(variances), 8);
    }
    const { sigma2, step } = tableOf(year, 'mood').noise();
    expect(publishedTableOf(year, tableOf(year, 'mood'))).toMatchObject(surenessOf({ sigma2, step }));
  });

  test('does not add up where some quarters’ numbers stood as they were drawn, and tells of nothing hidden', () => {
    for (const table of year.tables) {
      expect(table.fits).toBe(false);
      expect(publishedTableOf(year, table).hidden).toBeNull();
    }
  });

  test('withholds a row of which some quarters do not tell the margin', () => {
    const cellsOf = (period: NoisyPeriod) =>
      publishedTableOf(period, tableOf(period, 'place-by-mood')).cells.flat();
    expect(cellsOf(periodOf(aYear(), '2026'))[0]).toHaveProperty('value');
    expect(cellsOf(year)).toEqual(new Array<object>(15).fill({ withheld: true }));
  });

  test('leaves the quarters as they were', () => {
    const before = aYear({ displayRules: 1 }).slice(0, 1);
    const [first] = parts;
    if (first === undefined) throw new Error('there is no quarter');
    for (const { shape } of first.tables)
      expect(publishedTableOf(first, tableOf(first, shape.id))).toEqual(
        publishedTableOf(periodOf(before, '2026-Q1'), tableOf(periodOf(before, '2026-Q1'), shape.id)),
      );
  });
});
