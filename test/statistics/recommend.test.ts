/** The recommended preset has inertia: one quarter is often chance. */
import type { Plan } from '../../src/contract/plan.js';
import { nextQuarter } from '../../src/contract/period.js';
import type { PeriodSummary } from '../../src/contract/statistics.js';
import { recommendedPreset } from '../../src/statistics/recommend.js';
import { describe, expect, test } from '../support/jest.js';

/** Contacts and conversations of a quarter; null where its plan gives none. */
type Totals = readonly [contacts: number | null, conversations: number | null];

function aQuarter(
  id: string,
  [contacts, conversations]: Totals,
  preset: Plan['preset'] = 'small',
): PeriodSummary {
  const number = (value: number | null) => (value === null ? null : value < 7 ? { under: 7 } : { value });
  return {
    id,
    kind: 'quarter',
    publishedOn: '2027-01-07',
    plan: { preset, rho: 0.5 },
    totals: { contacts: number(contacts), conversations: number(conversations) },
    sureness: { contacts: null, conversations: null },
    countedFrom: null,
    begunAnew: [],
  };
}

/** Successive quarters of so many contacts each, the first one under a preset. */
function quartersOf(preset: Plan['preset'], ...contacts: number[]): PeriodSummary[] {
  let id = '2025-Q3';
  return contacts.map((calls) => aQuarter((id = nextQuarter(id)), [calls, 0], preset));
}

describe('the recommended preset', () => {
  test('is none before the first published quarter, nor by months and years', () => {
    expect(recommendedPreset([])).toBeNull();
    const [quarter] = quartersOf('small', 100);
    if (quarter === undefined) throw new Error('There is no quarter.');
    expect(recommendedPreset([{ ...quarter, id: '2025-10', kind: 'month' }])).toBeNull();
    expect(recommendedPreset([{ ...quarter, id: '2025', kind: 'year' }])).toBeNull();
  });

  test.each<[Plan['preset'], number[], string]>([
    // One quarter changes nothing.
    ['small', [30], 'small'],
    ['tiny', [5000], 'tiny'],
    // Within the range, to both its ends.
    ['small', [60, 249, 60, 249], 'small'],
    ['medium', [250, 999], 'medium'],
    // Once outside, and back.
    ['small', [100, 30, 100, 30, 100], 'small'],
    ['small', [100, 300, 100, 300], 'small'],
    // Two running, and at each end of the range.
    ['small', [100, 59, 59], 'tiny'],
    ['small', [100, 250, 250], 'medium'],
    ['medium', [1000, 1000], 'large'],
    ['large', [999, 999], 'medium'],
    // To the nearer of the two.
    ['tiny', [300, 1200], 'medium'],
    ['large', [30, 100], 'small'],
    // Once to each side is no direction.
    ['small', [30, 300, 30, 300], 'small'],
    // What it has changed to has inertia too.
    ['tiny', [300, 300, 100, 300], 'medium'],
    ['tiny', [300, 300, 100, 100], 'small'],
    // Nothing shown is few.
    ['small', [0, 0], 'tiny'],
    // A plan of one's own is meant for no size: the first quarter's tells it.
    ['own', [300], 'medium'],
    ['own', [300, 100], 'medium'],
    ['own', [300, 100, 100], 'small'],
  ])('that was %s is, after %j contacts, %s', (preset, contacts, recommended) => {
    const quarters = quartersOf(preset, ...contacts);
    expect(recommendedPreset(quarters)).toBe(recommended);
    expect(recommendedPreset(quarters.toReversed())).toBe(recommended);
  });

  test('goes by conversations where no table gives all contacts', () => {
    const quarters = ['2026-Q1', '2026-Q2'].map((id) => aQuarter(id, [null, 400]));
    expect(recommendedPreset(quarters)).toBe('medium');
  });

  test('passes over what tells no size, which parts the quarters around it', () => {
    const [before, latest] = [aQuarter('2026-Q1', [400, 0]), aQuarter('2026-Q3', [400, 0])];
    const between = aQuarter('2026-Q2', [400, 0]);
    expect(recommendedPreset([before, between, latest])).toBe('medium');
    expect(recommendedPreset([before, latest])).toBe('small');
    const nothing = aQuarter('2026-Q2', [null, null]);
    expect(recommendedPreset([before, nothing, latest])).toBe('small');
    expect(recommendedPreset([before, { ...between, countedFrom: '2026-06-20' }, latest])).toBe('small');
    expect(recommendedPreset([nothing])).toBeNull();
  });
});
