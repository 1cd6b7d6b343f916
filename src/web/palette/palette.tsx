/** Pages and actions in one list that is searched by typing: a combobox whose list is always open, over the page. */
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { flushSync } from 'react-dom';
import { Dialog } from '../dialog.js';
import { groups, matching, type Entry } from './entry.js';
import { usePaletteWords } from './words.js';

interface Props {
  readonly entries: readonly Entry[];
  readonly onClose: () => void;
}

/** How far each key moves in the list; null for the keys that do not. */
function stepOf(key: string, most: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: most,
    PageUp: -most,
  };
  return steps[key] ?? null;
}

export function PaletteDialog({ entries, onClose }: Props) {
  const t = usePaletteWords();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const found = matching(entries, query);
  // In the order in which they stand, group by group.
  const shown = groups.flatMap((group) => found.filter((entry) => entry.group === group));
  const active = shown[Math.min(at, shown.length - 1)];
  const optionId = (entry: Entry) => `${id}-${entry.id}`;

  const run = (entry: Entry) => {
    // Closed first: then the focus is back where it was, and what is done may lead it elsewhere.
    flushSync(onClose);
    entry.run();
  };
  const moveTo = (next: number) => {
    const place = Math.max(0, Math.min(next, shown.length - 1));
    flushSync(() => {
      setAt(place);
    });
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = stepOf(event.key, 8);
    if (step !== null) {
      event.preventDefault();
      const now = active === undefined ? 0 : shown.indexOf(active);
      // One step past an end leads to the other.
      const past = Math.abs(step) === 1 && (now + step < 0 || now + step >= shown.length);
      moveTo(past ? (step > 0 ? 0 : shown.length - 1) : now + step);
    } else if (event.key === 'Enter' && active !== undefined) {
      event.preventDefault();
      run(active);
    }
  };
  return (
    <Dialog title={t.title} onClose={onClose} wide>
      <input
        className="palette-search"
        role="combobox"
        aria-label={t.search}
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={id}
        aria-activedescendant={active === undefined ? undefined : optionId(active)}
        placeholder={t.search}
        autoFocus
        autoComplete="off"
        spellCheck={false}
        maxLength={80}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={id} className="palette-list" role="listbox" aria-label={t.title} ref={list}>
        {groups.map((group) => {
          const these = shown.filter((entry) => entry.group === group);
          return (
            these.length > 0 && (
              <div key={group} role="group" aria-labelledby={`${id}-${group}`}>
                <div id={`${id}-${group}`} className="soft aside" role="presentation">
                  {t.groups[group]}
                </div>
                {these.map((entry) => (
                  <div
                    key={entry.id}
                    id={optionId(entry)}
                    role="option"
                    aria-selected={entry === active}
                    onClick={() => {
                      run(entry);
                    }}
                  >
                    {entry.label}
                  </div>
                ))}
              </div>
            )
          );
        })}
      </div>
      <p role="status" className={shown.length === 0 ? '' : 'visually-hidden'}>
        {shown.length === 0 ? t.none : query.trim() !== '' && t.found(shown.length)}
      </p>
      <button type="button" className="button" onClick={onClose}>
        {t.close}
      </button>
    </Dialog>
  );
}
