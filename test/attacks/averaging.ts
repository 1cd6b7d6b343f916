import { MONTH, type Preset } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import { seededRandom } from '../../bench/seeded-random.js';
import { chance } from './support/chance.js';
import { atMost, mean, type Attack, type Figure, type Size } from './support/figures.js';
import { callsLike, layOut, sizeOf, type Layout } from './support/line.js';
import { bestAverages } from './support/averages.js';
import { tyst } from './support/publisher.js';
import { countsIn, knownOf } from './support/structure.js';

const SEED = 'A5 averaging';

const settings = [
  { preset: 'tiny', count: 40 },
  { preset: 'small', count: 100 },
  { preset: 'medium', count: 300 },
  { preset: 'large', count: 1000 },
] as const;

const sizes: Record<Size, Record<Preset, number>> = {
  test: { tiny: 800, small: 500, medium: 250, large: 100 },
  full: { tiny: 6_000, small: 5_000, medium: 3_000, large: 1_200 },
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

/** In how many releases the averages are compared with the published estimates. */
const COMPARED = 3;

/** The cells of months: they are out before their quarter is, and stay as they were. */
const monthly = ({ shapes, offsets }: Layout): ReadonlySet<number> =>
  new Set(
    shapes.flatMap((shape, table) =>
      shape.rows.dimension === MONTH
        ? Array.from({ length: sizeOf(shape) }, (_, cell) => (offsets[table] ?? NaN) + cell)
        : [],
    ),
  );

function tryAveraging({ preset, count }: (typeof settings)[number], releases: number): Figure[] {
  const layout = layOut(presetPlan(preset));
  const { solve, varianceOf } = bestAverages(layout);
  const known = knownOf(layout);
  const totals = (['all', 'conversation'] as const).flatMap((of) => {
    const cells = known.total(of, null);
    return cells === undefined ? [] : [cells];
  });
  const cells = Array.from({ length: layout.cells }, (_, cell) => [cell]);
  const kinds = [
    { name: 'cells', sums: cells },
    { name: 'totals', sums: totals },
  ].map((kind) => ({ ...kind, right: 0 }));
  const pool = callsLike(6_000, 5);
  const { movesOf } = tyst.counting(layout);
  const records = pool.map(movesOf);
  const [random, surrounding] = [seededRandom(`${SEED} ${preset} noise`), chance(`${SEED} ${preset} calls`)];
  const add = (sum: readonly number[], numbers: ArrayLike<number>) =>
    sum.reduce((total, cell) => total + (numbers[cell] ?? NaN), 0);
  let apart = 0;
  for (let release = 0; release < releases; release += 1) {
    const places = surrounding.places(pool.length, count);
    const counts = countsIn(
      layout,
      places.flatMap((place) => pool[place] ?? []),
    );
    const published = tyst.publish(
      layout,
      places.flatMap((place) => records[place] ?? []),
      random,
    );
    const average = solve(published);
    for (const kind of kinds)
      for (const sum of kind.sums) if (Math.round(add(sum, average)) === add(sum, counts)) kind.right += 1;
    if (release < COMPARED)
      for (const [cell, estimate] of tyst.cells(layout, published).entries())
        apart = Math.max(apart, monthly(layout).has(cell) ? 0 : Math.abs(estimate - (average[cell] ?? NaN)));
  }
  return [
    ...kinds.map(({ name, sums, right }) => {
      const analytic = mean(sums.map((sum) => exactHit(varianceOf(new Map(sum.map((cell) => [cell, 1]))))));
      const found = right / (releases * sums.length);
      const label = `${preset}, N = ${count}: ${name} recovered exactly (analytic ${analytic.toFixed(4)} + 0.03)`;
      return atMost(label, found, analytic + 0.03);
    }),
    atMost(`${preset}: how far the best average lies from the estimate that is shown`, apart, 1e-6),
  ];
}

/** A5: does averaging take the noise out? */
export const averaging: Attack = {
  id: 'A5',
  title: 'Averaging',
  words:
    'The same fact is published more than once: each table adds up to the total, margins of cross tables repeat the one-way ' +
    'tables, leaves add up to their group, months to their quarter. The attacker takes all noisy answers of the quarter and works ' +
    'out the best linear average of everything (weighted least squares under all equations), for every cell and every total, and ' +
    'rounds it. Counted: how often that is exactly right, beside what theory says for the noise that is left; and whether it is ' +
    'another number than the estimate behind the page, which would leave something to average.',
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
