/** The attacks' own tools: the fast counter against what the keeper counts, the curves, the equations. */
import type { Preset } from '../../src/contract/plan.js';
import { presetPlan, presets } from '../../src/contract/presets.js';
import type { TestDatabase } from '../support/database.js';
import { seededRandom } from '../../bench/seeded-random.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';
import { answersOf } from './support/asked.js';
import { chance } from './support/chance.js';
import { callsLike, countCells, layOut, QUARTER } from './support/line.js';
import { countedIn } from './support/opened.js';
import { extremes } from './support/programme.js';
import { projectionOn } from './support/projection.js';
import { tyst } from './support/publisher.js';
import { aSealedQuarter } from './support/quarter.js';
import { areaUnder, foundAt, rocOf } from './support/roc.js';
import { equations, relations } from './support/structure.js';

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
  const counts = countCells(
    layout.cells,
    callsLike(500, 21).map((call) => layout.cellsOf(call)),
  );

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
    const { project, varianceOf } = projectionOn(equations(layout), layout.cells);
    const projected = project(counts);
    expect(Math.max(...counts.map((count, cell) => Math.abs(count - (projected[cell] ?? NaN))))).toBeLessThan(
      1e-8,
    );
    const variances = counts.map((_, cell) => varianceOf([cell]));
    expect(Math.min(...variances)).toBeGreaterThan(0);
    expect(Math.max(...variances)).toBeLessThanOrEqual(1 + 1e-9);
  });
});

describe('the pages as an attacker reads them', () => {
  const read = (preset: Preset, count: number, releases: number) => {
    const layout = layOut(presetPlan(preset));
    const records = callsLike(count, 22).map((call) => layout.cellsOf(call));
    const counts = countCells(layout.cells, records);
    const random = seededRandom(`reading ${preset}`);
    const pages = Array.from({ length: releases }, () =>
      tyst.page(layout, tyst.publish(layout, records, random)),
    );
    return { layout, counts, pages };
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
    // Conversations are told by every table: the total's own noise is a fraction of a cell's.
    expect((shown?.high ?? NaN) - (shown?.value ?? NaN)).toBeLessThan(5 + 2.5 * Math.sqrt(layout.variance));
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
