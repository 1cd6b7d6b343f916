/**
 * Ways to keep a quarter, by where the noise is: Tyst, with a share in the counters from the start and another at the
 * close, and a way that must fail the suite. And what somebody who knows every other call makes of what they see of it:
 * a copy of the whole machine, keys included, and what is published.
 */
import { toNumber, type Plan } from '../../../src/contract/plan.js';
import { compileQueries } from '../../../src/contract/compile.js';
import { beginCounters, queryAt } from '../../../src/keeping/counters.js';
import { drawShares, type RandomSource } from '../../../src/keeping/noise.js';
import type { FrozenQuarter } from '../../../src/keeping/frozen-quarter.js';
import { seededRandom } from '../../../bench/seeded-random.js';
import { dearestOf } from './dearest.js';
import { sum } from './figures.js';
import { QUARTER, vocabulary } from './line.js';
import { movesUnder } from './moves.js';

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

/** What everybody sees. */
export const once: Sight = { look: null, closes: 1 };

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
 * How often the likelihood ratio of everything seen is right about a question, before which it was an even guess. Every
 * other call is known, and so is what it adds. Each draw of noise is looked at with either answer as the truth.
 */
function accuracyOf(
  sharing: Sharing,
  quarter: FrozenQuarter,
  { open, yes, no }: Question,
  sight: Sight,
  { trials, seed }: { readonly trials: number; readonly seed: string },
): number {
  const random = seededRandom(`${seed} noise`);
  const shares = open.map((query) => {
    const variance = toNumber(queryAt(quarter, query).sigma2);
    return { first: variance * sharing.first, second: variance * (1 - sharing.first) };
  });
  let right = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    const counters = sharing.begin(quarter, open, random);
    const means = new Float64Array(open.length);
    for (let close = 0; close < sight.closes; close += 1)
      for (const [place, noise] of sharing.close(quarter, open, random).entries())
        means[place] = (means[place] ?? 0) + noise / sight.closes;
    for (const truth of [yes, no]) {
      const score = (guess: readonly number[]) =>
        sum(
          shares.map((share, place) => {
            const [begun, by] = [counters[place] ?? NaN, truth[place] ?? NaN];
            const looked = sight.look === 'before the look' ? begun + by : begun;
            const published = begun + by + (means[place] ?? NaN);
            return logLikelihood({ looked, published }, guess[place] ?? NaN, sight, share);
          }),
        );
      const [one, other] = [score(yes), score(no)];
      right += one === other ? 0.5 : one > other === (truth === yes) ? 1 : 0;
    }
  }
  return right / (2 * trials);
}

/** The quarter as the keeper would freeze it. */
function quarterOf(plan: Plan): FrozenQuarter {
  const queries = compileQueries(plan, vocabulary, QUARTER);
  return { quarter: QUARTER, plan, vocabulary, queries, mark: 'as it was frozen' };
}

const known = new Map<string, Question>();

/** The question about a quarter whose two answers lie furthest apart; queries that tell nothing are left out. */
function dearest({ plan, queries }: FrozenQuarter, of: 'membership' | 'stories'): Question {
  const name = `${of} ${JSON.stringify(plan)}`;
  const found = known.get(name);
  if (found !== undefined) return found;
  const { one, other } = dearestOf(plan, queries, of);
  const movesOf = movesUnder(plan, queries);
  const [yes, no] = [movesOf(one), other === null ? new Float64Array(queries.length) : movesOf(other)];
  const open = [...queries.keys()].filter((query) => yes[query] !== no[query]);
  const moved = (by: Float64Array) => open.map((query) => by[query] ?? NaN);
  const question = { open, yes: moved(yes), no: moved(no) };
  known.set(name, question);
  return question;
}

/** How often somebody is right about the dearest call of a plan: whether it is there, or which of two stories it told. */
export function guessing(
  sharing: Sharing,
  plan: Plan,
  of: 'membership' | 'stories',
  sight: Sight,
  { draws, most, seed }: { readonly draws: number; readonly most: number; readonly seed: string },
): number {
  const quarter = quarterOf(plan);
  const question = dearest(quarter, of);
  const each = (sight.closes + 1) * question.open.length;
  const trials = Math.min(most, Math.ceil(draws / each));
  return accuracyOf(sharing, quarter, question, sight, { trials, seed });
}
