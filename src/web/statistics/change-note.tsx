/** What has changed, worded so that it is not read as more than it is. */
import type { Change } from '../../contract/change.js';
import type { PeriodSummary } from '../../contract/statistics.js';
import { useNames } from './names.js';
import { periodWords } from './period-words.js';
import type { Names } from './titles.js';

/** "Omkring 25 fler än kvartal 2 2026". */
function changeWords({ statistics, locale }: Names, { difference, atLeast }: Change, since: PeriodSummary) {
  const { more, fewer, atLeastMore, atLeastFewer } = statistics.change;
  const words = difference > 0 ? (atLeast ? atLeastMore : more) : atLeast ? atLeastFewer : fewer;
  return words(Math.abs(difference).toLocaleString(locale), periodWords(statistics, since));
}

export interface NamedChange {
  /** What has changed; null where it stands above. */
  readonly name: string | null;
  readonly since: PeriodSummary;
  readonly change: Change;
}

interface Props {
  readonly changes: readonly NamedChange[];
}

export function ChangeList({ changes }: Props) {
  const names = useNames();
  return (
    <ul>
      {changes.map(({ name, since, change }) => (
        <li key={`${name ?? ''} ${since.id}`}>
          {name !== null && <strong>{name}: </strong>}
          {changeWords(names, change, since)}
        </li>
      ))}
    </ul>
  );
}

/** Nothing where there is nothing to say: that nothing has changed is more than anybody knows. */
export function ChangeNote({ changes }: Props) {
  const { statistics } = useNames();
  if (changes.length === 0) return null;
  return (
    <div className="change">
      <ChangeList changes={changes} />
      <p className="soft aside">{statistics.change.why}</p>
    </div>
  );
}
