/** A total of a period: the number first, how sure it is beside it, and what has changed. */
import type { PeriodSummary } from '../../contract/statistics.js';
import { changeBetween } from '../../contract/change.js';
import { ChangeNote } from './change-note.js';
import { useNames } from './names.js';
import { periodWords } from './period-words.js';
import { Shown } from './shown-number.js';

interface Props {
  readonly period: PeriodSummary;
  /** The period of the same kind before it, where that is published. */
  readonly before: PeriodSummary | null;
  readonly total: 'contacts' | 'conversations';
}

export function Headline({ period, before, total }: Props) {
  const { statistics } = useNames();
  const { [total]: number } = period.totals;
  const { [total]: uncertainty } = period.uncertainty;
  const change =
    before === null
      ? null
      : changeBetween(
          { number, uncertainty },
          { number: before.totals[total], uncertainty: before.uncertainty[total] },
        );
  return (
    <div className="headline">
      <dt>{statistics[total]}</dt>
      <dd>
        {number === null ? <span className="soft">{statistics.notInPlan}</span> : <Shown number={number} />}
        {number !== null && 'value' in number && uncertainty !== null && (
          <span className="soft sure">
            ± {uncertainty} <span className="aside">{statistics.uncertainty}</span>
          </span>
        )}
      </dd>
      {before !== null && change !== null && (
        <dd>
          <ChangeNote before={periodWords(statistics, before)} changes={[{ name: null, change }]} />
        </dd>
      )}
    </div>
  );
}
