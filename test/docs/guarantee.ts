/** What the guarantee is worth, worked out here in another way than in the product. */
import type { Answers } from '../../src/contract/call.js';
import { compileQueries } from '../../src/contract/compile.js';
import { presetSchema, toNumber, type Plan } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import type { Query } from '../../src/contract/queries.js';
import { callCounter } from '../../src/keeping/count-call.js';
import { chance } from '../attacks/support/chance.js';
import { aConversation, anyCall, codesOf, vocabulary } from '../support/calls.js';
import { definedDistribution, distributionOfSum, sum } from '../support/discrete-gaussian.js';

export const RHOS = [0.5, 0.125] as const;

/** The standard normal distribution's share below x (Abramowitz and Stegun 7.1.26, error under 1e-7; far out 26.2.12). */
function below(x: number): number {
  if (x < -4) return (Math.exp((-x * x) / 2) / (-x * Math.sqrt(2 * Math.PI))) * (1 - x ** -2 + 3 * x ** -4);
  if (x < 0) return 1 - below(-x);
  const t = 1 / (1 + (0.3275911 * x) / Math.SQRT2);
  const series =
    ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return 1 - (series * Math.exp((-x * x) / 2)) / 2;
}

/** How often somebody is right, who knows all else and had an even guess, about `calls` calls: by rho alone. */
export const rightAbout = (calls: number, rho: number) => below((calls * Math.sqrt(2 * rho)) / 2);

/** The same of what one look adds: a call pays in one of the two shares, so that it costs twice as much. */
export const rightAfterALook = (rho: number) => rightAbout(1, 2 * rho);

/** Which of two stories a call told, that may differ in every table: twice the cost of whether it is there. */
export const rightAboutStories = (rho: number) => rightAbout(1, 2 * rho);
export const storiesAfterALook = (rho: number) => rightAboutStories(2 * rho);

/** What each query moves by, by its place; or how far two calls move it apart. */
type Moved = ReadonlyMap<number, number>;

/** A discrete Gaussian of more than this is as good as a continuous one for what is told by it. */
const CONTINUOUS_FROM = 20;
/** Losses are reckoned in steps of this size, out to so many. */
const GRAIN = 2_048;
const REACH = 14 * GRAIN;

/** P of every number under the noise of a query: two shares of half its variance each, or one of them alone. */
const noiseOf = (sigma2: number, shares: 1 | 2) => {
  const one = definedDistribution(sigma2 / 2);
  return shares === 1 ? one : distributionOfSum(one, one);
};

/** The privacy losses so far and that of one more query, which moves by `by`. */
function withLoss(losses: Float64Array<ArrayBuffer>, noise: ReadonlyMap<number, number>, by: number) {
  const next = new Float64Array(losses.length);
  for (const [x, p] of noise) {
    const other = noise.get(x - by) ?? 0;
    const shift = p > 0 && other > 0 ? Math.round(GRAIN * Math.log(p / other)) : p > 0 ? REACH : 0;
    for (let from = 0; from < losses.length; from += 1) {
      const to = Math.min(losses.length - 1, Math.max(0, from + shift));
      next[to] = (next[to] ?? 0) + p * (losses[from] ?? 0);
    }
  }
  return next;
}

/** In per cent, how often the likelier of two possibilities is the right one that lie `moved` apart, an even guess before. */
function told(queries: readonly Query[], moved: Moved, shares: 1 | 2): number {
  let losses = new Float64Array(2 * REACH + 1);
  losses[REACH] = 1;
  let cost = 0;
  for (const [place, by] of moved) {
    const sigma2 = toNumber(queries[place]?.sigma2 ?? { numerator: 1n, denominator: 1n });
    const own = (sigma2 / 2) * shares;
    if (own >= CONTINUOUS_FROM) cost += by ** 2 / (2 * own);
    else losses = withLoss(losses, noiseOf(sigma2, shares), by);
  }
  const spread = Math.sqrt(2 * cost);
  const gained = losses.map((p, place) => {
    const loss = (place - REACH) / GRAIN;
    const sure = cost === 0 ? Number(loss > 0) : below((loss + cost) / spread);
    const lost = cost === 0 ? Number(loss > 0) : below((loss - cost) / spread);
    return p === 0 ? 0 : p * Math.max(0, sure - Math.exp(-loss) * lost);
  });
  return 50 + 50 * sum([...gained]);
}

