/** What is left to set up, with progress. Everything is read off what is there; nothing is ticked by hand. */
import { CircleCheck, CircleDashed } from 'lucide-react';
import { useCallback } from 'react';
import { listUsers } from '../../contract/api/people.js';
import { getSettings } from '../../contract/api/settings.js';
import { getTwoFactor } from '../../contract/api/two-factor.js';
import type { TwoFactor } from '../../contract/own-account.js';
import type { Settings } from '../../contract/settings.js';
import type { AccountEntry } from '../../contract/users.js';
import { accountPath } from '../address.js';
import { AddressLink } from '../address-link.js';
import { call, type Reply } from '../api.js';
import { Loading, useLoaded } from '../loaded.js';
import { useTitle } from '../messages/language.js';
import '../styles/parts.css';
import '../styles/start.css';
import { InstallationStatusNote } from './installation-status.js';
import { useAdministration } from './words.js';

interface Installation {
  readonly users: readonly AccountEntry[];
  readonly settings: Settings;
  readonly twoFactor: TwoFactor;
}

async function load(): Promise<Reply<Installation>> {
  const [users, settings, twoFactor] = await Promise.all([
    call(listUsers),
    call(getSettings),
    call(getTwoFactor),
  ]);
  if (!users.ok) return users;
  if (!settings.ok) return settings;
  if (!twoFactor.ok) return twoFactor;
  const body = { users: users.body.users, settings: settings.body, twoFactor: twoFactor.body };
  return { ok: true, status: 200, body };
}

/** What there is to do, in this order, and whether it is done. */
function stepsOf({ users, settings, twoFactor }: Installation) {
  const inUse = (role: AccountEntry['role']) =>
    users.filter((user) => user.role === role && user.ready && !user.disabled).length;
  const people = '/administration/people';
  return [
    { name: 'twoFactor', to: accountPath, done: twoFactor.on },
    { name: 'administrator', to: people, done: inUse('administrator') > 1 },
    { name: 'organisation', to: '/administration/settings', done: settings.organisation !== null },
    { name: 'supervisor', to: people, done: inUse('supervisor') > 0 },
    { name: 'handler', to: people, done: inUse('handler') > 0 },
  ] as const;
}

function Steps({ installation }: { readonly installation: Installation }) {
  const { t } = useAdministration();
  const steps = stepsOf(installation);
  const done = steps.filter((step) => step.done).length;
  const progress = t.start.progress(done, steps.length);
  return (
    <>
      <p>{done === steps.length ? t.start.allDone : t.start.intro}</p>
      <div className="progress">
        <progress value={done} max={steps.length} aria-label={progress} />
        <span>{progress}</span>
      </div>
      <ol className="steps">
        {steps.map((step) => {
          const { name, why, link } = t.start.items[step.name];
          return (
            <li key={step.name} data-done={step.done}>
              {step.done ? (
                <CircleCheck size={20} aria-hidden="true" />
              ) : (
                <CircleDashed size={20} aria-hidden="true" />
              )}
              <div>
                <h2>{name}</h2>
                {!step.done && <p className="soft">{why}</p>}
              </div>
              {step.done ? (
                <span className="soft">{t.start.done}</span>
              ) : (
                <>
                  <span className="visually-hidden">{t.start.left}</span>
                  <AddressLink to={step.to}>{link}</AddressLink>
                </>
              )}
            </li>
          );
        })}
      </ol>
    </>
  );
}

export function StartPage() {
  const { t } = useAdministration();
  useTitle(t.start.title);
  const { loaded, reload } = useLoaded(useCallback(load, []));
  return (
    <div className="page prose parts">
      <h1>{t.start.title}</h1>
      <InstallationStatusNote />
      {loaded.status === 'here' ? (
        <Steps installation={loaded.body} />
      ) : (
        <Loading loaded={loaded} onRetry={reload} />
      )}
      <section className="part">
        <h2>{t.start.vocabulary}</h2>
        <p className="soft">{t.start.vocabularyWhy}</p>
        <AddressLink to="/administration/vocabulary">{t.start.vocabularyLink}</AddressLink>
      </section>
    </div>
  );
}
