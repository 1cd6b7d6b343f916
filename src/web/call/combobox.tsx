/** A field with a list of codes: found by typing, or picked from the whole list. */
import { ChevronDown } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { flushSync } from 'react-dom';
import { useLanguage } from '../messages/language.js';
import '../styles/combobox.css';
import type { ChoiceProps } from './choice.js';
import type { Choice } from './form-vocabulary.js';
import { Options } from './options.js';
import { find } from './search.js';

type Props = Omit<ChoiceProps, 'dimension' | 'hints'> & {
  readonly codes: readonly Choice[];
  readonly required: boolean;
  /** Told when Enter has settled the answer. */
  readonly onSettled?: (field: HTMLElement) => void;
};

export function Combobox({
  codes,
  chosen,
  onChoose,
  labelledBy,
  describedBy,
  invalid,
  required,
  onSettled,
}: Props) {
  const { locale, words } = useLanguage();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  // Null while the list is closed; the field then shows what is chosen.
  const [query, setQuery] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const open = query !== null;
  const answer = codes.find((code) => chosen.includes(code.id));
  const found = find(
    codes,
    ({ label, holds = [] }) => [label, ...holds.map((code) => code.label)].map((each) => each[locale]),
    query ?? '',
  );
  const active = open ? found[at] : undefined;

  useEffect(() => {
    if (!open) return;
    const closeOutside = (event: PointerEvent) => {
      if (event.target instanceof Node && box.current?.contains(event.target) === false) setQuery(null);
    };
    document.addEventListener('pointerdown', closeOutside);
    return () => {
      document.removeEventListener('pointerdown', closeOutside);
    };
  }, [open]);

  const search = (text: string) => {
    setQuery(text);
    setAt(text === '' ? -1 : 0);
  };
  const pick = (code: Choice | undefined) => {
    if (code !== undefined) onChoose(code.id);
    setQuery(null);
  };
  const move = (step: number) => {
    // Up from the field itself goes to the end of the list.
    const from = at < 0 && step < 0 ? 0 : at;
    if (open) setAt((from + step + found.length) % Math.max(1, found.length));
    else search('');
  };
  const close = () => {
    setQuery(null);
  };
  const settle = () => {
    const settled = !open || active !== undefined;
    flushSync(() => pick(active));
    if (settled && input.current !== null) onSettled?.(input.current);
  };
  const keys: Readonly<Record<string, { readonly act: () => void; readonly whenClosed?: true }>> = {
    ArrowDown: { act: () => move(1), whenClosed: true },
    ArrowUp: { act: () => move(-1), whenClosed: true },
    Enter: { act: () => settle(), whenClosed: true },
    Escape: { act: close },
    Tab: { act: () => pick(active) },
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const key = keys[event.key];
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    if (key === undefined || modified || (!open && key.whenClosed !== true)) return;
    // Tab picks what is marked and goes on, as it would without a list.
    if (event.key !== 'Tab') event.preventDefault();
    key.act();
  };

  return (
    <div
      className="combobox"
      ref={box}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setQuery(null);
      }}
    >
      <input
        ref={input}
        type="text"
        role="combobox"
        className={answer === undefined ? '' : 'has-chosen'}
        aria-labelledby={labelledBy}
        aria-describedby={describedBy}
        aria-invalid={invalid}
        aria-required={required}
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={active === undefined ? undefined : `${id}-list-${active.id}`}
        placeholder={words.call.searchHint}
        // No browser keeps what was typed, and none restores it: its value is always also its default.
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={query ?? answer?.label[locale] ?? ''}
        onChange={(event) => {
          search(event.target.value);
        }}
        onClick={() => {
          if (!open) search('');
        }}
        onKeyDown={onKeyDown}
      />
      <button
        type="button"
        tabIndex={-1}
        aria-label={words.call.showAll}
        onClick={() => {
          if (open) setQuery(null);
          else search('');
        }}
      >
        <ChevronDown size={16} aria-hidden="true" />
      </button>
      {open && (
        <Options
          id={`${id}-list`}
          codes={found}
          active={active}
          chosen={chosen}
          labelledBy={labelledBy}
          onPick={pick}
        />
      )}
    </div>
  );
}
