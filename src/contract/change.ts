/** The difference between the numbers of two periods, where neither noise nor chance alone makes such a one. Pure. */
import type { ShownNumber } from './statistics.js';

export interface Change {
  /** In calls; positive for more than before. */
  readonly difference: number;
  /** Whether it may be more than that, because one of the two is only known to lie under its threshold. */
  readonly atLeast: boolean;
}

interface Uncertain {
  readonly number: ShownNumber | null | undefined;
  /** The variance of its noise; null for a number that there is not. */
  readonly sigma2: number | null;
}

/** A page compares dozens of numbers: with two deviations most of its quarters would announce a change that is none. */
const DEVIATIONS = 3;

/** The nearest that a number can be to a larger one: itself, or the most that is still under its threshold. */
function nearest(number: ShownNumber): { readonly value: number; readonly hidden: boolean } | null {
  if ('value' in number) return { value: number.value, hidden: false };
  return 'under' in number ? { value: Math.max(0, number.under - 1), hidden: true } : null;
}

/**
 * The change between two numbers; null unless it is larger than three deviations of the noise of both and of chance, by
 * which a number of calls varies as much as it is. One side may lie under its threshold. That nothing changed is never said.
 */
export function changeBetween(now: Uncertain, before: Uncertain): Change | null {
  if (now.number == null || before.number == null || now.sigma2 === null || before.sigma2 === null)
    return null;
  const [one, other] = [nearest(now.number), nearest(before.number)];
  if (one === null || other === null || (one.hidden && other.hidden)) return null;
  const difference = one.value - other.value;
  // What is only known to be small may be much smaller, never larger.
  if ((one.hidden && difference > 0) || (other.hidden && difference < 0)) return null;
  const deviation = Math.sqrt(now.sigma2 + before.sigma2 + one.value + other.value);
  return Math.abs(difference) > DEVIATIONS * deviation
    ? { difference, atLeast: one.hidden || other.hidden }
    : null;
}
