/** The totals of a period have a threshold, a step and an uncertainty of their own, and the part is never above the whole. */
import fc from 'fast-check';
import { toNumber } from '../../src/contract/plan.js';
import type { ShownNumber, Step } from '../../src/contract/statistics.js';
import { publishedTableOf, summaryOf } from '../../src/statistics/present.js';
import {
  displayRuleFor,
  shownTotals,
  thresholdFor,
  totalSureness,
  uncertaintyOf,
} from '../../src/statistics/show.js';
import { vocabulary } from '../support/calls.js';
import { describe, expect, test } from '../support/jest.js';
import { smallPlan, smallVocabulary } from '../support/small.js';
import { aQuarter, ofPreset, ownPlan, periodOf, tableOf, withAnswers } from './builders.js';
import { someCalls } from './line.js';
import { fewWords } from './words.js';

const bare = (number: ShownNumber | undefined) =>
  number !== undefined && 'value' in number ? { value: number.value } : number;

describe('a total', () => {
  test.each(['tiny', 'small', 'medium', 'large'] as const)('of %s is shown by its own noise', (preset) => {
    const calls = someCalls(vocabulary, 500);
    const period = periodOf([aQuarter({ ...ofPreset(preset), calls, noise: preset })], '2026-Q1');
    const { totals, sureness } = summaryOf(period);
    for (const of of ['contacts', 'conversations'] as const) {
      const variance = period.totals[of]?.variance ?? NaN;
      const rule = displayRuleFor(variance);
      const uncertainty = uncertaintyOf(variance, rule.step);
      expect(sureness[of]).toEqual({ sigma2: expect.closeTo(variance, 5) as unknown, ...rule, uncertainty });
      expect(totals[of]).toHaveProperty('value');
    }
    // More is asked about conversations than about other contacts.
    expect(sureness.conversations?.sigma2).toBeLessThan(sureness.contacts?.sigma2 ?? NaN);
  });

  test('is surer than its own query alone, by what the tables say', () => {
    const calls = someCalls(vocabulary, 500);
    const quarter = aQuarter({ ...ofPreset('tiny'), calls });
    const own = quarter.queries.find(({ table, of }) => table === null && of === 'conversation');
    const variance = periodOf([quarter], '2026-Q1').totals.conversations?.variance ?? NaN;
    expect(variance).toBeLessThan(own === undefined ? NaN : toNumber(own.sigma2));
  });

  test('is given by every plan of a quarter, and by a month only where months are counted', () => {
    const calls = someCalls(smallVocabulary, 500);
    const quarter = aQuarter({ plan: ownPlan([{ id: 'referral', rows: 'referral' }]), calls });
    const { totals } = summaryOf(periodOf([quarter], '2026-Q1'));
    const talks = calls.filter(({ answers }) => answers['kind'] === 'conversation').length;
    expect(totals).toEqual({ contacts: { value: 500 }, conversations: { value: talks } });
    expect(summaryOf(periodOf([quarter], '2026-02')).totals).toEqual({ contacts: null, conversations: null });
    const monthly = aQuarter({ plan: smallPlan('small'), calls });
    const february = calls.filter(({ month }) => month === '2026-02');
    expect(summaryOf(periodOf([monthly], '2026-02')).totals).toEqual({
      contacts: { value: february.length },
      conversations: {
        value: february.filter(({ answers }) => answers['kind'] === 'conversation').length,
      },
    });
  });

  test('of conversations is the same number among the kinds of contact, also where only that hides it', () => {
    for (const many of [0, 3, 7, 12, 300]) {
      const calls = someCalls(smallVocabulary, many);
      const plan = ownPlan(
        [
          { id: 'kind', rows: 'kind' },
          { id: 'concern', rows: 'concern' },
        ],
        0.1,
      );
      const period = periodOf([aQuarter({ plan, calls, noise: `kinds of ${many}` })], '2026-Q1');
      const { cells } = publishedTableOf(period, tableOf(period, 'kind'));
      expect(bare(cells[0]?.[0])).toEqual(summaryOf(period).totals.conversations);
    }
  });
});

