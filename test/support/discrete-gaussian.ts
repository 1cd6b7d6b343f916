import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Uniform } from '../../src/keeping/noise.js';
import { projectRoot } from '../../src/platform/project.js';

/** Probability of each integer value. */
export type Distribution = ReadonlyMap<number, number>;

/** Reference probabilities that another implementation computed, in test/vectors (columns v, p, bound). */
export function referenceDistribution(variance: number): Distribution {
  const file = join(projectRoot, 'test', 'vectors', 'discrete-gaussian', `dg_var${variance}.csv`);
  const [, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  return new Map(
    lines.map((line) => {
      const [value, probability] = line.split(',');
      return [Number(value), Number(probability)];
    }),
  );
}

/** The definition summed directly, out to 12 standard deviations (and at least 12). */
export function definedDistribution(sigma2: number): Distribution {
  const reach = Math.ceil(12 * Math.max(1, Math.sqrt(sigma2)));
  const values = Array.from({ length: 2 * reach + 1 }, (_, index) => index - reach);
  const weights = values.map((value) => Math.exp((-value * value) / (2 * sigma2)));
  const total = sum(weights);
  return new Map(values.map((value, index) => [value, (weights[index] ?? 0) / total]));
}

/** The distribution of the sum of two that are drawn apart: every pair of their values. */
export function distributionOfSum(one: Distribution, other: Distribution): Distribution {
  const sums = new Map<number, number>();
  for (const [a, p] of one) for (const [b, q] of other) sums.set(a + b, (sums.get(a + b) ?? 0) + p * q);
  return sums;
}

/** The `power`-th moment about zero. */
export function momentOf(distribution: Distribution, power: number): number {
  return sum([...distribution].map(([value, probability]) => value ** power * probability));
}

/** Pearson's test of the draws against the distribution; neighbours are pooled until each bin expects >= 5. */
export function chiSquareP(draws: readonly number[], distribution: Distribution): number {
  const counts = new Map<number, number>();
  for (const draw of draws) counts.set(draw, (counts.get(draw) ?? 0) + 1);
  const values = [...new Set([...distribution.keys(), ...counts.keys()])].sort((a, b) => a - b);
  const bins: { expected: number; observed: number }[] = [];
  let open = { expected: 0, observed: 0 };
  for (const value of values) {
    open.expected += (distribution.get(value) ?? 0) * draws.length;
    open.observed += counts.get(value) ?? 0;
    if (open.expected >= 5) {
      bins.push(open);
      open = { expected: 0, observed: 0 };
    }
  }
  // What is left of the far tail joins the last full bin.
  const last = bins.at(-1);
  if (!last) throw new Error('too few draws for a chi-square test');
  last.expected += open.expected;
  last.observed += open.observed;
  const statistic = sum(bins.map(({ expected, observed }) => (observed - expected) ** 2 / expected));
  return chiSquareTail(statistic, bins.length - 1);
}

/** P(chi-square with `degrees` degrees of freedom >= statistic): the regularised upper incomplete gamma Q. */
export function chiSquareTail(statistic: number, degrees: number): number {
  const [a, x] = [degrees / 2, statistic / 2];
  if (x <= 0) return 1;
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a));
  return x < a + 1 ? 1 - scale * lowerSeries(a, x) : scale * upperFraction(a, x);
}

/** sum over n of x^n / (a (a+1) ... (a+n)), which converges quickly for x < a + 1. */
function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let total = term;
  for (let n = 1; term > total * 1e-16; n += 1) total += term *= x / (a + n);
  return total;
}

/** The continued fraction of Q for x >= a + 1, worked out from its 1,000th level upwards. */
function upperFraction(a: number, x: number): number {
  let tail = x + 2001 - a;
  for (let n = 1000; n >= 1; n -= 1) tail = x + 2 * n - 1 - a - (n * (n - a)) / tail;
  return 1 / tail;
}

/** ln Gamma(x), x > 0: Stirling's series after moving x above 15, where four terms reach 1e-14. */
function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  for (; z < 15; z += 1) shift += Math.log(z);
  const series = 1 / (12 * z) - 1 / (360 * z ** 3) + 1 / (1260 * z ** 5) - 1 / (1680 * z ** 7);
  return (z - 0.5) * Math.log(z) - z + Math.log(2 * Math.PI) / 2 + series - shift;
}

/** Pearson's correlation of two lists of the same length. */
export function correlation(left: readonly number[], right: readonly number[]): number {
  const [meanLeft, meanRight] = [sum(left) / left.length, sum(right) / right.length];
  const a = left.map((value) => value - meanLeft);
  const b = right.map((value) => value - meanRight);
  const product = (one: number[], other: number[]) =>
    sum(one.map((value, index) => value * (other[index] ?? 0)));
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/**
 * The exact probability of each outcome of a random computation: follows every value of every uniform draw,
 * down to paths less likely than `smallest`, which count as `undecided`. So each true probability lies
 * between its mass and its mass + undecided.
 */
export function exactOutcomes<T>(compute: (uniform: Uniform) => T, smallest: number) {
  const masses = new Map<T, number>();
  let undecided = 0;
  const pending: { values: bigint[]; mass: number }[] = [{ values: [], mass: 1 }];
  for (let path = pending.pop(); path; path = pending.pop()) {
    const { values, mass } = path;
    const result = replay(compute, values);
    if ('outcome' in result) masses.set(result.outcome, (masses.get(result.outcome) ?? 0) + mass);
    else if (mass < smallest) undecided += mass;
    else
      for (let value = 0n; value < result.wanted; value += 1n)
        pending.push({ values: [...values, value], mass: mass / Number(result.wanted) });
  }
  return { masses, undecided };
}

/** Runs the computation on these values; `wanted` is the bound of the first draw after they run out. */
function replay<T>(compute: (uniform: Uniform) => T, values: readonly bigint[]) {
  const ranOut = new Error('ran out of values');
  let step = 0;
  let wanted = 0n;
  try {
    const outcome = compute((n) => {
      const value = values[step];
      wanted = n;
      if (value === undefined) throw ranOut;
      step += 1;
      return value;
    });
    return { outcome };
  } catch (error) {
    if (error !== ranOut) throw error;
    return { wanted };
  }
}
