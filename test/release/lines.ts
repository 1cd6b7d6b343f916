/** Releases of lines of three sizes: made-up calls through the production functions, with noise that can be had again. */
import { seededRandom } from '../../bench/seeded-random.js';
import type { Preset } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import type { PublishedPeriod, ReleaseContent } from '../../src/release/content.js';
import { assemblePeriods } from '../../src/statistics/periods.js';
import { publishedTableOf, summaryOf, titleOf } from '../../src/statistics/present.js';
import { callsLike, layOut, QUARTER } from '../attacks/support/line.js';
import { plannedQuarter, tyst } from '../attacks/support/publisher.js';

/** A quarter as the statistics give it to a release. */
function publishedQuarter(preset: Preset, calls: number, quarter: string): PublishedPeriod {
  const layout = layOut(presetPlan(preset));
  const records = callsLike(calls, 31).map((call) => layout.cellsOf(call));
  const noisy = tyst.publish(layout, records, seededRandom(`release ${preset} ${quarter}`));
  const period = assemblePeriods([plannedQuarter(layout, noisy)]).find(({ kind }) => kind === 'quarter');
  if (period === undefined) throw new Error('The quarter did not come together.');
  const tables = period.tables.map((table) => publishedTableOf(period, table));
  return {
    summary: { ...summaryOf(period), id: quarter },
    tables,
    titles: period.tables.map(titleOf),
    vocabularyVersion: period.vocabularyVersion,
  };
}

/** The release of a line's quarter, with the quarter before beside it. */
export function releaseOf(preset: Preset, calls: number): ReleaseContent {
  return {
    ...publishedQuarter(preset, calls, QUARTER),
    period: QUARTER,
    beside: [publishedQuarter(preset, Math.round(calls * 1.3), '2026-Q3')],
    organisation: preset === 'tiny' ? null : 'Länets stödlinje',
    unanswered:
      preset === 'large'
        ? [
            { month: '2026-10', calls: 17 },
            { month: '2026-11', calls: 1204 },
          ]
        : [],
    softwareVersion: '0.1.0',
    issuedOn: '2027-01-09',
    revision: 1,
    reason: null,
  };
}

/** Lines of three sizes, each with the plan it would have. */
export const lines = [
  { preset: 'tiny', calls: 45 },
  { preset: 'small', calls: 130 },
  { preset: 'large', calls: 1100 },
] as const;
