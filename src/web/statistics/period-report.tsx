/** Everything that is published about a period, the most asked for first. */
import { useCallback, type ReactNode } from 'react';
import type { PeriodSummary } from '../../contract/statistics.js';
import { Loading, useLoaded } from '../loaded.js';
import { useSupervisorWords } from '../messages/supervisor.js';
import { BegunAnewNote } from './begun-anew.js';
import { CrossedCard } from './crossed-card.js';
import { Headline } from './headline.js';
import { loadTables, type TableWithNumbers } from './load.js';
import { endOfMonths, monthsUpTo } from './month-series.js';
import { MonthsCard } from './months-card.js';
import { useNames } from './names.js';
import { NotCounted } from './not-counted.js';
import { dayWords, periodWords } from './period-words.js';
import { TableCard } from './table-card.js';
import { dimensionTitle, type Names } from './titles.js';
import { UnansweredCard } from './unanswered-card.js';

/** What supervisors ask for first, in this order. */
const asked = ['concern', 'environment', 'relation', 'referral', 'area'] as const;

const isOneWay = ({ summary }: Pick<TableWithNumbers, 'summary'>) => summary.columns === null;

/** The period of the same kind that comes next before another, where it is published. */
export function periodBefore(periods: readonly PeriodSummary[], { id, kind }: PeriodSummary) {
  const [year = '', part = ''] = id.split('-');
  const earlier = String(Number(year) - 1);
  const first = { year: '', quarter: 'Q1', month: '01' }[kind];
  const last = { year: '', quarter: 'Q4', month: '12' }[kind];
  const stepped =
    kind === 'quarter' ? `Q${Number(part.slice(1)) - 1}` : String(Number(part) - 1).padStart(2, '0');
  const wanted = kind === 'year' ? earlier : part === first ? `${earlier}-${last}` : `${year}-${stepped}`;
  return periods.find((period) => period.id === wanted) ?? null;
}

const find = (tables: readonly TableWithNumbers[], dimension: string) =>
  tables.find((each) => isOneWay(each) && each.summary.rows.dimension === dimension);

/** Every question that no table of a period counts, and what else somebody may look for there. */
function missingFrom(names: Names, tables: readonly TableWithNumbers[], countsMonths: boolean): string[] {
  const counted = new Set(
    tables.flatMap(({ summary: { rows, columns } }) => [rows.dimension, columns?.dimension]),
  );
  const dimensions = names.dimensions.filter(({ id }) => !counted.has(id));
  return [
    ...(countsMonths ? [] : [names.statistics.byMonth]),
    ...dimensions.map(({ id }) => dimensionTitle(names, id)),
    ...(tables.every(isOneWay) ? [names.statistics.crossed] : []),
  ];
}

interface TablesProps {
  readonly period: PeriodSummary;
  readonly before: PeriodSummary | null;
  readonly countsMonths: boolean;
  /** The months and what stands beside them: first among the cards, unless the plan counts no months. */
  readonly children: ReactNode;
}

/** The tables of the period before: they come afterwards, and the page stands without them. */
function useEarlier(before: PeriodSummary | null): readonly TableWithNumbers[] {
  const id = before?.id ?? null;
  const load = useCallback(
    () =>
      id === null
        ? Promise.resolve({ ok: true as const, status: 200, body: [] })
        : loadTables(id, ({ columns }) => columns === null),
    [id],
  );
  const { loaded } = useLoaded(load);
  return loaded.status === 'here' ? loaded.body : [];
}

function Tables({ period, before, countsMonths, children }: TablesProps) {
  const { plan } = useSupervisorWords();
  const names = useNames();
  const { id } = period;
  const { loaded, reload } = useLoaded(useCallback(() => loadTables(id), [id]));
  const old = useEarlier(before);
  if (loaded.status !== 'here') return <Loading loaded={loaded} onRetry={reload} />;
  const tables = loaded.body;
  const oneWay = tables.filter(isOneWay);
  const crossed = tables.filter((each) => !isOneWay(each));
  const first = asked.flatMap((dimension) => find(tables, dimension) ?? []);
  const missing = period.kind === 'month' ? [] : missingFrom(names, tables, countsMonths);
  const rest = oneWay.filter((each) => !first.includes(each) && each.summary.rows.dimension !== 'month');
  const card = (each: TableWithNumbers) => {
    const same = old.find(({ summary }) => summary.id === each.summary.id);
    return (
      <TableCard
        key={each.summary.id}
        {...each}
        period={period}
        before={before === null || same === undefined ? null : { period: before, table: same.table }}
      />
    );
  };
  return (
    <>
      <div className="cards">
        {countsMonths && children}
        {first.map(card)}
        {!countsMonths && children}
        <NotCounted plan={plan.presets[period.plan.preset].name} things={missing} />
      </div>
      {crossed.length > 0 && <CrossedCard tables={crossed} period={period} />}
      {rest.length > 0 && (
        <>
          <h2>{names.statistics.moreTables}</h2>
          <div className="cards">{rest.map(card)}</div>
        </>
      )}
    </>
  );
}

interface Props {
  readonly period: PeriodSummary;
  readonly periods: readonly PeriodSummary[];
}

export function PeriodReport({ period, periods }: Props) {
  const { statistics } = useNames();
  const before = periodBefore(periods, period);
  const end = endOfMonths(periods, period);
  const months = monthsUpTo(periods, end)?.months ?? null;
  return (
    <>
      <p className="soft">
        {statistics.publishedOn(dayWords(statistics, period.publishedOn))}
        {before !== null && `. ${statistics.change.compared(periodWords(statistics, before))}`}
      </p>
      <p className="notice">{statistics.approximate}</p>
      <BegunAnewNote period={period} beside={[...(before === null ? [] : [before]), ...(months ?? [])]} />
      <dl className="headlines">
        {(['contacts', 'conversations'] as const).map((total) => (
          <Headline key={total} period={period} before={before} total={total} />
        ))}
      </dl>
      <p className="soft prose-line">{statistics.everyNumber}</p>
      <Tables key={period.id} period={period} before={before} countsMonths={months !== null}>
        <MonthsCard periods={periods} end={end} />
        <UnansweredCard end={end} />
      </Tables>
    </>
  );
}
