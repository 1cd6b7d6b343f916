/**
 * Since when an installation keeps, until when its days were sealed, and what follows from that by the calendar. Pure; for
 * the keeper, which acts on it, and for the web, which says so.
 */
import { addDays, NIGHTLY_HOUR, type Day } from './period.js';

/** A local calendar day and the hour of it, 0-23. */
export interface Moment {
  readonly day: Day;
  readonly hour: number;
}

/** Since when an installation keeps, and when its days were last sealed. */
export interface Kept {
  readonly installedOn: Day;
  readonly sealedOn: Day | null;
}

/** The last day on which a nightly seal was due: today from 04 on, yesterday before. Days before it are finished. */
export function sealDay({ day, hour }: Moment): Day {
  return hour >= NIGHTLY_HOUR ? day : addDays(day, -1);
}

/** The day of the last seal, or of the installation where that is later. */
export const keptUntil = ({ installedOn, sealedOn }: Kept): Day =>
  sealedOn !== null && sealedOn > installedOn ? sealedOn : installedOn;

/** So many days without a seal are a holiday or a broken machine; more may be a broken clock. */
const GAP_DAYS = 40;

/** The day of the last seal, or of the installation, where today is too far after it to be believed; else null. */
export function clockGap(kept: Kept, today: Day): Day | null {
  const last = keptUntil(kept);
  return today > addDays(last, GAP_DAYS) ? last : null;
}
