import { seededRandom } from '../../bench/seeded-random.js';
import { drawShares, type RandomSource, type Rational } from '../../src/keeping/noise.js';
import {
  chiSquareP,
  correlation,
  definedDistribution,
  referenceDistribution,
  type Distribution,
} from '../support/discrete-gaussian.js';
import { atLeast, atMost, type Attack, type Figure, type Size } from './support/figures.js';

const SEED = 'A8 noise';
const sizes: Record<Size, number> = { test: 100_000, full: 1_000_000 };

/** Variances of one share: those that another implementation computed, those of the presets, and the least ones. */
const variances = [
  ...[5, 10, 16, 20, 40, 64].map((variance) => ({ variance, reference: referenceDistribution(variance) })),
  ...[1, 2, 4, 9, 13, 52].map((variance) => ({ variance, reference: definedDistribution(variance) })),
];

/** What a query gets two shares of: each has this variance, which is half of the query's own. */
const twice = (variance: number): Rational => ({ numerator: 2n * BigInt(variance), denominator: 1n });

/** The distribution of the sum of two independent draws of one. */
function sumOfTwo(one: Distribution): Distribution {
  const both = new Map<number, number>();
  for (const [a, p] of one) for (const [b, q] of one) both.set(a + b, (both.get(a + b) ?? 0) + p * q);
  return both;
}

/** Quarters of `QUERIES` queries, of which each is drawn as the keeper draws it: the list in one go, the shares apart. */
const QUERIES = 1_000;
const WIDTH = 10;
function drawQuarters(draws: number, variance: number, random: RandomSource): number[] {
  const list = new Array<Rational>(QUERIES).fill(twice(variance));
  return Array.from({ length: Math.ceil(draws / QUERIES) }, () => drawShares(list, random)).flat();
}

/** Correlation of each draw with the one so many places on. */
const lagged = (numbers: readonly number[], lag: number): number =>
  Math.abs(correlation(numbers.slice(lag), numbers.slice(0, -lag)));

function qualityAt({ variance, reference }: (typeof variances)[number], draws: number): Figure[] {
  const random = seededRandom(`${SEED} ${variance}`);
  const [first, second] = [drawQuarters(draws, variance, random), drawQuarters(draws, variance, random)];
  const sums = first.map((share, query) => share + (second[query] ?? NaN));
  const [share, whole] = [`share of variance ${variance}`, `sum of two, sigma^2 = ${2 * variance}`];
  return [
    atLeast(`${share}: chi-square p`, chiSquareP(first, reference), 0.001),
    atLeast(`${whole}: chi-square p`, chiSquareP(sums, sumOfTwo(reference)), 0.001),
    atMost(`${share}: correlation with the other share`, Math.abs(correlation(first, second)), 0.01),
    atMost(`${whole}: correlation with the next query`, lagged(sums, 1), 0.01),
    atMost(`${whole}: correlation with the query ${WIDTH} places on`, lagged(sums, WIDTH), 0.01),
    atMost(`${whole}: correlation with the query ${WIDTH ** 2} places on`, lagged(sums, WIDTH ** 2), 0.01),
    atMost(`${whole}: correlation with the same query of the next period`, lagged(sums, QUERIES), 0.01),
  ];
}

/** A8: is the noise what it says it is? */
export const noiseQuality: Attack = {
  id: 'A8',
  title: 'Noise quality',
  words:
    'Noise is drawn in two shares. Each share is compared with the exact probabilities (at six variances with those that ' +
    'another implementation computed) by Pearson’s chi-square test, and the sum of two with those of the sum; and draws with one ' +
    'another: the other share, the next query, queries further on, the same query of the next period. Noise that hangs together ' +
    'could be taken out by subtraction.',
  seed: SEED,
  run: (size) =>
    Promise.resolve({
      figures: variances.flatMap((one) => qualityAt(one, sizes[size])),
      notes: [`${sizes[size].toLocaleString('en-GB')} draws of each share, at each variance.`],
    }),
};
