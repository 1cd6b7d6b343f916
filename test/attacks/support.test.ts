/** The attacks' own tools: the fast counter against what the keeper counts, the curves, the equations. */
import { MONTH, toNumber, type Preset } from '../../src/contract/plan.js';
import { presetPlan, presets } from '../../src/contract/presets.js';
import { spendingOf } from '../../src/contract/spending.js';
import { assemblePeriods } from '../../src/statistics/periods.js';
import { publishedTableOf } from '../../src/statistics/present.js';
import type { TestDatabase } from '../support/database.js';
import { seededRandom } from '../../bench/seeded-random.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';
import { answersOf } from './support/asked.js';
import { bestAverages } from './support/averages.js';
import { chance } from './support/chance.js';
import { dearestOf } from './support/dearest.js';
import { callsLike, columnsOf, layOut, QUARTER } from './support/line.js';
import { countedIn } from './support/opened.js';
import { extremes } from './support/programme.js';
import { plannedQuarter, tyst } from './support/publisher.js';
import { aSealedQuarter } from './support/quarter.js';
import { areaUnder, foundAt, rocOf } from './support/roc.js';
import { countsIn, relations } from './support/structure.js';

const names = Object.keys(presets) as Preset[];

describe('the counter', () => {
  const plan = presetPlan('large');
  const calls = callsLike(300, 20);
  const random = () => seededRandom('the first share of the counter');
  let database: TestDatabase;
  beforeAll(async () => {
    database = await aSealedQuarter(plan, calls, { random: random() });
  });
  afterAll(() => database.destroy());

  test('counts what the keeper counts', async () => {
    expect(await countedIn(database, QUARTER, random())).toEqual(answersOf(plan, calls));
  });
});

describe.each(names)('what everybody knows of the counts of plan %s', (preset) => {
  const layout = layOut(presetPlan(preset));
  const calls = callsLike(500, 21);
  const counts = countsIn(layout, calls);

  test('is true of any line', () => {
    const known = relations(layout);
    expect(known.length).toBeGreaterThan(0);
    const wrong = known.filter(({ terms, low, high }) => {
      const sum = [...terms].reduce((total, [cell, factor]) => total + factor * (counts[cell] ?? 0), 0);
      return sum < low || sum > high;
    });
    expect(wrong).toEqual([]);
  });

  test('leaves true counts where they are, and takes noise out', () => {
    const { solve, varianceOf } = bestAverages(layout);
    const averages = solve(answersOf(layout.plan, calls));
    expect(Math.max(...counts.map((count, cell) => Math.abs(count - (averages[cell] ?? NaN))))).toBeLessThan(
      1e-6,
    );
    // Of cells that are asked by themselves no average is less sure than their own answer.
    for (const { table, row, column, cell, margin, universe, sigma2 } of layout.queries) {
      if (table === null || cell !== 1 || margin !== 0 || universe !== 0) continue;
      const at = layout.shapes.findIndex(({ id }) => id === table);
      const shape = layout.shapes[at];
      if (shape === undefined) throw new RangeError('no such table');
      const place = (layout.offsets[at] ?? NaN) + (row ?? NaN) * columnsOf(shape) + (column ?? NaN);
      expect(varianceOf(new Map([[place, 1]]))).toBeLessThanOrEqual(toNumber(sigma2) + 1e-9);
    }
  });

  test.each(['membership', 'stories'] as const)('includes the dearest %s there can be', (of) => {
    const { plan, queries, shapes } = layout;
    const { call, story } = spendingOf(queries, shapes);
    const most = toNumber(of === 'membership' ? call : story);
    const { cost } = dearestOf(plan, queries, of);
    expect(cost).toBeLessThanOrEqual(most * (1 + 1e-9));
    // Both budgets are bounds, and of all presets they are reached, or nearly so.
    expect(cost).toBeGreaterThan(0.9999 * most);
  });
});

