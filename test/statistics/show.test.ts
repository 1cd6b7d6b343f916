import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Step } from '../../src/contract/statistics.js';
import { showNumber, stepFor, thresholdFor, uncertaintyOf } from '../../src/statistics/show.js';
import { definedDistribution, referenceDistribution, sum } from '../support/discrete-gaussian.js';
import { describe, expect, test } from '../support/jest.js';

describe('the step and the threshold', () => {
  test('the step is one below a sigma^2 of 16, else five', () => {
    expect([0.5, 4, 10, 15.999, 16, 18, 26, 208].map(stepFor)).toEqual([1, 1, 1, 1, 5, 5, 5, 5]);
  });

  test.each([
    [4, 7],
    [10, 10],
    [18, 15],
    [26, 20],
  ])('with a sigma^2 of %d the threshold is %d', (sigma2, threshold) => {
    expect(thresholdFor(sigma2, stepFor(sigma2))).toBe(threshold);
  });

  test.each([5, 10, 16, 20, 40, 64])(
    'agrees with the reference probabilities at a sigma^2 of %d',
    (sigma2) => {
      const reference = [...referenceDistribution(sigma2)];
      const tail = (from: number) => sum(reference.filter(([value]) => value >= from).map(([, p]) => p));
      for (const step of [1, 5] as const) {
        const threshold = thresholdFor(sigma2, step);
        expect(threshold % step).toBe(0);
        expect(tail(threshold)).toBeLessThanOrEqual(0.0015);
        expect(tail(threshold - step)).toBeGreaterThan(0.0015);
      }
    },
  );

  test('is the smallest multiple of the step that noise alone rarely reaches, whatever the variance', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 400, noNaN: true }),
        fc.constantFrom<Step>(1, 5),
        (sigma2, step) => {
          const defined = [...definedDistribution(sigma2)];
          const tail = (from: number) => sum(defined.filter(([value]) => value >= from).map(([, p]) => p));
          const threshold = thresholdFor(sigma2, step);
          expect(threshold % step).toBe(0);
          expect(tail(threshold)).toBeLessThanOrEqual(0.0015 + 1e-12);
          expect(tail(threshold - step)).toBeGreaterThan(0.0015 - 1e-12);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('one number', () => {
  const file = new URL('../vectors/display_expected.csv', import.meta.url);
  const [header, ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/);

  test('the vectors are the ones expected', () => {
    expect(header).toBe('noisy,T,base,shown');
    expect(lines).toHaveLength(88);
  });

  test.each(lines.map((line) => line.split(',')))('noisy %s, threshold %s, step %s: %s', (...fields) => {
    const [noisy, threshold, step] = fields.map(Number);
    const shown = fields[3] ?? '';
    const rule = { threshold: threshold ?? NaN, step: step as Step };
    expect(showNumber(noisy ?? NaN, rule)).toEqual(
      shown.startsWith('<') ? { under: Number(shown.slice(1)) } : { value: Number(shown) },
    );
  });

  test('rounds halves up, and only after the threshold', () => {
    expect(showNumber(9.999, { threshold: 10, step: 5 })).toEqual({ under: 10 });
    expect(showNumber(12.5, { threshold: 10, step: 5 })).toEqual({ value: 15 });
    expect(showNumber(12.499, { threshold: 10, step: 5 })).toEqual({ value: 10 });
    expect(showNumber(7.5, { threshold: 7, step: 1 })).toEqual({ value: 8 });
  });

  test('has exactly one key, and a value is a multiple of the step from the threshold up', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1000, max: 1_000_000 }),
        fc.integer({ min: 1, max: 400 }),
        (noisy, sigma2) => {
          const step = stepFor(sigma2);
          const threshold = thresholdFor(sigma2, step);
          const shown = showNumber(noisy, { threshold, step });
          expect(Object.keys(shown)).toHaveLength(1);
          if (!('value' in shown)) {
            expect(shown).toEqual({ under: threshold });
            return;
          }
          expect(shown.value % step).toBe(0);
          expect(shown.value).toBeGreaterThanOrEqual(threshold);
          expect(Math.abs(shown.value - noisy)).toBeLessThanOrEqual(step / 2);
        },
      ),
    );
  });
});

test('uncertainty is that of noise and rounding together, upwards to whole calls', () => {
  // 1.96 sqrt(4 + 1/6) = 4.001; 1.96 sqrt(10 + 1/6) = 6.25; 1.96 sqrt(18 + 25/6) = 9.228; 1.96 sqrt(26 + 25/6) = 10.765,
  // each less the half call by which a whole number is still the same.
  expect([uncertaintyOf(4, 1), uncertaintyOf(10, 1), uncertaintyOf(18, 5), uncertaintyOf(26, 5)]).toEqual([
    4, 6, 9, 11,
  ]);
});
