import { presetPlan } from '../../src/contract/presets.js';
import { seededRandom } from '../../bench/seeded-random.js';
import { chance } from './support/chance.js';
import {
  atLeast,
  atMost,
  never,
  sum,
  type Attack,
  type Curve,
  type Figure,
  type Size,
} from './support/figures.js';
import { callsLike, countCells, layOut, type Call, type Layout } from './support/line.js';
import { tyst, type Publisher } from './support/publisher.js';
import { areaUnder, foundAt, rocOf, thinned, type Roc } from './support/roc.js';

const SEED = 'A1 membership';

/** Targets of one release share its noise, so releases are the sample; more targets only smooth it. */
const sizes: Record<Size, { readonly releases: number; readonly targets: number }> = {
  test: { releases: 400, targets: 20 },
  full: { releases: 400, targets: 300 },
};

export interface Trial {
  readonly roc: Roc;
  /** The share of targets whose presence or absence was proven beyond doubt, if the noise is what it is said to be. */
  readonly certain: number;
  /** How many numbers were further from the true count than `FAR` standard deviations of the plan's noise. */
  readonly far: number;
}

/** Of Gaussian noise about one draw in 2,000 is further out. Noise with a bound proves calls where it comes near it. */
const FAR = 3.5;

interface Setting {
  readonly publisher: Publisher;
  readonly layout: Layout;
  /** Calls to draw lines and targets from. */
  readonly pool: readonly Call[];
  readonly count: number;
  readonly seed: string;
}

/**
 * Publishes `releases` lines of `count` calls each, and scores calls that are in a line and calls that are not by
 * the likelihood ratio of all published numbers of the cells that hold the call, every other record known.
 */
export function tryMembership(
  { publisher, layout, pool, count, seed }: Setting,
  { releases, targets }: { readonly releases: number; readonly targets: number },
): Trial {
  const [random, surrounding] = [seededRandom(`${seed} noise`), chance(`${seed} calls`)];
  const records = pool.map((call) => layout.cellsOf(call));
  const likelihood = publisher.logLikelihood(layout);
  const scores = { members: [] as number[], others: [] as number[] };
  const wanted = Math.min(targets, count);
  const reach = FAR * Math.sqrt(layout.variance);
  let far = 0;
  for (let release = 0; release < releases; release += 1) {
    const drawn = surrounding.places(records.length, count + wanted).map((place) => records[place] ?? []);
    const inside = drawn.slice(0, count);
    const published = publisher.publish(layout, inside, random);
    const counts = countCells(layout.cells, inside);
    far += published.filter((number, cell) => Math.abs(number - (counts[cell] ?? 0)) > reach).length;
    const score = (record: readonly number[], own: number) =>
      record.reduce((ratio, cell) => {
        const [number, without] = [published[cell] ?? NaN, (counts[cell] ?? 0) - own];
        return ratio + likelihood(number, without + 1) - likelihood(number, without);
      }, 0);
    for (const record of inside.slice(0, wanted)) scores.members.push(score(record, 1));
    for (const record of drawn.slice(count)) scores.others.push(score(record, 0));
  }
  const all = [...scores.members, ...scores.others];
  return {
    roc: rocOf(scores.members, scores.others),
    certain: all.filter((score) => !Number.isFinite(score)).length / all.length,
    far,
  };
}

/** The pool is much larger than any line, so that lines differ and a target is an even guess. */
const POOL = 6_000;
const ordinary = (): Call[] => callsLike(POOL, 1);

/** Conversations with three referrals: they enter as many cells as a call can, and spend the whole budget. */
const costliest = (): Call[] =>
  callsLike(POOL * 4, 3, 1).filter(({ answers }) => [answers['referral'] ?? []].flat().length === 3);

function figuresOf(name: string, { roc, certain }: Trial): Figure[] {
  return [
    atMost(`${name}: area under the curve`, areaUnder(roc), 0.775),
    atMost(`${name}: members found at 5% false alarms`, foundAt(roc, 0.05), 0.275),
    atMost(`${name}: members found at 1% false alarms`, foundAt(roc, 0.01), 0.115),
    never(`${name}: share proven with certainty, by the noise as it is said to be`, certain),
  ];
}

/** The figures for one publisher on the medium plan at each N, and the curve of each. */
export function membershipOf(
  publisher: Publisher,
  size: Size,
  lines: readonly number[] = [100, 300, 1000],
): { figures: Figure[]; curves: Curve[] } {
  const layout = layOut(presetPlan('medium'));
  const pool = ordinary();
  const trials = lines.map((count) => {
    const setting = { publisher, layout, pool, count, seed: `${SEED} ${count}` };
    return { name: `medium, N = ${count}`, trial: tryMembership(setting, sizes[size]) };
  });
  const figures = trials.flatMap(({ name, trial }) => [
    ...figuresOf(name, trial),
    atLeast(`${name}: area, or the attack is broken`, areaUnder(trial.roc), 0.7),
  ]);
  // All lines together, for one alone has too few draws to be sure of any so far out.
  const far = sum(trials.map(({ trial }) => trial.far));
  figures.push(
    atLeast(`medium: draws beyond ${FAR} standard deviations, as of noise without a bound`, far, 1),
  );
  const curves = trials.map(({ name, trial }) => ({ name, points: thinned(trial.roc) }));
  return { figures, curves };
}

/** Other plans, each with the number of calls it is for, and the calls that cost most. */
function otherPlans(size: Size): Figure[] {
  const calls = ordinary();
  const settings = [
    { name: 'tiny, N = 100', preset: 'tiny', count: 100, pool: calls },
    { name: 'small, N = 100', preset: 'small', count: 100, pool: calls },
    { name: 'large, N = 1000', preset: 'large', count: 1000, pool: calls },
    { name: 'medium, N = 300, the costliest calls', preset: 'medium', count: 300, pool: costliest() },
  ] as const;
  return settings.flatMap(({ name, preset, count, pool }) => {
    const setting = { publisher: tyst, layout: layOut(presetPlan(preset)), pool, count, seed: SEED + name };
    return figuresOf(name, tryMembership(setting, sizes[size]));
  });
}

/** A1: was this call in the data? */
export const membership: Attack = {
  id: 'A1',
  title: 'Membership',
  words:
    'The attacker knows every other call of the quarter, code by code, and asks of one more whether it is in the data. ' +
    'For each cell that would hold it they compare how likely the published noisy number is with the call and without, ' +
    'and multiply; no other test does better. They get the noisy integers themselves, which pages never show.',
  seed: SEED,
  run(size) {
    const { figures, curves } = membershipOf(tyst, size);
    const theory =
      'In theory a call that spends the whole budget of rho = 0.5 gives an area of 0.760, and finds 25.9% at 5% and 9.2% at 1% ' +
      'false alarms; the bounds leave room for the size of the sample. Most calls enter fewer cells and give less.';
    const certainty =
      'Noise without a bound makes nothing certain: under the Gaussian that is claimed every number can come of every ' +
      'count, and the share proven is 0 by that. The figure can fail for methods with a bound, as both mutants show. That the ' +
      `noise put out here has no bound near is seen in draws beyond ${FAR} standard deviations; its whole shape is A8’s.`;
    return Promise.resolve({
      figures: [...figures, ...otherPlans(size)],
      curves,
      notes: [theory, certainty],
    });
  },
};
