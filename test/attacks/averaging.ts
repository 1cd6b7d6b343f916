import type { Preset } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import { seededRandom } from '../../bench/seeded-random.js';
import { chance } from './support/chance.js';
import { atMost, mean, type Attack, type Figure, type Size } from './support/figures.js';
import { callsLike, countCells, layOut } from './support/line.js';
import { projectionOn } from './support/projection.js';
import { tyst } from './support/publisher.js';
import { equations, waysToCount } from './support/structure.js';

const SEED = 'A5 averaging';

const settings = [
  { preset: 'tiny', count: 40 },
  { preset: 'small', count: 100 },
  { preset: 'medium', count: 300 },
  { preset: 'large', count: 1000 },
] as const;

const sizes: Record<Size, Record<Preset, number>> = {
  test: { tiny: 1_000, small: 700, medium: 350, large: 180 },
  full: { tiny: 6_000, small: 5_000, medium: 3_000, large: 1_500 },
};

/** P(-1/2 < X < 1/2) for a normal X: how often a rounded estimate of this variance is right. */
function exactHit(variance: number): number {
  const limit = 0.5 / Math.sqrt(variance);
  // Simpson's rule; the integrand is smooth and the interval short.
  const steps = 200;
  const density = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  let area = 0;
  for (let step = 0; step <= steps; step += 1) {
    const weight = step === 0 || step === steps ? 1 : step % 2 === 1 ? 4 : 2;
    area += weight * density(-limit + (2 * limit * step) / steps);
  }
  return (area * 2 * limit) / (3 * steps);
}

function tryAveraging({ preset, count }: (typeof settings)[number], releases: number): Figure[] {
  const layout = layOut(presetPlan(preset));
  const { project, varianceOf } = projectionOn(equations(layout), layout.cells);
  const ways = waysToCount(layout);
  const totals = ['total all', 'total conversation'].flatMap((key) => ways.get(key)?.slice(0, 1) ?? []);
  const cells = Array.from({ length: layout.cells }, (_, cell) => [cell]);
  const kinds = [
    { name: 'cells', sums: cells },
    { name: 'totals', sums: totals },
  ].map((kind) => ({ ...kind, right: 0 }));
  const pool = callsLike(6_000, 5);
  const records = pool.map((call) => layout.cellsOf(call));
  const [random, surrounding] = [seededRandom(`${SEED} ${preset} noise`), chance(`${SEED} ${preset} calls`)];
  const add = (sum: readonly number[], numbers: ArrayLike<number>) =>
    sum.reduce((total, cell) => total + (numbers[cell] ?? NaN), 0);
  for (let release = 0; release < releases; release += 1) {
    const lines = surrounding.places(pool.length, count).map((place) => records[place] ?? []);
    const counts = countCells(layout.cells, lines);
    const estimate = project(tyst.publish(layout, lines, random));
    for (const kind of kinds)
      for (const sum of kind.sums) if (Math.round(add(sum, estimate)) === add(sum, counts)) kind.right += 1;
  }
  return kinds.map(({ name, sums, right }) => {
    const analytic = mean(sums.map((sum) => exactHit(layout.variance * varianceOf(sum))));
    const found = right / (releases * sums.length);
    const label = `${preset}, N = ${count}: ${name} recovered exactly (analytic ${analytic.toFixed(4)} + 0.03)`;
    return atMost(label, found, analytic + 0.03);
  });
}

/** A5: does averaging take the noise out? */
export const averaging: Attack = {
  id: 'A5',
  title: 'Averaging',
  words:
    'The same fact is published more than once: each table adds up to the total, margins of cross tables repeat the one-way ' +
    'tables, leaves add up to their group. The attacker takes all noisy integers of the quarter and works out the best linear ' +
    'average of everything (least squares under all equations), for every cell and every total, and rounds it. Counted: how ' +
    'often that is exactly right, beside what theory says for the noise that is left.',
  seed: SEED,
  run: (size) =>
    Promise.resolve({
      figures: settings.flatMap((setting) => tryAveraging(setting, sizes[size][setting.preset])),
      notes: [
        'A year is the sum of numbers that are out already, a release repeats them, and every reading gives the same ' +
          'numbers (A6): there is no second draw of a fact to average with.',
      ],
    }),
};
