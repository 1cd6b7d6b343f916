/** Which release is to be made, which quarter comes next, and what it waits for. Pure: facts and a moment in, words out. */
import { sealDay, type Moment } from '../contract/kept.js';
import {
  closableFrom,
  firstDayOfQuarter,
  isQuarter,
  monthOfDay,
  monthsOfQuarter,
  nextQuarter,
  addMonths,
  quarterOfMonth,
  quartersOfYear,
  type Day,
  type Month,
  type Period,
  type Quarter,
} from '../contract/period.js';
import type { BegunAnew } from '../contract/statistics.js';
import type { NextMonth, ReleaseStatus } from '../contract/release-status.js';

export interface StatusFacts {
  readonly installedOn: Day;
  /** Every month and quarter that is published. */
  readonly published: readonly Period[];
  /** Every quarter and year that is issued. */
  readonly issued: readonly Period[];
  /** The months that have a number of unanswered calls. */
  readonly unanswered: readonly Month[];
  /** Every quarter whose counters had to begin anew. */
  readonly begunAnew: readonly BegunAnew[];
}

/** The day after the last one of a month or a quarter. */
const endOf = (period: Period): Day =>
  isQuarter(period) ? firstDayOfQuarter(nextQuarter(period)) : `${addMonths(period, 1)}-01`;

/** What a period that is not published waits for. The keeper begins its day at 04. */
function waitOf(period: Period, now: Moment): 'running' | 'resting' | 'due' {
  if (now.day < endOf(period)) return 'running';
  return sealDay(now) < closableFrom(period) ? 'resting' : 'due';
}

/** The first quarter from that of the installation on that is not out. What was imported from before waits for a person. */
function nextOf({ installedOn, published }: StatusFacts, { day }: Moment): Quarter {
  const current = quarterOfMonth(monthOfDay(day));
  let quarter = quarterOfMonth(monthOfDay(installedOn));
  while (quarter < current && published.includes(quarter)) quarter = nextQuarter(quarter);
  return quarter;
}

const monthState = (month: Month, now: Moment) =>
  month > monthOfDay(now.day) ? 'coming' : waitOf(month, now);

function monthsOf(quarter: Quarter, { installedOn, published }: StatusFacts, now: Moment): NextMonth[] {
  return monthsOfQuarter(quarter)
    .filter((month) => month >= monthOfDay(installedOn))
    .map((month) => ({
      month,
      state: published.includes(month) ? 'published' : monthState(month, now),
      closesFrom: closableFrom(month),
    }));
}

/** The newest quarter and the newest year that are published, whether issued or not. */
function newest(published: readonly Period[]): Period[] {
  const quarters = published.filter(isQuarter).toSorted();
  const years = new Set(quarters.map((quarter) => quarter.slice(0, 4)));
  const whole = [...years].filter((year) => quartersOfYear(year).every((each) => quarters.includes(each)));
  return [quarters.at(-1), whole.at(-1)].filter((period) => period !== undefined);
}

/** Whether a quarter is this period, or one of its year's. */
const holds = (period: Period, quarter: Quarter): boolean => quarter.startsWith(period);

/** What stands between a supervisor and the next release, but for whether the releases are open. */
export function releaseStatus(facts: StatusFacts, now: Moment): Omit<ReleaseStatus, 'open'> {
  const ready = newest(facts.published).filter((period) => !facts.issued.includes(period));
  const quarter = nextOf(facts, now);
  const monthsIn = (period: Period) =>
    (isQuarter(period) ? [period] : quartersOfYear(period)).flatMap(monthsOfQuarter);
  return {
    ready: ready.map((period) => ({
      period,
      withoutUnanswered: monthsIn(period).filter((month) => !facts.unanswered.includes(month)),
    })),
    // Once a quarter is issued, its files say so themselves.
    begunAnew: facts.begunAnew.filter(
      (each) =>
        !facts.published.includes(each.quarter) || ready.some((period) => holds(period, each.quarter)),
    ),
    next: {
      quarter,
      state: waitOf(quarter, now),
      closesFrom: closableFrom(quarter),
      months: monthsOf(quarter, facts, now),
    },
  };
}
