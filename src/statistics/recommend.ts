/** Which preset suits a line, by what it has published: never by what is stored. Pure. */
import { nextQuarter } from '../contract/period.js';
import type { Preset } from '../contract/plan.js';
import type { PeriodSummary, ShownNumber } from '../contract/statistics.js';

/** The presets from the smallest, and from how many calls a quarter on each is the right one. Source: the table plans. */
const bySize: readonly (readonly [preset: Preset, calls: number])[] = [
  ['tiny', 0],
  ['small', 60],
  ['medium', 250],
  ['large', 1_000],
];

const placeOf = (preset: Preset) => bySize.findIndex(([one]) => one === preset);

const atLeast = (number: ShownNumber | null): number =>
  number !== null && 'value' in number ? number.value : 0;

/** The place of the preset that a quarter's totals suit; a plan without a table of all contacts tells conversations alone. */
function suited({ totals: { contacts, conversations } }: PeriodSummary): number {
  const size = Math.max(atLeast(contacts), atLeast(conversations));
  return bySize.findLastIndex(([, calls]) => size >= calls);
}

/** Whether a quarter tells how large the line is: it has a total, and was counted from its first day. */
const tellsSize = ({ kind, totals, countedFrom }: PeriodSummary) =>
  kind === 'quarter' && countedFrom === null && (totals.contacts ?? totals.conversations) !== null;

/** What two quarters running say of the place that is recommended: the nearer of theirs, where both lie to one side of it. */
function after(recommended: number, before: number, latest: number): number {
  if (before > recommended && latest > recommended) return Math.min(before, latest);
  if (before < recommended && latest < recommended) return Math.max(before, latest);
  return recommended;
}

/**
 * The preset for a line of this size; null while no quarter tells it. It begins as the first quarter's own, and changes
 * only when two quarters running were both larger or both smaller than it is meant for: one is often chance.
 */
export function recommendedPreset(periods: readonly PeriodSummary[]): Preset | null {
  const quarters = periods.filter(tellsSize).toSorted((a, b) => a.id.localeCompare(b.id));
  const [first] = quarters;
  if (first === undefined) return null;
  let recommended = first.plan.preset === 'own' ? suited(first) : placeOf(first.plan.preset);
  for (const [index, quarter] of quarters.entries()) {
    const before = quarters[index - 1];
    if (before !== undefined && nextQuarter(before.id) === quarter.id)
      recommended = after(recommended, suited(before), suited(quarter));
  }
  return bySize[recommended]?.[0] ?? null;
}
