/** The questions of one call, or what became of it. */
import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import { useLanguage } from '../messages/language.js';
import '../styles/call.css';
import type { FormVocabulary } from './form-vocabulary.js';
import { ActionBar } from './action-bar.js';
import type { CallState } from './call-state.js';
import { length } from './draft.js';
import { focusQuestion } from './focus.js';
import { Questions } from './questions.js';
import { TimerControl } from './timer-control.js';

/** Ctrl+Enter (Cmd+Enter) saves, wherever the focus is, unless something lies over the page. */
function useSaveKey(active: boolean, save: () => void): void {
  useEffect(() => {
    if (!active) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.repeat) return;
      event.preventDefault();
      if (document.querySelector('dialog[open]') === null) save();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
    };
  }, [active, save]);
}

interface Props {
  readonly vocabulary: FormVocabulary;
  readonly call: CallState;
  /** Whether it is what the handler looks at. */
  readonly active: boolean;
  readonly practice?: boolean;
  /** What stands above the questions. */
  readonly children?: ReactNode;
  /** What is shown once the call is sent. */
  readonly done: ReactNode;
}

export function CallForm({ vocabulary, call, active, practice = false, children, done }: Props) {
  const { words } = useLanguage();
  const { phase, attention, generation } = call;
  const form = useRef<HTMLFormElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useSaveKey(active, call.save);
  useEffect(() => {
    if (attention !== null) focusQuestion(form.current, attention.dimension);
  }, [attention]);

  const asked = phase.name === 'editing' || (phase.name === 'sending' && phase.parcel.errand === 'save');
  const shownBefore = useRef(asked);
  useEffect(() => {
    // Coming back to the questions from a confirmation starts at their top.
    if (asked && !shownBefore.current) heading.current?.focus();
    shownBefore.current = asked;
  }, [asked]);

  // The timer is there for one question, and not without it.
  const isTimed = useMemo(() => vocabulary.dimensions.some(({ id }) => id === length), [vocabulary]);
  if (!asked) return done;
  const amending = call.stored !== null;
  return (
    <form
      ref={form}
      className={practice ? 'call practice' : 'call'}
      autoComplete="off"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        call.save();
      }}
    >
      <h1 ref={heading} className={amending ? 'amending' : 'visually-hidden'} tabIndex={-1}>
        {practice ? words.call.practice.title : amending ? words.call.amending : words.call.title}
      </h1>
      {children}
      <Questions
        key={generation}
        vocabulary={vocabulary}
        draft={call.draft}
        errors={call.errors}
        timed={call.timer.started}
        onChoose={call.choose}
        beside={isTimed && <TimerControl call={call} />}
        inert={phase.name === 'sending'}
      />
      <ActionBar vocabulary={vocabulary} call={call} practice={practice} />
    </form>
  );
}
