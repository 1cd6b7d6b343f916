/** What the guarantee is worth, worked out here in another way than in the product. */
import { planCost, type Preset } from '../../src/contract/plan.js';
import { presetPlan, presets } from '../../src/contract/presets.js';
import { vocabulary } from '../support/calls.js';
import { definedDistribution, sum } from '../support/discrete-gaussian.js';

export const RHOS = [0.5, 0.125] as const;

/** The standard normal distribution's share below x (Abramowitz and Stegun 7.1.26, error under 1e-7). */
function below(x: number): number {
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

/** The sum of so many draws of noise, out to 12 standard deviations. */
function summed(draws: number, sigma2: number): Map<number, number> {
  const draw = [...definedDistribution(sigma2)];
  const reach = 12 * Math.sqrt(draws * sigma2);
  let total = new Map([[0, 1]]);
  for (let drawn = 0; drawn < draws; drawn += 1) {
    const next = new Map<number, number>();
    for (const [x, p] of total) {
      for (const [y, q] of draw)
        if (Math.abs(x + y) <= reach) next.set(x + y, (next.get(x + y) ?? 0) + p * q);
    }
    total = next;
  }
  return total;
}

/** In per cent, how often the likelier of two sums is the right one that lie `shift` apart. */
const told = (noise: ReadonlyMap<number, number>, shift: number) =>
  50 + 50 * sum([...noise].map(([x, p]) => Math.max(0, p - (noise.get(x - shift) ?? 0))));

/** What each of the two shares of noise has for a variance in a plan of that cost. */
function share(cost: number, rho: number): number {
  const sigma2 = Math.max(2, cost / (2 * rho));
  return (sigma2 < 4 ? 1.001 * sigma2 : sigma2) / 2;
}

/**
 * The same exactly, in per cent, in a plan of that cost: each call adds one to as many cells as the cost says, and all
 * that the noise leaves to tell is the sum of those cells. Each cell has two shares of it.
 */
function exactlyRight(cost: number, rho: number) {
  const published = summed(2 * cost, share(cost, rho));
  const looked = summed(cost, share(cost, rho));
  return {
    about: (calls: number) => told(published, calls * cost),
    afterALook: told(looked, cost),
    // Two stories that differ in every table differ in twice as many cells.
    stories: told(summed(4 * cost, share(cost, rho)), 2 * cost),
    storiesAfterALook: told(published, 2 * cost),
  };
}

const presetCosts = (Object.keys(presets) as Preset[]).map((name) => planCost(presetPlan(name), vocabulary));
/** Plans of one's own with the least noise: sigma^2 is 2, 2, 3 and so on at rho 0.5. */
const ownCosts = [1, 2, 3, 4, 5, 6, 7, 8];
export const exact = new Map(
  RHOS.map((rho) => [
    rho,
    {
      presets: presetCosts.map((cost) => exactlyRight(cost, rho)),
      own: ownCosts.map((cost) => exactlyRight(cost, rho)),
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
