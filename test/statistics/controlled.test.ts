import fc from 'fast-check';
import { roundTogether, type Line } from '../../src/statistics/controlled.js';
import { describe, expect, test } from '../support/jest.js';

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

/** Numbers in eighths, so that sums are exact and ties happen. */
const eighths = fc.integer({ min: -24, max: 240 }).map((number) => number / 8);

/** The whole number next to a sum; + 0 because -0 is another number to a test. */
const wholeNear = (exact: number, up: boolean) => (up ? Math.ceil(exact) : Math.floor(exact)) + 0;

describe('a line by itself', () => {
  test('without a sum rounds half up', () => {
    expect(roundTogether([{ items: [0.5, 1.49, -0.5, 2, null, 7.51], sum: null }])).toEqual([
      [1, 1, 0, 2, null, 8],
    ]);
  });

  test('with a sum rounds up the largest fractions, of equal ones the first', () => {
    expect(roundTogether([{ items: [1.4, 2.3, 3.3], sum: 7 }])).toEqual([[2, 2, 3]]);
    expect(roundTogether([{ items: [1.5, 2.5, 3.5, 4.5], sum: 12 }])).toEqual([[2, 3, 3, 4]]);
    expect(roundTogether([{ items: [1, null, 2.25, 0.75], sum: 4 }])).toEqual([[1, null, 2, 1]]);
  });

  test('a whole number that was worked out with an error in the last bits stays what it is', () => {
    expect(roundTogether([{ items: [2.9999999999, 0.1 + 0.2, 0.7], sum: 4 }])).toEqual([[3, 0, 1]]);
  });

  test('always meets its sum with the whole numbers just below and above, at the least distance', () => {
    fc.assert(
      fc.property(fc.array(eighths, { minLength: 1, maxLength: 8 }), fc.boolean(), (items, up) => {
        const target = wholeNear(sum(items), up);
        const [line = []] = roundTogether([{ items, sum: target }]);
        const rounded = line.map((number) => number ?? NaN);
        expect(sum(rounded)).toBe(target);
        rounded.forEach((number, i) => expect(Math.abs(number - (items[i] ?? NaN))).toBeLessThan(1));
        const distance = (numbers: readonly number[]) =>
          sum(numbers.map((number, i) => (number - (items[i] ?? NaN)) ** 2));
        for (let choice = 0; choice < 2 ** items.length; choice += 1) {
          const other = items.map((item, i) => Math.floor(item) + ((choice >> i) & 1));
          if (sum(other) === target) expect(distance(rounded)).toBeLessThanOrEqual(distance(other));
        }
      }),
    );
  });
});

/** The least squared distance at which all sums can be met, by trying everything; null when they cannot. */
function byTrying(lines: readonly Line[], columnSums: readonly (number | null)[]): number | null {
  const flat = lines.flatMap(({ items }) => items.map((item) => item ?? 0));
  const width = lines[0]?.items.length ?? 0;
  let best: number | null = null;
  for (let choice = 0; choice < 2 ** flat.length; choice += 1) {
    const values = flat.map((item, i) => Math.floor(item) + ((choice >> i) & 1));
    const fits =
      lines.every(
        ({ sum: target }, i) => target === null || sum(values.slice(i * width, (i + 1) * width)) === target,
      ) &&
      columnSums.every(
        (target, j) => target === null || sum(values.filter((_, i) => i % width === j)) === target,
      );
    const distance = sum(values.map((value, i) => (value - (flat[i] ?? 0)) ** 2));
    if (fits && (best === null || distance < best)) best = distance;
  }
  return best;
}

describe('lines and columns', () => {
  test('ups move between columns where that is cheapest', () => {
    // Each line alone would send its .4 up, and the first column would be one too many.
    const lines = [
      { items: [1.4, 1.35, 0.25], sum: 3 },
      { items: [2.4, 1.3, 0.3], sum: 4 },
    ];
    expect(roundTogether(lines)).toEqual([
      [2, 1, 0],
      [3, 1, 0],
    ]);
    expect(roundTogether(lines, [4, 3, 0])).toEqual([
      [1, 2, 0],
      [3, 1, 0],
    ]);
  });

  test('meet every sum that can be met, at the least distance; lines always', () => {
    const shape = fc.record({
      numbers: fc.array(fc.array(eighths, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
      lineUps: fc.array(fc.option(fc.boolean()), { minLength: 3, maxLength: 3 }),
      columnUps: fc.array(fc.option(fc.boolean()), { minLength: 3, maxLength: 3 }),
    });
    let met = 0;
    fc.assert(
      fc.property(shape, ({ numbers, lineUps, columnUps }) => {
        const near = (items: readonly number[], up: boolean | null | undefined) =>
          up === null || up === undefined ? null : wholeNear(sum(items), up);
        const lines = numbers.map((items, i) => ({ items, sum: near(items, lineUps[i]) }));
        const columnSums = columnUps.map((up, j) =>
          near(
            numbers.map((items) => items[j] ?? NaN),
            up,
          ),
        );
        const rounded = roundTogether(lines, columnSums).map((line) => line.map((number) => number ?? NaN));
        lines.forEach((line, i) => {
          if (line.sum !== null) expect(sum(rounded[i] ?? [])).toBe(line.sum);
        });
        const best = byTrying(lines, columnSums);
        if (best === null) return;
        met += 1;
        columnSums.forEach((target, j) => {
          if (target !== null) expect(sum(rounded.map((line) => line[j] ?? NaN))).toBe(target);
        });
        const distance = sum(
          rounded.flatMap((line, i) => line.map((one, j) => (one - (numbers[i]?.[j] ?? NaN)) ** 2)),
        );
        expect(distance).toBeCloseTo(best, 9);
      }),
      { numRuns: 500 },
    );
    expect(met).toBeGreaterThan(100);
  });

  test('a column that cannot be met leaves the lines as they must be', () => {
    expect(roundTogether([{ items: [1, 2], sum: 3 }], [2, null])).toEqual([[1, 2]]);
  });
});