/** A total by hand. */
const of = (value: number, variance: number, step: Step) => ({ value, variance, step });

describe('the part and the whole', () => {
  test('all contacts are at least the conversations, by their estimates and as they are rounded', () => {
    expect(shownTotals({ contacts: of(90, 9, 1), conversations: of(100, 5, 1) })).toEqual({
      contacts: { value: 100 },
      conversations: { value: 100 },
    });
    // 101 in fives would be 100.
    expect(shownTotals({ contacts: of(101, 18, 5), conversations: of(101, 5, 1) })).toEqual({
      contacts: { value: 105 },
      conversations: { value: 101 },
    });
    // 102.6 in fives is 105, and in ones 103.
    expect(shownTotals({ contacts: of(103, 5, 1), conversations: of(102.6, 18, 5) })).toEqual({
      contacts: { value: 105 },
      conversations: { value: 105 },
    });
  });

  test('what is known of the whole is never less than what is shown of the part', () => {
    const number = fc.integer({ min: -100, max: 400 }).map((tenths) => tenths / 10);
    const variance = fc.integer({ min: 2, max: 60 });
    const step = fc.constantFrom<Step>(1, 5);
    const total = fc.record({ value: number, variance, step });
    fc.assert(
      fc.property(total, total, (contacts, conversations) => {
        const shown = shownTotals({ contacts, conversations });
        const [whole, part] = [shown.contacts, shown.conversations];
        if (whole === null || part === null) throw new Error('a total is missing');
        if ('value' in whole) {
          expect(whole.value % contacts.step).toBe(0);
          expect(whole.value).toBeGreaterThanOrEqual(thresholdFor(contacts.variance, contacts.step));
          const estimate = Math.max(contacts.value, conversations.value);
          expect(whole.value - estimate).toBeLessThan(contacts.step + conversations.step);
        }
        if (!('value' in part)) return;
        if ('value' in whole) expect(whole.value).toBeGreaterThanOrEqual(part.value);
        else expect(whole).toEqual({ under: expect.any(Number) });
        // "Under 12 contacts" beside "12 conversations" is below them as well.
        if ('under' in whole) expect(whole.under).toBeGreaterThan(part.value);
      }),
      { numRuns: 5000 },
    );
  });

  test('one that is not known says nothing of the other', () => {
    expect(shownTotals({ contacts: null, conversations: of(40, 5, 1) })).toEqual({
      contacts: null,
      conversations: { value: 40 },
    });
    expect(shownTotals({ contacts: of(40, 5, 1), conversations: null })).toEqual({
      contacts: { value: 40 },
      conversations: null,
    });
    expect(totalSureness(null)).toBeNull();
  });

  test('in a published quarter whose noise put it the other way round, and in its year, which adds what was estimated', () => {
    const plan = ownPlan([{ id: 'kind', rows: 'kind' }]);
    const quarters = ['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4'].map((quarter, index) => {
      const exact = aQuarter({
        quarter,
        plan,
        words: fewWords,
        fill: (_table, row) => [100, 4, 4][row] ?? NaN,
      });
      // The other contacts and each of their kinds are answered with less than nothing in the first quarter.
      const answers = exact.queries.map(({ of: universe, row }) =>
        index > 0
          ? row === null
            ? universe === 'other'
              ? 8
              : 100
            : 4
          : universe === 'conversation'
            ? 100
            : -6,
      );
      return withAnswers(exact, answers);
    });
    const first = periodOf(quarters, '2026-Q1');
    expect(first.totals.contacts?.value).toBeLessThan(95);
    expect(summaryOf(first).totals).toEqual({ contacts: { value: 100 }, conversations: { value: 100 } });
    const year = periodOf(quarters, '2026');
    const parts = quarters.map(({ quarter }) => periodOf(quarters, quarter).totals.contacts?.value ?? NaN);
    expect(year.totals.contacts?.value).toBeCloseTo(
      parts.reduce((sum, part) => sum + part, 0),
      9,
    );
    expect(year.totals.contacts?.value).toBeLessThan(4 * 100 + 3 * 8);
  });
});
