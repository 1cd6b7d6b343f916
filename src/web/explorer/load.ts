/** What the explorer reads: which tables there are in which period, and the same table of many periods. */
import type { PeriodSummary, PublishedTable, TableSummary } from '../../contract/statistics.js';
import type { Reply } from '../api.js';
import { loadPublished, loadSummaries, loadTable, type Published } from '../statistics/load.js';
import { tableKey } from './series.js';

export interface Catalogue extends Published {
  /** The tables of each quarter and year, by its id. */
  readonly tables: ReadonlyMap<string, readonly TableSummary[]>;
}

/** Every period with the tables it has. */
export async function loadCatalogue(): Promise<Reply<Catalogue>> {
  const published = await loadPublished();
  if (!published.ok) return published;
  const whole = published.body.periods.filter(({ kind }) => kind !== 'month');
  const replies = await Promise.all(whole.map(async ({ id }) => ({ id, reply: await loadSummaries(id) })));
  const tables = new Map<string, readonly TableSummary[]>();
  for (const { id, reply } of replies) {
    if (!reply.ok) return reply;
    tables.set(id, reply.body.tables);
  }
  return { ok: true, status: 200, body: { ...published.body, tables } };
}

/** One table of successive periods; null for a period that has none. */
export async function loadAcross(
  { tables }: Catalogue,
  periods: readonly PeriodSummary[],
  key: string,
): Promise<Reply<(PublishedTable | null)[]>> {
  const replies = await Promise.all(
    periods.map(async ({ id }) => {
      const summary = tables.get(id)?.find((each) => tableKey(each) === key);
      return summary === undefined ? null : await loadTable(id, summary.id);
    }),
  );
  const found: (PublishedTable | null)[] = [];
  for (const reply of replies) {
    if (reply !== null && !reply.ok) return reply;
    found.push(reply === null ? null : reply.body);
  }
  return { ok: true, status: 200, body: found };
}
