/** How many calls a quarter the line expects: the first plan, chosen while Tyst is set up. */
import { useCallback, useMemo, useState, type SubmitEvent } from 'react';
import { putPlan } from '../../contract/api/planning.js';
import { presetSchema, type Preset } from '../../contract/plan.js';
import { presetPlan } from '../../contract/presets.js';
import { wordFor } from '../../contract/words.js';
import { AddressLink } from '../address-link.js';
import { Loading, useLoaded } from '../loaded.js';
import { useTitle } from '../messages/language.js';
import { capital } from '../messages/numerals.js';
import { usePlanWords } from '../messages/plan.js';
import { ErrorText, Notice } from '../notice.js';
import { OneChoice } from '../plan/choices.js';
import { loadPlan, type LoadedPlan } from '../plan/load.js';
import { useSend } from '../session/send.js';
import '../styles/plan.css';
import { openUntil, runningQuarter, useFirstPlanWords } from './first-plan.js';
import { useAdministration } from './words.js';

const sizes = presetSchema.options;

type State =
  | { readonly name: 'choosing' | 'none' | 'sending' }
  | { readonly name: 'saved'; readonly preset: Preset }
  | { readonly name: 'failed'; readonly text: string };

interface FormProps extends LoadedPlan {
  readonly onSettled: () => void;
}

function SizeForm({ plan: current, vocabulary, onSettled }: FormProps) {
  const words = useFirstPlanWords();
  const plans = usePlanWords();
  const { tell } = useAdministration();
  const send = useSend();
  const { chosen, preset } = current;
  const [size, setSize] = useState<Preset | null>(chosen && preset !== 'own' ? preset : null);
  const [state, setState] = useState<State>({ name: 'choosing' });
  const choices = useMemo(() => sizes.map((each) => [each, presetPlan(each)] as const), []);

  const save = async (wanted: Preset) => {
    setState({ name: 'sending' });
    const reply = await send(putPlan, { params: { quarter: current.quarter }, body: { preset: wanted } });
    if (reply.ok) setState({ name: 'saved', preset: wanted });
    else {
      setState({
        name: 'failed',
        text: wordFor(plans.problems, reply.problem.slug) ?? tell(reply.problem),
      });
      onSettled();
    }
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (state.name === 'sending') return;
    if (size === null) setState({ name: 'none' });
    else void save(size);
  };
  return (
    <form className="plan-form" onSubmit={submit}>
      <fieldset className="choices">
        <legend>{words.legend}</legend>
        <div className="choice-grid">
          {choices.map(([each, plan]) => (
            <OneChoice
              key={each}
              choice={each}
              {...words.sizes[each]}
              plan={plan}
              problem={false}
              recommended={false}
              checked={size === each}
              vocabulary={vocabulary}
              onChoose={() => {
                setSize(each);
                setState({ name: 'choosing' });
              }}
            />
          ))}
        </div>
      </fieldset>
      <div className="outcome">
        <button type="submit" className="button primary" aria-disabled={state.name === 'sending'}>
          {words.submit}
        </button>
        {state.name === 'none' && <ErrorText>{words.choose}</ErrorText>}
        {state.name === 'failed' && <ErrorText>{state.text}</ErrorText>}
        {state.name === 'saved' && (
          <>
            <Notice>{words.saved(plans.presets[state.preset].name)}</Notice>
            <AddressLink to="/administration">{words.back}</AddressLink>
          </>
        )}
      </div>
    </form>
  );
}

function Size({ plan, vocabulary, onSettled }: FormProps) {
  const words = useFirstPlanWords();
  const plans = usePlanWords();
  const until = openUntil(plan);
  if (until === null)
    return (
      <>
        <p>{capital(words.stands(plan.quarter, plans.presets[plan.preset].name))}</p>
        <AddressLink to="/administration">{words.back}</AddressLink>
      </>
    );
  return (
    <>
      <p className="prose-line">
        {words.lead} {words.unsure}
      </p>
      <p className="prose-line">
        {words.until(plan.quarter, until)} {words.without}
      </p>
      <SizeForm plan={plan} vocabulary={vocabulary} onSettled={onSettled} />
    </>
  );
}

export function SizePage() {
  const words = useFirstPlanWords();
  useTitle(words.title);
  const [quarter] = useState(runningQuarter);
  const { loaded, reload } = useLoaded(useCallback(() => loadPlan(quarter), [quarter]));
  return (
    <div className="page plan">
      <h1>{words.title}</h1>
      {loaded.status === 'here' ? (
        <Size {...loaded.body} onSettled={reload} />
      ) : (
        <Loading loaded={loaded} onRetry={reload} />
      )}
    </div>
  );
}
