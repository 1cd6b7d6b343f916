/** Two ways to publish that are in use elsewhere and must fail the suite. Both put out the count of each cell by itself. */
import { sizeOf, type Call, type Layout } from './line.js';
import { addedUp, type Moves } from './moves.js';
import type { Page, PageCell } from './page.js';
import type { Publisher } from './publisher.js';

/** The cells that a call enters. */
const countingCells: Publisher['counting'] = (layout, question) => {
  const { shapes, offsets, cells, cellsOf } = layout;
  const own = shapes.flatMap((shape, table) => {
    const { rows, columns } = shape;
    if (question !== undefined && rows.dimension !== question && columns?.dimension !== question) return [];
    return Array.from({ length: sizeOf(shape) }, (_, cell) => (offsets[table] ?? 0) + cell);
  });
  const places = question === undefined ? Array.from({ length: cells }, (_, cell) => cell) : own;
  const placeOf = new Map(places.map((cell, place) => [cell, place]));
  const movesOf = (call: Call) => {
    const moves = new Float64Array(places.length);
    for (const cell of cellsOf(call)) {
      const place = placeOf.get(cell);
      if (place !== undefined) moves[place] = 1;
    }
    return moves;
  };
  return { places, movesOf };
};

const countsOf = ({ cells }: Layout, records: readonly Moves[]): number[] =>
  Array.from(addedUp(cells, records));

const tableOf = (page: Page, { shapes, offsets }: Layout, table: number): PageCell[] => {
  const [first = 0, shape] = [offsets[table], shapes[table]];
  return shape === undefined ? [] : page.cells.slice(first, first + sizeOf(shape));
};

/** What numbers tell that lie within so much of the count, and hidden ones that lie under so much. */
export const pageWithin = (published: readonly number[], reach: number, under: number): Page => ({
  cells: published.map((number) =>
    Number.isNaN(number)
      ? { low: 0, high: under, shown: false, value: null }
      : { low: number - reach, high: number + reach, shown: true, value: number },
  ),
  sums: [],
});

const HIDDEN_UNDER = 10;
const REACH = 5;
const VARIANCE = 3;

/** P(perturbation) for -5 .. 5: the distribution of greatest entropy with variance 3, found by bisection. */
function perturbationTable(): number[] {
  const weights = (width: number) => {
    const all = Array.from({ length: 2 * REACH + 1 }, (_, i) => Math.exp(-((i - REACH) ** 2) / (2 * width)));
    const total = all.reduce((one, other) => one + other, 0);
    return all.map((weight) => weight / total);
  };
  const varianceOf = (table: readonly number[]) => table.reduce((all, p, i) => all + p * (i - REACH) ** 2, 0);
  let [low, high] = [0.1, 100];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (varianceOf(weights(middle)) < VARIANCE) low = middle;
    else high = middle;
  }
  return weights(low);
}

const perturbations = perturbationTable();

function perturbationOf(key: number): number {
  let rest = key / 2 ** 32;
  for (const [index, p] of perturbations.entries()) {
    rest -= p;
    if (rest < 0) return index - REACH;
  }
  return REACH;
}

const chanceOf = (perturbation: number) => perturbations[perturbation + REACH] ?? 0;

/**
 * Mutant 1, the Cell Key Method (Fraser and Wooton 2005, as statistical offices use it): every record has a secret
 * random key, a cell's key is the sum of its records', and the key picks the perturbation from a table bounded by
 * D = 5 with variance V = 3. Equal sets of records get equal numbers. Under 10 is hidden; empty cells stay empty.
 */
export const cellKeys: Publisher = {
  name: 'bounded cell-key noise',
  counting: countingCells,
  publish(layout, records, random) {
    const keys = new Float64Array(layout.cells);
    for (const record of records) {
      const key = Buffer.from(random(4)).readUInt32BE();
      for (const [cell, by] of record.entries()) if (by > 0) keys[cell] = ((keys[cell] ?? 0) + key) % 2 ** 32;
    }
    return countsOf(layout, records).map((count, cell) => {
      const perturbed = count === 0 ? 0 : count + perturbationOf(keys[cell] ?? 0);
      return perturbed < HIDDEN_UNDER ? NaN : perturbed;
    });
  },
  logLikelihood: () => {
    const hidden = Array.from({ length: HIDDEN_UNDER + REACH + 1 }, (_, count) =>
      count === 0
        ? 1
        : perturbations.slice(0, Math.max(0, HIDDEN_UNDER - count + REACH)).reduce((one, p) => one + p, 0),
    );
    return (_place, published, count) => {
      if (Number.isNaN(published)) return Math.log(hidden[count] ?? 0);
      return count === 0 ? -Infinity : Math.log(chanceOf(published - count));
    };
  },
  deviations: ({ cells }) => new Array<number>(cells).fill(Math.sqrt(VARIANCE)),
  cells: (_layout, published) => [...published],
  page: (_layout, published) => pageWithin(published, REACH, HIDDEN_UNDER - 1 + REACH),
  table: (layout, published, table) =>
    tableOf(pageWithin(published, REACH, HIDDEN_UNDER - 1 + REACH), layout, table),
};

const FIVES = 5;
const rounded = (count: number) => Math.floor(count / FIVES + 0.5) * FIVES;
const thresholded = (count: number) => (count < HIDDEN_UNDER ? NaN : rounded(count));

/** Mutant 2: no noise at all; under 10 is hidden, the rest rounded to the nearest five. */
export const thresholdAndRound: Publisher = {
  name: 'hide under 10, round to 5',
  counting: countingCells,
  publish: (layout, records) => countsOf(layout, records).map(thresholded),
  logLikelihood: () => (_place, published, count) =>
    Object.is(thresholded(count), published) ? 0 : -Infinity,
  // Of five that are rounded to one, as if by chance.
  deviations: ({ cells }) => new Array<number>(cells).fill(Math.SQRT2),
  cells: (_layout, published) => [...published],
  page: (_layout, published) => pageWithin(published, 2, HIDDEN_UNDER - 1),
  table: (layout, published, table) => tableOf(pageWithin(published, 2, HIDDEN_UNDER - 1), layout, table),
};
