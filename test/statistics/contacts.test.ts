/** All contacts are never shown as fewer than the conversations among them: of lines whose totals are near their thresholds. */
import { quartersOfYear } from '../../src/contract/period.js';
import { assemblePeriods } from '../../src/statistics/periods.js';
import { summaryOf } from '../../src/statistics/present.js';
import type { Preset } from '../../src/contract/plan.js';
import { expect, test } from '../support/jest.js';
import { closings, frozenBy, isPossible, type Growing } from './simulated.js';

/** Nearly every contact of these is a conversation, so that noise alone decides which of the two seems larger. */
const lines: readonly (readonly [Preset, Growing])[] = [
  ['tiny', { least: 2, most: 14, runs: 500, conversations: 0.97 }],
  ['small', { least: 4, most: 60, runs: 500, conversations: 0.97 }],
  ['medium', { least: 20, most: 100, runs: 200, conversations: 0.97 }],
  ['large', { least: 20, most: 100, runs: 100, conversations: 0.97 }],
];

test.each(lines)('months, quarters and years of %s', (preset, line) => {
  const quarters = quartersOfYear('2026').map((quarter) => [
    ...closings(frozenBy(preset, quarter), line, `contacts ${preset} ${quarter}`),
  ]);
  const [first = []] = quarters;
  const periods = first.flatMap((_, run) =>
    assemblePeriods(quarters.flatMap((one) => one[run]?.closed ?? [])).map(summaryOf),
  );
  const ofKind = (kind: string) => periods.filter((period) => period.kind === kind).length;
  expect([ofKind('quarter'), ofKind('year')]).toEqual([4 * line.runs, line.runs]);
  // Some are under their threshold and some are not, or nothing would be near it.
  const under = periods.filter(({ totals: { contacts } }) => contacts !== null && 'under' in contacts);
  expect(under.length).toBeGreaterThan(line.runs / 10);
  expect(under.length).toBeLessThan(periods.length);
  const impossible = periods.filter((period) => !isPossible(period));
  expect(new Set(impossible.map(({ kind, totals }) => `${kind}: ${JSON.stringify(totals)}`))).toEqual(
    new Set(),
  );
});
