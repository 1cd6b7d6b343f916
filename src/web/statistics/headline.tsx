/** The totals of a period: the number first, how sure it is beside it, and what has changed. */
import type { PeriodSummary } from '../../contract/statistics.js';
import { ChangeList, type NamedChange } from './change-note.js';
import { totalChange } from './compared.js';
import { useNames } from './names.js';
import { Shown } from './shown-number.js';

const both = ['contacts', 'conversations'] as const;

interface HeadlineProps {
  readonly period: PeriodSummary;
  readonly total: (typeof both)[number];
  readonly changes: readonly NamedChange[];
}

function Headline({ period, total, changes }: HeadlineProps) {
  const { statistics } = useNames();
  const { [total]: number } = period.totals;
  const { [total]: sureness } = period.sureness;
  return (
    <div className="headline">
      <dt>{statistics[total]}</dt>
      <dd>
        {number === null ? <span className="soft">{statistics.notInPlan}</span> : <Shown number={number} />}
        {number !== null && 'value' in number && sureness !== null && (
          <span className="soft sure">
            ± {sureness.uncertainty} <span className="aside">{statistics.uncertainty}</span>
          </span>
        )}
      </dd>
      {changes.length > 0 && (
        <dd className="change">
          <ChangeList changes={changes} />
        </dd>
      )}
    </div>
  );
}

interface Props {
  readonly period: PeriodSummary;
  /** The periods it is set beside. */
  readonly beside: readonly PeriodSummary[];
}

export function Headlines({ period, beside }: Props) {
  const { statistics } = useNames();
  const changes = both.map((total) =>
    beside.flatMap((since) => {
      const change = totalChange(period, since, total);
      return change === null ? [] : [{ name: null, since, change }];
    }),
  );
  return (
    <div>
      <dl className="headlines">
        {both.map((total, at) => (
          <Headline key={total} period={period} total={total} changes={changes[at] ?? []} />
        ))}
      </dl>
      {changes.flat().length > 0 && <p className="soft aside">{statistics.change.why}</p>}
    </div>
  );
}
