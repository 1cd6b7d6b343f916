/** The list under a field: what fits what was typed. */
import { useEffect, useRef } from 'react';
import { useLanguage } from '../messages/language.js';
import { hintOf, type Choice } from './form-vocabulary.js';

interface Props {
  readonly id: string;
  readonly codes: readonly Choice[];
  readonly active: Choice | undefined;
  readonly chosen: readonly string[];
  readonly labelledBy: string;
  readonly onPick: (code: Choice) => void;
}

export function Options({ id, codes, active, chosen, labelledBy, onPick }: Props) {
  const { locale, words } = useLanguage();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.querySelector('[data-active="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  if (codes.length === 0) return <p className="options soft">{words.call.noHit}</p>;
  return (
    <ul ref={list} id={id} className="options" role="listbox" aria-labelledby={labelledBy}>
      {codes.map((code) => (
        <li
          key={code.id}
          id={`${id}-${code.id}`}
          role="option"
          aria-selected={chosen.includes(code.id)}
          data-active={code === active}
          // The field keeps the focus while an option is pressed.
          onPointerDown={(event) => {
            event.preventDefault();
          }}
          onClick={() => {
            onPick(code);
          }}
        >
          {code.label[locale]}
          {code.holds !== undefined && <small>{hintOf(code, locale)}</small>}
        </li>
      ))}
    </ul>
  );
}
