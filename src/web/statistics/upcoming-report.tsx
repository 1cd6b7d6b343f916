/** A quarter whose numbers are not out yet: when they come, and what is out of it so far. */
import { closableFrom } from '../../contract/period.js';
import type { PeriodSummary } from '../../contract/statistics.js';
import { BegunAnewNote } from './begun-anew.js';
import { monthsUpTo } from './month-series.js';
import { MonthsCard } from './months-card.js';
import { useNames } from './names.js';
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

export function UpcomingReport({ upcoming, periods, today, onPick }: Props) {
  const { statistics } = useNames();
  const { soFar, nothing, show, monthEarliest } = statistics.upcoming;
  const out = upcoming.months.filter(({ published }) => published);
  const next = upcoming.months.find(({ month, published }) => !published && closableFrom(month) >= today);
  const named = (month: string) => ({ id: month, kind: 'month' }) as const;
  const newest = out.at(-1)?.month;
  return (
    <>
      {next !== undefined && (
        <p className="soft">
          {monthEarliest(periodTitle(statistics, named(next.month)), earliestDay(statistics, next.month))}
        </p>
      )}
      <p className="notice">{statistics.approximate}</p>
      {newest !== undefined && (
        <BegunAnewNote period={null} beside={monthsUpTo(periods, newest)?.months ?? []} />
      )}
      <p>{out.length === 0 ? nothing : soFar}</p>
      {out.length > 0 && (
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
      )}
      {newest !== undefined && (
        <div className="cards">
          <MonthsCard periods={periods} end={newest} />
          <UnansweredCard end={newest} />
        </div>
      )}
    </>
  );
}
