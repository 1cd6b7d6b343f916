/** One dimension of the vocabulary as a question, in the layout that the vocabulary gives it. */
import { useId } from 'react';
import { leafCodes } from '../../contract/codes.js';
import { useLanguage } from '../messages/language.js';
import { ErrorText } from '../notice.js';
import '../styles/chips.css';
import type { ChoiceProps } from './choice.js';
import type { FormDimension } from './form-vocabulary.js';
import { NestedChoice } from './nested-choice.js';
import { OneOf } from './one-of.js';
import { SearchChoice } from './search-choice.js';
import { SeveralChoices } from './several-choices.js';

function FlatChoice({ dimension, ...choice }: ChoiceProps) {
  return <OneOf {...choice} className="chips" codes={leafCodes(dimension)} required={dimension.required} />;
}

function choiceFor({ max, layout }: FormDimension) {
  if (max > 1) return SeveralChoices;
  if (layout === 'nested') return NestedChoice;
  return layout === 'search' ? SearchChoice : FlatChoice;
}

interface Props {
  readonly dimension: FormDimension;
  readonly chosen: readonly string[];
  readonly hints?: boolean;
  readonly onChoose: (code: string | null) => void;
  /** What is wrong with the answer, in words; null when nothing is. */
  readonly error: string | null;
}

export function Question({ dimension, chosen, hints = false, onChoose, error }: Props) {
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
        hints={hints}
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
