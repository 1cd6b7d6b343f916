/** Releases of lines of three sizes: made-up calls through the production functions, with noise that can be had again. */
import { seededRandom } from '../../bench/seeded-random.js';
import { monthsOfQuarter, quartersOfYear } from '../../src/contract/period.js';
import type { Preset } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import type { PublishedPeriod, ReleaseContent } from '../../src/release/content.js';
import type { NoisyPeriod } from '../../src/statistics/noisy.js';
import { assemblePeriods, type PlannedQuarter } from '../../src/statistics/periods.js';
import { publishedTableOf, summaryOf, titleOf } from '../../src/statistics/present.js';
import { callsLike, layOut, MONTHS, QUARTER } from '../attacks/support/line.js';
import { plannedQuarter, tyst } from '../attacks/support/publisher.js';

export interface Line {
  readonly preset: Preset;
  /** In the quarter that is released. */
  readonly calls: number;
}

/** A quarter as the keeper stores it. */
function storedQuarter({ preset, calls }: Line, quarter: string): PlannedQuarter {
  const layout = layOut(presetPlan(preset));
  const records = callsLike(calls, 31).map((call) => layout.cellsOf(call));
  const noisy = tyst.publish(layout, records, seededRandom(`release ${preset} ${quarter}`));
  const { closed, ...rest } = plannedQuarter(layout, noisy, quarter);
  // What is laid out for one quarter, under the names of another.
  const names = new Map([
    [QUARTER, quarter],
    ...MONTHS.map((month, at) => [month, monthsOfQuarter(quarter)[at] ?? ''] as const),
  ]);
  return { ...rest, closed: new Map([...closed].map(([id, period]) => [names.get(id) ?? id, period])) };
}

const published = (period: NoisyPeriod): PublishedPeriod => ({
  summary: summaryOf(period),
  tables: period.tables.map((table) => publishedTableOf(period, table)),
  titles: period.tables.map(titleOf),
  vocabularyVersion: period.vocabularyVersion,
});

function periodsOf(quarters: readonly PlannedQuarter[]): ReadonlyMap<string, PublishedPeriod> {
  return new Map(assemblePeriods(quarters).map((period) => [period.id, published(period)]));
}

function pick(periods: ReadonlyMap<string, PublishedPeriod>, id: string): PublishedPeriod {
  const found = periods.get(id);
  if (found === undefined) throw new Error(`${id} did not come together.`);
  return found;
}

const first = { softwareVersion: '0.1.0', issuedOn: '2027-01-09', revision: 1, reason: null } as const;

/** What a supervisor may want said first: characters with a meaning in markup among them, and in two paragraphs. */
export const foreword = {
  sv: 'Det här kvartalet har vi utbildat alla som svarar i samtal om våld och hedersförtryck.\n\nFrån och med januari har linjen öppet även på helger. Frågor om rapporten: skriv till oss på #stödlinjen, $ och @ fungerar också.\n– Verksamhetschefen',
} as const;

/** The release of a line's quarter, with the quarter before beside it. */
export function releaseOf({ preset, calls }: Line): ReleaseContent {
  const before = { preset, calls: Math.round(calls * 1.3) };
  const periods = periodsOf([storedQuarter(before, '2026-Q3'), storedQuarter({ preset, calls }, QUARTER)]);
  return {
    ...pick(periods, QUARTER),
    ...first,
    period: QUARTER,
    beside: [pick(periods, '2026-Q3')],
    organisation: preset === 'tiny' ? null : 'Länets stödlinje',
    unanswered:
      preset === 'large'
        ? [
            { month: '2026-10', calls: 17 },
            { month: '2026-11', calls: 1204 },
          ]
        : [],
    foreword: preset === 'small' ? foreword : null,
  };
}

/** The release of a line's year, of four quarters that grow. */
export function yearOf({ preset, calls }: Line): ReleaseContent {
  const quarters = quartersOfYear('2026').map((quarter, at) =>
    storedQuarter({ preset, calls: Math.round(calls * (0.7 + 0.1 * at)) }, quarter),
  );
  const periods = periodsOf(quarters);
  return {
    ...pick(periods, '2026'),
    ...first,
    period: '2026',
    beside: quartersOfYear('2026').map((quarter) => pick(periods, quarter)),
    organisation: 'Länets stödlinje',
    unanswered: [],
    foreword: { sv: foreword.sv, en: 'This year the line opened on weekends too.' },
  };
}

/** Lines of three sizes, each with the plan it would have. */
export const lines = [
  { preset: 'tiny', calls: 45 },
  { preset: 'small', calls: 130 },
  { preset: 'large', calls: 1100 },
] as const satisfies readonly Line[];
