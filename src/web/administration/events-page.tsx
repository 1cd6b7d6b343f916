/** The event log: who did what, and on which day. */
import { useCallback, useEffect, useId, useState, type SubmitEvent } from 'react';
import { listEvents } from '../../contract/api/settings.js';
import type { EventEntry } from '../../contract/event.js';
import { wordFor } from '../../contract/words.js';
import type { Problem } from '../api.js';
import { useTitle } from '../messages/language.js';
import { ErrorText } from '../notice.js';
import { useSend } from '../session/send.js';
import '../styles/events.css';
import '../styles/parts.css';
import { useAdministration } from './words.js';

interface Filter {
  readonly kind: string;
  readonly who: string;
}

/** The pages of the log that were read so far, and whether there are older ones. */
interface Log {
  readonly events: readonly EventEntry[];
  readonly before: string | null;
}

/** What of the filter is filled in, as the API is asked. */
const queryOf = ({ kind, who }: Filter, before: string | null) => ({
  ...(kind === '' ? {} : { kind }),
  ...(who.trim() === '' ? {} : { who: who.trim() }),
  ...(before === null ? {} : { before }),
});

function useLog(filter: Filter) {
  const send = useSend();
  const [log, setLog] = useState<Log | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const read = useCallback(
    async (before: string | null, isWanted: () => boolean) => {
      const reply = await send(listEvents, { query: queryOf(filter, before) });
      if (!isWanted()) return;
      setProblem(reply.ok ? null : reply.problem);
      if (!reply.ok) return;
      const { events, before: older } = reply.body;
      setLog((known) => ({
        events: before === null || known === null ? events : [...known.events, ...events],
        before: older,
      }));
    },
    [send, filter],
  );
  useEffect(() => {
    let wanted = true;
    void read(null, () => wanted);
    return () => {
      wanted = false;
    };
  }, [read]);
  return { log, problem, older: () => void read(log?.before ?? null, () => true) };
}

function FilterForm({ onFilter }: { readonly onFilter: (filter: Filter) => void }) {
  const { t } = useAdministration();
  const id = useId();
  const [filter, setFilter] = useState<Filter>({ kind: '', who: '' });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onFilter(filter);
  };
  return (
    <form onSubmit={submit} className="events-filter">
      <div className="field">
        <label htmlFor={`${id}-kind`}>{t.events.kind}</label>
        <select
          id={`${id}-kind`}
          value={filter.kind}
          onChange={(event) => {
            setFilter({ ...filter, kind: event.target.value });
          }}
        >
          <option value="">{t.events.all}</option>
          {Object.entries(t.events.events).map(([kind, { name }]) => (
            <option key={kind} value={kind}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor={`${id}-who`}>{t.events.who}</label>
        <input
          id={`${id}-who`}
          value={filter.who}
          onChange={(event) => {
            setFilter({ ...filter, who: event.target.value });
          }}
          placeholder={t.events.whoWhy}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={64}
        />
      </div>
      <button type="submit" className="button">
        {t.events.show}
      </button>
    </form>
  );
}

function EventRow({ event: { day, actor, kind, subject } }: { readonly event: EventEntry }) {
  const { t } = useAdministration();
  const words = wordFor(t.events.events, kind)?.what(subject ?? '') ?? t.events.other(kind, subject ?? '');
  return (
    <tr>
      <td>{day}</td>
      <td>{wordFor(t.events.actors, actor) ?? actor}</td>
      <td>{words}</td>
    </tr>
  );
}

export function EventsPage() {
  const { t, tell } = useAdministration();
  useTitle(t.events.title);
  const [filter, setFilter] = useState<Filter>({ kind: '', who: '' });
  const { log, problem, older } = useLog(filter);
  return (
    <div className="page administration parts">
      <h1>{t.events.title}</h1>
      <p className="lead">{t.events.intro}</p>
      <FilterForm onFilter={setFilter} />
      {problem !== null && <ErrorText>{tell(problem)}</ErrorText>}
      {log?.events.length === 0 && <p role="status">{t.events.none}</p>}
      {log !== null && log.events.length > 0 && (
        <table className="events">
          <thead>
            <tr>
              <th scope="col">{t.events.day}</th>
              <th scope="col">{t.events.who}</th>
              <th scope="col">{t.events.what}</th>
            </tr>
          </thead>
          <tbody>
            {log.events.map((event, index) => (
              <EventRow key={index} event={event} />
            ))}
          </tbody>
        </table>
      )}
      {log?.before !== null && log !== null && (
        <button type="button" className="button" onClick={older}>
          {t.events.more}
        </button>
      )}
    </div>
  );
}
