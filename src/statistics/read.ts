/** Published numbers: one period, or all of them, and what is shown of each. */
import { periodKind, quarterOf, quartersOfYear, type Quarter } from '../contract/period.js';
import type { Plan } from '../contract/plan.js';
import type { PeriodSummary, PublishedTable, ShownPlan, TableSummary } from '../contract/statistics.js';
import type { Label, Vocabulary } from '../contract/vocabulary.js';
import type { Database } from '../platform/database.js';
import type { Noisy, NoisyPeriod } from './noisy.js';
import { assemblePeriods, type PlannedQuarter } from './periods.js';
import { publishedTableOf, summaryOf, tableSummaryOf, titleOf } from './present.js';
import { recent } from './recent.js';
import { quartersAsText } from './store.js';

interface QuarterRow {
  readonly quarter: Quarter;
  readonly plan: Plan;
  readonly vocabulary: Vocabulary;
  readonly closed: readonly {
    readonly id: string;
    readonly publishedOn: string;
    readonly tables: Readonly<Record<string, Noisy>>;
  }[];
}

const planned = ({ closed, ...quarter }: QuarterRow): PlannedQuarter => ({
  ...quarter,
  closed: new Map(
    closed.map(({ id, publishedOn, tables }) => [
      id,
      { publishedOn, tables: new Map(Object.entries(tables)) },
    ]),
  ),
});

/**
 * A page asks for one table after the other, and each needs the whole period worked out. A year of the large plan
 * takes a few megabytes.
 */
const assembled = recent((rows) => assemblePeriods((JSON.parse(rows) as QuarterRow[]).map(planned)), 4);

/** The periods that these quarters make, or all when null. */
async function readAssembled(reader: Database, quarters: readonly Quarter[] | null): Promise<NoisyPeriod[]> {
  return assembled(await quartersAsText(reader, quarters));
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

/** The tables of a period, in the plan's order; null when the period is not published. */
export async function readTables(reader: Database, period: string): Promise<TableSummary[] | null> {
  const found = await find(reader, period);
  return found?.tables.map(tableSummaryOf) ?? null;
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
    vocabularyVersion: found.vocabularyVersion,
  };
}

/** The stored noisy integers of a period, rows and columns in the order of the API. */
export interface PeriodAudit {
  readonly period: string;
  readonly plan: ShownPlan;
  readonly tables: readonly { readonly id: string; readonly sigma2: number; readonly noisy: Noisy }[];
}

/** For a statistician on the operator's own machine (`tyst audit`); null when the period is not published. */
export async function readNoisy(reader: Database, period: string): Promise<PeriodAudit | null> {
  const found = await find(reader, period);
  if (found === null) return null;
  const tables = found.tables.map(({ shape: { id }, sigma2, noisy }) => ({ id, sigma2, noisy }));
  return { period, plan: summaryOf(found).plan, tables };
}
