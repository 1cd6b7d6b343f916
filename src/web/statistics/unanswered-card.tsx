/** Unanswered calls of each month: exact numbers that a supervisor types in from the telephone system. */
import { useId, useMemo, useRef, useState, type SyntheticEvent } from 'react';
import { deleteUnanswered, putUnanswered } from '../../contract/api/planning.js';
import { addMonths, type Month } from '../../contract/period.js';
import type { Unanswered } from '../../contract/unanswered.js';
import { call, type Problem } from '../api.js';
import { barsHeight, drawBars } from '../charts/bars.js';
import { Chart } from '../charts/chart.js';
import { Loading, useLoaded } from '../loaded.js';
import { problemWords, useLanguage } from '../messages/language.js';
import { capital } from '../messages/numerals.js';
import { ErrorText } from '../notice.js';
import { useWithSession } from '../session/with-session.js';
import { Card } from './card.js';
import { loadUnanswered } from './load.js';
import { useNames } from './names.js';
import { monthWords } from './period-words.js';
import { UnansweredTable } from './unanswered-table.js';

interface Props {
  /** The last month that is shown. */
  readonly end: Month;
}

type Said = { readonly good: string } | { readonly bad: string } | null;

function Numbers({
  months,
  end,
  onSave,
}: {
  readonly months: readonly Unanswered[];
  readonly end: Month;
  readonly onSave: () => void;
}) {
  const names = useNames();
  const { words } = useLanguage();
  const withSession = useWithSession();
  const { unanswered, monthName } = names.statistics;
  const { locale } = names;
  const monthId = useId();
  const callsId = useId();
  const wrongId = useId();
  const field = useRef<HTMLInputElement>(null);
  const year = Array.from({ length: 12 }, (_, back) => addMonths(end, back - 11));
  const within = months.filter(({ month }) => year.includes(month));
  const [month, setMonth] = useState(end);
  const typed = months.find((each) => each.month === month)?.calls;
  const [said, setSaid] = useState<Said>(null);

  const rows = useMemo(
    () =>
      within.map(({ month: each, calls }) => ({
        label: capital(monthWords(monthName, each)),
        value: calls,
        uncertainty: null,
        text: calls.toLocaleString(locale),
      })),
    [within, monthName, locale],
  );
  const draw = useMemo(() => drawBars(rows), [rows]);

  const problemText = (problem: Problem) => {
    if (problem.slug === 'month-not-over') return unanswered.notOver;
    return problem.slug === 'invalid-request' ? unanswered.wrong : problemWords(words, problem);
  };
  const save = async (event: SyntheticEvent) => {
    event.preventDefault();
    const text = field.current?.value.trim() ?? '';
    if (!/^\d{1,6}$/.test(text)) {
      setSaid({ bad: unanswered.wrong });
      field.current?.focus();
      return;
    }
    const reply = await withSession(() =>
      call(putUnanswered, { params: { month }, body: { calls: Number(text) } }),
    );
    setSaid(
      reply.ok
        ? { good: unanswered.saved(monthWords(monthName, month)) }
        : { bad: problemText(reply.problem) },
    );
    if (reply.ok) onSave();
  };
  const remove = async (gone: Month) => {
    const reply = await withSession(() => call(deleteUnanswered, { params: { month: gone } }));
    setSaid(
      reply.ok
        ? { good: unanswered.removed(monthWords(monthName, gone)) }
        : { bad: problemText(reply.problem) },
    );
    if (reply.ok) onSave();
    field.current?.focus();
  };
  return (
    <>
      {within.length === 0 ? (
        <p className="soft">{unanswered.none}</p>
      ) : (
        <>
          <Chart
            draw={draw}
            height={barsHeight(rows)}
            label={names.statistics.picture(unanswered.title, names.statistics.seeTable)}
          />
          <UnansweredTable months={within} onRemove={(gone) => void remove(gone)} />
        </>
      )}
      <form className="inline-form" onSubmit={(event) => void save(event)} noValidate>
        <div className="field">
          <label htmlFor={monthId}>{unanswered.month}</label>
          <select
            id={monthId}
            autoComplete="off"
            value={month}
            onChange={(event) => {
              setMonth(event.target.value);
              setSaid(null);
            }}
          >
            {year.toReversed().map((each) => (
              <option key={each} value={each}>
                {capital(monthWords(monthName, each))}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor={callsId}>{unanswered.calls}</label>
          {/* A new field for each month and each stored number, so that it begins with what is known. */}
          <input
            key={`${month} ${typed ?? ''}`}
            ref={field}
            id={callsId}
            inputMode="numeric"
            autoComplete="off"
            defaultValue={typed ?? ''}
            aria-invalid={said !== null && 'bad' in said}
            aria-describedby={wrongId}
          />
        </div>
        <button type="submit" className="button">
          {unanswered.save}
        </button>
      </form>
      <div id={wrongId}>{said !== null && 'bad' in said && <ErrorText>{said.bad}</ErrorText>}</div>
      <p role="status" className="soft">
        {said !== null && 'good' in said && said.good}
      </p>
    </>
  );
}

export function UnansweredCard({ end }: Props) {
  const { statistics } = useNames();
  const { loaded, reload } = useLoaded(loadUnanswered);
  return (
    <Card title={statistics.unanswered.title}>
      <p className="soft">{statistics.unanswered.source}</p>
      {loaded.status === 'here' ? (
        <Numbers key={end} months={loaded.body.months} end={end} onSave={reload} />
      ) : (
        <Loading loaded={loaded} onRetry={reload} />
      )}
      <p className="soft aside">{statistics.unanswered.why}</p>
    </Card>
  );
}
