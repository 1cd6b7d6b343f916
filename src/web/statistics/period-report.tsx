/** Everything that is published about a period, the most asked for first. */
import { useCallback, useMemo, type ReactNode } from 'react';
import { howToRead } from '../../contract/how-to-read.js';
import type { PeriodSummary } from '../../contract/statistics.js';
import { Loading, useLoaded } from '../loaded.js';
import { useSupervisorWords } from '../messages/supervisor.js';
import { AddressLink } from '../address-link.js';
import { methodAddress } from '../address.js';
import { BegunAnewNote } from './begun-anew.js';
import { comparedWith } from './compared.js';
import { CrossedCard } from './crossed-card.js';
import { Headlines } from './headline.js';
import { loadEarlier, loadTables, type TableWithNumbers } from './load.js';
import { endOfMonths, monthsUpTo } from './month-series.js';
import { MonthsCard } from './months-card.js';
import { useNames } from './names.js';
import { NotCounted } from './not-counted.js';
import { missingWords, notAddedUpWords } from './not-counted-words.js';
import { dayWords, periodWords } from './period-words.js';
import { QuoteBox } from './quote-box.js';
import { TableCard } from './table-card.js';
import { UnansweredCard } from './unanswered-card.js';

/** What supervisors ask for first, in this order. */
const asked = ['concern', 'environment', 'relation', 'referral', 'area'] as const;

const isOneWay = ({ summary }: Pick<TableWithNumbers, 'summary'>) => summary.columns === null;

const find = (tables: readonly TableWithNumbers[], dimension: string) =>
  tables.find((each) => isOneWay(each) && each.summary.rows.dimension === dimension);

interface TablesProps {
  readonly period: PeriodSummary;
  /** The periods it is set beside. */
  readonly beside: readonly PeriodSummary[];
  readonly countsMonths: boolean;
  /** The months and what stands beside them: first among the cards, unless the plan counts no months. */
  readonly children: ReactNode;
}

/** The tables of the periods beside: they come afterwards, and the page stands without them. */
function useEarlier(beside: readonly PeriodSummary[]) {
  const { loaded } = useLoaded(useCallback(() => loadEarlier(beside), [beside]));
  return loaded.status === 'here' ? loaded.body : [];
}

function Tables({ period, beside, countsMonths, children }: TablesProps) {
  const { plan } = useSupervisorWords();
  const names = useNames();
  const { statistics } = names;
  const { id } = period;
  const { loaded, reload } = useLoaded(useCallback(() => loadTables(id), [id]));
  const old = useEarlier(beside);
  if (loaded.status !== 'here') return <Loading loaded={loaded} onRetry={reload} />;
  const { tables, missing } = loaded.body;
  const oneWay = tables.filter(isOneWay);
  const crossed = tables.filter((each) => !isOneWay(each));
  const first = asked.flatMap((dimension) => find(tables, dimension) ?? []);
  const rest = oneWay.filter((each) => !first.includes(each) && each.summary.rows.dimension !== 'month');
  const card = (each: TableWithNumbers) => (
    <TableCard
      key={each.summary.id}
      {...each}
      period={period}
      beside={old.filter(({ table }) => table.table === each.summary.id)}
    />
  );
  return (
    <>
      <div className="cards">
        {countsMonths && children}
        {first.map(card)}
        {!countsMonths && children}
        {period.kind !== 'month' && (
          <NotCounted
            lead={
              period.kind === 'year'
                ? statistics.notCountedAnyQuarter
                : statistics.notCounted(plan.presets[period.plan.preset].name)
            }
            things={missingWords(names, loaded.body, countsMonths)}
            notAddedUp={notAddedUpWords(names, missing)}
          />
        )}
      </div>
      {crossed.length > 0 && <CrossedCard tables={crossed} period={period} />}
      {rest.length > 0 && (
        <>
          <h2>{statistics.moreTables}</h2>
          <div className="cards">{rest.map(card)}</div>
        </>
      )}
    </>
  );
}

/** How the numbers of the page are to be read, and why they need not be the sum of others that are shown. */
function Reading({ period, beside, countsMonths }: Omit<TablesProps, 'children'>) {
  const { statistics, locale } = useNames();
  const { points, title } = howToRead[locale];
  const compared = beside.map((each) => periodWords(statistics, each));
  const said = [
    statistics.everyNumber,
    ...(compared.length > 0 ? [statistics.change.compared(compared)] : []),
    ...(period.kind === 'year' ? [points.year.text] : []),
    ...(countsMonths && period.kind !== 'month' ? [points.months.text] : []),
  ];
  return (
    <div className="reading soft">
      {said.map((text) => (
        <p key={text}>{text}</p>
      ))}
      <p>
        <AddressLink to={methodAddress(locale)} apart>
          {title}
        </AddressLink>
      </p>
    </div>
  );
}

interface Props {
  readonly period: PeriodSummary;
  readonly periods: readonly PeriodSummary[];
  readonly organisation: string | null;
}

export function PeriodReport({ period, periods, organisation }: Props) {
  const { statistics } = useNames();
  const beside = useMemo(() => comparedWith(periods, period), [periods, period]);
  const end = endOfMonths(periods, period);
  const months = monthsUpTo(periods, end)?.months ?? null;
  return (
    <>
      <p className="soft">{statistics.publishedOn(dayWords(statistics, period.publishedOn))}</p>
      <p className="notice">{statistics.approximate}</p>
      <BegunAnewNote period={period} beside={[...beside, ...(months ?? [])]} />
      <Headlines period={period} beside={beside} />
      <QuoteBox period={period} organisation={organisation} />
      <Reading period={period} beside={beside} countsMonths={months !== null} />
      <Tables key={period.id} period={period} beside={beside} countsMonths={months !== null}>
        <MonthsCard periods={periods} end={end} />
        <UnansweredCard end={end} />
      </Tables>
    </>
  );
}
