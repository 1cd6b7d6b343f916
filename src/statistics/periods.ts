/**
 * Periods put together from what was published: a month from its rows, a quarter from its tables and its months'
 * rows, a year from its four quarters. Pure: rows of the database in, noisy periods out.
 */
import { begunAnewOf } from '../contract/begun-anew.js';
import { monthsOfQuarter, quartersOfYear, type Month, type Quarter } from '../contract/period.js';
import { isMonthly, tableShape, toNumber, type Plan, type PlanTable } from '../contract/plan.js';
import type { Query } from '../contract/queries.js';
import type { Step } from '../contract/statistics.js';
import type { Vocabulary } from '../contract/vocabulary.js';
import { quarterEstimates } from './estimates.js';
import { lazy } from './lazy.js';
import type { Noisy, NoisyPeriod, NoisyTable, TableEstimates } from './noisy.js';
import { stepFor } from './show.js';
import { estimateTotals } from './totals.js';
import { yearOf } from './year.js';

/** A month or a quarter as it was closed: noisy numbers by table id. */
export interface ClosedPeriod {
  readonly publishedOn: string;
  readonly tables: ReadonlyMap<string, Noisy>;
}

/** A quarter with the plan, vocabulary and queries it was frozen with, and what is out of it by period id. */
export interface PlannedQuarter {
  readonly quarter: Quarter;
  readonly plan: Plan;
  readonly vocabulary: Vocabulary;
  readonly queries: readonly Query[];
  /** The day on which its counters began anew; null where they never did. */
  readonly countedFrom: string | null;
  readonly closed: ReadonlyMap<string, ClosedPeriod>;
}

/** The largest variance of a quarter's queries; those of its plan's cells have one and the same. */
const sigma2Of = ({ queries }: PlannedQuarter) =>
  queries.reduce((largest, { sigma2 }) => Math.max(largest, toNumber(sigma2)), 0);

/** A month table over some months of its quarter, one row each; null unless the rows of all of them are out. */
function monthTable(planned: PlannedQuarter, table: PlanTable, months: readonly Month[]): NoisyTable | null {
  const noisy = months.flatMap((month) => planned.closed.get(month)?.tables.get(table.id) ?? []);
  if (noisy.length < months.length) return null;
  return { shape: tableShape(table, planned.vocabulary, months), sigma2: sigma2Of(planned), noisy };
}

function quarterTable(planned: PlannedQuarter, table: PlanTable): NoisyTable | null {
  const months = monthsOfQuarter(planned.quarter);
  if (isMonthly(table)) return monthTable(planned, table, months);
  const noisy = planned.closed.get(planned.quarter)?.tables.get(table.id);
  if (noisy === undefined) return null;
  return { shape: tableShape(table, planned.vocabulary, months), sigma2: sigma2Of(planned), noisy };
}

/**
 * Whether a quarter's cells are made consistent: on the medium and the large plan, on one's own where numbers are
 * shown in fives. On the small ones each number stands as it was drawn, and only the totals weigh all tables.
 */
const isConsistent = ({ preset }: Plan, step: Step): boolean =>
  preset === 'own' ? step > 1 : preset === 'medium' || preset === 'large';

function ofOnePlan(
  planned: PlannedQuarter,
  id: string,
  kind: 'month' | 'quarter',
  found: readonly (NoisyTable | null)[],
): NoisyPeriod | null {
  const closed = planned.closed.get(id);
  if (closed === undefined) return null;
  const sigma2 = sigma2Of(planned);
  const tables = found.filter((table) => table !== null);
  const { plan, vocabulary } = planned;
  const step = stepFor(sigma2);
  const totals = estimateTotals(tables, vocabulary, sigma2);
  // The rows of a month are fixed the day it closes, before the rest of its quarter is known.
  const consistent = kind === 'quarter' && isConsistent(plan, step);
  const estimate = () => quarterEstimates(tables, totals, vocabulary, sigma2);
  return {
    id,
    kind,
    publishedOn: closed.publishedOn,
    preset: plan.preset,
    rho: plan.rho,
    sigma2,
    step,
    vocabularyVersion: vocabulary.version,
    begunAnew: begunAnewOf(planned, id, closed.publishedOn),
    tables,
    totals,
    estimates: lazy(consistent ? estimate : () => new Map<string, TableEstimates>()),
  };
}

function monthPeriod(planned: PlannedQuarter, month: Month): NoisyPeriod | null {
  const tables = planned.plan.tables.filter(isMonthly);
  return ofOnePlan(
    planned,
    month,
    'month',
    tables.map((table) => monthTable(planned, table, [month])),
  );
}

function quarterPeriod(planned: PlannedQuarter): NoisyPeriod | null {
  const tables = planned.plan.tables.map((table) => quarterTable(planned, table));
  return ofOnePlan(planned, planned.quarter, 'quarter', tables);
}

/** Every period that these quarters make, in the order of their ids: 2026, 2026-01, ..., 2026-12, 2026-Q1, ... */
export function assemblePeriods(planned: readonly PlannedQuarter[]): NoisyPeriod[] {
  const months = planned.flatMap((one) =>
    monthsOfQuarter(one.quarter).flatMap((month) => monthPeriod(one, month) ?? []),
  );
  const quarters = planned.flatMap((one) => quarterPeriod(one) ?? []);
  const years = new Set(quarters.map(({ id }) => id.slice(0, 4)));
  const whole = [...years].flatMap((year) => {
    const four = quartersOfYear(year).flatMap((id) => quarters.find((quarter) => quarter.id === id) ?? []);
    return four.length === 4 ? [yearOf(year, four)] : [];
  });
  return [...whole, ...months, ...quarters].sort((a, b) => (a.id < b.id ? -1 : 1));
}