describe('the pages as an attacker reads them', () => {
  const read = (preset: Preset, count: number, releases: number) => {
    const layout = layOut(presetPlan(preset));
    const calls = callsLike(count, 22);
    const records = calls.map(tyst.counting(layout).movesOf);
    const random = seededRandom(`reading ${preset}`);
    const pages = Array.from({ length: releases }, () =>
      tyst.page(layout, tyst.publish(layout, records, random)),
    );
    return { layout, counts: countsIn(layout, calls), pages };
  };

  test.each([
    ['tiny', 40, 40],
    ['small', 100, 20],
    ['medium', 300, 20],
    ['large', 1000, 5],
  ] as const)(
    'leave the true counts of plan %s within four standard deviations',
    (preset, count, releases) => {
      const { counts, pages } = read(preset, count, releases);
      const ranges = pages.flatMap(({ cells, sums }) => [
        ...cells.map(({ low, high }, cell) => ({ low, high, truth: counts[cell] ?? NaN })),
        ...sums.map(({ low, high, cells: own }) => ({
          low,
          high,
          truth: own.reduce((all, cell) => all + (counts[cell] ?? NaN), 0),
        })),
      ]);
      const strayed = ranges.filter(({ low, high, truth }) => !(low <= truth && truth <= high));
      // Noise strays further 6 times in 100,000; three times as many may pass, and one in any case.
      expect(strayed.length).toBeLessThanOrEqual(1 + Math.floor(3 * 6.4e-5 * ranges.length));
    },
  );

  test('take shown estimates for as certain as they are', () => {
    const { layout, pages } = read('medium', 300, 1);
    const kind = layout.shapes.findIndex(({ id }) => id === 'kind');
    const shown = pages[0]?.cells.slice(layout.offsets[kind]).find((cell) => cell.shown);
    const [total] = layout.queries.filter(({ table, of }) => table === null && of === 'conversation');
    // Conversations are told by all tables together: surer than by their own query alone.
    const alone = total === undefined ? NaN : Math.sqrt(toNumber(total.sigma2));
    expect((shown?.high ?? NaN) - (shown?.value ?? NaN)).toBeLessThan(1 + 4 * alone);
  });

  test('tell what hidden cells hold together where the page has a line for it', () => {
    const layout = layOut(presetPlan('large'));
    const records = callsLike(800, 23).map(tyst.counting(layout).movesOf);
    const published = tyst.publish(layout, records, seededRandom('hidden'));
    const quarters = assemblePeriods([plannedQuarter(layout, published)]).filter(({ id }) => id === QUARTER);
    const pages = quarters.flatMap((quarter) =>
      quarter.tables
        // Rows of months stay as they were before their quarter's total was known.
        .filter(({ shape }) => shape.rows.dimension !== MONTH)
        .map((table) => publishedTableOf(quarter, table)),
    );
    const { sums } = tyst.page(layout, published);
    const lines = pages.flatMap((page) => {
      const at = layout.shapes.findIndex(({ id }) => id === page.table);
      const cells = page.cells
        .flat()
        .flatMap((number, place) => ('value' in number ? [] : [(layout.offsets[at] ?? NaN) + place]));
      return page.hidden === null ? [] : [{ value: page.hidden.value, cells }];
    });
    expect(lines.length).toBeGreaterThan(3);
    for (const { value, cells } of lines) {
      const read = sums.find((sum) => sum.cells.join() === cells.join());
      expect((read?.low ?? NaN) <= value && value <= (read?.high ?? NaN)).toBe(true);
    }
  });
});

describe('the curves', () => {
  test('of two normal distributions one apart are those of theory', () => {
    const { next } = chance('normal');
    const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
    const roc = rocOf(
      Array.from({ length: 200_000 }, () => normal() + 1),
      Array.from({ length: 200_000 }, normal),
    );
    expect(areaUnder(roc)).toBeCloseTo(0.7602, 2);
    expect(foundAt(roc, 0.05)).toBeCloseTo(0.2595, 2);
    expect(foundAt(roc, 0.01)).toBeCloseTo(0.0923, 2);
  });

  test('give ties by half, and certainty its due', () => {
    expect(areaUnder(rocOf([0, 0], [0, 0]))).toBe(0.5);
    expect(areaUnder(rocOf([Infinity, 0], [0, -Infinity]))).toBe(0.875);
    expect(foundAt(rocOf([Infinity, 0], [0, -Infinity]), 0.01)).toBeCloseTo(0.51, 9);
  });
});

describe('the linear programme', () => {
  const free = { low: 0, high: Infinity };
  const sum = (low: number, high: number, ...cells: number[]) => ({
    terms: new Map(cells.map((cell) => [cell, 1])),
    low,
    high,
  });

  test('finds the least and the greatest value', async () => {
    const known = [sum(10, 12, 0, 1, 2), sum(3, 3, 0, 1)];
    expect(await extremes([free, { low: 1, high: 2 }, free], known, [0, 2])).toEqual([
      [1, 2],
      [7, 9],
    ]);
  });

  test('knows no limit where there is none, and no solution where there is none', async () => {
    expect(await extremes([free], [], [0])).toEqual([[0, Infinity]]);
    expect(await extremes([{ low: 5, high: 6 }], [sum(1, 2, 0)], [0])).toBeNull();
  });
});
