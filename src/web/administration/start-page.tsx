/** What is left to set up, with progress. Everything is read off what is there; nothing is ticked by hand. */
import { CircleCheck, CircleDashed } from 'lucide-react';
import { useCallback } from 'react';
import { listUsers } from '../../contract/api/people.js';
import { getPlan } from '../../contract/api/planning.js';
import { getSettings } from '../../contract/api/settings.js';
import { getTwoFactor } from '../../contract/api/two-factor.js';
import type { TwoFactor } from '../../contract/own-account.js';
import type { QuarterPlan } from '../../contract/plan-choice.js';
import type { Settings } from '../../contract/settings.js';
import type { AccountEntry } from '../../contract/users.js';
import { accountPath } from '../address.js';
import { AddressLink } from '../address-link.js';
import { call, type Reply } from '../api.js';
import { Loading, useLoaded } from '../loaded.js';
import { useTitle } from '../messages/language.js';
import '../styles/parts.css';
import '../styles/start.css';
import { openUntil, runningQuarter, useFirstPlanWords } from './first-plan.js';
import { InstallationStatusNote } from './installation-status.js';
import { useAdministration } from './words.js';

interface Installation {
  readonly users: readonly AccountEntry[];
  readonly settings: Settings;
  readonly twoFactor: TwoFactor;
  readonly plan: QuarterPlan;
}

async function load(): Promise<Reply<Installation>> {
  const [users, settings, twoFactor, plan] = await Promise.all([
    call(listUsers),
    call(getSettings),
    call(getTwoFactor),
    call(getPlan, { params: { quarter: runningQuarter() } }),
  ]);
  if (!users.ok) return users;
  if (!settings.ok) return settings;
  if (!twoFactor.ok) return twoFactor;
  if (!plan.ok) return plan;
  const parts = { users: users.body.users, settings: settings.body, twoFactor: twoFactor.body };
  return { ok: true, status: 200, body: { ...parts, plan: plan.body } };
}

interface Step {
  readonly name: string;
  readonly why: string;
  readonly link: string;
  readonly to: string;
  readonly done: boolean;
  /** Where it may be done otherwise once it is done: what the way there is called. */
  readonly again?: string;
}

/** The choice of the first plan: as long as it is open, the first thing to do, since it does not stay open. */
function useSizeStep({ plan }: Installation): Step {
  const { item } = useFirstPlanWords();
  const until = openUntil(plan);
  const step = { name: item.name, link: item.link, to: '/administration/size' };
  if (until === null) return { ...step, why: '', done: true };
  const why = item.why(plan.quarter, until);
  return { ...step, why, done: plan.chosen, ...(plan.chosen && { again: item.change }) };
}

/** What there is to do, in this order, and whether it is done. */
function useSteps(installation: Installation): readonly Step[] {
  const { t } = useAdministration();
  const { users, settings, twoFactor } = installation;
  const inUse = (role: AccountEntry['role']) =>
    users.filter((user) => user.role === role && user.ready && !user.disabled).length;
  const people = '/administration/people';
  const { items } = t.start;
  return [
    useSizeStep(installation),
    { ...items.twoFactor, to: accountPath, done: twoFactor.on },
    { ...items.administrator, to: people, done: inUse('administrator') > 1 },
    { ...items.organisation, to: '/administration/settings', done: settings.organisation !== null },
    { ...items.supervisor, to: people, done: inUse('supervisor') > 0 },
    { ...items.handler, to: people, done: inUse('handler') > 0 },
  ];
}

function OneStep({ step: { name, why, link, to, done, again } }: { readonly step: Step }) {
  const { t } = useAdministration();
  return (
    <li data-done={done}>
      {done ? <CircleCheck size={20} aria-hidden="true" /> : <CircleDashed size={20} aria-hidden="true" />}
      <div>
        <h2>{name}</h2>
        {!done && <p className="soft">{why}</p>}
      </div>
      {done ? (
        <span className="soft">{t.start.done}</span>
      ) : (
        <span className="visually-hidden">{t.start.left}</span>
      )}
      {(!done || again !== undefined) && <AddressLink to={to}>{again ?? link}</AddressLink>}
    </li>
  );
}

function Steps({ installation }: { readonly installation: Installation }) {
  const { t } = useAdministration();
  const steps = useSteps(installation);
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
        {steps.map((step) => (
          <OneStep key={step.name} step={step} />
        ))}
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
