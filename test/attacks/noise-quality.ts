import { seededRandom } from '../../bench/seeded-random.js';
import { drawNoise, type Rational } from '../../src/keeping/noise.js';
import {
  chiSquareP,
  correlation,
  definedDistribution,
  referenceDistribution,
} from '../support/discrete-gaussian.js';
import { atLeast, atMost, type Attack, type Figure, type Size } from './support/figures.js';

const SEED = 'A8 noise';
const sizes: Record<Size, number> = { test: 100_000, full: 1_000_000 };

/** The variances of the reference that another implementation computed, those of the presets, and two small ones. */
const variances = [
  ...[5, 10, 16, 20, 40, 64].map((variance) => ({ variance, reference: referenceDistribution(variance) })),
  ...[2, 4, 7, 18, 26, 104].map((variance) => ({ variance, reference: definedDistribution(variance) })),
];

const whole = (variance: number): Rational => ({ numerator: BigInt(variance), denominator: 1n });

/** Periods of `TABLES` tables of 10 x 10 cells, drawn as the keeper draws them: one table after the other. */
const TABLES = 10;
const SIDE = 10;
function drawPeriods(draws: number, sigma2: Rational, seed: string): number[][] {
  const random = seededRandom(seed);
  const periods = Math.ceil(draws / (TABLES * SIDE * SIDE));
  return Array.from({ length: periods }, () =>
    Array.from({ length: TABLES }, () => drawNoise(SIDE, SIDE, sigma2, random).flat()).flat(),
  );
}

/** Correlation of each draw with the one so many places on. */
const lagged = (numbers: readonly number[], lag: number): number =>
  Math.abs(correlation(numbers.slice(lag), numbers.slice(0, -lag)));

function qualityAt({ variance, reference }: (typeof variances)[number], draws: number): Figure[] {
  const numbers = drawPeriods(draws, whole(variance), `${SEED} ${variance}`).flat();
  const [table, period] = [SIDE * SIDE, TABLES * SIDE * SIDE];
  const name = `sigma^2 = ${variance}`;
  return [
    atLeast(`${name}: chi-square p`, chiSquareP(numbers, reference), 0.001),
    atMost(`${name}: correlation with the next cell`, lagged(numbers, 1), 0.01),
    atMost(`${name}: correlation with the cell below`, lagged(numbers, SIDE), 0.01),
    atMost(`${name}: correlation with the same cell of the next table`, lagged(numbers, table), 0.01),
    atMost(`${name}: correlation with the same cell of the next period`, lagged(numbers, period), 0.01),
  ];
}

/** A8: is the noise what it says it is? */
export const noiseQuality: Attack = {
  id: 'A8',
  title: 'Noise quality',
  words:
    'Draws are compared with the exact probabilities (at six variances with those that another implementation computed) by ' +
    'Pearson’s chi-square test, and with one another: the next cell, the cell below, the same cell of the next table and of ' +
    'the next period. Noise that hangs together could be taken out by subtraction.',
  seed: SEED,
  run: (size) =>
    Promise.resolve({
      figures: variances.flatMap((one) => qualityAt(one, sizes[size])),
      notes: [`${sizes[size].toLocaleString('en-GB')} draws at each variance.`],
    }),
};
