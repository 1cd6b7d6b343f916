import { ChevronDown } from 'lucide-react';
import { useId, useState } from 'react';
import { leafCodes } from '../../contract/codes.js';
import { useLanguage } from '../messages/language.js';
import { Chip, Digit } from './chip.js';
import type { ChoiceProps } from './choice.js';
import { hintOf, type Choice } from './form-vocabulary.js';
import { digitsFor } from './keys.js';

/** Several choices, up to the dimension's most; a group opens its codes under the others, and what is chosen stays in sight. */
export function SeveralChoices({ dimension, chosen: held, onChoose, hints }: ChoiceProps) {
  const { locale } = useLanguage();
  const id = useId();
  const [opened, setOpened] = useState<string | null>(null);
  const codes = leafCodes(dimension);
  const chosen = codes.flatMap(({ id: code }) => (held.includes(code) ? [code] : []));
  const alone = codes.some((code) => code.exclusive === true && chosen.includes(code.id));
  const full = !alone && chosen.length >= dimension.max;
  const grouped = dimension.layout === 'nested';

  const chip = (code: Choice, digit: string | undefined) => {
    const checked = chosen.includes(code.id);
    return (
      <Chip
        key={code.id}
        kind="checkbox"
        label={code.label[locale]}
        hint={hints ? hintOf(code, locale) : undefined}
        digit={digit}
        checked={checked}
        disabled={full && !checked && code.exclusive !== true}
        onChoose={() => {
          onChoose(code.id);
        }}
      />
    );
  };

  const opener = (code: Choice, digit: string | undefined) => {
    const holds =
      held.includes(code.id) ||
      codes.some(({ id: leaf, parent }) => parent === code.id && chosen.includes(leaf));
    return (
      <button
        key={code.id}
        type="button"
        className={holds ? 'chip opens has-chosen' : 'chip opens'}
        aria-expanded={opened === code.id}
        aria-controls={`${id}-${code.id}`}
        tabIndex={0}
        data-digit={digit}
        data-opens={`${id}-${code.id}`}
        onClick={() => {
          setOpened(opened === code.id ? null : code.id);
        }}
      >
        <Digit digit={digit} />
        <span>{code.label[locale]}</span>
        <ChevronDown size={14} aria-hidden="true" />
      </button>
    );
  };

  /** All codes of the opened group; of the others those that are chosen. */
  const within = (code: Choice) => {
    const open = opened === code.id;
    const children = codes.filter(({ parent }) => parent === code.id);
    const digits = digitsFor(children);
    const shown = open ? children : children.filter((child) => chosen.includes(child.id));
    return (
      <div
        key={code.id}
        id={`${id}-${code.id}`}
        className="chips within"
        role="group"
        data-keys=""
        data-open={open}
        aria-label={code.label[locale]}
        hidden={shown.length === 0}
      >
        {shown.map((child) => chip(child, digits.get(child.id)))}
      </div>
    );
  };

  const top = grouped ? dimension.codes.filter(({ parent }) => parent === undefined) : codes;
  const digits = digitsFor(top);
  return (
    <div className="several">
      <div className="chips" data-keys="">
        {top.map((code) => (code.group === true ? opener : chip)(code, digits.get(code.id)))}
      </div>
      {top.filter(({ group }) => group === true).map(within)}
    </div>
  );
}
