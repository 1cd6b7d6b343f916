import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { bernoulliExp, drawDiscreteGaussian, drawNoise, uniformFrom } from '../../src/keeping/noise.js';
import type { Rational, Uniform } from '../../src/keeping/noise.js';
import {
  chiSquareP,
  chiSquareTail,
  correlation,
  definedDistribution,
  exactOutcomes,
  momentOf,
  referenceDistribution,
  sum,
} from '../support/discrete-gaussian.js';
import { seededRandom } from '../../bench/seeded-random.js';
import { describe, expect, test } from '../support/jest.js';

const DRAWS = 100_000;
const REFERENCE_VARIANCES = [5, 10, 16, 20, 40, 64];

const rational = (numerator: number, denominator = 1): Rational => ({
  numerator: BigInt(numerator),
  denominator: BigInt(denominator),
});
const draw = (count: number, sigma2: Rational, seed: string): number[] =>
  drawNoise(1, count, sigma2, seededRandom(seed)).flat();

describe('the distribution', () => {
  test.each(REFERENCE_VARIANCES)(
    'fits the reference of another implementation at sigma^2 = %d',
    (variance) => {
      const draws = draw(DRAWS, rational(variance), `reference ${variance}`);
      expect(chiSquareP(draws, referenceDistribution(variance))).toBeGreaterThan(0.001);
    },
  );

  test.each([
    [1, 10],
    [1, 1],
    [5, 2],
    [50, 3],
    [1_000_003, 40_000],
  ])('fits the definition at sigma^2 = %d/%d', (numerator, denominator) => {
    const draws = draw(DRAWS, rational(numerator, denominator), `definition ${numerator}/${denominator}`);
    expect(chiSquareP(draws, definedDistribution(numerator / denominator))).toBeGreaterThan(0.001);
  });

  test.each([
    [2, 1],
    [4, 1],
    [5, 1],
    [7, 1],
    [10, 1],
    [16, 1],
    [18, 1],
    [26, 1],
    [64, 1],
    [104, 1],
    [50, 3],
    [2, 5],
  ])('has the right shape, moments and no lean at sigma^2 = %d/%d', (numerator, denominator) => {
    const count = 100_000;
    const draws = draw(count, rational(numerator, denominator), `moments ${numerator}/${denominator}`);
    const distribution = definedDistribution(numerator / denominator);
    expect(chiSquareP(draws, distribution)).toBeGreaterThan(0.001);
    for (const power of [1, 2, 3, 4]) {
      const expected = momentOf(distribution, power);
      const standardError = Math.sqrt((momentOf(distribution, 2 * power) - expected ** 2) / count);
      const found = sum(draws.map((value) => value ** power)) / count;
      expect(Math.abs(found - expected)).toBeLessThan(4 * standardError);
    }
    const lean = sum(draws.map(Math.sign));
    const signed = draws.filter((value) => value !== 0).length;
    expect(Math.abs(lean)).toBeLessThan(4 * Math.sqrt(signed));
  });

  test('draws do not follow one another, along a row or down a column', () => {
    const rows = drawNoise(DRAWS / 2, 4, rational(26), seededRandom('independence'));
    const inOrder = rows.flat();
    for (const lag of [1, 2, 3, 4]) {
      expect(Math.abs(correlation(inOrder.slice(lag), inOrder.slice(0, -lag)))).toBeLessThan(0.01);
    }
    const squares = inOrder.map((value) => value ** 2);
    expect(Math.abs(correlation(squares.slice(1), squares.slice(0, -1)))).toBeLessThan(0.01);
  });
});

