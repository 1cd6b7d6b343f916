/** One of the plans to choose among, with what it costs and looks like; and how strong the protection is to be. */
import { useId } from 'react';
import { MAX_RHO, type Plan } from '../../contract/plan.js';
import type { Vocabulary } from '../../contract/vocabulary.js';
import { useSupervisorWords } from '../messages/supervisor.js';
import { PlanFacts } from './facts.js';
import { previewOf } from './preview.js';

const STRICT_RHO = 0.125;
export type Choice = Plan['preset'];

interface ChoiceProps {
  readonly choice: Choice;
  readonly plan: Plan;
  readonly problem: boolean;
  readonly recommended: boolean;
  readonly checked: boolean;
  readonly vocabulary: Vocabulary;
  readonly onChoose: () => void;
}

export function OneChoice({
  choice,
  plan,
  problem,
  recommended,
  checked,
  vocabulary,
  onChoose,
}: ChoiceProps) {
  const { plan: words } = useSupervisorWords();
  const { name, suits } = words.presets[choice];
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
        <strong>{name.charAt(0).toUpperCase() + name.slice(1)}</strong>
        {recommended && (
          <span className="badge">
            {words.recommended} <span className="visually-hidden">{words.recommendedWhy}</span>
          </span>
        )}
      </label>
      <div id={id} className="choice-about">
        <p className="soft">{suits}</p>
        {!problem && <PlanFacts preview={previewOf(plan, vocabulary)} />}
      </div>
    </div>
  );
}

interface ProtectionProps {
  readonly rho: number;
  readonly current: number;
  readonly onChange: (rho: number) => void;
}

export function Protection({ rho, current, onChange }: ProtectionProps) {
  const { plan: words } = useSupervisorWords();
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
