/** The difference between two periods' numbers as version 0.1 told it: where it exceeded the uncertainty of the protection. */
import type { ShownNumber } from '../../src/contract/statistics.js';

export interface Sure {
  readonly number: ShownNumber | null;
  readonly uncertainty: number;
}

/** The uncertainty of a difference. */
export const olderUncertainty = (now: Sure, before: Sure): number =>
  Math.ceil(Math.hypot(now.uncertainty, before.uncertainty));

/** Null where it announced none. */
export function olderChange(now: Sure, before: Sure): number | null {
  if (now.number === null || before.number === null) return null;
  if (!('value' in now.number) || !('value' in before.number)) return null;
  const difference = now.number.value - before.number.value;
  return Math.abs(difference) > olderUncertainty(now, before) ? difference : null;
}
