/**
 * The days on which the next releases may come, as an iCalendar feed (RFC 5545). It follows from the day alone, and says
 * nothing but which period may be published when. Every stamp follows from its period, never from the clock.
 */
import ical, { ICalEventTransparency } from 'ical-generator';
import {
  closableFrom,
  firstDayOfQuarter,
  monthOfDay,
  nextQuarter,
  previousQuarter,
  quarterOfMonth,
  type Day,
  type Quarter,
} from '../contract/period.js';
import type { Locale } from '../contract/problem.js';
import { periodName } from './words.js';

/** Two years ahead. */
const QUARTERS = 8;

const words = {
  sv: {
    name: 'Statistik: kommande utgåvor',
    summary: (period: string) => `Statistik för ${period} kan publiceras`,
  },
  en: {
    name: 'Statistics: releases to come',
    summary: (period: string) => `Statistics for ${period} may be published`,
  },
} as const;

interface Due {
  /** A quarter or a year. */
  readonly period: string;
  /** Its last quarter, or itself. */
  readonly quarter: Quarter;
  readonly day: Day;
}

/** The next eight quarters that may be published on this day or later, each year after its last quarter. */
export function dueDates(today: Day): Due[] {
  let quarter = previousQuarter(quarterOfMonth(monthOfDay(today)));
  while (closableFrom(quarter) < today) quarter = nextQuarter(quarter);
  const due: Due[] = [];
  for (let count = 0; count < QUARTERS; count += 1) {
    const day = closableFrom(quarter);
    due.push({ period: quarter, quarter, day });
    // A year is out with the last of its quarters.
    if (quarter.endsWith('Q4')) due.push({ period: quarter.slice(0, 4), quarter, day });
    quarter = nextQuarter(quarter);
  }
  return due;
}

const midnight = (day: Day): Date => new Date(`${day}T00:00:00Z`);

/** The feed, with CRLF at the end of every line. */
export function releaseCalendar(locale: Locale, today: Day): string {
  const { name, summary } = words[locale];
  const calendar = ical({
    name,
    prodId: { company: 'Tyst', product: 'Releases', language: locale.toUpperCase() },
    ttl: 24 * 60 * 60,
  });
  for (const { period, quarter, day } of dueDates(today)) {
    calendar.createEvent({
      id: `release-${period}@tyst`,
      stamp: midnight(firstDayOfQuarter(quarter)),
      start: midnight(day),
      allDay: true,
      summary: summary(periodName(locale, period)),
      // It takes up nobody's day.
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  }
  return `${calendar.toString()}\r\n`;
}
