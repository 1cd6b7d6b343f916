/** One call from its first answer to saved, amended or withdrawn; all of it in memory of this tab. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Dimension, Vocabulary } from '../../contract/vocabulary.js';
import { api, type Problem, type Reply } from '../api.js';
import { useSession } from '../session/session.js';
import { deliver } from './deliver.js';
import { answersOf, choose, emptyDraft, missing, type Draft } from './draft.js';
import type { AnswerErrors } from './questions.js';
import { newReceipt } from './receipt.js';

type Action = 'save' | 'withdraw';

export type Phase =
  | { readonly name: 'editing' | 'saved'; readonly problem: Problem | null }
  /** `tryNow` ends a pause between tries; null until one try has had no answer. */
  | { readonly name: 'sending'; readonly action: Action; readonly tryNow: (() => void) | null }
  | { readonly name: 'withdrawn' | 'sealed' };

const noErrors: AnswerErrors = new Map();
const editing: Phase = { name: 'editing', problem: null };

/** The errors that name an answer, by dimension; empty when the problem is about something else. */
function errorsByAnswer({ errors }: Problem): AnswerErrors {
  return new Map(
    errors.flatMap(({ path, code }) => {
      const [place, dimension] = path.split('.');
      return place === 'answers' && dimension !== undefined ? [[dimension, code] as const] : [];
    }),
  );
}

/** What is left to say about a refusal beside the answers it names; null when they say it all. */
function wordsFor(problem: Problem): Problem | null {
  if (errorsByAnswer(problem).size > 0) return null;
  const closed = problem.errors.some(({ code }) => code === 'closed-period');
  return closed ? { ...problem, slug: 'closed-period' } : problem;
}

function phaseAfter(action: Action, reply: Reply<unknown>): Phase {
  if (reply.ok) return action === 'save' ? { name: 'saved', problem: null } : { name: 'withdrawn' };
  const { slug } = reply.problem;
  if (slug === 'sealed') return { name: 'sealed' };
  if (action === 'save') return { name: 'editing', problem: wordsFor(reply.problem) };
  // It was there and is gone: an earlier try arrived, though its answer did not.
  return slug === 'unknown-receipt' ? { name: 'withdrawn' } : { name: 'saved', problem: reply.problem };
}

export function useCall(vocabulary: Vocabulary, reloadVocabulary: () => void) {
  const { askToSignIn } = useSession();
  const [receipt, setReceipt] = useState(newReceipt);
  const [draft, setDraft] = useState<Draft>(() => emptyDraft(vocabulary, new Date()));
  const [errors, setErrors] = useState(noErrors);
  /** The answer a save has found wrong; a new object for each finding, so that the page moves there each time. */
  const [attention, setAttention] = useState<{ readonly dimension: string } | null>(null);
  const [phase, setPhase] = useState<Phase>(editing);
  /** Counts the drafts, so that what is merely opened does not outlive the draft it was opened in. */
  const [generation, setGeneration] = useState(0);
  const sending = useRef<AbortController | null>(null);

  useEffect(() => () => sending.current?.abort(), []);

  const unsaved = phase.name === 'sending' || (phase.name === 'editing' && draft.touched);
  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent) => {
      event.preventDefault();
    };
    addEventListener('beforeunload', ask);
    return () => {
      removeEventListener('beforeunload', ask);
    };
  }, [unsaved]);

  const point = (found: AnswerErrors) => {
    setErrors(found);
    const [dimension] = found.keys();
    setAttention(dimension === undefined ? null : { dimension });
  };

  const send = async (action: Action) => {
    const controller = new AbortController();
    sending.current = controller;
    setPhase({ name: 'sending', action, tryNow: null });
    const body = { answers: answersOf(vocabulary, draft.chosen) };
    const reply = await deliver(
      (signal) =>
        action === 'save'
          ? api('PUT', `/calls/${receipt}`, { body, signal })
          : api('DELETE', `/calls/${receipt}`, { signal }),
      {
        signal: controller.signal,
        onWaiting: (tryNow) => {
          setPhase({ name: 'sending', action, tryNow });
        },
        signIn: askToSignIn,
      },
    );
    if (reply === null) return;
    const after = phaseAfter(action, reply);
    setPhase(after);
    if (reply.ok || after.name !== 'editing') return;
    // A code that can no longer be chosen means that the vocabulary here is an older one.
    point(errorsByAnswer(reply.problem));
    if (reply.problem.slug === 'invalid-call') reloadVocabulary();
  };

  const save = () => {
    if (phase.name !== 'editing') return;
    const lacking = new Map(missing(vocabulary, draft.chosen).map(({ id }) => [id, 'missing']));
    point(lacking);
    if (lacking.size === 0) void send('save');
    else setPhase(editing);
  };

  const begin = useCallback(() => {
    setDraft(emptyDraft(vocabulary, new Date()));
    setErrors(noErrors);
    setPhase(editing);
    setGeneration((count) => count + 1);
  }, [vocabulary]);

  return {
    draft,
    errors,
    attention,
    phase,
    generation,
    choose: (dimension: Dimension, code: string | null) => {
      setDraft((before) => choose(before, vocabulary, dimension, code));
      setErrors((before) => new Map([...before].filter(([id]) => id !== dimension.id)));
    },
    save,
    withdraw: () => void send('withdraw'),
    /** Stops trying. Whether the call was stored is then unknown, so it keeps its receipt. */
    stop: () => {
      sending.current?.abort();
      setPhase(
        phase.name === 'sending' && phase.action === 'withdraw' ? { name: 'saved', problem: null } : editing,
      );
    },
    /** Empties the answers; it stays the same call, so that one that was perhaps stored is replaced. */
    clear: begin,
    amend: () => {
      setPhase(editing);
    },
    /** The next call, with a receipt of its own. */
    next: () => {
      setReceipt(newReceipt());
      begin();
    },
  };
}

export type CallState = ReturnType<typeof useCall>;
