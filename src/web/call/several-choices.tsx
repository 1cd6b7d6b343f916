import { ChevronDown } from 'lucide-react';
import { Fragment, useId, useState } from 'react';
import type { Code } from '../../contract/vocabulary.js';
import { useLanguage } from '../messages/language.js';
import { Chip } from './chip.js';
import type { ChoiceProps } from './choice.js';
import { leaves } from './draft.js';

/** Several choices, up to the dimension's most; a group opens its codes right under, and what is chosen stays in sight. */
export function SeveralChoices({ dimension, chosen, onChoose }: ChoiceProps) {
  const { locale } = useLanguage();
  const id = useId();
  const [opened, setOpened] = useState<string | null>(null);
  const codes = leaves(dimension);
  const alone = codes.some((code) => code.exclusive === true && chosen.includes(code.id));
  const full = !alone && chosen.length >= dimension.max;
  const grouped = dimension.layout === 'nested';

  const chip = (code: Code) => {
    const checked = chosen.includes(code.id);
    return (
      <Chip
        key={code.id}
        kind="checkbox"
        label={code.label[locale]}
        checked={checked}
        disabled={full && !checked && code.exclusive !== true}
        onChoose={() => {
          onChoose(code.id);
        }}
      />
    );
  };

  const group = (code: Code) => {
    const open = opened === code.id;
    const children = codes.filter(({ parent }) => parent === code.id);
    const shown = open ? children : children.filter((child) => chosen.includes(child.id));
    return (
      <Fragment key={code.id}>
        <button
          type="button"
          className={
            children.some((child) => chosen.includes(child.id)) ? 'chip opens has-chosen' : 'chip opens'
          }
          aria-expanded={open}
          aria-controls={`${id}-${code.id}`}
          onClick={() => {
            setOpened(open ? null : code.id);
          }}
        >
          {code.label[locale]}
          <ChevronDown size={14} aria-hidden="true" />
        </button>
        <div
          id={`${id}-${code.id}`}
          className="chips within"
          role="group"
          aria-label={code.label[locale]}
          hidden={shown.length === 0}
        >
          {shown.map(chip)}
        </div>
      </Fragment>
    );
  };

  const top = grouped ? dimension.codes.filter(({ parent }) => parent === undefined) : codes;
  return <div className="chips">{top.map((code) => (code.group === true ? group(code) : chip(code)))}</div>;
}
