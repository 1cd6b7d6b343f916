import type { Rational } from '../../src/contract/plan.js';

/** A millionth less than a variance. */
export const aMillionthLess = ({ numerator, denominator }: Rational): Rational => ({
  numerator: numerator * 1_000_000n - 1n,
  denominator: denominator * 1_000_000n,
});

/** A thousandth less than a variance: more than any plan leaves of its budgets. */
export const aThousandthLess = ({ numerator, denominator }: Rational): Rational => ({
  numerator: numerator * 999n,
  denominator: denominator * 1_000n,
});
