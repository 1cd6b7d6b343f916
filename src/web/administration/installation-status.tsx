/** What keeps Tyst from its work, and what somebody has to know of the running quarters; nothing where all is well. */
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { getStatus } from '../../contract/api/process.js';
import type { InstallationStatus, UnreadyReason } from '../../contract/readiness.js';
import { call } from '../api.js';
import { useLoaded } from '../loaded.js';
import { useLanguage } from '../messages/language.js';
import { installationStatus as en } from '../messages/administration-status-en.js';
import { installationStatus as sv } from '../messages/administration-status-sv.js';
import '../styles/caution.css';

const languages = { sv, en } as const;

const load = () => call(getStatus);

/** What there is to do something about: before a clock that may be wrong the rest waits, and follows from it. */
const toTell = (reasons: readonly UnreadyReason[]): readonly UnreadyReason[] =>
  reasons.includes('clock-gap') ? ['clock-gap'] : reasons;

function Caution({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="caution">
      <TriangleAlert size={18} aria-hidden="true" />
      <div>
        <h3>{name}</h3>
        {children}
      </div>
    </div>
  );
}

function Told({ status: { unready, begunAnew } }: { readonly status: InstallationStatus }) {
  const words = languages[useLanguage().locale];
  if (unready.length === 0 && begunAnew.length === 0) return null;
  return (
    <section className="installation-status" aria-labelledby="installation-status">
      <h2 id="installation-status">{words.title}</h2>
      {toTell(unready).map((reason) => {
        const { name, why, todo, command } = words.reasons[reason];
        return (
          <Caution key={reason} name={name}>
            <p>{why}</p>
            <p>{todo}</p>
            {command !== null && <pre>{command}</pre>}
          </Caution>
        );
      })}
      {begunAnew.map(({ quarter, countedFrom }) => (
        <Caution key={quarter} name={words.begunAnew(quarter, new Date(`${countedFrom}T00:00:00Z`))}>
          <p>{words.begunAnewWhy}</p>
          <p>{words.begunAnewTodo}</p>
        </Caution>
      ))}
    </section>
  );
}

export function InstallationStatusNote() {
  const { loaded } = useLoaded(load);
  return loaded.status === 'here' ? <Told status={loaded.body} /> : null;
}
