/**
 * Whether ± keeps its word: how often what is shown lies as near to the truth as it says, over quarters that are closed
 * again and again. Cells are grouped by plan, table and code, which are known before anything is drawn, and never by
 * whether they are shown: a cell under its threshold counts with its estimate, rounded to the step.
 */
import { toNumber, type Preset } from '../../src/contract/plan.js';
import type { Query } from '../../src/contract/queries.js';
import type { PeriodSummary, PublishedTable, ShownNumber, Step } from '../../src/contract/statistics.js';
import { CONVERSATION, KIND } from '../../src/contract/vocabulary.js';
import { cell, cellValues, estimate, type Table } from '../../src/statistics/numbers.js';
import type { NoisyPeriod } from '../../src/statistics/period.js';
import { assemblePeriods } from '../../src/statistics/periods.js';
import { publishedTableOf, summaryOf } from '../../src/statistics/present.js';
import { sum } from '../support/discrete-gaussian.js';
import { describe, expect, test } from '../support/jest.js';
import { closings, frozenBy, isPossible, valueOf, type Growing, type Truth } from './simulated.js';

const HOLDS = 0.945;

const lines: readonly (readonly [Preset, Growing])[] = [
  ['tiny', { least: 5, most: 60, runs: 1000 }],
  ['small', { least: 60, most: 250, runs: 1000 }],
  ['medium', { least: 250, most: 1000, runs: 1000 }],
  ['large', { least: 1000, most: 2000, runs: 1000 }],
];

/** Tables of questions that every preset asks in some way and that every conversation answers. */
const everywhere = ['concern', 'environment', 'relation', 'age'];

/** What is shown, or would be. */
const asShown = (number: ShownNumber | undefined, value: number, step: Step): number =>
  valueOf(number) ?? Math.floor(value / step + 0.5) * step;

/** How far one number was from the truth, as it is shown and before it was rounded. */
interface Miss {
  readonly groups: readonly string[];
  readonly shown: number;
  readonly estimated: number;
  readonly sigma2: number;
  readonly uncertainty: number;
  /** Whether it is one of the numbers of its table that are least sure. */
  readonly leastSure: boolean;
}

/** The misses of a period's totals. */
function* missesOfTotals(period: NoisyPeriod, summary: PeriodSummary, truth: Truth): Generator<Miss> {
  for (const of of ['contacts', 'conversations'] as const) {
    const [number, sureness, found] = [summary.totals[of], summary.sureness[of], period.totals[of]];
    const exact = truth.totals.get(period.id)?.[of] ?? NaN;
    if (number === null || sureness === null || found === null) continue;
    const shown = asShown(number, found.value, sureness.step) - exact;
    const groups = [`${of} of a ${period.kind}`];
    yield { groups, shown, estimated: found.value - exact, ...sureness, leastSure: true };
  }
}

/** The misses of a table's cells; the conversations among the kinds have the ± of their total. */
function* missesOfCells(
  table: Table,
  published: PublishedTable,
  { sureness }: PeriodSummary,
  truth: Truth,
): Generator<Miss> {
  const { rows, columns } = table.shape;
  const width = columns?.codes.length ?? 1;
  const exact = truth.cells.get(published.table) ?? [];
  const shown = published.cells.flat();
  for (const [place, value] of cellValues(table).entries()) {
    const [row, column] = [rows.codes[Math.floor(place / width)], columns?.codes[place % width]];
    const isTotal = columns === null && rows.dimension === KIND && row?.code === CONVERSATION;
    const { sigma2, step, uncertainty } = (isTotal ? sureness.conversations : null) ?? published;
    const groups = [published.table, `${published.table}: ${row?.code ?? ''}`];
    if (column !== undefined) groups.push(`${published.table}: by ${column.code}`);
    const { variance = NaN } = estimate(table, [[cell(place), 1]]) ?? {};
    const estimated = value - (exact[place] ?? NaN);
    yield {
      ...{ groups, estimated, sigma2, step, uncertainty },
      shown: asShown(shown[place], value, step) - (exact[place] ?? NaN),
      leastSure: !isTotal && variance > 0.999 * sigma2,
    };
  }
}

/**
 * Of every table that says how its universe divides, whether what is shown of it adds up to the total, together with the
 * line for what is hidden.
 */
function* addingUp(
  { totals }: PeriodSummary,
  shown: readonly (readonly [Table, PublishedTable])[],
): Generator<readonly [table: string, adds: boolean]> {
  for (const [{ shape, answeredByAll }, { table, cells, hidden, step, universe }] of shown) {
    const total = valueOf(universe === 'all' ? totals.contacts : totals.conversations);
    const numbers = cells.flat();
    const isWhole = hidden !== null || numbers.every((number) => 'value' in number);
    if (shape.columns !== null || !answeredByAll.rows || table === 'month' || total === null || !isWhole)
      continue;
    const all = sum(numbers.map((number) => valueOf(number) ?? 0)) + (hidden?.value ?? 0);
    // Fives add up to the five that is nearest to their total.
    yield [table, all === Math.floor(total / step + 0.5) * step];
  }
}

/** How often something was so, by group. */
class Shares {
  readonly #counts = new Map<string, { so: number; all: number }>();

  add(group: string, so: boolean): void {
    const counts = this.#counts.get(group) ?? { so: 0, all: 0 };
    this.#counts.set(group, { so: counts.so + (so ? 1 : 0), all: counts.all + 1 });
  }

