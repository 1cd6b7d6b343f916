/** One choice among many: found by typing or picked from the whole list; what stands outside the groups are chips. */
import { leafCodes } from '../../contract/codes.js';
import '../styles/combobox.css';
import type { ChoiceProps } from './choice.js';
import { Combobox } from './combobox.js';
import type { Choice } from './form-vocabulary.js';
import { goOn } from './keys.js';
import { OneOf } from './one-of.js';

/**
 * A field for the grouped codes, whose groups nobody thinks in, and chips for the others. Where the groups are the answers
 * they are found by their codes.
 */
export function SearchChoice({ dimension, chosen, onChoose, labelledBy, describedBy, invalid }: ChoiceProps) {
  const codes = leafCodes(dimension);
  const isGrouped = ({ parent, holds }: Choice) => parent !== undefined || holds !== undefined;
  const others = codes.filter((code) => !isGrouped(code));
  return (
    <div className="search-choice" data-keys="">
      <Combobox
        codes={codes.filter(isGrouped)}
        chosen={chosen}
        onChoose={onChoose}
        labelledBy={labelledBy}
        describedBy={describedBy}
        invalid={invalid}
        onSettled={goOn}
        required={dimension.required && !others.some(({ id }) => chosen.includes(id))}
      />
      <OneOf
        className="chips"
        keys={false}
        codes={others}
        chosen={chosen}
        onChoose={onChoose}
        labelledBy={labelledBy}
        required={false}
        invalid={false}
      />
    </div>
  );
}
