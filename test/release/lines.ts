/** Releases of lines of three sizes: made-up calls through the production functions, with noise that can be had again. */
import { seededRandom } from '../../bench/seeded-random.js';
import { encodeCall } from '../../src/contract/call.js';
import { compileQueries } from '../../src/contract/compile.js';
import { monthsOfQuarter, previousQuarter, quartersOfYear } from '../../src/contract/period.js';
import type { Preset } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import type { Query } from '../../src/contract/queries.js';
import { demoCalls } from '../../src/demo/calls.js';
import { callCounter } from '../../src/keeping/count-call.js';
import { drawShares } from '../../src/keeping/noise.js';
import type { PublishedPeriod, ReleaseContent } from '../../src/release/content.js';
import type { NoisyPeriod } from '../../src/statistics/period.js';
import { assemblePeriods, type PlannedQuarter } from '../../src/statistics/periods.js';
import { publishedTableOf, summaryOf, titleOf } from '../../src/statistics/present.js';
import { vocabulary } from '../support/calls.js';

export interface Line {
  readonly preset: Preset;
  /** In the quarter that is released. */
  readonly calls: number;
}

const QUARTER = '2026-Q4';
const LAST_YEAR = '2025-Q4';

/** The noisy answers to the queries of a quarter: two shares of noise and every call. */
function answersTo(queries: readonly Query[], { preset, calls }: Line, quarter: string): number[] {
  const variances = queries.map(({ sigma2 }) => sigma2);
  const random = seededRandom(`release ${preset} ${quarter}`);
  const [first, second] = [drawShares(variances, random), drawShares(variances, random)];
  const answers = first.map((share, query) => share + (second[query] ?? NaN));
  const count = callCounter({ quarter, plan: presetPlan(preset), vocabulary, queries });
  for (const { month, answers: codes } of demoCalls({
    ...{ count: calls, months: monthsOfQuarter(quarter), seed: 31 },
  }))
    count({ month, codes: encodeCall(codes, vocabulary) }, (query, by) => {
      answers[query] = (answers[query] ?? NaN) + by;
    });
  return answers;
}

/** A quarter as the keeper stores it, shown by today's rules. */
function storedQuarter(line: Line, quarter: string): PlannedQuarter {
  const plan = presetPlan(line.preset);
  const queries = compileQueries(plan, vocabulary, quarter);
  const answers = answersTo(queries, line, quarter);
  const closed = [null, ...monthsOfQuarter(quarter)].map((month) => {
    const own = answers.filter((_, query) => queries[query]?.month === month);
    return [month ?? quarter, { publishedOn: '2027-01-07', answers: own }] as const;
  });
  return {
    ...{ quarter, plan, vocabulary, queries, displayRules: 2, countedFrom: null },
    closed: new Map(closed),
  };
}

const published = (period: NoisyPeriod): PublishedPeriod => ({
  summary: summaryOf(period),
  tables: period.tables.map((table) => publishedTableOf(period, table)),
  titles: period.tables.map(titleOf),
  missing: period.missing,
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

const askedOf = (quarters: readonly PlannedQuarter[]) =>
  quarters.map(({ quarter, queries, displayRules }) => ({ quarter, queries, displayRules }));

const first = { softwareVersion: '0.1.0', issuedOn: '2027-01-09', revision: 1, reason: null } as const;

/** What a supervisor may want said first: characters with a meaning in markup among them, and in two paragraphs. */
export const foreword = {
  sv: 'Det här kvartalet har vi utbildat alla som svarar i samtal om våld och hedersförtryck.\n\nFrån och med januari har linjen öppet även på helger. Frågor om rapporten: skriv till oss på #stödlinjen, $ och @ fungerar också.\n– Verksamhetschefen',
} as const;

/** The release of a line's quarter, with the quarter before it and the same one of last year. */
export function releaseOf({ preset, calls }: Line): ReleaseContent {
  const own = storedQuarter({ preset, calls }, QUARTER);
  const periods = periodsOf([
    own,
    storedQuarter({ preset, calls: Math.round(calls * 1.3) }, previousQuarter(QUARTER)),
    storedQuarter({ preset, calls: Math.round(calls * 0.5) }, LAST_YEAR),
  ]);
  const before = [pick(periods, previousQuarter(QUARTER)), pick(periods, LAST_YEAR)];
  return {
    ...pick(periods, QUARTER),
    ...first,
    period: QUARTER,
    ...{ beside: before, before, asked: askedOf([own]) },
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

const quartersLike = (year: string, lines: readonly Line[]) =>
  quartersOfYear(year).map((quarter, at) => {
    const line = lines[at] ?? lines[0];
    if (line === undefined) throw new RangeError('A year has quarters.');
    return storedQuarter({ ...line, calls: Math.round(line.calls * (0.7 + 0.1 * at)) }, quarter);
  });

/** The release of a year whose quarters ran on these lines, one for all unless there are four; they grow. */
export function yearOf(...lines: readonly Line[]): ReleaseContent {
  const quarters = quartersLike('2026', lines);
  const fewer = lines.map(({ preset, calls }) => ({ preset, calls: Math.round(calls / 2) }));
  const periods = periodsOf([...quarters, ...quartersLike('2025', fewer)]);
  return {
    ...pick(periods, '2026'),
    ...first,
    period: '2026',
    beside: quartersOfYear('2026').map((quarter) => pick(periods, quarter)),
    before: [pick(periods, '2025')],
    asked: askedOf(quarters),
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