  get groups(): string[] {
    return [...this.#counts.keys()];
  }

  /** The groups in which it was so less often than that, in words. */
  under(share: (all: number) => number): string[] {
    return [...this.#counts].flatMap(([group, { so, all }]) =>
      so / all < share(all) ? [`${group}: ${(so / all).toFixed(4)} of ${all}`] : [],
    );
  }
}

/** The mean of a number, by group. */
class Means {
  readonly #sums = new Map<string, { sum: number; all: number }>();

  add(group: string, number: number): void {
    const sums = this.#sums.get(group) ?? { sum: 0, all: 0 };
    this.#sums.set(group, { sum: sums.sum + number, all: sums.all + 1 });
  }

  /** The groups whose mean is further from 1 than five deviations of a mean of so many squares, in words. */
  unlikeOne(): string[] {
    return [...this.#sums].flatMap(([group, { sum: all, all: many }]) =>
      Math.abs(all / many - 1) > 5 * Math.sqrt(2 / many) ? [`${group}: ${(all / many).toFixed(3)}`] : [],
    );
  }
}

/** The largest variance of a table's cells as their own queries answer them, as though those were all. */
const singly = (queries: readonly Query[], table: string): number =>
  Math.max(
    ...queries
      .filter((query) => query.table === table && query.cell !== 0)
      .map(({ cell: times, sigma2 }) => toNumber(sigma2) / times ** 2),
  );

/** What quarters of a preset showed. */
function simulate(preset: Preset, line: Growing) {
  const frozen = frozenBy(preset);
  const single = new Map(frozen.plan.tables.map(({ id }) => [id, singly(frozen.queries, id)]));
  const found = {
    ...{ whole: new Shares(), byCode: new Shares(), withoutRounding: new Shares(), addsUp: new Shares() },
    ...{ squares: new Means(), singleSquares: new Means() },
    possible: new Shares(),
  };
  const note = ({ groups: [group = '', ...codes], ...miss }: Miss) => {
    const { shown, estimated, sigma2, uncertainty, leastSure } = miss;
    const holds = Math.abs(shown) <= uncertainty;
    found.whole.add(group, holds);
    for (const code of codes) found.byCode.add(code, holds);
    // What ± would be if rounding cost nothing.
    found.withoutRounding.add(group, Math.abs(shown) <= Math.ceil(1.96 * Math.sqrt(sigma2) - 0.5));
    if (!leastSure) return;
    found.squares.add(group, estimated ** 2 / sigma2);
    if (single.has(group)) found.singleSquares.add(group, estimated ** 2 / (single.get(group) ?? NaN));
  };
  for (const { closed, truth } of closings(frozen, line, `coverage ${preset}`)) {
    for (const period of assemblePeriods([closed])) {
      const summary = summaryOf(period);
      for (const miss of missesOfTotals(period, summary, truth)) note(miss);
      found.possible.add(period.kind, isPossible(summary));
      if (period.kind !== 'quarter') continue;
      const shown = period.tables.map((table) => [table, publishedTableOf(period, table)] as const);
      for (const [table, published] of shown)
        for (const miss of missesOfCells(table, published, summary, truth)) note(miss);
      for (const [table, adds] of addingUp(summary, shown)) found.addsUp.add(table, adds);
    }
  }
  return found;
}

/** What quarters of each preset showed, simulated when first asked for. */
const simulated = new Map<Preset, ReturnType<typeof simulate>>();
function simulationOf(preset: Preset, line: Growing) {
  const found = simulated.get(preset) ?? simulate(preset, line);
  simulated.set(preset, found);
  return found;
}

describe.each(lines)('quarters of %s', (preset, line) => {
  test('are within ± of the truth at least 945 times in 1,000, in every table and total', () => {
    expect(simulationOf(preset, line).whole.under(() => HOLDS)).toEqual([]);
  }, 300_000);

  test('are so by each code, as far as so many draws can tell', () => {
    const deviations = (all: number) => 3.5 * Math.sqrt((HOLDS * (1 - HOLDS)) / all);
    expect(simulationOf(preset, line).byCode.under((all) => HOLDS - deviations(all))).toEqual([]);
  });

  test('vary as their variances say', () => {
    expect(simulationOf(preset, line).squares.unlikeOne()).toEqual([]);
  });

  test('add up to their totals', () => {
    const { addsUp } = simulationOf(preset, line);
    const questions = addsUp.groups.map((table) => table.replace('-top', ''));
    expect(questions).toEqual(expect.arrayContaining(everywhere));
    expect(addsUp.under(() => 1)).toEqual([]);
  });

  test('never show fewer contacts than conversations, nor do their months', () => {
    const { possible } = simulationOf(preset, line);
    expect(possible.groups).toContain('quarter');
    expect(possible.under(() => 1)).toEqual([]);
  });
});

describe('what would be wrong is found out', () => {
  test('a ± that leaves out what rounding costs', () => {
    const [large] = lines.slice(-1);
    if (large === undefined) throw new Error('There is no large line.');
    const found = simulationOf(...large).withoutRounding.under(() => HOLDS);
    // In fives; in whole calls rounding costs next to nothing.
    const tables = found.map((text) => text.split(':')[0]);
    expect(tables).toEqual(expect.arrayContaining(['caller_age', 'contact', 'channel']));
  });

  test.each(lines)('the variances of single queries, of %s', (preset, line) => {
    expect(simulationOf(preset, line).singleSquares.unlikeOne()).not.toEqual([]);
  });
});
