/** One of the plans to choose among, with what it gives; and how strong the protection is to be. */
import { useId } from 'react';
import { MAX_RHO, type Plan } from '../../contract/plan.js';
import type { Vocabulary } from '../../contract/vocabulary.js';
import { usePlanWords } from '../messages/plan.js';
import { PlanInShort, PlanQuestions } from './promise.js';

const STRICT_RHO = 0.125;
export type Choice = Plan['preset'];

interface ChoiceProps {
  readonly choice: Choice;
  /** What it is called, and for whom it is. */
  readonly name: string;
  readonly suits: string;
  readonly plan: Plan;
  readonly problem: boolean;
  readonly recommended: boolean;
  readonly checked: boolean;
  readonly vocabulary: Vocabulary;
  readonly onChoose: () => void;
}

export function OneChoice({ choice, name, suits, plan, problem, vocabulary, ...state }: ChoiceProps) {
  const words = usePlanWords();
  const { recommended, checked, onChoose } = state;
  const id = useId();
  return (
    <div className="choice" data-checked={checked}>
      <label className="choice-head">
        <input
          type="radio"
          name="plan"
          value={choice}
          checked={checked}
          onChange={onChoose}
          aria-describedby={id}
        />
        <strong>{name}</strong>
        {recommended && (
          <span className="badge">
            {words.recommended} <span className="visually-hidden">{words.recommendedWhy}</span>
          </span>
        )}
      </label>
      <div id={id} className="choice-about">
        <p className="soft">{suits}</p>
        {!problem && <PlanInShort plan={plan} vocabulary={vocabulary} />}
      </div>
      {!problem && <PlanQuestions plan={plan} vocabulary={vocabulary} />}
    </div>
  );
}

interface ProtectionProps {
  readonly rho: number;
  readonly current: number;
  readonly onChange: (rho: number) => void;
}

export function Protection({ rho, current, onChange }: ProtectionProps) {
  const words = usePlanWords();
  const levels = [
    ['normal', MAX_RHO],
    ['strict', STRICT_RHO],
    ...(current === MAX_RHO || current === STRICT_RHO ? [] : [['other', current] as const]),
  ] as const;
  return (
    <fieldset className="protection">
      <legend>{words.protection}</legend>
      {levels.map(([level, value]) => (
        <label key={level} className="tick">
          <input
            type="radio"
            name="rho"
            checked={rho === value}
            onChange={() => {
              onChange(value);
            }}
          />
          <span>
            <strong>{words.levels[level].name}.</strong>{' '}
            <span className="soft">{words.levels[level].why}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
