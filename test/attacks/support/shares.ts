/**
 * Ways to keep a quarter, by where the noise is: Tyst, with a share in the counters from the start and another at the
 * close, and a way that must fail the suite. And what somebody who knows every other call makes of what they see of it:
 * a copy of the whole machine, keys included, and what is published.
 */
import { toNumber, type Plan } from '../../../src/contract/plan.js';
import { compileQueries } from '../../../src/contract/compile.js';
import { callCounter } from '../../../src/keeping/count-call.js';
import { beginCounters, queryAt } from '../../../src/keeping/counters.js';
import { drawShares, type RandomSource } from '../../../src/keeping/noise.js';
import type { FrozenQuarter } from '../../../src/keeping/frozen-quarter.js';
import { seededRandom } from '../../../bench/seeded-random.js';
import { codesOf } from '../../support/calls.js';
import { chance } from './chance.js';
import { sum } from './figures.js';
import { callsLike, QUARTER, vocabulary, type Call } from './line.js';

/** Where the noise of some queries of a quarter comes from, by their places in its list. */
export interface Sharing {
  readonly name: string;
  /** What is in the counters before the first call. */
  readonly begin: (quarter: FrozenQuarter, open: readonly number[], random: RandomSource) => number[];
  /** What the close adds. */
  readonly close: (quarter: FrozenQuarter, open: readonly number[], random: RandomSource) => number[];
  /** Which part of a query's variance is in the counters; the attacker knows the method. */
  readonly first: number;
}

const share: Sharing['close'] = (quarter, open, random) =>
  drawShares(
    open.map((query) => queryAt(quarter, query).sigma2),
    random,
  );

export const twoShares: Sharing = {
  name: 'Tyst',
  begin: (quarter, open, random) => [...beginCounters(quarter, open, random).values.values()],
  close: share,
  first: 1 / 2,
};

/** Mutant: as much noise, and all of it at the close. Until then the counts stand there as they are. */
export const oneShare: Sharing = {
  name: 'one share, drawn at the close',
  begin: (_quarter, open) => open.map(() => 0),
  close: (quarter, open, random) => {
    const other = share(quarter, open, random);
    return share(quarter, open, random).map((noise, place) => noise + (other[place] ?? NaN));
  },
  first: 0,
};

/** Two things that may have happened, by how much each moves some queries of a quarter. */
interface Question {
  readonly open: readonly number[];
  readonly yes: readonly number[];
  readonly no: readonly number[];
}

/** What the attacker sees beside one publication of the quarter. */
export interface Sight {
  /** A look at the whole machine, before or after the call was counted; null: none. */
  readonly look: 'before the look' | 'after the look' | null;
  /** From so many copies of the machine the quarter was closed, each time on its own; one is the machine itself. */
  readonly closes: number;
}

/** log P(x) under noise of a variance, up to a constant; without any noise there is but one x. */
const logOf = (x: number, variance: number): number =>
  variance === 0 ? (x === 0 ? 0 : -Infinity) : (-x * x) / (2 * variance);

/** log of the sum over every first share f of P(f) x P(all the closes | f), for closes that lie around `mean`. */
function logOfBoth(mean: number, closes: number, first: number, second: number): number {
  const reach = Math.ceil(8 * Math.sqrt(first));
  let [best, total] = [-Infinity, 0];
  for (let f = -reach; f <= reach; f += 1) {
    const log = logOf(f, first) + closes * logOf(mean - f, second);
    if (log > best) [best, total] = [log, total * Math.exp(best - log) + 1];
    else if (log > -Infinity) total += Math.exp(log - best);
  }
  return best + Math.log(total);
}

/** One query as it was seen: in the counters at the look, and the mean of what was published. */
interface Seen {
  readonly looked: number;
  readonly published: number;
}

/** log P(seen | the call moved the query by so much), up to a constant that does not depend on it. */
function logLikelihood(
  { looked, published }: Seen,
  moved: number,
  { look, closes }: Sight,
  { first, second }: { readonly first: number; readonly second: number },
): number {
  // What was published less what was looked at is the second share, and the calls in between.
  if (look === 'before the look') return logOf(looked - moved, first);
  if (look === 'after the look') return closes * logOf(published - looked - moved, second);
  return logOfBoth(published - moved, closes, first, second);
}

/**
 * How often the likelihood ratio of everything seen is right about a question, before which it was an even guess. The
 * questions are asked in turn; every other call is known, and so is what it adds.
 */