describe('the tests above can fail', () => {
  test.each([
    [5, 95],
    [10, 105],
    [16, 95],
    [20, 105],
    [40, 95],
    [64, 105],
  ])('at %d a variance of %d%% is seen', (variance, percent) => {
    const draws = draw(DRAWS, rational(variance * percent, 100), `wrong ${variance} ${percent}`);
    expect(chiSquareP(draws, referenceDistribution(variance))).toBeLessThan(1e-6);
  });

  test('a rounded continuous Gaussian is seen', () => {
    const random = seededRandom('rounded');
    const uniform = () => (Buffer.from(random(4)).readUInt32BE() + 0.5) / 2 ** 32;
    const draws = Array.from({ length: DRAWS }, () =>
      Math.round(Math.sqrt(-4 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())),
    );
    expect(chiSquareP(draws, definedDistribution(2))).toBeLessThan(1e-6);
  });

  test('a zero drawn under both signs is seen', () => {
    const coin = seededRandom('coin');
    const distribution = definedDistribution(26);
    // Turns a share p0 of the draws into zero, which about doubles it, as forgetting the restart would.
    const extra = Math.round((distribution.get(0) ?? 0) * 256);
    const draws = draw(DRAWS, rational(26), 'zeros').map((value) => ((coin(1)[0] ?? 0) < extra ? 0 : value));
    expect(chiSquareP(draws, distribution)).toBeLessThan(1e-6);
  });

  test('noise used twice is seen', () => {
    const draws = draw(10_000, rational(26), 'twice').flatMap((value) => [value, value]);
    expect(correlation(draws.slice(1), draws.slice(0, -1))).toBeGreaterThan(0.4);
  });

  test('the chi-square tail agrees with SciPy 1.17', () => {
    expect(chiSquareTail(18.307, 10)).toBeCloseTo(0.05000058909139812, 12);
    expect(chiSquareTail(40, 19)).toBeCloseTo(0.003272317118779744, 12);
    expect(chiSquareTail(0.5, 3)).toBeCloseTo(0.9188914116546758, 12);
    expect(chiSquareTail(0.001, 1)).toBeCloseTo(0.9747728793699604, 12);
    expect(chiSquareTail(250, 60) / 4.901747961563307e-25).toBeCloseTo(1, 9);
  });

  test.each(REFERENCE_VARIANCES)('the reference at %d is the definition', (variance) => {
    const defined = definedDistribution(variance);
    for (const [value, probability] of referenceDistribution(variance)) {
      expect(probability).toBeCloseTo(defined.get(value) ?? 0, 12);
    }
  });
});

describe('the building blocks, exactly', () => {
  /** How far the exact probability of true is from exp(-gamma), beyond what the cut-off leaves open. */
  const errorOf = (bernoulli: (uniform: Uniform) => boolean, gamma: number): number => {
    const { masses, undecided } = exactOutcomes(bernoulli, 1e-9);
    const [yes, no] = [masses.get(true) ?? 0, masses.get(false) ?? 0];
    expect(yes + no + undecided).toBeCloseTo(1, 12);
    expect(undecided).toBeLessThan(1e-5);
    return Math.max(0, yes - Math.exp(-gamma), Math.exp(-gamma) - (yes + undecided));
  };

  test.each([
    [0, 1],
    [1, 10],
    [1, 2],
    [2, 3],
    [1, 1],
    [3, 2],
    [7, 3],
    [4, 1],
  ])('Bernoulli(exp(-%d/%d)), over every path of uniform draws', (numerator, denominator) => {
    const bernoulli = (uniform: Uniform) => bernoulliExp(BigInt(numerator), BigInt(denominator), uniform);
    expect(errorOf(bernoulli, numerator / denominator)).toBeLessThan(1e-12);
  });

  test('an exponential rounded to four decimals is seen', () => {
    const rounded = BigInt(Math.round(Math.exp(-1) * 1e4));
    const { masses } = exactOutcomes((uniform) => uniform(10n ** 4n) < rounded, 1e-11);
    expect(Math.abs((masses.get(true) ?? 0) - Math.exp(-1))).toBeGreaterThan(1e-6);
  });

  /** A source that deals these binary digits, then zeros. */
  const digits = (text: string) => (bytes: number) =>
    Uint8Array.from({ length: bytes }, (_, index) =>
      parseInt(text.slice(8 * index, 8 * index + 8).padEnd(8, '0'), 2),
    );
  const binary = (value: bigint, width: number) =>
    width === 0 ? '' : value.toString(2).padStart(width, '0');

  test.each([1, 2, 3, 5, 6, 8, 100, 255, 256, 257, 1000])(
    'below %d each value comes from one pattern of bits, and the rest start again',
    (n) => {
      const width = n === 1 ? 0 : (n - 1).toString(2).length;
      const marker = BigInt(n - 1);
      for (let pattern = 0n; pattern < 1n << BigInt(width); pattern += 1n) {
        const uniform = uniformFrom(digits(binary(pattern, width) + binary(marker, width)));
        expect(uniform(BigInt(n))).toBe(pattern < n ? pattern : marker);
      }
    },
  );

  test('a bound of many bits is filled whole', () => {
    const n = (1n << 60n) - 1n;
    const value = 0xabc123456789defn;
    expect(uniformFrom(digits(binary(n, 60) + binary(value, 60)))(n)).toBe(value);
    const low = uniformFrom(digits(binary(5n, 73)));
    expect(low(1n << 73n)).toBe(5n);
  });

  test('each bit is dealt once, across blocks', () => {
    const [source, same] = [seededRandom('bits'), seededRandom('bits')];
    const uniform = uniformFrom(source);
    const dealt = Array.from({ length: 2048 }, () => uniform(2n).toString()).join('');
    expect(dealt).toBe([...same(256)].map((byte) => binary(BigInt(byte), 8)).join(''));
  });
});

