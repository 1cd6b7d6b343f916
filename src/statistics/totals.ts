/**
 * Totals of a period: how many contacts, how many conversations. No table holds them, but the cells of a table
 * in which each call falls in exactly one cell add up to them, each sum with its own independent noise. The best
 * single figure is the weighted least squares one, which for independent sums of the same number is their mean,
 * weighted by one over the variance.
 */
import type { Vocabulary } from '../contract/vocabulary.js';
import { ALL_CONTACTS, ALL_CONVERSATIONS, factsOf, sumsCountCalls, type Cells } from './facts.js';
import type { Estimate, NoisyTable, Totals } from './noisy.js';

const total = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));

/** The inverse-variance-weighted mean of the sums over these cells, all of which have the noise variance sigma2. */
function weightedMean(sums: readonly Cells[], noisy: readonly number[], sigma2: number): Estimate | null {
  if (sums.length === 0) return null;
  const counts = sums.map(({ length }) => BigInt(length));
  // Weights 1 / cells, brought to whole numbers: the mean stays an exact fraction.
  const common = counts.reduce((multiple, count) => (multiple / gcd(multiple, count)) * count, 1n);
  const weights = counts.map((count) => common / count);
  const weighted = sums.map(
    (cells, place) => (weights[place] ?? 0n) * BigInt(total(cells.map((cell) => noisy[cell] ?? 0))),
  );
  return {
    numerator: weighted.reduce((sum, one) => sum + one, 0n),
    denominator: weights.reduce((sum, one) => sum + one, 0n),
    variance: sigma2 / total(sums.map(({ length }) => 1 / length)),
  };
}

/**
 * The totals that a month's or a quarter's tables give. All tables must be of one plan, with noise of one
 * variance; null where no table gives the number.
 */
export function estimateTotals(
  tables: readonly NoisyTable[],
  vocabulary: Vocabulary,
  sigma2: number,
): Totals {
  const used = tables.filter(({ shape }) => sumsCountCalls(shape, vocabulary));
  const facts = factsOf(
    used.map(({ shape }) => shape),
    vocabulary,
  );
  const noisy = used.flatMap((table) => table.noisy.flat());
  const of = (key: string) => weightedMean(facts.get(key) ?? [], noisy, sigma2);
  return { contacts: of(ALL_CONTACTS), conversations: of(ALL_CONVERSATIONS) };
}

/** The sum of independent estimates of different periods; null when one of them is missing. */
export function addEstimates(estimates: readonly (Estimate | null)[]): Estimate | null {
  let sum: Estimate = { numerator: 0n, denominator: 1n, variance: 0 };
  for (const estimate of estimates) {
    if (estimate === null) return null;
    sum = {
      numerator: sum.numerator * estimate.denominator + estimate.numerator * sum.denominator,
      denominator: sum.denominator * estimate.denominator,
      variance: sum.variance + estimate.variance,
    };
  }
  return sum;
}

/** The estimate as a number. A half stays exactly a half, so that rounding decides as it would by hand. */
export function estimatedValue({ numerator, denominator }: Estimate): number {
  return Number(numerator / denominator) + Number(numerator % denominator) / Number(denominator);
}
