/**
 * The variances of a plan of one's own, or of a preset over a vocabulary that it was not made for: a rule that looks at
 * the plan alone. Every family's s is its share times a common factor, rounded up to hundredths, and the factor is the
 * smallest that keeps both budgets. Then the noise of what only contacts pay that were no conversation is made as small
 * as both budgets let it, for such a contact is in few tables. Only whole numbers and what IEEE 754 defines to the last
 * bit: the same on every machine. Pure. Source: the design's protection rules ("Plan and queries").
 */
import type { Family } from './families.js';
import type { TableShape } from './plan.js';
import { LEAST_SIGMA2 } from './queries.js';
import { exact, isAtMost, toNumber, type Rational } from './rational.js';
import { spentInParts } from './spending.js';

const HUNDREDTHS = 100;
const ONE: Rational = { numerator: 1n, denominator: 1n };

/** Spending is counted in parts so small that rounding each price up tells nothing; it is never counted too low. */
const PARTS = 2n ** 80n;

const priceOf = ({ numerator, denominator }: Rational): bigint =>
  (PARTS * denominator + 2n * numerator - 1n) / (2n * numerator);

/** Factors of s in hundredths, common to all families but those that `others` says something of. */
interface Factors {
  readonly common: number;
  readonly others: number;
}

function sigma2Of({ scale, share, others }: Family, factors: Factors): Rational {
  const hundredths = Math.ceil((others ? factors.others : factors.common) * share);
  const sigma2 = { numerator: BigInt(scale) ** 2n * BigInt(hundredths), denominator: BigInt(HUNDREDTHS) };
  return isAtMost(sigma2, LEAST_SIGMA2) ? LEAST_SIGMA2 : sigma2;
}

/** The smallest whole number above 0 for which something holds that holds for all above it; looked for from a guess. */
function smallest(holds: (number: number) => boolean, guess: number): number {
  let [under, over] = [0, guess];
  for (let step = 1; !holds(over); step *= 2) [under, over] = [over, over + step];
  for (let step = 1; under === 0 && over > 1; step *= 2) {
    const next = Math.max(1, over - step);
    if (holds(next)) over = next;
    else under = next;
  }
  while (over - under > 1) {
    const middle = Math.floor((over + under) / 2);
    if (holds(middle)) over = middle;
    else under = middle;
  }
  return over;
}

/** So large a factor that neither rounding nor the least noise tells: spending is one over it. */
const LARGE = 1_000_000;

/** The variance of each family, before two shares ask for more. Throws RangeError for a rho that is not above 0. */
export function ownVariances(
  families: readonly Family[],
  shapes: readonly TableShape[],
  rho: number,
): Rational[] {
  const limit = exact(rho);
  if (limit.numerator <= 0n) throw new RangeError('A plan spends something.');
  const variances = (factors: Factors) => families.map((family) => sigma2Of(family, factors));
  /** Spending beside what may be spent, of the budget that is nearer to it. */
  const spent = (factors: Factors): Rational => {
    const queries = variances(factors).flatMap((sigma2, place) =>
      (families[place]?.queries ?? []).map((query) => ({ ...query, sigma2 })),
    );
    const { call, story } = spentInParts(queries, shapes, priceOf);
    const most = 2n * call > story ? 2n * call : story;
    return { numerator: most * limit.denominator, denominator: 2n * limit.numerator * PARTS };
  };
  const keeps = (factors: Factors): boolean => isAtMost(spent(factors), ONE);
  const common = smallest(
    (factor) => keeps({ common: factor, others: factor }),
    Math.ceil(LARGE * toNumber(spent({ common: LARGE, others: LARGE }))),
  );
  const [least = 1] = families.flatMap(({ others, share }) => (others ? [1 / share] : []));
  const others = smallest(
    (factor) => keeps({ common, others: factor }),
    Math.ceil(HUNDREDTHS * toNumber(LEAST_SIGMA2) * least),
  );
  return variances({ common, others });
}
