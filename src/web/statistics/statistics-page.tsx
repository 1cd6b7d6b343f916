/** What has been published, period by period, for supervisors. */
import { useId, useState } from 'react';
import { useLoaded } from '../loaded.js';
import { PageLoading } from '../supervisor/page-loading.js';
import { useTitle } from '../messages/language.js';
import { EmptyReport } from './empty-report.js';
import { loadPublished, type Published } from './load.js';
import { holdsNumbers } from './month-series.js';
import { DimensionsContext, useNames } from './names.js';
import { PeriodReport } from './period-report.js';
import { periodTitle, periodWords } from './period-words.js';
import { ReleaseReminder } from '../releases/next-release.js';
import '../styles/next-release.css';
import { usePicked } from './picked.js';
import { today, upcomingQuarter, type Upcoming } from './upcoming.js';
import { UpcomingLine, UpcomingReport } from './upcoming-report.js';

interface PickerProps extends Pick<Published, 'periods'> {
  readonly upcoming: Upcoming | null;
  readonly current: string;
  readonly onPick: (id: string) => void;
}

function PeriodPicker({ periods, upcoming, current, onPick }: PickerProps) {
  const { statistics } = useNames();
  const id = useId();
  const kinds = [
    ['quarter', statistics.quarters],
    ['year', statistics.years],
    ['month', statistics.months],
  ] as const;
  return (
    <div className="field picker">
      <label htmlFor={id}>{statistics.period}</label>
      <select
        id={id}
        autoComplete="off"
        value={current}
        onChange={(event) => {
          onPick(event.target.value);
        }}
      >
        {upcoming !== null && (
          <optgroup label={statistics.coming}>
            <option value={upcoming.quarter}>
              {statistics.upcoming.option(periodWords(statistics, { id: upcoming.quarter, kind: 'quarter' }))}
            </option>
          </optgroup>
        )}
        {kinds.map(([kind, label]) => {
          const these = periods.filter((period) => period.kind === kind && holdsNumbers(period)).toReversed();
          return (
            these.length > 0 && (
              <optgroup key={kind} label={label}>
                {these.map((period) => (
                  <option key={period.id} value={period.id}>
                    {periodWords(statistics, period)}
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

/** What is shown unless somebody chooses: the newest quarter, else the one on its way, else whatever there is. */
function periodShownFirst(periods: Published['periods'], upcoming: Upcoming | null): string {
  const newest = periods.findLast(({ kind }) => kind === 'quarter') ?? null;
  return newest?.id ?? upcoming?.quarter ?? periods.findLast(holdsNumbers)?.id ?? '';
}

function Periods({ periods, organisation }: Pick<Published, 'periods' | 'organisation'>) {
  const { statistics } = useNames();
  const { picked, pick } = usePicked();
  const [day] = useState(() => today());
  const upcoming = upcomingQuarter(periods, day);
  const current = picked ?? periodShownFirst(periods, upcoming);
  const period = periods.find(({ id }) => id === current);
  const named = period ?? { id: current, kind: 'quarter' as const };
  return (
    <div className="page report">
      <div className="head">
        <h1>{periodTitle(statistics, named)}</h1>
        <PeriodPicker periods={periods} upcoming={upcoming} current={current} onPick={pick} />
      </div>
      <ReleaseReminder />
      {upcoming !== null && <UpcomingLine upcoming={upcoming} />}
      {period !== undefined && <PeriodReport period={period} periods={periods} organisation={organisation} />}
      {period === undefined && upcoming !== null && (
        <UpcomingReport upcoming={upcoming} periods={periods} today={day} onPick={pick} />
      )}
    </div>
  );
}

export function StatisticsPage() {
  const { statistics } = useNames();
  useTitle(statistics.title);
  const { loaded, reload } = useLoaded(loadPublished);
  if (loaded.status !== 'here')
    return <PageLoading title={statistics.title} loaded={loaded} onRetry={reload} />;
  const { periods, dimensions, organisation } = loaded.body;
  return (
    <DimensionsContext value={dimensions}>
      {periods.length === 0 ? <EmptyReport /> : <Periods periods={periods} organisation={organisation} />}
    </DimensionsContext>
  );
}
