/** The choice among the plans that come with Tyst and one's own, and how strong the protection is to be. */
import { useId, useMemo, useState, type ReactNode, type SyntheticEvent } from 'react';
import { putPlan } from '../../contract/api/planning.js';
import { presetSchema, type Plan, type PlanTable } from '../../contract/plan.js';
import type { QuarterPlan } from '../../contract/plan-choice.js';
import { presetPlan, presets } from '../../contract/presets.js';
import type { Vocabulary } from '../../contract/vocabulary.js';
import { wordFor } from '../../contract/words.js';
import { call, type Problem } from '../api.js';
import { problemWords, useLanguage } from '../messages/language.js';
import { capital } from '../messages/numerals.js';
import { usePlanWords } from '../messages/plan.js';
import { ErrorText } from '../notice.js';
import { useWithSession } from '../session/with-session.js';
import { DimensionsContext } from '../statistics/names.js';
import { OneChoice, Protection, type Choice } from './choices.js';
import { PlanFacts } from './facts.js';
import { ownProblem, type OwnProblem } from './own-plan.js';
import { OwnTables } from './own-tables.js';
import { PlanTables } from './plan-tables.js';
import { PlanInShort } from './promise.js';
import { previewOf } from './preview.js';

const choices: readonly Choice[] = [...presetSchema.options, 'own'];

interface Props {
  readonly plan: QuarterPlan;
  readonly vocabulary: Vocabulary;
  /** The quarter in words. */
  readonly name: string;
  readonly onChosen: () => void;
}

/** The plan that a choice stands for. */
const planFor = (choice: Choice, rho: number, tables: readonly PlanTable[]): Plan =>
  choice === 'own' ? { preset: 'own', rho, tables: [...tables] } : presetPlan(choice, rho);

type Said = { readonly chosen: string } | { readonly problem: Problem } | null;

function SaidText({ said }: { readonly said: Said }) {
  const { words: general } = useLanguage();
  const words = usePlanWords();
  return (
    <>
      <p role="status">{said !== null && 'chosen' in said && said.chosen}</p>
      {said !== null && 'problem' in said && (
        <ErrorText>
          {wordFor(words.problems, said.problem.slug) ?? problemWords(general, said.problem)}
        </ErrorText>
      )}
    </>
  );
}

interface OutcomeProps {
  readonly chosen: Plan;
  readonly problem: OwnProblem | null;
  readonly begun: boolean;
  readonly vocabulary: Vocabulary;
  readonly children: ReactNode;
}

/** What the plan that is chosen comes to, or what stands in its way. */
function Outcome({ chosen, problem, begun, vocabulary, children }: OutcomeProps) {
  const words = usePlanWords();
  const id = useId();
  return (
    <section className="outcome" aria-labelledby={id}>
      <h2 id={id}>{begun ? words.stood : words.outcome}</h2>
      {problem === null ? (
        <>
          <PlanInShort plan={chosen} vocabulary={vocabulary} />
          <PlanFacts preview={previewOf(chosen, vocabulary)} />
          <h3>{words.listed}</h3>
          <PlanTables tables={chosen.tables} />
        </>
      ) : (
        <ErrorText>{words.own[problem]}</ErrorText>
      )}
      {children}
    </section>
  );
}

export function PlanForm({ plan: current, vocabulary, name, onChosen }: Props) {
  const words = usePlanWords();
  const withSession = useWithSession();
  const [choice, setChoice] = useState<Choice>(current.preset);
  const [rho, setRho] = useState(current.rho);
  const [tables, setTables] = useState<readonly PlanTable[]>(
    current.preset === 'own' ? current.tables : presets[current.recommended ?? current.preset],
  );
  const [said, setSaid] = useState<Said>(null);
  // Each the same object as long as it is the same plan: what it gives takes a moment to work out.
  const plans = useMemo(
    () => new Map(choices.map((each) => [each, planFor(each, rho, tables)])),
    [rho, tables],
  );
  const planOf = (each: Choice) => plans.get(each) ?? planFor(each, rho, tables);
  const chosen = planOf(choice);
  const problem = ownProblem(chosen, vocabulary);

  const submit = async () => {
    const body = choice === 'own' ? { tables, rho } : { preset: choice, rho };
    const reply = await withSession(() => call(putPlan, { params: { quarter: current.quarter }, body }));
    setSaid(
      reply.ok ? { chosen: words.chosen(words.presets[choice].name, name) } : { problem: reply.problem },
    );
    if (reply.ok) onChosen();
  };
  return (
    <DimensionsContext value={vocabulary.dimensions}>
      <form
        className="plan-form"
        onSubmit={(event: SyntheticEvent) => {
          event.preventDefault();
          void submit();
        }}
      >
        {!current.begun && (
          <>
            <fieldset className="choices">
              <legend>{words.choose}</legend>
              <p className="soft">{current.recommended === null ? words.noRecommendation : words.inertia}</p>
              <div className="choice-grid">
                {choices.map((each) => (
                  <OneChoice
                    key={each}
                    choice={each}
                    name={capital(words.presets[each].name)}
                    suits={words.presets[each].suits}
                    plan={planOf(each)}
                    problem={ownProblem(planOf(each), vocabulary) !== null}
                    recommended={current.recommended === each}
                    checked={choice === each}
                    vocabulary={vocabulary}
                    onChoose={() => {
                      setChoice(each);
                      setSaid(null);
                    }}
                  />
                ))}
              </div>
            </fieldset>
            {choice === 'own' && <OwnTables tables={tables} vocabulary={vocabulary} onChange={setTables} />}
            <Protection rho={rho} current={current.rho} onChange={setRho} />
          </>
        )}
        <Outcome chosen={chosen} problem={problem} begun={current.begun} vocabulary={vocabulary}>
          {!current.begun && (
            <button type="submit" className="button primary" disabled={problem !== null}>
              {words.submit(name)}
            </button>
          )}
          <SaidText said={said} />
        </Outcome>
      </form>
    </DimensionsContext>
  );
}
