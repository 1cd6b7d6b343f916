/** A published period as this room works with it: tables of numbers that are not ready to be shown yet. */
import { isTableOf, type Axis, type Plan, type TableShape } from '../contract/plan.js';
import type { Month, Period, PeriodKind } from '../contract/period.js';
import type { BegunAnew, Missing, Step } from '../contract/statistics.js';
import type { Estimate, Measured, Noise, Table } from './numbers.js';

/** A total, and the step that it is rounded to. */
export interface Total extends Estimate {
  readonly step: Step;
}

/** Null where the answers do not say it. */
export interface Totals {
  readonly contacts: Total | null;
  readonly conversations: Total | null;
}

/**
 * What a period is shown by that version 0.1 began: all of it under one noise, and decided by the answers themselves. What
 * it showed once it shows for ever.
 */
export interface Earlier {
  readonly noise: Noise;
  /** Its tables by their answers alone. */
  readonly answers: ReadonlyMap<string, Measured>;
}

export interface NoisyPeriod {
  readonly id: Period;
  readonly kind: PeriodKind;
  readonly publishedOn: string;
  readonly preset: Plan['preset'];
  readonly rho: number;
  readonly vocabularyVersion: number;
  /** Itself, or those of a year's quarters, that were not counted from the first day. */
  readonly begunAnew: readonly BegunAnew[];
  readonly tables: readonly Table[];
  readonly totals: Totals;
  readonly totalsOfMonths: ReadonlyMap<Month, Totals>;
  /** Of a year: what it cannot add up. */
  readonly missing: readonly Missing[];
  /** Null for what today's rules show. */
  readonly earlier: Earlier | null;
}

/** The period's own table of an axis of another of its tables. */
export const tableOver = (
  { tables }: NoisyPeriod,
  axis: Axis,
  universe: TableShape['universe'],
): Table | undefined => tables.find(({ shape }) => isTableOf(shape, axis, universe));
