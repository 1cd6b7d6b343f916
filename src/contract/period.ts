/**
 * Periods: months `YYYY-MM`, quarters `YYYY-Qn`, years `YYYY`; days `YYYY-MM-DD`. All are plain strings whose
 * alphabetical order within a kind is their order in time. Pure: the clock and the time zone are passed in.
 */
import { z } from 'zod';

export const daySchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);
export const monthSchema = z.string().regex(/^(19|20)\d{2}-(0[1-9]|1[0-2])$/);
export const quarterSchema = z.string().regex(/^(19|20)\d{2}-Q[1-4]$/);
export const yearSchema = z.string().regex(/^(19|20)\d{2}$/);
export const periodSchema = z.union([monthSchema, quarterSchema, yearSchema]);

export type Day = string;
export type Month = string;
export type Quarter = string;
export type Period = string;
export type PeriodKind = 'month' | 'quarter' | 'year';

/** What kind of period a text names; null when it names none. */
export function periodKind(text: string): PeriodKind | null {
  if (monthSchema.safeParse(text).success) return 'month';
  if (quarterSchema.safeParse(text).success) return 'quarter';
  if (yearSchema.safeParse(text).success) return 'year';
  return null;
}

/** The local calendar day, and the hour 0-23, at an instant in a time zone (IANA name). */
export function localTime(now: Date, timeZone: string): { day: Day; hour: number } {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(now);
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? '';
  return { day: `${part('year')}-${part('month')}-${part('day')}`, hour: Number(part('hour')) };
}

/** The day a number of days after (or, negative, before) another. */
export function addDays(day: Day, days: number): Day {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

export const monthOfDay = (day: Day): Month => day.slice(0, 7);

export function quarterOfMonth(month: Month): Quarter {
  return `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5, 7)) / 3)}`;
}

/** The month a number of months after (or before) another. */
export function addMonths(month: Month, months: number): Month {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + months;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** Whether a call may be told of in a month: the current one, or the one before it, as long as that is open. */
export const takesCalls = (month: Month, current: Month): boolean =>
  month === current || month === addMonths(current, -1);

/** The three months of a quarter, in order. */
export function monthsOfQuarter(quarter: Quarter): [Month, Month, Month] {
  const first = `${quarter.slice(0, 4)}-${String((Number(quarter.slice(6)) - 1) * 3 + 1).padStart(2, '0')}`;
  return [first, addMonths(first, 1), addMonths(first, 2)];
}

export const quartersOfYear = (year: string): Quarter[] => [1, 2, 3, 4].map((n) => `${year}-Q${n}`);

export function nextQuarter(quarter: Quarter): Quarter {
  return quarterOfMonth(addMonths(monthsOfQuarter(quarter)[0], 3));
}

export const previousQuarter = (quarter: Quarter): Quarter =>
  quarterOfMonth(addMonths(monthsOfQuarter(quarter)[0], -1));

export const firstDayOfQuarter = (quarter: Quarter): Day => `${monthsOfQuarter(quarter)[0]}-01`;

/** Whether a period, a month or a quarter, is a quarter. */
export const isQuarter = (period: Period): boolean => period.includes('Q');

/** The quarter that a period, a month or a quarter, belongs to. */
export function quarterOf(period: Period): Quarter {
  return isQuarter(period) ? period : quarterOfMonth(period);
}

/** The hour at which the keeper's day begins, with the night's seal: until then a call of the day before can be changed. */
export const NIGHTLY_HOUR = 4;

/** Days a month and a quarter rest before they may close, so that late calls still find them open. */
const restDays = { month: 2, quarter: 6 } as const;

/** The first day on which a period, a month or a quarter, may close: the 3rd, or the 7th, of the month after its end. */
export function closableFrom(period: Period): Day {
  if (isQuarter(period)) return addDays(firstDayOfQuarter(nextQuarter(period)), restDays.quarter);
  return addDays(`${addMonths(period, 1)}-01`, restDays.month);
}
