/** Published quarters made by hand: a plan, a vocabulary and what was answered, without a database. */
import { compileQueries } from '../../src/contract/compile.js';
import { monthsOfQuarter } from '../../src/contract/period.js';
import { type Plan, type PlanTable, type Preset } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import type { Vocabulary } from '../../src/contract/vocabulary.js';
import { drawDiscreteGaussian, type RandomSource } from '../../src/keeping/noise.js';
import type { Table } from '../../src/statistics/numbers.js';
import type { NoisyPeriod } from '../../src/statistics/period.js';
import { assemblePeriods, type DisplayRules, type PlannedQuarter } from '../../src/statistics/periods.js';
import { seededRandom } from '../../bench/seeded-random.js';
import { vocabulary } from '../support/calls.js';
import { olderQueries } from '../support/older-queries.js';
import { smallPlan, smallVocabulary } from '../support/small.js';
import { answersOfCalls, answersOfCells, type Fill, type ToldCall } from './answers.js';

export type { Fill } from './answers.js';

/** A plan of one's own. */
export const ownPlan = (tables: PlanTable[], rho = 0.5): Plan => ({ preset: 'own', rho, tables });

/** A repeatable spread of numbers from -20 to 179, different for each cell and each salt. */
export function spread(salt = 0): Fill {
  return (table, row, column) => {
    let hash = salt + 17;
    for (const value of [...Buffer.from(table), row, column]) hash = (hash * 31 + value) % 1_000_003;
    return (hash % 200) - 20;
  };
}

interface QuarterOptions {
  readonly quarter?: string;
  readonly plan?: Plan;
  /** Today's unless given; 1 is version 0.1's, which asked for each cell once. */
  readonly displayRules?: DisplayRules;
  /** The calls that are in the cells; under the rules of version 0.1 the noisy numbers themselves. */
  readonly fill?: Fill;
  /** The calls themselves, instead of `fill`. */
  readonly calls?: readonly ToldCall[];
  /** Names the noise, which can be had again; none unless given. */
  readonly noise?: string;
  /** The small vocabulary unless given. */
  readonly words?: Vocabulary;
  /** Which periods of the quarter are closed; its months and itself unless given. */
  readonly closed?: readonly string[];
  /** The day on which its counters began anew. */
  readonly countedFrom?: string | null;
  /** The first days of December after it, unless given. */
  readonly publishedOn?: string;
}

/** A closed quarter with its three months, published on the first days they may be. */
export function aQuarter({
  quarter = '2026-Q1',
  plan = smallPlan('large'),
  displayRules = 2,
  fill = spread(),
  calls,
  noise,
  words = smallVocabulary,
  closed = [...monthsOfQuarter(quarter), quarter],
  countedFrom = null,
  publishedOn,
}: QuarterOptions = {}): PlannedQuarter {
  const queries = (displayRules === 1 ? olderQueries : compileQueries)(plan, words, quarter);
  const counted = { quarter, plan, vocabulary: words, queries };
  const exact = calls === undefined ? answersOfCells(counted, fill) : answersOfCalls(counted, calls);
  const days = closed.map((id, index) => {
    const day = publishedOn ?? `${quarter.slice(0, 4)}-12-0${String(index + 1)}`;
    return [id, { publishedOn: day, answers: [] }] as const;
  });
  const planned = { ...counted, displayRules, countedFrom, closed: new Map(days) };
  const answered = withAnswers(planned, exact);
  return noise === undefined ? answered : withNoise(answered, seededRandom(noise));
}

/** The queries that are answered with a month or a quarter. */
const queriesOf = ({ quarter, queries }: PlannedQuarter, id: string) =>
  queries.filter(({ month }) => (month ?? quarter) === id);

/** A quarter with other answers, in the order of its queries. */
export function withAnswers(planned: PlannedQuarter, answers: readonly number[]): PlannedQuarter {
  const { quarter, queries, closed } = planned;
  const own = (id: string) => answers.filter((_, place) => (queries[place]?.month ?? quarter) === id);
  const periods = [...closed].map(([id, period]) => [id, { ...period, answers: own(id) }] as const);
  return { ...planned, closed: new Map(periods) };
}

/** A quarter with the noise of its queries added to its answers. */
export function withNoise(planned: PlannedQuarter, random: RandomSource): PlannedQuarter {
  const periods = [...planned.closed].map(([id, period]) => {
    const noisy = queriesOf(planned, id).map(
      ({ sigma2 }, place) => (period.answers[place] ?? NaN) + drawDiscreteGaussian(sigma2, random),
    );
    return [id, { ...period, answers: noisy }] as const;
  });
  return { ...planned, closed: new Map(periods) };
}

/** A preset over the default vocabulary, for what must hold of those that come with Tyst. */
export const ofPreset = (preset: Preset, rho?: number) => ({
  plan: presetPlan(preset, rho),
  words: vocabulary,
});

/** A period that must be among those the quarters make. */
export function periodOf(quarters: readonly PlannedQuarter[], id: string): NoisyPeriod {
  const found = assemblePeriods(quarters).find((period) => period.id === id);
  if (found === undefined) throw new Error(`${id} is not published`);
  return found;
}

/** A table that must be in a period. */
export function tableOf(period: NoisyPeriod, id: string): Table {
  const found = period.tables.find(({ shape }) => shape.id === id);
  if (found === undefined) throw new Error(`${period.id} has no table ${id}`);
  return found;
}
