/** Choosing what a coming quarter counts, with what it costs and looks like in sight before it is chosen. */
import { useCallback, useId, useState } from 'react';
import { getPlan } from '../../contract/api/planning.js';
import { getVocabulary } from '../../contract/api/vocabulary.js';
import { monthOfDay, nextQuarter, quarterOfMonth, type Quarter } from '../../contract/period.js';
import type { QuarterPlan } from '../../contract/plan-choice.js';
import type { Vocabulary } from '../../contract/vocabulary.js';
import { call, type Reply } from '../api.js';
import { Loading, useLoaded } from '../loaded.js';
import { useTitle } from '../messages/language.js';
import { capital } from '../messages/numerals.js';
import { useSupervisorWords } from '../messages/supervisor.js';
import { today } from '../statistics/upcoming.js';
import '../styles/plan.css';
import { PlanForm } from './plan-form.js';

interface Loaded {
  readonly plan: QuarterPlan;
  readonly vocabulary: Vocabulary;
}

async function loadPlan(quarter: Quarter): Promise<Reply<Loaded>> {
  const [plan, vocabulary] = await Promise.all([call(getPlan, { params: { quarter } }), call(getVocabulary)]);
  if (!plan.ok) return plan;
  if (!vocabulary.ok) return vocabulary;
  return { ok: true, status: 200, body: { plan: plan.body, vocabulary: vocabulary.body } };
}

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
      <p>
        {plan.begun && `${words.begun(capital(name))} `}
        {words.stands(words.presets[plan.preset].name)} {!plan.begun && words.follows}
      </p>
      <PlanForm plan={plan} vocabulary={vocabulary} name={name} onChosen={reload} />
    </>
  );
}

export function PlanPage() {
  const { plan: words, statistics } = useSupervisorWords();
  useTitle(words.title);
  const id = useId();
  const [quarters] = useState(coming);
  // The quarter of today has as a rule begun; the next one is what there is to choose.
  const [quarter, setQuarter] = useState(quarters[1] ?? '');
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
