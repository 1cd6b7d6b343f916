/** What is shown adds up by itself: whoever adds the rows of a table, hidden ones together, gets its total. */
import fc from 'fast-check';
import { valueOf } from '../../src/contract/display.js';
import { quartersOfYear } from '../../src/contract/period.js';
import { MONTH, type Plan } from '../../src/contract/plan.js';
import type { PublishedTable, ShownNumber, Step } from '../../src/contract/statistics.js';
import type { Vocabulary } from '../../src/contract/vocabulary.js';
import { sumOf } from '../../src/statistics/adding-up.js';
import { cellValues } from '../../src/statistics/numbers.js';
import type { NoisyPeriod } from '../../src/statistics/period.js';
import { publishedTableOf, summaryOf } from '../../src/statistics/present.js';
import { seededRandom } from '../../bench/seeded-random.js';
import { describe, expect, test } from '../support/jest.js';
import { smallPlan, smallVocabulary } from '../support/small.js';
import { aQuarter, ofPreset, ownPlan, periodOf, tableOf, withNoise, type Fill } from './builders.js';
import { someCalls } from './line.js';
import { aQuestion } from './question.js';
import { fewWords } from './words.js';

const show = (period: NoisyPeriod, id: string) => publishedTableOf(period, tableOf(period, id));
const inStep = (number: number | null, step: Step) =>
  number === null ? null : Math.round(number / step) * step;

/** What does not add up in a period, by its own shown numbers alone, and how many lines do. */
function checked(period: NoisyPeriod) {
  const tables = period.tables.map((table) => ({ table, shown: publishedTableOf(period, table) }));
  const { totals } = summaryOf(period);
  const wrong: string[] = [];
  let lines = 0;
  const check = (
    what: string,
    values: readonly (number | null)[],
    rest: number | null,
    to: number | null,
  ) => {
    // With cells hidden that are told nowhere there is nothing to add up.
    if (to === null || (rest === null && values.includes(null))) return;
    lines += 1;
    if (sumOf(values.map((value) => value ?? 0)) + (rest ?? 0) !== to) wrong.push(what);
  };
  /** The numbers of an axis in its own table, and whether that is in the same step. */
  const along = (axis: PublishedTable['rows'], { universe, step }: PublishedTable) => {
    const own = tables.find(
      ({ shown }) =>
        shown.columns === null &&
        shown.universe === universe &&
        JSON.stringify(shown.rows) === JSON.stringify(axis),
    );
    return {
      numbers: axis.codes.map((_, place) => inStep(valueOf(own?.shown.cells[place]?.[0]), step)),
      alike: own?.shown.step === step,
    };
  };
  for (const { table, shown } of tables) {
    const { table: id, cells, columns, rows, universe, hidden, step } = shown;
    const { answeredByAll } = table;
    if (rows.dimension === MONTH) continue;
    const total = inStep(valueOf(totals[universe === 'all' ? 'contacts' : 'conversations']), step);
    if (answeredByAll.rows && answeredByAll.columns)
      check(id, cells.flat().map(valueOf), hidden?.value ?? null, total);
    if (columns === null) continue;
    const [down, across] = [along(rows, shown), along(columns, shown)];
    if (answeredByAll.columns)
      cells.forEach((row, i) => {
        check(`${id} row ${String(i)}`, row.map(valueOf), null, down.numbers[i] ?? null);
      });
    // Rows always do; where the columns' own numbers are in coarser steps both cannot at once.
    if (answeredByAll.rows && across.alike)
      columns.codes.forEach((_, j) => {
        check(
          `${id} column ${String(j)}`,
          cells.map((row) => valueOf(row[j])),
          null,
          across.numbers[j] ?? null,
        );
      });
  }
  return { wrong, lines };
}

/** So many quarters of a year, each with calls and noise of its own. */
const quartersOf = (plan: Plan, words: Vocabulary, calls: number, many: number, name = 'adding up') =>
  quartersOfYear('2026')
    .slice(0, many)
    .map((quarter) =>
      aQuarter({
        ...{ quarter, plan, words, noise: `${name} ${quarter}` },
        calls: someCalls(words, calls, quarter, `${name} ${quarter}`),
      }),
    );