describe('the edges', () => {
  test('noise is a table of its own draws in row order', () => {
    const table = drawNoise(3, 5, rational(26), seededRandom('shape'));
    expect(table.map((row) => row.length)).toEqual([5, 5, 5]);
    expect(table.flat()).toEqual(draw(15, rational(26), 'shape'));
    expect(table[0]?.[0]).toBe(drawDiscreteGaussian(rational(26), seededRandom('shape')));
    expect(drawNoise(0, 5, rational(26), randomBytes)).toEqual([]);
    expect(table.flat().every((value) => Number.isSafeInteger(value) && !Object.is(value, -0))).toBe(true);
  });

  test('a fraction need not be in lowest terms or small', () => {
    const scale = 10n ** 40n;
    const sigma2 = { numerator: 26n * scale, denominator: scale };
    expect(chiSquareP(draw(20_000, sigma2, 'scaled'), definedDistribution(26))).toBeGreaterThan(0.001);
  });

  test.each([
    [0n, 1n],
    [-1n, 1n],
    [1n, 0n],
    [1n, -1n],
    [-1n, -1n],
    [1n << 64n, 1n],
  ])('sigma^2 = %d/%d is refused', (numerator, denominator) => {
    expect(() => drawDiscreteGaussian({ numerator, denominator }, randomBytes)).toThrow(RangeError);
    expect(() => drawNoise(1, 1, { numerator, denominator }, randomBytes)).toThrow(RangeError);
  });

  test.each([
    [-1, 1],
    [1, 1.5],
    [Number.NaN, 1],
    [1, Infinity],
  ])('a table of %d x %d is refused', (rows, columns) => {
    expect(() => drawNoise(rows, columns, rational(4), randomBytes)).toThrow(RangeError);
  });

  test('a source that runs dry is an error, not zeros', () => {
    expect(() => drawDiscreteGaussian(rational(4), () => new Uint8Array(0))).toThrow(RangeError);
    expect(() => drawNoise(1, 500, rational(4), (bytes) => randomBytes(bytes - 1))).toThrow(RangeError);
  });

  test('two draws at once may share a source that reuses its buffer', () => {
    const [seeded, reused] = [seededRandom('reuse'), new Uint8Array(4096)];
    const reusing = (bytes: number) => {
      reused.set(seeded(bytes));
      return reused.subarray(0, bytes);
    };
    const [one, other] = [uniformFrom(reusing), uniformFrom(reusing)];
    const dealt = Array.from({ length: 100 }, () => [one(256n), other(256n)]).slice(0, 64);
    const bytes = seededRandom('reuse')(128);
    expect(dealt.flatMap(([first]) => Number(first))).toEqual([...bytes.subarray(0, 64)]);
    expect(dealt.flatMap(([, second]) => Number(second))).toEqual([...bytes.subarray(64)]);
  });

  test('two tables are never alike', () => {
    const [one, other] = [1, 2].map(() => drawNoise(1, 50, rational(26), randomBytes));
    expect(one).not.toEqual(other);
  });

  test('700 cells take well under 100 ms', () => {
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now();
      drawNoise(70, 10, rational(26), randomBytes);
      return performance.now() - start;
    });
    expect(Math.min(...times)).toBeLessThan(100);
  });

  test('the source has no floating point, no seed, no clock and no import', () => {
    const source = readFileSync(new URL('../../src/keeping/noise.ts', import.meta.url), 'utf8');
    const code = source.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    expect(code).toContain('export function drawDiscreteGaussian');
    expect(new Set(code.match(/Math\s*[.[]\s*\w*/g))).toEqual(new Set(['Math.clz32']));
    expect(code).not.toMatch(/\bMath\b(?!\.clz32)|\bDate\b|performance|process|globalThis|crypto|eval|Float/);
    expect(code).not.toMatch(/\d\.\d|\d[eE][-+]?\d|\*\*/);
    expect(code).not.toMatch(/\bimport\b(?!\s+type\b)|\brequire\b/);
  });
});
