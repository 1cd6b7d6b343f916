/** Published periods with their noisy numbers: the room's own shape, which nothing outside an audit gets to see. */
import type { TableShape, Plan } from '../contract/plan.js';
import type { Period, PeriodKind } from '../contract/period.js';
import type { BegunAnew, Step } from '../contract/statistics.js';

/** Rows x columns, in the order of the table's codes; one column where the table has none. */
export type Noisy = readonly (readonly number[])[];

export interface NoisyTable {
  readonly shape: TableShape;
  /** The variance of the noise in each cell. */
  readonly sigma2: number;
  readonly noisy: Noisy;
}

/** An unbiased estimate of one number: the fraction itself, so that a half is a half, and its variance. */
export interface Estimate {
  readonly numerator: bigint;
  readonly denominator: bigint;
  readonly variance: number;
}

/** Null where the tables do not give the number. */
export interface Totals {
  readonly contacts: Estimate | null;
  readonly conversations: Estimate | null;
}

/** The numbers of one table after everything its quarter's tables say about the same calls has been weighed. */
export interface TableEstimates {
  /** Rows x columns, as the noisy numbers. */
  readonly cells: Noisy;
  /** Whether the cells agree with the period's totals and other tables; not where only some quarters' did. */
  readonly fitTogether: boolean;
  /** Whether each call has a code along the axis, so that cells add up over it; true where there is no axis. */
  readonly answeredByAll: { readonly rows: boolean; readonly columns: boolean };
  /** The variance of the sum of some cells, by their places in the table, row by row. */
  readonly varianceOf: (places: readonly number[]) => number;
}

/** By table id; a table without any is shown by its noisy numbers. */
export type Estimates = ReadonlyMap<string, TableEstimates>;

export interface NoisyPeriod {
  readonly id: Period;
  readonly kind: PeriodKind;
  readonly publishedOn: string;
  readonly preset: Plan['preset'];
  readonly rho: number;
  /** The variance of the noise in a cell of the period; month tables of a year have less. */
  readonly sigma2: number;
  readonly step: Step;
  readonly vocabularyVersion: number;
  /** Itself, or those of a year's quarters, that were not counted from the first day. */
  readonly begunAnew: readonly BegunAnew[];
  readonly tables: readonly NoisyTable[];
  readonly totals: Totals;
  /** Worked out when first asked for: a list of periods needs none. */
  readonly estimates: () => Estimates;
}