function accuracyOf(
  sharing: Sharing,
  quarter: FrozenQuarter,
  questions: readonly Question[],
  sight: Sight,
  { trials, seed }: { readonly trials: number; readonly seed: string },
): number {
  const [random, coin] = [seededRandom(`${seed} noise`), chance(`${seed} truth`)];
  let right = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    const { open, yes, no } = questions[trial % questions.length] ?? { open: [], yes: [], no: [] };
    const truth = coin.below(2) === 1;
    const moved = truth ? yes : no;
    const counters = sharing.begin(quarter, open, random);
    const means = new Float64Array(open.length);
    for (let close = 0; close < sight.closes; close += 1)
      for (const [place, noise] of sharing.close(quarter, open, random).entries())
        means[place] = (means[place] ?? 0) + noise / sight.closes;
    const score = (guess: readonly number[]) =>
      sum(
        open.map((query, place) => {
          const variance = toNumber(queryAt(quarter, query).sigma2);
          const [first, second] = [variance * sharing.first, variance * (1 - sharing.first)];
          const [begun, by] = [counters[place] ?? NaN, moved[place] ?? NaN];
          const looked = sight.look === 'before the look' ? begun + by : begun;
          const published = begun + by + (means[place] ?? NaN);
          return logLikelihood({ looked, published }, guess[place] ?? NaN, sight, { first, second });
        }),
      );
    const [one, other] = [score(yes), score(no)];
    right += one === other ? 0.5 : one > other === truth ? 1 : 0;
  }
  return right / trials;
}

/** The quarter as the keeper would freeze it. */
function quarterOf(plan: Plan): FrozenQuarter {
  const queries = compileQueries(plan, vocabulary, QUARTER);
  return { quarter: QUARTER, plan, vocabulary, queries, mark: 'as it was frozen' };
}

/** By how much a call moves each query, by the function with which the keeper counts. */
function movesOf(quarter: FrozenQuarter): (call: Call) => Float64Array {
  const count = callCounter(quarter);
  return ({ month, answers }) => {
    const moves = new Float64Array(quarter.queries.length);
    count({ month, codes: codesOf(answers) }, (query, by) => (moves[query] = (moves[query] ?? 0) + by));
    return moves;
  };
}

/** How many questions are asked in turn: those that are dearest, so that no other gives more away. */
const DEAREST = 8;
const POOL = 24_000;

const distanceOf = ({ queries }: FrozenQuarter, one: Float64Array, other: Float64Array): number =>
  sum(
    queries.map(
      ({ sigma2 }, query) => ((one[query] ?? 0) - (other[query] ?? 0)) ** 2 / (2 * toNumber(sigma2)),
    ),
  );

/** The questions of a quarter whose two answers lie furthest apart, among so many calls like those of a real line. */
function dearest(quarter: FrozenQuarter, of: 'membership' | 'stories'): Question[] {
  const moves = callsLike(POOL, 3, 1)
    .filter(({ answers }) => [answers['referral'] ?? []].flat().length === 3)
    .map(movesOf(quarter));
  const nothing = new Float64Array(quarter.queries.length);
  const pairs = moves.map((yes, index) => ({
    yes,
    no: of === 'membership' ? nothing : (moves[(index * 7 + 1) % moves.length] ?? nothing),
  }));
  return pairs
    .map((pair) => ({ ...pair, apart: distanceOf(quarter, pair.yes, pair.no) }))
    .toSorted((a, b) => b.apart - a.apart)
    .slice(0, DEAREST)
    .map(({ yes, no }) => {
      const open = [...quarter.queries.keys()].filter((query) => yes[query] !== no[query]);
      return {
        open,
        yes: open.map((query) => yes[query] ?? 0),
        no: open.map((query) => no[query] ?? 0),
      };
    });
}

/** How often somebody is right about the dearest calls of a plan: whether each is there, or which of two stories it told. */
export function guessing(
  sharing: Sharing,
  plan: Plan,
  of: 'membership' | 'stories',
  sight: Sight,
  { draws, most, seed }: { readonly draws: number; readonly most: number; readonly seed: string },
): number {
  const quarter = quarterOf(plan);
  const questions = dearest(quarter, of);
  const each = (sight.closes + 1) * Math.max(...questions.map(({ open }) => open.length));
  const trials = Math.min(most, Math.ceil(draws / each));
  return accuracyOf(sharing, quarter, questions, sight, { trials, seed });
}
