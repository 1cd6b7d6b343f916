/** Repeatable chance for what surrounds the noise: which calls, which targets, which keys. Never the noise itself. */
import { seededRandom } from '../../../bench/seeded-random.js';

export interface Chance {
  /** A number in [0, 1). */
  readonly next: () => number;
  /** A whole number in 0 .. n - 1. */
  readonly below: (n: number) => number;
  /** `count` different places of 0 .. n - 1, in no order. */
  readonly places: (n: number, count: number) => number[];
}

export function chance(seed: string): Chance {
  const random = seededRandom(seed);
  const next = () => Buffer.from(random(4)).readUInt32BE() / 2 ** 32;
  const below = (n: number) => Math.floor(next() * n);
  const places = (n: number, count: number) => {
    const all = Array.from({ length: n }, (_, index) => index);
    // Fisher and Yates, as far as needed.
    for (let index = 0; index < count; index += 1) {
      const other = index + below(n - index);
      [all[index], all[other]] = [all[other] ?? 0, all[index] ?? 0];
    }
    return all.slice(0, count);
  };
  return { next, below, places };
}
