/** What a supervisor is told of the next release, at the moments where it changes, by a clock in Stockholm. */
import { releaseStatusSchema } from '../../src/contract/release-status.js';
import { monthsOfQuarter, quartersOfYear } from '../../src/contract/period.js';
import { duePeriods, sealDay } from '../../src/keeping/schedule.js';
import { releaseStatus, type StatusFacts } from '../../src/release/status.js';
import { standingClock } from '../support/database.js';
import { describe, expect, test } from '../support/jest.js';

const nothing: StatusFacts = {
  installedOn: '2026-02-11',
  published: [],
  issued: [],
  unanswered: [],
  begunAnew: [],
};

/** What is said at a moment of local time, with what is known by then. */
const at = (moment: string, facts: Partial<StatusFacts> = {}) =>
  releaseStatus({ ...nothing, ...facts }, standingClock(moment).local());

const states = ({ next }: ReturnType<typeof at>) => [
  next.quarter,
  next.state,
  ...next.months.map(({ month, state }) => `${month} ${state}`),
];

/** A year and its quarters and months, as they come out of the keeper. */
const yearOf = (year: string) =>
  quartersOfYear(year).flatMap((quarter) => [...monthsOfQuarter(quarter), quarter]);

describe('the quarter of the installation', () => {
  test('counts from its month on', () => {
    expect(states(at('2026-02-11T12:00:00+01:00'))).toEqual([
      '2026-Q1',
      'running',
      '2026-02 running',
      '2026-03 coming',
    ]);
  });

  test('closes as any other', () => {
    const facts = { published: ['2026-02', '2026-03'] };
    expect(states(at('2026-04-06T23:59:59+02:00', facts)).slice(0, 2)).toEqual(['2026-Q1', 'resting']);
    expect(states(at('2026-04-07T04:00:00+02:00', facts)).slice(0, 2)).toEqual(['2026-Q1', 'due']);
  });

  test('is the first there is, though earlier ones were imported and closed by hand', () => {
    expect(at('2026-02-12T12:00:00+01:00', { published: yearOf('2025') }).next.quarter).toBe('2026-Q1');
  });
});

describe('the end of a quarter', () => {
  const facts = { published: ['2026-02', '2026-03', '2026-Q1', '2026-04', '2026-05'] };

  test.each([
    ['2026-06-30T23:59:59+02:00', 'running', 'running'],
    ['2026-07-01T00:00:00+02:00', 'resting', 'resting'],
    ['2026-07-03T03:59:59+02:00', 'resting', 'resting'],
    ['2026-07-03T04:00:00+02:00', 'resting', 'due'],
    ['2026-07-07T00:00:00+02:00', 'resting', 'due'],
    ['2026-07-07T03:59:59+02:00', 'resting', 'due'],
    ['2026-07-07T04:00:00+02:00', 'due', 'due'],
  ] as const)('%s: the quarter is %s, its last month %s', (moment, quarter, month) => {
    expect(states(at(moment, facts))).toEqual([
      '2026-Q2',
      quarter,
      '2026-04 published',
      '2026-05 published',
      `2026-06 ${month}`,
    ]);
  });

  test('the days that are told are the days on which they close', () => {
    const { next } = at('2026-06-30T12:00:00+02:00', facts);
    expect(next.closesFrom).toBe('2026-07-07');
    expect(next.months.map(({ closesFrom }) => closesFrom)).toEqual([
      '2026-05-03',
      '2026-06-03',
      '2026-07-03',
    ]);
  });

  test('one that the keeper has missed stays the next, until it is out', () => {
    expect(states(at('2026-11-11T12:00:00+01:00', facts)).slice(0, 2)).toEqual(['2026-Q2', 'due']);
    const later = { published: [...facts.published, '2026-06', '2026-Q2'] };
    expect(states(at('2026-11-11T12:00:00+01:00', later)).slice(0, 2)).toEqual(['2026-Q3', 'due']);
  });
});

describe('the end of a year', () => {
  const facts = {
    installedOn: '2025-01-02',
    published: yearOf('2026').filter((period) => period !== '2026-Q4' && period !== '2026-12'),
    issued: ['2026-Q1', '2026-Q2', '2026-Q3'],
  };

  test.each([
    ['2026-12-31T23:59:59+01:00', 'running'],
    ['2027-01-01T00:00:00+01:00', 'resting'],
    ['2027-01-07T04:00:00+01:00', 'due'],
  ] as const)('%s: the last quarter is %s, and no year is ready', (moment, state) => {
    const published = [...yearOf('2025'), ...facts.published];
    const status = at(moment, { ...facts, published, issued: [...facts.issued, '2025'] });
    expect([status.next.quarter, status.next.state, status.ready]).toEqual(['2026-Q4', state, []]);
  });

  test('with its last quarter the year is ready too, the quarter first', () => {
    const published = [...yearOf('2025'), ...yearOf('2026')];
    const status = at('2027-01-07T04:01:00+01:00', { ...facts, published, issued: ['2026-Q3', '2025'] });
    expect(status.ready.map(({ period }) => period)).toEqual(['2026-Q4', '2026']);
    expect([status.next.quarter, status.next.state]).toEqual(['2027-Q1', 'running']);
    const issued = { ...facts, published, issued: ['2026-Q4', '2026'] };
    expect(at('2027-01-07T04:01:00+01:00', issued).ready).toEqual([]);
  });
});

test('a month that has not begun is said to be coming, until its first midnight', () => {
  const facts = { published: ['2026-02', '2026-03', '2026-Q1'] };
  const monthsAt = (moment: string) => states(at(moment, facts)).slice(2);
  expect(monthsAt('2026-04-30T23:59:59+02:00')).toEqual([
    '2026-04 running',
    '2026-05 coming',
    '2026-06 coming',
  ]);
  expect(monthsAt('2026-05-01T00:00:00+02:00')).toEqual([
    '2026-04 resting',
    '2026-05 running',
    '2026-06 coming',
  ]);
});

test('what is ready names the months without a number of unanswered calls', () => {
  const published = ['2026-02', '2026-03', '2026-Q1'];
  const { ready } = at('2026-04-08T12:00:00+02:00', { published, unanswered: ['2026-01', '2026-03'] });
  expect(ready).toEqual([{ period: '2026-Q1', withoutUnanswered: ['2026-02'] }]);
});

test('it says `due` when, and only when, the keeper would close', () => {
  const start = Date.parse('2026-06-28T00:30:00+02:00');
  for (let hours = 0; hours < 24 * 12; hours += 1) {
    const clock = standingClock(new Date(start + hours * 3_600_000).toISOString());
    const due = duePeriods(nothing.installedOn, sealDay(clock.local()));
    const { next } = releaseStatus(
      { ...nothing, published: ['2026-02', '2026-03', '2026-Q1'] },
      clock.local(),
    );
    expect([hours, next.state === 'due']).toEqual([hours, due.includes('2026-Q2')]);
    for (const { month, state } of next.months)
      expect([hours, month, state === 'due']).toEqual([hours, month, due.includes(month)]);
  }
});

test('it has the form that the contract gives it, whatever the day', () => {
  for (let day = 1; day <= 28; day += 1) {
    const moment = `2027-01-${String(day).padStart(2, '0')}T05:00:00+01:00`;
    expect(releaseStatusSchema.safeParse({ open: false, ...at(moment) }).error).toBeUndefined();
  }
});
