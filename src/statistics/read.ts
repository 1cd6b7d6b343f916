/** Published numbers: one period, or all of them, and what is shown of each. */
import {
  isQuarter,
  monthsOfQuarter,
  periodKind,
  quarterOf,
  quartersOfYear,
  type Quarter,
} from '../contract/period.js';
import { toNumber, type Plan } from '../contract/plan.js';
import type { Query } from '../contract/queries.js';
import type { Missing, PeriodSummary, PublishedTable, TableSummary } from '../contract/statistics.js';
import type { Label, Vocabulary } from '../contract/vocabulary.js';
import type { Database } from '../platform/database.js';
import type { NoisyPeriod } from './period.js';
import { assemblePeriods, type DisplayRules, type PlannedQuarter } from './periods.js';
import { publishedTableOf, summaryOf, tableSummaryOf, titleOf } from './present.js';
import { recent } from './recent.js';
import { answersOf, quartersAsText, queriesOfQuarters } from './store.js';

interface QuarterRow {
  readonly quarter: Quarter;
  readonly plan: Plan;
  readonly vocabulary: Vocabulary;
  readonly displayRules: DisplayRules;
  readonly countedFrom: string | null;
  readonly closed: readonly {
    readonly id: string;
    readonly publishedOn: string;
    readonly noisy: readonly number[];
  }[];
}

function planned({ closed, ...quarter }: QuarterRow, queries: readonly Query[]): PlannedQuarter {
  const periods = closed.map(({ id, publishedOn, noisy }) => [id, { publishedOn, answers: noisy }] as const);
  return { ...quarter, queries, closed: new Map(periods) };
}

/**
 * A page asks for one table after the other, and each needs the whole period worked out. A year of the large plan
 * takes a few megabytes.
 */
const assembled = recent(
  (rows: string, queries: ReadonlyMap<Quarter, readonly Query[]>) =>
    assemblePeriods(
      (JSON.parse(rows) as QuarterRow[]).map((row) => planned(row, queries.get(row.quarter) ?? [])),
    ),
  4,
);

/** The periods that these quarters make, or all when null. */
async function readAssembled(reader: Database, quarters: readonly Quarter[] | null): Promise<NoisyPeriod[]> {
  const text = await quartersAsText(reader, quarters);
  return assembled(text.rows, await queriesOfQuarters(reader, text.quarters));
}

/** One published period; null when it is not, or when the text names no period (which never gets to the SQL). */
async function find(reader: Database, period: string): Promise<NoisyPeriod | null> {
  const kind = periodKind(period);
  if (kind === null) return null;
  const quarters = kind === 'year' ? quartersOfYear(period) : [quarterOf(period)];
  const periods = await readAssembled(reader, quarters);
  return periods.find(({ id }) => id === period) ?? null;
}

/** Every published period, in the order of their ids. */
export async function readPeriods(reader: Database): Promise<PeriodSummary[]> {
  return (await readAssembled(reader, null)).map(summaryOf);
}

/** What the list of periods says of one; null when it is not published. */
export async function readSummary(reader: Database, period: string): Promise<PeriodSummary | null> {
  const found = await find(reader, period);
  return found === null ? null : summaryOf(found);
}

/** The tables of a period, in the plan's order, and what it lacks; null when the period is not published. */
export async function readTables(
  reader: Database,
  period: string,
): Promise<{ readonly tables: TableSummary[]; readonly missing: Missing[] } | null> {
  const found = await find(reader, period);
  return found === null ? null : { tables: found.tables.map(tableSummaryOf), missing: [...found.missing] };
}

/** One table of a period with its shown numbers; null when the period or the table is not published. */
export async function readTable(
  reader: Database,
  period: string,
  table: string,
): Promise<PublishedTable | null> {
  const found = await find(reader, period);
  const wanted = found?.tables.find(({ shape }) => shape.id === table);
  return found === null || wanted === undefined ? null : publishedTableOf(found, wanted);
}

/** All that is shown of one period, for a release. */
export interface PeriodStatistics {
  readonly summary: PeriodSummary;
  readonly tables: readonly PublishedTable[];
  /** What each table is about, in the tables' order. */
  readonly titles: readonly Label[];
  /** Of a year: what some of its quarters counted and it does not. */
  readonly missing: readonly Missing[];
  /** The version of the vocabulary whose words the tables use; of a year, its last quarter's. */
  readonly vocabularyVersion: number;
}

/** A period with all its tables, in the plan's order; null when it is not published. */
export async function readPeriod(reader: Database, period: string): Promise<PeriodStatistics | null> {
  const found = await find(reader, period);
  if (found === null) return null;
  return {
    summary: summaryOf(found),
    tables: found.tables.map((table) => publishedTableOf(found, table)),
    titles: found.tables.map(titleOf),
    missing: found.missing,
    vocabularyVersion: found.vocabularyVersion,
  };
}

/** The noisy answer of each query of a period, as the contract writes them. */
export interface PeriodAudit {
  readonly period: string;
  readonly rho: number;
  readonly queries: readonly AuditedQuery[];
}

/** A query, what of it is not 0, and its noisy answer; `month` where a quarter lists a month's again. */
export interface AuditedQuery extends Pick<Query, 'table' | 'row' | 'column' | 'cell' | 'universe' | 'of'> {
  readonly margin?: number;
  readonly month?: string;
  readonly sigma2: number;
  readonly noisy: number;
}

function audited(
  { table, row, column, month, cell, margin, universe, of, sigma2 }: Query,
  noisy: number,
  ofQuarter: boolean,
): AuditedQuery {
  return {
    ...{ table, row, column, cell },
    ...(margin === 0 ? {} : { margin }),
    ...{ universe, of },
    ...(ofQuarter && month !== null ? { month } : {}),
    ...{ sigma2: toNumber(sigma2), noisy },
  };
}

/**
 * For a statistician on the operator's own machine (`tyst audit`); null when the period is not published. A year has no
 * queries: it is the sum of its quarters.
 */
export async function readAudit(reader: Database, period: string): Promise<PeriodAudit | null> {
  if (periodKind(period) === 'year' || periodKind(period) === null) return null;
  const found = await find(reader, period);
  if (found === null) return null;
  const quarter = quarterOf(period);
  const ofQuarter = isQuarter(period);
  const periods = ofQuarter ? [quarter, ...monthsOfQuarter(quarter)] : [period];
  const answers = await answersOf(reader, periods);
  const next = new Map(periods.map((id) => [id, 0]));
  const queries = (await queriesOfQuarters(reader, [quarter])).get(quarter) ?? [];
  const listed = queries.flatMap((query) => {
    const id = query.month ?? quarter;
    const place = next.get(id);
    if (place === undefined) return [];
    next.set(id, place + 1);
    return [audited(query, answers.get(id)?.[place] ?? NaN, ofQuarter)];
  });
  return { period, rho: found.rho, queries: listed };
}
