import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { bernoulliExp, drawDiscreteGaussian, drawShares, uniformFrom } from '../../src/keeping/noise.js';
import type { RandomSource, Rational, Uniform } from '../../src/keeping/noise.js';
import {
  chiSquareP,
  chiSquareTail,
  correlation,
  definedDistribution,
  distributionOfSum,
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
const times = (factor: bigint, { numerator, denominator }: Rational): Rational => ({
  numerator: factor * numerator,
  denominator,
});
/** Shares of queries that are all of one variance. */
const shares = (count: number, sigma2: Rational, random: RandomSource): number[] =>
  drawShares(new Array<Rational>(count).fill(sigma2), random);
/** Draws of a variance: a share has half its query's. */
const draw = (count: number, sigma2: Rational, seed: string): number[] =>
  shares(count, times(2n, sigma2), seededRandom(seed));
/** What is published of queries of a variance: two shares of each, drawn apart. */
function drawSums(count: number, sigma2: Rational, seed: string): number[] {
  const [first, second] = ['first', 'second'].map((share) =>
    shares(count, sigma2, seededRandom(`${share} ${seed}`)),
  );
  return (first ?? []).map((value, query) => value + (second?.[query] ?? NaN));
}

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

  test('draws do not follow one another', () => {
    const inOrder = draw(2 * DRAWS, rational(26), 'independence');
    for (const lag of [1, 2, 3, 4]) {
      expect(Math.abs(correlation(inOrder.slice(lag), inOrder.slice(0, -lag)))).toBeLessThan(0.01);
    }
    const squares = inOrder.map((value) => value ** 2);
    expect(Math.abs(correlation(squares.slice(1), squares.slice(0, -1)))).toBeLessThan(0.01);
  });
});

describe('the sum of two shares', () => {
  test.each(REFERENCE_VARIANCES)('of half each fits the reference at %d, added to itself', (half) => {
    const draws = drawSums(DRAWS, rational(2 * half), `sum of ${half}`);
    const reference = distributionOfSum(referenceDistribution(half), referenceDistribution(half));
    expect(momentOf(reference, 2)).toBeCloseTo(2 * half, 6);
    expect(chiSquareP(draws, reference)).toBeGreaterThan(0.001);
  });

  test.each([
    [2, 1],
    [2002, 1000],
    [3003, 1000],
    [50, 3],
    [26, 1],
  ])('fits the definition, added to itself, at sigma^2 = %d/%d', (numerator, denominator) => {
    const draws = drawSums(DRAWS, rational(numerator, denominator), `sum ${numerator}/${denominator}`);
    const half = definedDistribution(numerator / denominator / 2);
    expect(chiSquareP(draws, distributionOfSum(half, half))).toBeGreaterThan(0.001);
  });

  test('of a query has its own variance, whatever the others have', () => {
    const variances = [2n, 26n, 104n].map((numerator) => ({ numerator, denominator: 1n }));
    const mixed = Array.from({ length: DRAWS }, () => variances).flat();
    const [first, second] = ['one', 'other'].map((share) => drawShares(mixed, seededRandom(share)));
    for (const [place, { numerator }] of variances.entries()) {
      const own = (_: unknown, query: number) => query % variances.length === place;
      const sums = (first ?? []).map((value, query) => value + (second?.[query] ?? NaN)).filter(own);
      const half = definedDistribution(Number(numerator) / 2);
      expect(chiSquareP(sums, distributionOfSum(half, half))).toBeGreaterThan(0.001);
    }
  });
});

describe('the tests above can fail', () => {
  test.each([2, 10, 26])('at %d one share alone is seen, and two of the whole variance', (sigma2) => {
    const half = definedDistribution(sigma2 / 2);
    const reference = distributionOfSum(half, half);
    const alone = shares(DRAWS, rational(sigma2), seededRandom('alone'));
    expect(chiSquareP(alone, reference)).toBeLessThan(1e-6);
    expect(chiSquareP(drawSums(DRAWS, rational(2 * sigma2), 'whole'), reference)).toBeLessThan(1e-6);
  });

  test('a share that is added to itself is seen, and a twentieth more variance', () => {
    const half = definedDistribution(1);
    const reference = distributionOfSum(half, half);
    const doubled = shares(DRAWS, rational(2), seededRandom('doubled')).map((value) => 2 * value);
    expect(chiSquareP(doubled, reference)).toBeLessThan(1e-6);
    const skewed = drawSums(DRAWS, rational(21, 10), 'a twentieth more');
    expect(chiSquareP(skewed, reference)).toBeLessThan(1e-6);
  });

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
  test('shares are their own draws in the order of their queries', () => {
    const drawn = shares(15, rational(52), seededRandom('shape'));
    expect(drawn).toHaveLength(15);
    expect(drawn).toEqual(draw(15, rational(26), 'shape'));
    expect(drawn[0]).toBe(drawDiscreteGaussian(rational(26), seededRandom('shape')));
    expect(drawShares([], randomBytes)).toEqual([]);
    expect(drawn.every((value) => Number.isSafeInteger(value) && !Object.is(value, -0))).toBe(true);
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
    expect(() => drawShares([times(2n, { numerator, denominator })], randomBytes)).toThrow(RangeError);
  });

  test('a source that runs dry is an error, not zeros', () => {
    expect(() => drawDiscreteGaussian(rational(4), () => new Uint8Array(0))).toThrow(RangeError);
    expect(() => shares(500, rational(8), (bytes) => randomBytes(bytes - 1))).toThrow(RangeError);
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

  test('two draws are never alike', () => {
    const [one, other] = [1, 2].map(() => shares(50, rational(26), randomBytes));
    expect(one).not.toEqual(other);
  });

  test('the shares of 700 queries take well under 100 ms', () => {
    const took = Array.from({ length: 5 }, () => {
      const start = performance.now();
      shares(700, rational(26), randomBytes);
      return performance.now() - start;
    });
    expect(Math.min(...took)).toBeLessThan(100);
  });

  test('the source has no floating point, no seed, no clock and no import', () => {
    const source = readFileSync(new URL('../../src/keeping/noise.ts', import.meta.url), 'utf8');
    const code = source.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    expect(code).toContain('export function drawShares');
    expect(new Set(code.match(/Math\s*[.[]\s*\w*/g))).toEqual(new Set(['Math.clz32']));
    expect(code).not.toMatch(/\bMath\b(?!\.clz32)|\bDate\b|performance|process|globalThis|crypto|eval|Float/);
    expect(code).not.toMatch(/\d\.\d|\d[eE][-+]?\d|\*\*/);
    expect(code).not.toMatch(/\bimport\b(?!\s+type\b)|\brequire\b/);
  });
});
