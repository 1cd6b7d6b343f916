/** The difference between two published numbers, where it exceeds its uncertainty. Pure. */
import type { ShownNumber } from './statistics.js';

export interface Change {
  /** In calls; positive for more than before. */
  readonly difference: number;
  readonly uncertainty: number;
}

interface Uncertain {
  readonly number: ShownNumber | null | undefined;
  readonly uncertainty: number | null;
}

/**
 * The change between two numbers; null unless both are shown and differ by more than the uncertainty. Both carry noise
 * of their own, so the difference has the root of the two squared: sqrt(2) times as much where they are alike.
 */
export function changeBetween(now: Uncertain, before: Uncertain): Change | null {
  if (now.number == null || before.number == null) return null;
  if (!('value' in now.number) || !('value' in before.number)) return null;
  if (now.uncertainty === null || before.uncertainty === null) return null;
  const difference = now.number.value - before.number.value;
  const uncertainty = Math.ceil(Math.hypot(now.uncertainty, before.uncertainty));
  return Math.abs(difference) > uncertainty ? { difference, uncertainty } : null;
}