const QUARTER = '2026-Q4';
const MONTH = '2026-10';

/** What a call moves, by its answers. */
function mover(plan: Plan, queries: readonly Query[]): (answers: Answers) => Moved {
  const count = callCounter({ quarter: QUARTER, plan, vocabulary, queries });
  return (answers) => {
    const moved = new Map<number, number>();
    count({ month: MONTH, codes: codesOf(answers) }, (query, by) =>
      moved.set(query, (moved.get(query) ?? 0) + by),
    );
    return moved;
  };
}

const apart = (one: Moved, other: Moved): Moved =>
  new Map(
    [...new Set([...one.keys(), ...other.keys()])].flatMap((query) => {
      const by = (one.get(query) ?? 0) - (other.get(query) ?? 0);
      return by === 0 ? [] : [[query, by] as const];
    }),
  );

const costOf = (queries: readonly Query[], moved: Moved) =>
  sum(
    [...moved].map(
      ([query, by]) => by ** 2 / (2 * toNumber(queries[query]?.sigma2 ?? { numerator: 1n, denominator: 1n })),
    ),
  );

/** The call that costs most, or is furthest from another, of some hundreds and what one answer more changes in them. */
function dearest(cost: (answers: Answers) => number, seed: string): Answers {
  const { below: pick } = chance(seed);
  let best = aConversation();
  for (let tried = 0; tried < 300; tried += 1) {
    const one = anyCall(pick);
    const changed = pick(2) === 0 ? one : { ...best, ...pickOne(one, pick) };
    if (cost(changed) > cost(best)) best = changed;
  }
  return best;
}

function pickOne(answers: Answers, pick: (n: number) => number): Answers {
  const all = Object.entries(answers).filter(([id]) => id !== 'kind');
  const one = all[pick(all.length)];
  return one === undefined || answers['kind'] !== 'conversation' ? {} : { [one[0]]: one[1] };
}

/** The same exactly, in per cent, under the queries of a plan, of the calls that it costs most. */
function exactlyRight(plan: Plan) {
  const queries = compileQueries(plan, vocabulary, QUARTER);
  const movedBy = mover(plan, queries);
  const one = movedBy(dearest((answers) => costOf(queries, movedBy(answers)), 'one call'));
  const other = movedBy(dearest((answers) => costOf(queries, apart(one, movedBy(answers))), 'another story'));
  const stories = apart(one, other);
  return {
    about: (calls: number) => told(queries, new Map([...one].map(([query, by]) => [query, calls * by])), 2),
    afterALook: told(queries, one, 1),
    stories: told(queries, stories, 2),
    storiesAfterALook: told(queries, stories, 1),
  };
}

/** Plans of one's own that ask little, which have the least noise. */
const ownTables = ['kind', 'channel', 'concern', 'outcome', 'age', 'referral'].map((id) => ({
  id,
  rows: id,
}));
export const exact = new Map(
  RHOS.map((rho) => [
    rho,
    {
      presets: presetSchema.options.map((name) => exactlyRight(presetPlan(name, rho))),
      own: ownTables.map((_, place) =>
        exactlyRight({ preset: 'own', rho, tables: ownTables.slice(0, place + 1) }),
      ),
    },
  ]),
);

/** The worst of every plan, in whole per cent upwards: what the plain texts say. */
export function worst(calls: number, rho: (typeof RHOS)[number]): number {
  const { presets: ready = [], own = [] } = exact.get(rho) ?? {};
  return Math.ceil(Math.max(...[...ready, ...own].map((right) => right.about(calls))));
}

/** The epsilon of (epsilon, 10^-6) differential privacy that rho gives, by the tight conversion (Canonne et al., 2020). */
export function epsilonOf(rho: number): number {
  const alphas = Array.from({ length: 10_000 }, (_, index) => 1 + (index + 1) / 500);
  return Math.min(...alphas.map((a) => rho * a + Math.log(1 / (1e-6 * a)) / (a - 1) + Math.log(1 - 1 / a)));
}

/** In whole per cent, as they are said with "about". */
export const inWhole = (share: number) => Math.round(share * 100);

/** In per cent, rounded upwards to one decimal. */
export const atMost = (share: number) => Math.ceil(share * 1000) / 10;
