/**
 * The most that can come of choosing: of a call's answers along an axis, or of two calls' at once, when what each answer
 * is worth is known. Pure whole numbers.
 */

/** An answer: what it is worth when the first call alone has it, the second alone, or both; null where that cannot be. */
export interface Answer {
  /** Whether a call that has it has no other. */
  readonly alone: boolean;
  readonly first: bigint | null;
  readonly second: bigint | null;
  readonly both: bigint | null;
}

const isMore = (a: bigint, b: bigint | null): boolean => b === null || a > b;

const greatest = (worth: readonly (bigint | null)[]): bigint | null =>
  worth.reduce((most, one) => (one !== null && isMore(one, most) ? one : most), null);

const plus = (a: bigint | null, b: bigint | null): bigint | null => (a === null || b === null ? null : a + b);

const byWorth = (a: bigint, b: bigint): number => (a > b ? -1 : a < b ? 1 : 0);

/** The sum of the greatest numbers above 0, so many of them at most. */
const sumOfMost = (worth: readonly (bigint | null)[], most: number): bigint =>
  worth
    .flatMap((one) => (one !== null && one > 0n ? [one] : []))
    .toSorted(byWorth)
    .slice(0, most)
    .reduce((sum, one) => sum + one, 0n);

/** The most that one or more of these are worth together; null where there is none. */
function together(worth: readonly (bigint | null)[], most: number): bigint | null {
  const best = greatest(worth);
  return best === null || best <= 0n ? best : sumOfMost(worth, most);
}

/** The two answers that are worth most, by their places. */
function bestTwo(worth: readonly (bigint | null)[]): number[] {
  return [...worth.keys()]
    .filter((place) => worth[place] !== null)
    .toSorted((a, b) => byWorth(worth[a] ?? 0n, worth[b] ?? 0n))
    .slice(0, 2);
}

/** The most that two calls with one answer each are worth, the same or another; exactly. */
function oneEach(answers: readonly Answer[]): bigint | null {
  const [first, second] = [answers.map((one) => one.first), answers.map((one) => one.second)];
  const unequal = bestTwo(first).flatMap((a) =>
    bestTwo(second).flatMap((b) => (a === b ? [] : [plus(first[a] ?? null, second[b] ?? null)])),
  );
  return greatest([...unequal, ...answers.map(({ both }) => both)]);
}

/**
 * The most that two calls with so many answers each are worth, by how many of them both have: of those, and of what either
 * has alone, the best, but each answer once and worth no more than it is at most. Exact where all are worth the same.
 */
function severalEach(answers: readonly Answer[], most: number): bigint | null {
  const [first, second] = [answers.map((one) => one.first), answers.map((one) => one.second)];
  const shared = answers.map(({ both }) => both);
  if (greatest([...first, ...shared]) === null || greatest([...second, ...shared]) === null) return null;
  const any = answers.map((one) => greatest([one.first, one.second, one.both]));
  return greatest(
    Array.from({ length: most + 1 }, (_, both) => {
      const parted = sumOfMost(shared, both) + sumOfMost(first, most - both) + sumOfMost(second, most - both);
      const once = sumOfMost(any, 2 * most - both);
      return parted < once ? parted : once;
    }),
  );
}

/**
 * The most that two calls' answers along an axis are worth together, `most` answers to a call and one at least; null
 * where no two calls are so. Of a question with one answer to a call it is exact, else never too little.
 */
export function mostApart(answers: readonly Answer[], most: number): bigint | null {
  const [alone, others] = [answers.filter((one) => one.alone), answers.filter((one) => !one.alone)];
  if (most === 1) return oneEach(answers);
  const firstOf = (some: readonly Answer[]) => some.map(({ first }) => first);
  const secondOf = (some: readonly Answer[]) => some.map(({ second }) => second);
  return greatest([
    oneEach(alone),
    plus(greatest(firstOf(alone)), together(secondOf(others), most)),
    plus(together(firstOf(others), most), greatest(secondOf(alone))),
    severalEach(others, most),
  ]);
}

/** The most that the answers of one call are worth, `most` of them and one at least; null where it can have none. */
export function mostOfOne(
  answers: readonly { readonly alone: boolean; readonly worth: bigint | null }[],
  most: number,
): bigint | null {
  const of = (alone: boolean) => answers.filter((one) => one.alone === alone).map(({ worth }) => worth);
  return greatest([greatest(of(true)), together(of(false), most)]);
}
