import {
  addDays,
  addMonths,
  closableFrom,
  localTime,
  monthsOfQuarter,
  nextQuarter,
  periodKind,
  quarterOf,
  quarterOfMonth,
} from '../../src/contract/period.js';
import { describe, expect, test } from '../support/jest.js';

describe('the local day and hour', () => {
  test.each([
    ['a second before a summer midnight', '2026-06-30T21:59:59Z', '2026-06-30', 23],
    ['a summer midnight', '2026-06-30T22:00:00Z', '2026-07-01', 0],
    ['a winter midnight at the end of a year', '2026-12-31T23:00:00Z', '2027-01-01', 0],
    ['the hour that is skipped in spring', '2026-03-29T01:00:00Z', '2026-03-29', 3],
    ['the hour that comes twice in autumn, first', '2026-10-25T00:30:00Z', '2026-10-25', 2],
    ['the hour that comes twice in autumn, again', '2026-10-25T01:30:00Z', '2026-10-25', 2],
    ['a leap day', '2028-02-29T12:00:00Z', '2028-02-29', 13],
  ])('%s', (_name, instant, day, hour) => {
    expect(localTime(new Date(instant), 'Europe/Stockholm')).toEqual({ day, hour });
  });

  test('is that of the time zone, not of the machine', () => {
    expect(localTime(new Date('2026-01-01T05:00:00Z'), 'America/New_York')).toEqual({
      day: '2026-01-01',
      hour: 0,
    });
  });
});

test('days and months are counted across the ends of months and years', () => {
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  expect(addDays('2027-02-28', 1)).toBe('2027-03-01');
  expect(addDays('2026-03-29', -1)).toBe('2026-03-28');
  expect(addMonths('2026-11', 2)).toBe('2027-01');
  expect(addMonths('2027-01', -1)).toBe('2026-12');
});

test('quarters and their months', () => {
  expect(monthsOfQuarter('2026-Q4')).toEqual(['2026-10', '2026-11', '2026-12']);
  expect(nextQuarter('2026-Q4')).toBe('2027-Q1');
  expect(['2026-01', '2026-03', '2026-04', '2026-12'].map(quarterOfMonth)).toEqual([
    '2026-Q1',
    '2026-Q1',
    '2026-Q2',
    '2026-Q4',
  ]);
  expect(quarterOf('2026-Q2')).toBe('2026-Q2');
});

test('a month may close from its third day after the end, a quarter from its seventh', () => {
  expect(closableFrom('2026-09')).toBe('2026-10-03');
  expect(closableFrom('2026-Q3')).toBe('2026-10-07');
  expect(closableFrom('2026-12')).toBe('2027-01-03');
  expect(closableFrom('2026-Q4')).toBe('2027-01-07');
  expect(closableFrom('2028-02')).toBe('2028-03-03');
});

test.each([
  '2026-13',
  '2026-00',
  '2026-Q0',
  '2026-Q5',
  '26',
  '2026-1',
  '',
  '2026-11-01',
  ' 2026',
  '2026\n',
  '٢٠٢٦',
  '9999-01',
])('what is no period is none (%#)', (text) => {
  expect(periodKind(text)).toBeNull();
});
