/** Published numbers from the API. */
import { listUnanswered } from '../../contract/api/planning.js';
import { getTable, listPeriods, listTables } from '../../contract/api/statistics.js';
import { getVocabulary } from '../../contract/api/vocabulary.js';
import type { PeriodSummary, PublishedTable, TableSummary } from '../../contract/statistics.js';
import type { Unanswered } from '../../contract/unanswered.js';
import type { Dimension } from '../../contract/vocabulary.js';
import { call, type Reply } from '../api.js';

export interface TableWithNumbers {
  readonly summary: TableSummary;
  readonly table: PublishedTable;
}

export interface Published {
  readonly periods: readonly PeriodSummary[];
  readonly dimensions: readonly Dimension[];
}

const ok = <Body>(body: Body): Reply<Body> => ({ ok: true, status: 200, body });

/** Every published period, and the words for what they count. */
export async function loadPublished(): Promise<Reply<Published>> {
  const [periods, vocabulary] = await Promise.all([call(listPeriods), call(getVocabulary)]);
  if (!periods.ok) return periods;
  if (!vocabulary.ok) return vocabulary;
  return ok({ ...periods.body, dimensions: vocabulary.body.dimensions });
}

export const loadSummaries = (period: string): Promise<Reply<{ tables: TableSummary[] }>> =>
  call(listTables, { params: { period } });

export const loadTable = (period: string, table: string): Promise<Reply<PublishedTable>> =>
  call(getTable, { params: { period, table } });

/** Every table of a period that is wanted, with its numbers; the first problem if one cannot be had. */
export async function loadTables(
  period: string,
  wanted: (summary: TableSummary) => boolean = () => true,
): Promise<Reply<TableWithNumbers[]>> {
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
  return ok(found);
}

export const loadUnanswered = (): Promise<Reply<{ months: Unanswered[] }>> => call(listUnanswered);
