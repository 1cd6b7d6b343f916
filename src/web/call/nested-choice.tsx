import { useId, useState } from 'react';
import { leafCodes } from '../../contract/codes.js';
import { useLanguage } from '../messages/language.js';
import { Chip, Radios } from './chip.js';
import type { ChoiceProps } from './choice.js';
import type { Choice } from './form-vocabulary.js';
import { digitsFor } from './keys.js';
import { OneOf } from './one-of.js';

/** The group that waits for one of its codes: pressed, or an answer until now, under another month's plan. */
function useOpened(codes: readonly Choice[], chosen: readonly string[]) {
  const [pressed, setPressed] = useState<string | null>(null);
  const held = codes.find(({ id, group }) => group === true && chosen.includes(id));
  return [pressed ?? held?.id ?? null, setPressed] as const;
}

/** One choice among codes of which some are grouped: choosing a group opens its codes right under. */
export function NestedChoice({ dimension, chosen, onChoose, labelledBy, describedBy, invalid }: ChoiceProps) {
  const { locale } = useLanguage();
  const id = useId();
  const [opened, setOpened] = useOpened(dimension.codes, chosen);
  const top = dimension.codes.filter((code) => code.parent === undefined);
  const answer = leafCodes(dimension).find(({ id }) => chosen.includes(id));
  // An answer given here or before (a call that is amended) tells its group; an opened group waits for one.
  const open = answer === undefined ? opened : (answer.parent ?? null);
  const current = answer?.parent ?? answer?.id ?? opened;
  const children = leafCodes(dimension).filter(({ parent }) => parent !== undefined && parent === open);
  const [firstTop] = top;
  const digits = digitsFor(top);

  return (
    <>
      <Radios
        className="chips"
        labelledBy={labelledBy}
        describedBy={describedBy}
        required={dimension.required}
        invalid={invalid}
      >
        {top.map((code) => (
          <Chip
            key={code.id}
            kind="radio"
            label={code.label[locale]}
            checked={code.id === current}
            digit={digits.get(code.id)}
            {...(code.group === true ? { opens: id } : {})}
            tabbable={code.id === (current ?? firstTop?.id)}
            onChoose={() => {
              setOpened(code.group === true ? code.id : null);
              if (code.id !== current) onChoose(code.group === true ? null : code.id);
            }}
          />
        ))}
      </Radios>
      {children.length > 0 && (
        <OneOf
          id={id}
          className="chips within"
          codes={children}
          chosen={chosen}
          onChoose={onChoose}
          label={top.find(({ id }) => id === open)?.label[locale] ?? ''}
          describedBy={describedBy}
          required={dimension.required}
          invalid={invalid}
        />
      )}
    </>
  );
}
