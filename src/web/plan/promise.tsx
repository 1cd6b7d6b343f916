/** What a plan gives whoever chooses it: how sure its numbers will be, how long its form is, and which questions it counts. */
import { Check, Minus } from 'lucide-react';
import { useMemo } from 'react';
import type { Plan } from '../../contract/plan.js';
import { countsMonths, crossTables, formLength, planQuestions } from '../../contract/plan-questions.js';
import { surenessOf } from '../../contract/sureness.js';
import type { Vocabulary } from '../../contract/vocabulary.js';
import { useLanguage } from '../messages/language.js';
import { usePlanWords } from '../messages/plan.js';

interface Props {
  readonly plan: Plan;
  readonly vocabulary: Vocabulary;
}

/** How sure, and how long the form. Throws RangeError for a plan that the vocabulary cannot carry. */
export function PlanInShort({ plan, vocabulary }: Props) {
  const words = usePlanWords();
  const sureness = useMemo(() => surenessOf(plan, vocabulary), [plan, vocabulary]);
  const { questions, presses } = formLength(plan, vocabulary);
  return (
    <dl className="in-short">
      <div className="group">
        <dt>{words.sure}</dt>
        {(['contacts', 'conversations', 'table'] as const).map((of) => {
          const calls = sureness[of];
          return (
            <dd key={of}>
              <span>{words.sureOf[of]}</span>{' '}
              {calls === null ? (
                <span className="soft">{words.notGiven}</span>
              ) : (
                <strong>{words.plusMinus(calls)}</strong>
              )}
            </dd>
          );
        })}
      </div>
      <div className="group">
        <dt>{words.form}</dt>
        <dd>{words.formLength(questions, presses)}</dd>
      </div>
    </dl>
  );
}

/** Everything that could be counted, each thing with a mark and a word for whether it is. */
export function PlanQuestions({ plan, vocabulary }: Props) {
  const words = usePlanWords();
  const { locale } = useLanguage();
  const crosses = crossTables(plan);
  const lines = [
    ...planQuestions(plan, vocabulary).map(({ dimension, level, grouped }) => ({
      name: dimension.label[locale],
      how: grouped ? words.grouped : null,
      counted: level !== null,
    })),
    { name: words.byMonth, how: null, counted: countsMonths(plan) },
    { name: words.crossed, how: crosses > 0 ? words.crossTables(crosses) : null, counted: crosses > 0 },
  ];
  return (
    <ul className="plan-questions" aria-label={words.questions}>
      {lines.map(({ name, how, counted }) => (
        <li key={name} data-counted={counted}>
          {counted ? <Check size={14} aria-hidden="true" /> : <Minus size={14} aria-hidden="true" />}
          <span>
            {name}
            {how !== null && <span className="soft"> ({how})</span>}
            <span className="visually-hidden">: {counted ? words.counted : words.notCounted}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
