/**
 * How numbers under a noise of a given variance are shown: pure arithmetic on the plan, which the statistics page and
 * the plan page share with the server. Source: the design's protection rules ("What may be shown").
 */
import type { ShownNumber, Step } from './statistics.js';

/** The greatest chance that noise alone lifts an empty cell to the threshold. */
const FALSE_SHOW = 0.0015;

/** What numbers shown under one noise have in common. */
export interface DisplayRule {
  readonly threshold: number;
  readonly step: Step;
}

/** Shown numbers are whole calls while noise is small, fives from sigma^2 = 16. */
export const stepFor = (sigma2: number): Step => (sigma2 < 16 ? 1 : 5);

/** The smallest integer t with P(X >= t) <= FALSE_SHOW, X discrete Gaussian of variance parameter sigma2. */
function tailPoint(sigma2: number): number {
  // Beyond twelve standard deviations lies less than 1e-32. Summed from the far end: small terms first.
  const reach = Math.ceil(12 * Math.max(1, Math.sqrt(sigma2)));
  const weight = (x: number) => Math.exp((-x * x) / (2 * sigma2));
  let half = 0;
  for (let x = reach; x >= 1; x -= 1) half += weight(x);
  const limit = FALSE_SHOW * (1 + 2 * half);
  let point = reach + 1;
  let tail = 0;
  while (tail + weight(point - 1) <= limit) {
    point -= 1;
    tail += weight(point);
  }
  return point;
}

/** The smallest multiple of the step that noise alone reaches with probability at most 0.0015. */
export function thresholdFor(sigma2: number, step: Step): number {
  return Math.ceil(tailPoint(sigma2) / step) * step;
}

/** The threshold of numbers whose noise has this variance, and their step, which is its own unless another is given. */
export const displayRuleFor = (sigma2: number, step = stepFor(sigma2)): DisplayRule => ({
  threshold: thresholdFor(sigma2, step),
  step,
});

/** A shown number's value; null for one that is not shown. */
export const valueOf = (number: ShownNumber | null | undefined): number | null =>
  number != null && 'value' in number ? number.value : null;

/** One noisy number (whole in a cell, any fraction in a total) as it may be shown; halves round up. */
export function showNumber(noisy: number, { threshold, step }: DisplayRule): ShownNumber {
  // Zero and negatives lie under the threshold like everything small: a zero is never shown.
  if (noisy < threshold) return { under: threshold };
  return { value: Math.floor(noisy / step + 0.5) * step };
}

/**
 * How far a shown number may lie from the truth, in whole calls, at most one time in twenty. `variance` is that of the
 * number; rounding so that numbers add up adds step^2 / 6, and half a call more is still the same whole number.
 */
export function uncertaintyOf(variance: number, step: Step): number {
  return Math.ceil(1.96 * Math.sqrt(variance + (step * step) / 6) - 0.5);
}
