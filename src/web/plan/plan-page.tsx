/** Choosing what a coming quarter counts, with what it gives in sight before it is chosen. */
import { useCallback, useId, useState } from 'react';
import { monthOfDay, nextQuarter, quarterOfMonth, type Quarter } from '../../contract/period.js';
import { Loading, useLoaded } from '../loaded.js';
import { useTitle } from '../messages/language.js';
import { capital } from '../messages/numerals.js';
import { useSupervisorWords } from '../messages/supervisor.js';
import { today } from '../statistics/upcoming.js';
import { PageLoading } from '../supervisor/page-loading.js';
import '../styles/plan.css';
import { Begins } from './begins.js';
import { loadPlan } from './load.js';
import { PlanForm } from './plan-form.js';

/** The quarter of today and the four after it. */
function coming(): Quarter[] {
  const quarters = [quarterOfMonth(monthOfDay(today()))];
  while (quarters.length < 5) quarters.push(nextQuarter(quarters.at(-1) ?? ''));
  return quarters;
}

function QuarterPlanOf({ quarter, name }: { readonly quarter: Quarter; readonly name: string }) {
  const { plan: words } = useSupervisorWords();
  const { loaded, reload } = useLoaded(useCallback(() => loadPlan(quarter), [quarter]));
  if (loaded.status !== 'here') return <Loading loaded={loaded} onRetry={reload} />;
  const { plan, vocabulary } = loaded.body;
  return (
    <>
      <p className="prose-line">
        {plan.begun && `${words.begun(capital(name))} `}
        {words.stands(words.presets[plan.preset].name)} <Begins plan={plan} />
        {!plan.begun && ` ${words.follows}`}
      </p>
      <PlanForm plan={plan} vocabulary={vocabulary} name={name} onChosen={reload} />
    </>
  );
}

interface QuartersProps {
  readonly quarters: readonly Quarter[];
  readonly first: Quarter;
}

function Quarters({ quarters, first }: QuartersProps) {
  const { plan: words, statistics } = useSupervisorWords();
  const id = useId();
  const [quarter, setQuarter] = useState(first);
  const nameOf = (each: Quarter) => statistics.quarterName(Number(each.slice(0, 4)), Number(each.slice(6)));
  return (
    <div className="page plan">
      <div className="head">
        <h1>
          {words.title}: {nameOf(quarter)}
        </h1>
        <div className="field picker">
          <label htmlFor={id}>{words.quarter}</label>
          <select
            id={id}
            autoComplete="off"
            value={quarter}
            onChange={(event) => {
              setQuarter(event.target.value);
            }}
          >
            {quarters.map((each) => (
              <option key={each} value={each}>
                {nameOf(each)}
              </option>
            ))}
          </select>
        </div>
      </div>
      <p className="prose-line">{words.lead}</p>
      <p className="soft prose-line">{words.noCalls}</p>
      <QuarterPlanOf key={quarter} quarter={quarter} name={nameOf(quarter)} />
    </div>
  );
}

export function PlanPage() {
  const { plan: words } = useSupervisorWords();
  useTitle(words.title);
  const [quarters] = useState(coming);
  const [current = '', next = ''] = quarters;
  const { loaded, reload } = useLoaded(useCallback(() => loadPlan(current), [current]));
  if (loaded.status !== 'here') return <PageLoading title={words.title} loaded={loaded} onRetry={reload} />;
  // The quarter of today has as a rule begun; then the next one is what there is to choose.
  return <Quarters quarters={quarters} first={loaded.body.plan.begun ? next : current} />;
}
