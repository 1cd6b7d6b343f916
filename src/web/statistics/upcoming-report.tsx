/** A quarter whose numbers are not out yet: when they come, and what is out of it so far. */
import { useCallback } from 'react';
import { closableFrom } from '../../contract/period.js';
import { countsMonths } from '../../contract/plan-questions.js';
import type { PeriodSummary } from '../../contract/statistics.js';
import { Loading, useLoaded } from '../loaded.js';
import { loadPlan } from '../plan/load.js';
import { BegunAnewNote } from './begun-anew.js';
import { holdsNumbers, monthsUpTo } from './month-series.js';
import { MonthsCard } from './months-card.js';
import { useNames } from './names.js';
import { Promises } from './planned.js';
import { earliestDay, periodTitle, periodWords } from './period-words.js';
import { UnansweredCard } from './unanswered-card.js';
import type { Upcoming } from './upcoming.js';

/** When the quarter is published at the earliest. */
export function UpcomingLine({ upcoming: { quarter } }: { readonly upcoming: Upcoming }) {
  const { statistics } = useNames();
  const title = periodTitle(statistics, { id: quarter, kind: 'quarter' });
  return <p className="upcoming">{statistics.upcoming.earliest(title, earliestDay(statistics, quarter))}</p>;
}

interface Props {
  readonly upcoming: Upcoming;
  readonly periods: readonly PeriodSummary[];
  readonly today: string;
  readonly onPick: (id: string) => void;
}

const named = (month: string) => ({ id: month, kind: 'month' }) as const;

/** When the next month is out: spoken of only where the plan publishes something of it. */
function NextMonth({ upcoming, today }: Pick<Props, 'upcoming' | 'today'>) {
  const { statistics } = useNames();
  const next = upcoming.months.find(({ month, published }) => !published && closableFrom(month) >= today);
  if (next === undefined) return null;
  const title = periodTitle(statistics, named(next.month));
  return (
    <p className="soft">{statistics.upcoming.monthEarliest(title, earliestDay(statistics, next.month))}</p>
  );
}

interface MonthsProps extends Pick<Props, 'upcoming' | 'periods' | 'onPick'> {
  /** Whether the plan publishes months. */
  readonly byMonth: boolean;
}

/** The months of the quarter that are out, with the way to each. */
function MonthsOut({ upcoming, periods, byMonth, onPick }: MonthsProps) {
  const { statistics } = useNames();
  const { soFar, nothing, show } = statistics.upcoming;
  const shown = new Set(periods.filter(holdsNumbers).map(({ id }) => id));
  const out = upcoming.months.filter(({ month }) => shown.has(month));
  if (out.length === 0) return byMonth ? <p>{nothing}</p> : null;
  return (
    <>
      <p>{soFar}</p>
      <div className="buttons">
        {out.map(({ month }) => (
          <button
            key={month}
            type="button"
            className="button"
            onClick={() => {
              onPick(month);
            }}
          >
            {show(periodWords(statistics, named(month)))}
          </button>
        ))}
      </div>
    </>
  );
}

export function UpcomingReport({ upcoming, periods, today, onPick }: Props) {
  const { statistics } = useNames();
  const { quarter } = upcoming;
  const { loaded, reload } = useLoaded(useCallback(() => loadPlan(quarter), [quarter]));
  const byMonth = loaded.status === 'here' && countsMonths(loaded.body.plan);
  const newest = upcoming.months.findLast(({ published }) => published)?.month;
  return (
    <>
      {byMonth && <NextMonth upcoming={upcoming} today={today} />}
      <p className="notice">{statistics.approximate}</p>
      {newest !== undefined && (
        <BegunAnewNote period={null} beside={monthsUpTo(periods, newest)?.months ?? []} />
      )}
      <MonthsOut upcoming={upcoming} periods={periods} byMonth={byMonth} onPick={onPick} />
      {newest !== undefined && (
        <div className="cards">
          <MonthsCard periods={periods} end={newest} />
          <UnansweredCard end={newest} />
        </div>
      )}
      {loaded.status === 'here' ? (
        <Promises loaded={loaded.body} />
      ) : (
        <Loading loaded={loaded} onRetry={reload} />
      )}
    </>
  );
}
