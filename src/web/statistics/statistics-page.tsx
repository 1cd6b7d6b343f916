/** What has been published about a period, for supervisors. */
import { useCallback, useId, useState } from 'react';
import type { PeriodSummary, PublishedTable, ShownNumber, TableSummary } from '../../contract/statistics.js';
import type { Dimension, Vocabulary } from '../../contract/vocabulary.js';
import { api, type Reply } from '../api.js';
import { Loading, useLoaded } from '../loaded.js';
import { useLanguage, useTitle } from '../messages/language.js';
import { periodTitle, periodWords } from './period-words.js';
import { TableSection, type TableWithNumbers } from './published-table.js';
import { Shown } from './shown-number.js';

interface HeadlineProps {
  readonly label: string;
  readonly number: ShownNumber | null;
  readonly uncertainty: number | null;
}

function Headline({ label, number, uncertainty }: HeadlineProps) {
  const { words } = useLanguage();
  return (
    <div className="headline">
      <dt>{label}</dt>
      <dd>
        {number === null ? (
          <span className="soft">{words.statistics.notInPlan}</span>
        ) : (
          <Shown number={number} />
        )}
        {number !== null && 'value' in number && uncertainty !== null && (
          <span className="soft">
            ± {uncertainty} <span className="aside">{words.statistics.uncertainty}</span>
          </span>
        )}
      </dd>
    </div>
  );
}

/** Every table of a period, with its numbers; the first problem if one cannot be had. */
async function loadTables(period: string): Promise<Reply<TableWithNumbers[]>> {
  const path = `/statistics/periods/${encodeURIComponent(period)}/tables`;
  const list = await api<{ tables: TableSummary[] }>('GET', path);
  if (!list.ok) return list;
  const found: TableWithNumbers[] = [];
  const replies = await Promise.all(
    list.body.tables.map(async (summary) => ({
      summary,
      reply: await api<PublishedTable>('GET', `${path}/${encodeURIComponent(summary.id)}`),
    })),
  );
  for (const { summary, reply } of replies) {
    if (!reply.ok) return reply;
    found.push({ summary, table: reply.body });
  }
  return { ok: true, status: 200, body: found };
}

interface PeriodProps {
  readonly period: PeriodSummary;
  readonly dimensions: readonly Dimension[];
}

function Tables({ period, dimensions }: PeriodProps) {
  const { words } = useLanguage();
  const { id } = period;
  const { loaded, reload } = useLoaded(useCallback(() => loadTables(id), [id]));
  if (loaded.status !== 'here') return <Loading loaded={loaded} onRetry={reload} />;
  const [first] = loaded.body;
  const section = ({ summary, table }: TableWithNumbers) => (
    <TableSection key={summary.id} summary={summary} table={table} dimensions={dimensions} />
  );
  return (
    <>
      {first !== undefined && <p className="soft">{words.statistics.everyNumber(first.table.uncertainty)}</p>}
      <div className="tables">{loaded.body.filter(({ table }) => table.columns === null).map(section)}</div>
      <div>{loaded.body.filter(({ table }) => table.columns !== null).map(section)}</div>
    </>
  );
}

interface PickerProps {
  readonly periods: readonly PeriodSummary[];
  readonly current: string;
  readonly onPick: (id: string) => void;
}

function PeriodPicker({ periods, current, onPick }: PickerProps) {
  const { words } = useLanguage();
  const id = useId();
  const kinds = [
    ['quarter', words.statistics.quarters],
    ['month', words.statistics.months],
    ['year', words.statistics.years],
  ] as const;
  return (
    <div className="field">
      <label htmlFor={id}>{words.statistics.period}</label>
      <select
        id={id}
        autoComplete="off"
        value={current}
        onChange={(event) => {
          onPick(event.target.value);
        }}
      >
        {kinds.map(([kind, label]) => {
          const these = periods.filter((period) => period.kind === kind).toReversed();
          return (
            these.length > 0 && (
              <optgroup key={kind} label={label}>
                {these.map((period) => (
                  <option key={period.id} value={period.id}>
                    {periodWords(words, period)}
                  </option>
                ))}
              </optgroup>
            )
          );
        })}
      </select>
    </div>
  );
}

function Periods({
  periods,
  dimensions,
}: {
  readonly periods: readonly PeriodSummary[];
  readonly dimensions: readonly Dimension[];
}) {
  const { words } = useLanguage();
  const { statistics } = words;
  const [picked, setPicked] = useState<string | null>(null);
  const newest = periods.findLast(({ kind }) => kind === 'quarter') ?? periods.at(-1);
  const period = periods.find(({ id }) => id === picked) ?? newest;
  if (period === undefined)
    return (
      <div className="page prose">
        <h1>{statistics.emptyTitle}</h1>
        <p>{statistics.empty}</p>
        <p>{statistics.emptyWhen}</p>
      </div>
    );
  return (
    <div className="page">
      <div className="head">
        <div>
          <h1>{periodTitle(words, period)}</h1>
          <p className="soft">{statistics.publishedOn(period.publishedOn)}</p>
        </div>
        <PeriodPicker periods={periods} current={period.id} onPick={setPicked} />
      </div>
      <p className="notice">{statistics.approximate}</p>
      <dl className="headlines">
        <Headline
          label={statistics.contacts}
          number={period.totals.contacts}
          uncertainty={period.uncertainty.contacts}
        />
        <Headline
          label={statistics.conversations}
          number={period.totals.conversations}
          uncertainty={period.uncertainty.conversations}
        />
      </dl>
      <Tables key={period.id} period={period} dimensions={dimensions} />
    </div>
  );
}

async function loadPeriods(): Promise<Reply<{ periods: PeriodSummary[]; dimensions: Dimension[] }>> {
  const [periods, vocabulary] = await Promise.all([
    api<{ periods: PeriodSummary[] }>('GET', '/statistics/periods'),
    api<Vocabulary>('GET', '/vocabulary'),
  ]);
  if (!periods.ok) return periods;
  if (!vocabulary.ok) return vocabulary;
  return { ok: true, status: 200, body: { ...periods.body, dimensions: vocabulary.body.dimensions } };
}

export function StatisticsPage() {
  const { words } = useLanguage();
  useTitle(words.statistics.title);
  const { loaded, reload } = useLoaded(loadPeriods);
  if (loaded.status !== 'here') return <Loading loaded={loaded} onRetry={reload} />;
  return <Periods {...loaded.body} />;
}
