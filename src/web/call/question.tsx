/** One dimension of the vocabulary as a question, in the layout that the vocabulary gives it. */
import { useId } from 'react';
import type { Dimension } from '../../contract/vocabulary.js';
import { useLanguage } from '../messages/language.js';
import { ErrorText } from '../notice.js';
import { Chip, Radios } from './chip.js';
import type { ChoiceProps } from './choice.js';
import { leaves } from './draft.js';
import { NestedChoice } from './nested-choice.js';
import { SearchChoice } from './search-choice.js';
import { SeveralChoices } from './several-choices.js';

function FlatChoice({ dimension, chosen, onChoose, labelledBy, describedBy, invalid }: ChoiceProps) {
  const { locale } = useLanguage();
  const codes = leaves(dimension);
  const tabbable = codes.find(({ id }) => chosen.includes(id)) ?? codes[0];
  return (
    <Radios
      className="chips"
      labelledBy={labelledBy}
      describedBy={describedBy}
      required={dimension.required}
      invalid={invalid}
    >
      {codes.map((code) => (
        <Chip
          key={code.id}
          kind="radio"
          label={code.label[locale]}
          checked={chosen.includes(code.id)}
          tabbable={code === tabbable}
          onChoose={() => {
            onChoose(code.id);
          }}
        />
      ))}
    </Radios>
  );
}

function choiceFor({ max, layout }: Dimension) {
  if (max > 1) return SeveralChoices;
  if (layout === 'nested') return NestedChoice;
  return layout === 'search' ? SearchChoice : FlatChoice;
}

interface Props {
  readonly dimension: Dimension;
  readonly chosen: readonly string[];
  readonly onChoose: (code: string | null) => void;
  /** What is wrong with the answer, in words; null when nothing is. */
  readonly error: string | null;
}

export function Question({ dimension, chosen, onChoose, error }: Props) {
  const { locale, words } = useLanguage();
  const id = useId();
  const Choice = choiceFor(dimension);
  return (
    <fieldset className="question" data-dimension={dimension.id} data-invalid={error !== null}>
      <legend id={id}>
        {dimension.label[locale]}
        {dimension.max > 1 && <span className="soft aside">{words.call.upTo(dimension.max)}</span>}
      </legend>
      <Choice
        dimension={dimension}
        chosen={chosen}
        onChoose={onChoose}
        labelledBy={id}
        describedBy={error === null ? undefined : `${id}-error`}
        invalid={error !== null}
      />
      {error !== null && (
        <div id={`${id}-error`}>
          <ErrorText quiet>{error}</ErrorText>
        </div>
      )}
    </fieldset>
  );
}
