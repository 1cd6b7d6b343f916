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

/** A number as near as it can be to a larger one: itself, or the most that is still under its threshold. */
interface Nearest {
  readonly value: number;
  readonly hidden: boolean;
  readonly sigma2: number;
}

function nearest({ number, sigma2 }: Uncertain): Nearest | null {
  if (number == null || sigma2 === null) return null;
  if ('value' in number) return { value: number.value, hidden: false, sigma2 };
  return 'under' in number ? { value: Math.max(0, number.under - 1), hidden: true, sigma2 } : null;
}

/** Whether one is larger than another for sure, and how much at least. What is only known to be small is never larger. */
function largerBy(one: Nearest, other: Nearest): number | null {
  const difference = one.value - other.value;
  const deviation = Math.sqrt(one.sigma2 + other.sigma2 + one.value + other.value);
  return !one.hidden && difference > DEVIATIONS * deviation ? difference : null;
}

/**
 * The change between two numbers; null unless it is larger than three deviations of the noise of both and of chance, by
 * which a number of calls varies as much as it is. One side may lie under its threshold. That nothing changed is never said.
 */
export function changeBetween(now: Uncertain, before: Uncertain): Change | null {
  const [one, other] = [nearest(now), nearest(before)];
  if (one === null || other === null) return null;
  const [more, fewer] = [largerBy(one, other), largerBy(other, one)];
  if (more !== null) return { difference: more, atLeast: other.hidden };
  return fewer === null ? null : { difference: -fewer, atLeast: one.hidden };
}
