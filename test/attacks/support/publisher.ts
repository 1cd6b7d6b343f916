/**
 * Ways to publish the same counts: Tyst, through the functions it publishes with, and two that are in use elsewhere
 * and must fail the suite. Each says what it put out, how likely that was for a given true count (an attacker knows
 * the method), and what a reader may conclude from it about each count.
 */
import { isMonthly } from '../../../src/contract/plan.js';
import { drawShares, type RandomSource } from '../../../src/keeping/noise.js';
import { assemblePeriods, type ClosedPeriod, type PlannedQuarter } from '../../../src/statistics/periods.js';
import { countCells, MONTHS, QUARTER, tableRows, vocabulary, type Layout } from './line.js';
import { readPage, type Page } from './page.js';

export interface Publisher {
  readonly name: string;
  /** One published number for each cell, NaN where none is shown. `records` holds the cells of each call. */
  readonly publish: (
    layout: Layout,
    records: readonly (readonly number[])[],
    random: RandomSource,
  ) => number[];
  /** log P(published | true count), up to a constant that does not depend on the count. */
  readonly logLikelihood: (layout: Layout) => (published: number, count: number) => number;
  readonly page: (layout: Layout, published: readonly number[]) => Page;
}

/** What the keeper stores for the numbers of a quarter: each month's rows, then the quarter's tables. */
export function plannedQuarter(layout: Layout, noisy: ArrayLike<number>, quarter = QUARTER): PlannedQuarter {
  const closed = new Map<string, ClosedPeriod>();
  const rows = layout.shapes.map((shape, table) => [shape.id, tableRows(layout, table, noisy)] as const);
  const monthly = new Set(layout.plan.tables.filter(isMonthly).map(({ id }) => id));
  for (const [index, month] of MONTHS.entries()) {
    const own = rows.filter(([id]) => monthly.has(id)).map(([id, all]) => [id, [all[index] ?? []]] as const);
    closed.set(month, { publishedOn: '2027-01-07', tables: new Map(own) });
  }
  const others = rows.filter(([id]) => !monthly.has(id));
  closed.set(QUARTER, { publishedOn: '2027-01-07', tables: new Map(others) });
  const { plan, queries } = layout;
  return { quarter, plan, vocabulary, queries, countedFrom: null, closed };
}

/** The noisy numbers, as the keeper draws them: a first share for every query when it begins to count, a second at the close. */
export const tyst: Publisher = {
  name: 'Tyst',
  publish(layout, records, random) {
    const variances = layout.queries.map(({ sigma2 }) => sigma2);
    const [first, second] = [drawShares(variances, random), drawShares(variances, random)];
    return countCells(layout.cells, records).map(
      (count, cell) => (first[cell] ?? NaN) + count + (second[cell] ?? NaN),
    );
  },
  logLikelihood: ({ variance }) => {
    const scale = -1 / (2 * variance);
    return (published, count) => scale * (published - count) ** 2;
  },
  page: (layout, published) => readPage(layout, assemblePeriods([plannedQuarter(layout, published)])),
};

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
  publish(layout, records, random) {
    const keys = new Float64Array(layout.cells);
    for (const record of records) {
      const key = Buffer.from(random(4)).readUInt32BE();
      for (const cell of record) keys[cell] = ((keys[cell] ?? 0) + key) % 2 ** 32;
    }
    return countCells(layout.cells, records).map((count, cell) => {
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
    return (published, count) => {
      if (Number.isNaN(published)) return Math.log(hidden[count] ?? 0);
      return count === 0 ? -Infinity : Math.log(chanceOf(published - count));
    };
  },
  page: (_layout, published) => ({
    cells: published.map((number) =>
      Number.isNaN(number)
        ? { low: 0, high: HIDDEN_UNDER - 1 + REACH, shown: false, value: null }
        : { low: number - REACH, high: number + REACH, shown: true, value: number },
    ),
    sums: [],
  }),
};

const FIVES = 5;
const rounded = (count: number) => Math.floor(count / FIVES + 0.5) * FIVES;
const thresholded = (count: number) => (count < HIDDEN_UNDER ? NaN : rounded(count));

/** Mutant 2: no noise at all; under 10 is hidden, the rest rounded to the nearest five. */
export const thresholdAndRound: Publisher = {
  name: 'hide under 10, round to 5',
  publish: (layout, records) => countCells(layout.cells, records).map(thresholded),
  logLikelihood: () => (published, count) => (Object.is(thresholded(count), published) ? 0 : -Infinity),
  page: (_layout, published) => ({
    cells: published.map((number) =>
      Number.isNaN(number)
        ? { low: 0, high: HIDDEN_UNDER - 1, shown: false, value: null }
        : { low: number - 2, high: number + 2, shown: true, value: number },
    ),
    sums: [],
  }),
};
