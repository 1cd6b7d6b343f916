/** The clock, passed in everywhere, so that tests can stand at midnight and at the end of a month. */
import { localTime, type Day } from '../contract/period.js';

export interface Clock {
  readonly now: () => Date;
  /** The local calendar day, and the hour 0-23, of the installation's time zone. */
  readonly local: () => { day: Day; hour: number };
}

/** A clock in a time zone (IANA name); `now` is the machine's unless a test gives another. */
export function clockIn(timeZone: string, now: () => Date = () => new Date()): Clock {
  return { now, local: () => localTime(now(), timeZone) };
}
