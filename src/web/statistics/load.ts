/** Published numbers from the API. */
import { listUnanswered } from '../../contract/api/planning.js';
import { getTable, listPeriods, listTables } from '../../contract/api/statistics.js';
import { getAbout } from '../../contract/api/vocabulary.js';
import type { Missing, PeriodSummary, PublishedTable, TableSummary } from '../../contract/statistics.js';
import type { Unanswered } from '../../contract/unanswered.js';
import type { Dimension } from '../../contract/vocabulary.js';
import { call, type Reply } from '../api.js';
import type { TableOfPeriod } from './compared.js';

export interface TableWithNumbers {
  readonly summary: TableSummary;
  readonly table: PublishedTable;
}

/** The tables of a period, and of a year what it cannot add up. */
export interface Tables {
  readonly tables: readonly TableWithNumbers[];
  readonly missing: readonly Missing[];
}

export interface Published {
  readonly periods: readonly PeriodSummary[];
  readonly dimensions: readonly Dimension[];
  /** Who runs the line; null until that is set. */
  readonly organisation: string | null;
}

const ok = <Body>(body: Body): Reply<Body> => ({ ok: true, status: 200, body });

/** Every published period, the words for what they count, and whose line it is. */
export async function loadPublished(): Promise<Reply<Published>> {
  const [periods, about] = await Promise.all([call(listPeriods), call(getAbout)]);
  if (!periods.ok) return periods;
  if (!about.ok) return about;
  const { organisation, vocabulary } = about.body;
  return ok({ ...periods.body, dimensions: vocabulary.dimensions, organisation });
}

export const loadSummaries = (
  period: string,
): Promise<Reply<{ tables: TableSummary[]; missing: Missing[] }>> => call(listTables, { params: { period } });

export const loadTable = (period: string, table: string): Promise<Reply<PublishedTable>> =>
  call(getTable, { params: { period, table } });

/** Every table of a period that is wanted, with its numbers; the first problem if one cannot be had. */
export async function loadTables(
  period: string,
  wanted: (summary: TableSummary) => boolean = () => true,
): Promise<Reply<Tables>> {
  const list = await loadSummaries(period);
  if (!list.ok) return list;
  const found: TableWithNumbers[] = [];
  const replies = await Promise.all(
    list.body.tables
      .filter(wanted)
      .map(async (summary) => ({ summary, reply: await loadTable(period, summary.id) })),
  );
  for (const { summary, reply } of replies) {
    if (!reply.ok) return reply;
    found.push({ summary, table: reply.body });
  }
  return ok({ tables: found, missing: list.body.missing });
}

/** The tables of one question of some periods, each with the period that it is of. */
export async function loadEarlier(periods: readonly PeriodSummary[]): Promise<Reply<TableOfPeriod[]>> {
  const found: TableOfPeriod[] = [];
  const replies = await Promise.all(
    periods.map(async (period) => ({
      period,
      reply: await loadTables(period.id, ({ columns }) => columns === null),
    })),
  );
  for (const { period, reply } of replies) {
    if (!reply.ok) return reply;
    found.push(...reply.body.tables.map(({ table }) => ({ period, table })));
  }
  return ok(found);
}

export const loadUnanswered = (): Promise<Reply<{ months: Unanswered[] }>> => call(listUnanswered);
