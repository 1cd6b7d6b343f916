/** What the plan of a quarter will give once it is published, and by name everything that it will not. */
import { useCallback } from 'react';
import type { Quarter } from '../../contract/period.js';
import { countsMonths, crossTables, planQuestions } from '../../contract/plan-questions.js';
import { surenessOf } from '../../contract/sureness.js';
import { AddressLink } from '../address-link.js';
import { Loading, useLoaded } from '../loaded.js';
import { useSupervisorWords } from '../messages/supervisor.js';
import { Begins } from '../plan/begins.js';
import { loadPlan, type LoadedPlan } from '../plan/load.js';
import { paths } from '../supervisor/paths.js';
import { useNames } from './names.js';

/** What is promised and what is not, in the words of the page. */
function usePromises({ plan, vocabulary }: LoadedPlan) {
  const { locale, statistics } = useNames();
  const sureness = surenessOf(plan, vocabulary);
  const questions = planQuestions(plan, vocabulary).map(({ dimension, level, grouped }) => ({
    name: grouped ? `${dimension.label[locale]} (${statistics.grouped})` : dimension.label[locale],
    counted: level !== null,
  }));
  const lines = [
    { name: statistics.contacts, counted: sureness.contacts !== null },
    { name: statistics.conversations, counted: sureness.conversations !== null },
    { name: statistics.byMonth, counted: countsMonths(plan) },
    ...questions,
    { name: statistics.crossed, counted: crossTables(plan) > 0 },
  ];
  const named = (counted: boolean) => lines.flatMap((line) => (line.counted === counted ? [line.name] : []));
  return { given: named(true), missing: named(false) };
}

function List({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <>
      <h2>{title}</h2>
      <ul className="plain-list in-columns" aria-label={title}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  );
}

/** The same, of a plan that is here. */
export function Promises({ loaded }: { readonly loaded: LoadedPlan }) {
  const { statistics } = useNames();
  const { plan: plans } = useSupervisorWords();
  const { will, willNot, sure, plan: byPlan } = statistics.empty;
  const { given, missing } = usePromises(loaded);
  const { plan } = loaded;
  return (
    <>
      <List title={will} lines={given} />
      <p className="soft">{sure}</p>
      <List title={willNot} lines={missing} />
      <p>
        {byPlan(plans.presets[plan.preset].name)} <Begins plan={plan} />{' '}
        <AddressLink to={paths.plan}>
          {plan.begun ? statistics.changeThePlan : statistics.chooseThePlan}
        </AddressLink>
      </p>
    </>
  );
}

/** What a quarter that is on its way will hold. */
export function Planned({ quarter }: { readonly quarter: Quarter }) {
  const { loaded, reload } = useLoaded(useCallback(() => loadPlan(quarter), [quarter]));
  if (loaded.status !== 'here') return <Loading loaded={loaded} onRetry={reload} />;
  return <Promises loaded={loaded.body} />;
}