test.each([
  ['tiny', 40, ['2026-Q1', '2026']],
  ['small', 300, ['2026-Q1', '2026']],
  ['medium', 600, ['2026-Q1']],
  ['large', 3000, ['2026-Q1']],
] as const)('%s of %d calls a quarter adds up by its shown numbers: %j', (preset, calls, ids) => {
  const { plan, words } = ofPreset(preset);
  const quarters = quartersOf(plan, words, calls, ids.length > 1 ? 4 : 1);
  for (const id of ids) {
    const { wrong, lines } = checked(periodOf(quarters, id));
    expect(wrong).toEqual([]);
    expect(lines).toBeGreaterThan(1);
  }
});

describe('a shown number', () => {
  test('is never more than a step from its estimate, and at least the threshold where that is', () => {
    for (const [preset, calls] of [
      ['small', 200],
      ['large', 3000],
    ] as const) {
      const [quarter] = quartersOf(smallPlan(preset), smallVocabulary, calls, 1);
      if (quarter === undefined) throw new Error('there is no quarter');
      const period = periodOf([quarter], '2026-Q1');
      let shown = 0;
      for (const table of period.tables) {
        const values = cellValues(table);
        const { cells, threshold, step } = publishedTableOf(period, table);
        cells.flat().forEach((cell, place) => {
          const value = values[place] ?? NaN;
          if ('under' in cell) expect(value).toBeLessThan(threshold);
          if (!('value' in cell)) return;
          shown += 1;
          expect(Math.abs(cell.value - value)).toBeLessThan(step + 1e-9);
          expect(cell.value % step).toBe(0);
        });
      }
      expect(shown).toBeGreaterThan(20);
    }
  });
});

describe('by hand', () => {
  const words: Vocabulary = { version: 1, dimensions: [aQuestion('three', 3), aQuestion('five', 5)] };
  const tables = ['three', 'five'].map((id) => ({ id, rows: id }));
  const bare = (cell: ShownNumber | undefined) => valueOf(cell);
  const shownOf = (numbers: Readonly<Record<string, readonly number[]>>, rho: number, vocabulary = words) => {
    const fill: Fill = (table, row) => numbers[table]?.[row] ?? NaN;
    const period = periodOf([aQuarter({ plan: ownPlan(tables, rho), words: vocabulary, fill })], '2026-Q1');
    return {
      total: valueOf(summaryOf(period).totals.contacts),
      steps: ['three', 'five'].map((id) => show(period, id).step),
      cells: (id: string) => show(period, id).cells.map(([cell]) => bare(cell)),
    };
  };

  test('all cells shown: they add up, though each by itself would not', () => {
    // 168 is shown as 170; alone the cells would be 60 + 55 + 55 and 50 + four times 30.
    const { total, steps, cells } = shownOf({ three: [58, 56, 54], five: [48, 30, 30, 30, 30] }, 0.02);
    expect([total, ...steps]).toEqual([170, 5, 5]);
    expect(cells('three')).toEqual([60, 55, 55]);
    expect(cells('five')).toEqual([50, 30, 30, 30, 30]);
    // 171 is shown as 170; of equal cells the first goes up, alone all three would be 55.
    expect(shownOf({ three: [57, 57, 57], five: [47, 31, 31, 31, 31] }, 0.02).cells('three')).toEqual([
      60, 55, 55,
    ]);
  });

  test('whole calls need no rounding but that of the noise', () => {
    const { total, steps, cells } = shownOf({ three: [58, 56, 54], five: [48, 30, 30, 30, 30] }, 0.5);
    expect([total, ...steps]).toEqual([168, 1, 1]);
    expect(cells('five')).toEqual([48, 30, 30, 30, 30]);
  });

  test('a question that may be left unanswered adds up to nothing: each number is rounded by itself', () => {
    const leftOut = {
      version: 1,
      dimensions: words.dimensions.map((one) => ({ ...one, required: one.id !== 'five' })),
    };
    const { total, cells } = shownOf({ three: [58, 56, 54], five: [52, 42, 42, 42, 37] }, 0.02, leftOut);
    expect(total).toBe(170);
    expect(cells('five')).toEqual([50, 40, 40, 40, 35]);
  });
});

test('any quarter of any line adds up', () => {
  const plan = ownPlan(
    [
      ...['kind', 'channel', 'place', 'mood'].map((id) => ({ id, rows: id })),
      { id: 'place-by-mood', rows: 'place', columns: 'mood' },
    ],
    0.3,
  );
  const [quarter] = quartersOf(plan, fewWords, 300, 1);
  if (quarter === undefined) throw new Error('there is no quarter');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), (salt) => {
      const noisy = withNoise(quarter, seededRandom(String(salt)));
      expect(checked(periodOf([noisy], '2026-Q1')).wrong).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
