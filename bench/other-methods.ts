/**
 * Two ways to protect a table that others use, for comparison alone: hiding and rounding, and cell keys. Neither
 * keeps the promise that Tyst makes, whatever their errors.
 */

/** A true count as a method shows it; null where it does not. */
export type Method = (count: number, random: () => number) => number | null;

/** Counts under 10 hidden, others rounded to the nearest 5. */
export const hideAndRound: Method = (count) => (count < 10 ? null : Math.floor(count / 5 + 0.5) * 5);

const D = 5;
const V = 3;

/** The value of a rising function's argument at which it reaches a target, by halving. */
function whereReaches(rising: (x: number) => number, target: number): number {
  let [low, high] = [-20, 20];
  for (let round = 0; round < 80; round += 1) {
    const middle = (low + high) / 2;
    if (rising(middle) < target) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Perturbations of a count with their probabilities. */
interface Perturbation {
  readonly changes: readonly number[];
  readonly probabilities: readonly number[];
}

/** p(v) ~ exp(a v + b v^2) over the changes that leave no negative count. */
function spreadWith(count: number, a: number, b: number): Perturbation {
  const lowest = -Math.min(D, count);
  const changes = Array.from({ length: D - lowest + 1 }, (_, index) => lowest + index);
  const weights = changes.map((change) => Math.exp(a * change + b * change * change));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return { changes, probabilities: weights.map((weight) => weight / all) };
}

const moment = ({ changes, probabilities }: Perturbation, power: number) =>
  changes.reduce((sum, change, index) => sum + change ** power * (probabilities[index] ?? 0), 0);

/**
 * The perturbation of greatest entropy with mean 0 and variance V among changes from -D to D (Giessing and Tent,
 * "Concepts for generalising tools implementing the cell key method", UNECE 2019).
 */
function perturbationOf(count: number): Perturbation {
  if (count === 0) return { changes: [0], probabilities: [1] };
  const unbiased = (b: number) =>
    spreadWith(
      count,
      whereReaches((a) => moment(spreadWith(count, a, b), 1), 0),
      b,
    );
  return unbiased(whereReaches((b) => moment(unbiased(b), 2), V));
}

const perturbations = Array.from({ length: D + 1 }, (_, count) => perturbationOf(count));

/** Cell keys with D = 5 and V = 3: a bounded change that depends on the records in a cell; under 10 hidden. */
export const cellKey: Method = (count, random) => {
  const perturbation = perturbations[Math.min(count, D)];
  // The key of a cell is the fractional part of the sum of its records' keys: uniform, as good as drawn.
  let key = random();
  const change = perturbation?.changes.find((_, index) => {
    key -= perturbation.probabilities[index] ?? 0;
    return key < 0;
  });
  const shown = count + (change ?? 0);
  return shown < 10 ? null : shown;
};
