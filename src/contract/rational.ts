/** Exact fractions: variances, and what is spent of a budget. Never negative, so that the sampler can take them. */

/** An exact rational; the denominator is above 0. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));

/** The least common multiple of two numbers above 0. */
export const lcm = (a: bigint, b: bigint): bigint => (a / gcd(a, b)) * b;

/** The same number in its shortest form. */
export function reduced({ numerator, denominator }: Rational): Rational {
  const common = gcd(numerator, denominator);
  return { numerator: numerator / common, denominator: denominator / common };
}

/** A decimal number as an exact fraction: 0.125 is 125/1000. */
export function exact(decimal: number): Rational {
  const digits = decimal.toFixed(9).replace('.', '');
  return { numerator: BigInt(digits), denominator: 10n ** 9n };
}

/** A rational as the nearest number, for display and thresholds; the draws use the rational itself. */
export const toNumber = (rational: Rational): number =>
  Number(rational.numerator) / Number(rational.denominator);

/** Whether one is at most the other, decided exactly. */
export const isAtMost = (a: Rational, b: Rational): boolean =>
  a.numerator * b.denominator <= b.numerator * a.denominator;

/** A variance as it is written down: whole, or a fraction. */
export const writeRational = ({ numerator, denominator }: Rational): string =>
  denominator === 1n ? String(numerator) : `${numerator}/${denominator}`;
