/** Which preset suits a line, by what it has published: never by what is stored. */
import type { Preset } from '../contract/plan.js';
import type { PeriodSummary, ShownNumber } from '../contract/statistics.js';

/** From this many calls a quarter on (source: the design's table plans). */
const presetsBySize: readonly (readonly [calls: number, Preset])[] = [
  [1_000, 'large'],
  [250, 'medium'],
  [60, 'small'],
  [0, 'tiny'],
];

const atLeast = (number: ShownNumber | null): number =>
  number !== null && 'value' in number ? number.value : 0;

/** The preset for the size of the latest published quarter; null while no quarter is published. */
export function recommendedPreset(periods: readonly PeriodSummary[]): Preset | null {
  const latest = periods
    .filter(({ kind }) => kind === 'quarter')
    .toSorted((a, b) => a.id.localeCompare(b.id))
    .at(-1);
  if (latest === undefined) return null;
  // A plan without a table of all contacts tells the conversations alone.
  const size = Math.max(atLeast(latest.totals.contacts), atLeast(latest.totals.conversations));
  return presetsBySize.find(([calls]) => size >= calls)?.[1] ?? 'tiny';
}
