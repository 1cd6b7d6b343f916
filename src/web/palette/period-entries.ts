/** The published periods as places to go to. */
import { useCallback } from 'react';
import { listPeriods } from '../../contract/api/statistics.js';
import { call } from '../api.js';
import { useLoaded } from '../loaded.js';
import { useSupervisorWords } from '../messages/supervisor.js';
import { holdsNumbers } from '../statistics/month-series.js';
import { periodTitle } from '../statistics/period-words.js';
import type { Entry } from './entry.js';

const load = () => call(listPeriods);

/** The newest first, the months only when they are searched for; none until they have come. */
export function usePeriodEntries(onPick: (period: string) => void): readonly Entry[] {
  const { statistics } = useSupervisorWords();
  const { loaded } = useLoaded(useCallback(load, []));
  const periods = loaded.status === 'here' ? loaded.body.periods.filter(holdsNumbers) : [];
  return periods.toReversed().map((period) => ({
    id: `period-${period.id}`,
    group: 'periods',
    label: periodTitle(statistics, period),
    also: statistics.title,
    rare: period.kind === 'month',
    run: () => {
      onPick(period.id);
    },
  }));
}
