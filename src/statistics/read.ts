/**
 * Published numbers out of the database, as the role that can read nothing else. One statement a question, so
 * that a period closing meanwhile is either there with all its tables or not there at all.
 */
import type { DataSource } from 'typeorm';
import { periodKind, quarterOf, quartersOfYear, type Quarter } from '../contract/period.js';
import type { Plan } from '../contract/plan.js';
import type { PeriodSummary, PublishedTable, ShownPlan, TableSummary } from '../contract/statistics.js';
import type { Label, Vocabulary } from '../contract/vocabulary.js';
import type { Noisy, NoisyPeriod } from './noisy.js';
import { assemblePeriods, type PlannedQuarter } from './periods.js';
import { publishedTableOf, summaryOf, tableSummaryOf, titleOf } from './present.js';
import { recent } from './recent.js';

/** A pool of the role that reads `published`. */
export type Reader = DataSource;

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
async function readAssembled(reader: Reader, quarters: readonly Quarter[] | null): Promise<NoisyPeriod[]> {
  const [found]: { rows: string }[] = await reader.query(
    `SELECT coalesce(jsonb_agg(jsonb_build_object(
       'quarter', q.quarter, 'plan', q.plan, 'vocabulary', q.vocabulary, 'closed', p.closed
     ) ORDER BY q.quarter), '[]')::text AS rows
     FROM published.quarter_plan q,
       LATERAL (
         SELECT jsonb_agg(jsonb_build_object(
           'id', p.id,
           'publishedOn', to_char(p.published_on, 'YYYY-MM-DD'),
           'tables', (SELECT coalesce(jsonb_object_agg(t.id, to_jsonb(t.noisy)), '{}')
                      FROM published.noisy_table t WHERE t.period = p.id)
         ) ORDER BY p.id) AS closed
         FROM published.period p WHERE p.quarter = q.quarter
       ) p
     WHERE p.closed IS NOT NULL AND ($1::text[] IS NULL OR q.quarter = ANY ($1))`,
    [quarters],
  );
  return assembled(found?.rows ?? '[]');
}

/** One published period; null when it is not, or when the text names no period (which never gets to the SQL). */
async function find(reader: Reader, period: string): Promise<NoisyPeriod | null> {
  const kind = periodKind(period);
  if (kind === null) return null;
  const quarters = kind === 'year' ? quartersOfYear(period) : [quarterOf(period)];
  const periods = await readAssembled(reader, quarters);
  return periods.find(({ id }) => id === period) ?? null;
}

/** Every published period, in the order of their ids. */
export async function readPeriods(reader: Reader): Promise<PeriodSummary[]> {
  return (await readAssembled(reader, null)).map(summaryOf);
}

/** The tables of a period, in the plan's order; null when the period is not published. */
export async function readTables(reader: Reader, period: string): Promise<TableSummary[] | null> {
  const found = await find(reader, period);
  return found?.tables.map(tableSummaryOf) ?? null;
}

/** One table of a period with its shown numbers; null when the period or the table is not published. */
export async function readTable(
  reader: Reader,
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
export async function readPeriod(reader: Reader, period: string): Promise<PeriodStatistics | null> {
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
export async function readNoisy(reader: Reader, period: string): Promise<PeriodAudit | null> {
  const found = await find(reader, period);
  if (found === null) return null;
  const tables = found.tables.map(({ shape: { id }, sigma2, noisy }) => ({ id, sigma2, noisy }));
  return { period, plan: summaryOf(found).plan, tables };
}
