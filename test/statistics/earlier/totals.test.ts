/** Version 0.1's totals: the means of what its tables said, weighted by how sure each was. */
import type { NoisyPeriod, Total } from '../../../src/statistics/period.js';
import { describe, expect, test } from '../../support/jest.js';
import { smallPlan, smallVocabulary } from '../../support/small.js';
import { ownPlan, periodOf } from '../builders.js';
import { totalByBruteForce } from '../least-squares.js';
import { answersOf, anEarlierQuarter } from './quarters.js';

const cellsOf = (period: NoisyPeriod, ids: readonly string[]) =>
  ids.map((id) => answersOf(period, id).flat());

const valueOf = (total: Total | null) => total?.value ?? null;

const singleChoiceConversation = [
  ...['concern', 'environment', 'relation', 'caller_age', 'age', 'gender-top', 'area', 'language', 'contact'],
  ...['length', 'outcome', 'month-by-concern', 'environment-by-relation', 'concern-by-relation'],
  ...['environment-by-age', 'environment-by-gender', 'area-by-environment'],
];

describe('totals of a quarter', () => {
  test('on the large plan are the brute-force least-squares ones', () => {
    const quarter = periodOf([anEarlierQuarter()], '2026-Q1');
    const contacts = totalByBruteForce(cellsOf(quarter, ['kind', 'channel', 'daypart']), []);
    // The referral tables may count a call several times, so they say nothing about how many there are.
    const kindConversation = answersOf(quarter, 'kind')[0]?.[0] ?? NaN;
    const conversations = totalByBruteForce(cellsOf(quarter, singleChoiceConversation), [kindConversation]);
    expect(valueOf(quarter.totals.contacts)).toBeCloseTo(contacts, 8);
    expect(valueOf(quarter.totals.conversations)).toBeCloseTo(conversations, 8);
  });

  test('on the medium plan the month table counts among the contacts', () => {
    const quarter = periodOf([anEarlierQuarter({ plan: smallPlan('medium') })], '2026-Q1');
    const contacts = totalByBruteForce(cellsOf(quarter, ['month', 'kind', 'channel', 'daypart']), []);
    expect(valueOf(quarter.totals.contacts)).toBeCloseTo(contacts, 8);
    // sigma^2 18 over 3, 6, 5 and 4 cells.
    expect(quarter.totals.contacts?.variance).toBeCloseTo(18 / (1 / 3 + 1 / 6 + 1 / 5 + 1 / 4), 12);
  });

  test('cross tables of all contacts count, and their conversation row or column among the conversations', () => {
    const plan = ownPlan([
      { id: 'kind-by-channel', rows: 'kind', columns: 'channel' },
      { id: 'daypart-by-kind', rows: 'daypart', columns: 'kind' },
    ]);
    const quarter = periodOf([anEarlierQuarter({ plan })], '2026-Q1');
    const [byChannel, byDaypart] = ['kind-by-channel', 'daypart-by-kind'].map((id) => answersOf(quarter, id));
    const row = byChannel?.[0] ?? [];
    const column = byDaypart?.map((line) => line[0] ?? NaN) ?? [];
    expect(valueOf(quarter.totals.contacts)).toBeCloseTo(
      totalByBruteForce(cellsOf(quarter, ['kind-by-channel', 'daypart-by-kind']), []),
      8,
    );
    expect(valueOf(quarter.totals.conversations)).toBeCloseTo(totalByBruteForce([row, column], []), 8);
  });

  test('are null where the plan does not give them', () => {
    const tiny = periodOf([anEarlierQuarter({ plan: smallPlan('tiny') })], '2026-Q1');
    expect(tiny.totals.contacts).toBeNull();
    expect(valueOf(tiny.totals.conversations)).toBeCloseTo(
      totalByBruteForce(cellsOf(tiny, ['concern-top', 'environment-top', 'relation-top', 'age-top']), []),
      8,
    );
    const referral = periodOf(
      [anEarlierQuarter({ plan: ownPlan([{ id: 'referral', rows: 'referral' }]) })],
      '2026-Q1',
    );
    expect(referral.totals).toEqual({ contacts: null, conversations: null });
  });

  test('a question that may be left unanswered does not count everyone', () => {
    const words = {
      ...smallVocabulary,
      dimensions: smallVocabulary.dimensions.map((dimension) =>
        dimension.id === 'channel' ? { ...dimension, required: false } : dimension,
      ),
    };
    const quarter = (tables: string[]) =>
      periodOf(
        [anEarlierQuarter({ words, plan: ownPlan(tables.map((id) => ({ id, rows: id }))) })],
        '2026-Q1',
      );
    expect(quarter(['channel']).totals.contacts).toBeNull();
    const withBoth = quarter(['channel', 'daypart']);
    const daypart = answersOf(withBoth, 'daypart').flat();
    expect(valueOf(withBoth.totals.contacts)).toBe(daypart.reduce((sum, cell) => sum + cell, 0));
  });
});

describe('totals of a month', () => {
  test('contacts come from its own row, conversations from its row by a question every conversation answers', () => {
    const plan = ownPlan([
      { id: 'month', rows: 'month' },
      { id: 'month-by-concern', rows: 'month', columns: 'concern' },
      { id: 'month-by-referral', rows: 'month', columns: 'referral' },
      { id: 'channel', rows: 'channel' },
    ]);
    const month = periodOf([anEarlierQuarter({ plan })], '2026-02');
    expect(month.tables.map(({ shape }) => shape.id)).toEqual([
      'month',
      'month-by-concern',
      'month-by-referral',
    ]);
    expect(valueOf(month.totals.contacts)).toBe(answersOf(month, 'month')[0]?.[0]);
    const concerns = answersOf(month, 'month-by-concern').flat();
    expect(valueOf(month.totals.conversations)).toBe(concerns.reduce((sum, cell) => sum + cell, 0));
    expect(month.totals.conversations?.variance).toBe(concerns.length * (month.earlier?.noise.sigma2 ?? NaN));
  });

  test('are null where the plan has no month table', () => {
    const month = periodOf([anEarlierQuarter({ plan: smallPlan('tiny') })], '2026-02');
    expect(month.tables).toEqual([]);
    expect(month.totals).toEqual({ contacts: null, conversations: null });
  });
});
