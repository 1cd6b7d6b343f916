/** Where a handler logs a call. */
import { useCallback, useEffect, useRef } from 'react';
import type { Vocabulary } from '../../contract/vocabulary.js';
import { api } from '../api.js';
import { useLanguage, useTitle } from '../messages/language.js';
import { Loading, useLoaded } from '../loaded.js';
import { ActionBar } from './action-bar.js';
import { useCall } from './call-state.js';
import { Confirmation } from './confirmation.js';
import { focusQuestion } from './focus.js';
import { Questions } from './questions.js';

/** Ctrl+Enter (Cmd+Enter) saves, wherever the focus is, unless something lies over the page. */
function useSaveKey(save: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.repeat) return;
      event.preventDefault();
      if (document.querySelector('dialog[open]') === null) save();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
    };
  }, [save]);
}

interface Props {
  readonly vocabulary: Vocabulary;
  readonly reloadVocabulary: () => void;
}

function CallForm({ vocabulary, reloadVocabulary }: Props) {
  const { words } = useLanguage();
  const call = useCall(vocabulary, reloadVocabulary);
  const { phase, attention, generation } = call;
  const form = useRef<HTMLFormElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useSaveKey(call.save);
  useEffect(() => {
    if (attention !== null) focusQuestion(form.current, attention.dimension);
  }, [attention]);

  const asked = phase.name === 'editing' || (phase.name === 'sending' && phase.action === 'save');
  const shownBefore = useRef(asked);
  useEffect(() => {
    // Coming back to the questions from a confirmation starts at their top.
    if (asked && !shownBefore.current) heading.current?.focus();
    shownBefore.current = asked;
  }, [asked]);

  if (!asked) return <Confirmation vocabulary={vocabulary} call={call} />;
  return (
    <form
      ref={form}
      className="call"
      autoComplete="off"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        call.save();
      }}
    >
      <h1 ref={heading} className="visually-hidden" tabIndex={-1}>
        {words.call.title}
      </h1>
      <div className="questions" inert={phase.name === 'sending'} key={generation}>
        <Questions vocabulary={vocabulary} draft={call.draft} errors={call.errors} onChoose={call.choose} />
      </div>
      <ActionBar call={call} />
    </form>
  );
}

export function CallPage() {
  const { words } = useLanguage();
  useTitle(words.call.title);
  const load = useCallback(() => api<Vocabulary>('GET', '/vocabulary'), []);
  const { loaded, reload } = useLoaded(load);
  if (loaded.status !== 'here') return <Loading loaded={loaded} onRetry={reload} />;
  return <CallForm vocabulary={loaded.body} reloadVocabulary={reload} />;
}
