/** One call from its first answer to saved, amended or withdrawn; all of it in memory of this tab. */
import { useEffect, useRef, useState } from 'react';
import type { Dimension, Vocabulary } from '../../contract/vocabulary.js';
import { answersOf, begun, choose, cleared, emptyDraft, missing, timed, type Draft } from './draft.js';
import {
  editing,
  errorsByAnswer,
  phaseAfter,
  saved,
  withOutcome,
  type Action,
  type AnswerErrors,
  type Phase,
  type ShiftCall,
} from './outcome.js';
import { newReceipt } from './receipt.js';
import type { Send } from './sending.js';
import { useTimer } from './timer.js';

const noErrors: AnswerErrors = new Map();

interface Options {
  readonly vocabulary: Vocabulary;
  /** Called when the server knows a newer vocabulary than this one. */
  readonly reloadVocabulary: () => void;
  readonly send: Send;
}

/** The answers of the call at hand and where it stands; the calls saved before it in this tab. */
function useCallParts(vocabulary: Vocabulary) {
  const [receipt, setReceipt] = useState(newReceipt);
  const [draft, setDraft] = useState<Draft>(() => emptyDraft(vocabulary, new Date()));
  const [errors, setErrors] = useState(noErrors);
  const [phase, setPhase] = useState<Phase>(editing);
  const [shift, setShift] = useState<readonly ShiftCall[]>([]);
  /** Counts the drafts, so that what is merely opened does not outlive the draft it was opened in. */
  const [generation, setGeneration] = useState(0);
  /** The answers that were just cleared, while that can be undone. */
  const [undoable, setUndoable] = useState<Draft | null>(null);
  /** Whether a sending was stopped, so that it is not known which answers the server has. */
  const [doubtful, setDoubtful] = useState(false);
  const timer = useTimer();

  const { started, minutes } = timer;
  useEffect(() => {
    if (started) setDraft((before) => timed(before, vocabulary, minutes));
  }, [started, minutes, vocabulary]);

  /** Lays another call on the desk. */
  const lay = (call: { readonly receipt: string; readonly draft: Draft }, as: Phase) => {
    setReceipt(call.receipt);
    setDraft(call.draft);
    setErrors(noErrors);
    setPhase(as);
    setUndoable(null);
    setDoubtful(false);
    setGeneration((count) => count + 1);
    timer.reset();
  };
  return {
    ...{ receipt, draft, setDraft, errors, setErrors, phase, setPhase, shift, setShift },
    ...{ generation, setGeneration, undoable, setUndoable, doubtful, setDoubtful, timer, lay },
  };
}

export function useCall({ vocabulary, reloadVocabulary, send }: Options) {
  const parts = useCallParts(vocabulary);
  const { receipt, draft, setDraft, setErrors, phase, setPhase, shift, setShift, timer, lay } = parts;
  /** The answer a save has found wrong; a new object for each finding, so that the page moves there each time. */
  const [attention, setAttention] = useState<{ readonly dimension: string } | null>(null);
  const sending = useRef<AbortController | null>(null);
  useEffect(() => () => sending.current?.abort(), []);

  /** The answers as they were last saved; null for a call that has not been. */
  const stored = shift.find((one) => one.receipt === receipt)?.draft ?? null;
  const unsaved = phase.name === 'sending' || (phase.name === 'editing' && draft.touched && draft !== stored);

  const point = (found: AnswerErrors) => {
    setErrors(found);
    const [dimension] = found.keys();
    setAttention(dimension === undefined ? null : { dimension });
  };

  const sendOff = async (action: Action, sent: Draft) => {
    const controller = new AbortController();
    sending.current = controller;
    timer.stop();
    setPhase({ name: 'sending', action, tryNow: null });
    const reply = await send({
      action,
      receipt,
      answers: answersOf(vocabulary, sent.chosen),
      signal: controller.signal,
      onWaiting: (tryNow) => {
        setPhase({ name: 'sending', action, tryNow });
      },
    });
    if (reply === null) return;
    const after = phaseAfter(action, reply);
    parts.setDoubtful(false);
    setPhase(after);
    setShift((before) => withOutcome(before, { receipt, draft: sent }, after));
    if (reply.ok || after.name !== 'editing') return;
    // A code that can no longer be chosen means that the vocabulary here is an older one.
    point(errorsByAnswer(reply.problem));
    if (reply.problem.slug === 'invalid-call') reloadVocabulary();
  };

  const saveDraft = (which: Draft) => {
    if (phase.name !== 'editing') return;
    const lacking = new Map(missing(vocabulary, which.chosen).map(({ id }) => [id, 'missing']));
    point(lacking);
    if (lacking.size === 0) void sendOff('save', which);
    else setPhase(editing);
  };

  const { setUndoable, setGeneration, setDoubtful } = parts;
  const next = () => {
    lay({ receipt: newReceipt(), draft: emptyDraft(vocabulary, new Date()) }, editing);
  };

  return {
    ...{ draft, errors: parts.errors, attention, phase, generation: parts.generation, timer, shift, stored },
    ...{ receipt, unsaved, undoable: parts.undoable !== null, doubtful: parts.doubtful },
    choose: (dimension: Dimension, code: string | null) => {
      setUndoable(null);
      setDraft((before) => choose(before, vocabulary, dimension, code));
      setErrors((before) => new Map([...before].filter(([id]) => id !== dimension.id)));
    },
    save: () => {
      saveDraft(draft);
    },
    /** Saves with one answer more. */
    saveWith: (dimension: Dimension, code: string) => {
      const whole = choose(draft, vocabulary, dimension, code);
      setDraft(whole);
      saveDraft(whole);
    },
    withdraw: () => void sendOff('withdraw', draft),
    /** Stops trying. Whether the call was stored is then unknown, so it keeps its receipt. */
    stop: () => {
      sending.current?.abort();
      setDoubtful(true);
      setPhase(phase.name === 'sending' && phase.action === 'withdraw' ? saved : editing);
    },
    startTimer: () => {
      setDraft((before) => begun(before, vocabulary, new Date()));
      timer.start();
    },
    /** Empties the answers; it stays the same call, so that one that was perhaps stored is replaced. */
    clear: () => {
      setUndoable(draft.touched ? draft : null);
      setDraft(cleared(draft, timer.started));
      setErrors(noErrors);
      setPhase(editing);
      setGeneration((count) => count + 1);
    },
    undoClear: () => {
      if (parts.undoable !== null) setDraft(parts.undoable);
      setUndoable(null);
      setGeneration((count) => count + 1);
    },
    amend: () => {
      setPhase(editing);
    },
    /** Leaves a saved call as it was. */
    keep: () => {
      if (stored !== null) lay({ receipt, draft: stored }, saved);
    },
    /** The next call, with a receipt of its own. */
    next,
    /** Takes a call of the shift up again, to look at it or to change it. */
    reopen: (call: ShiftCall, to: 'look' | 'amend') => {
      lay(call, to === 'amend' ? editing : saved);
    },
    /** Forgets everything: the call at hand and those of the shift. */
    wipe: () => {
      sending.current?.abort();
      setShift([]);
      next();
    },
  };
}

export type CallState = ReturnType<typeof useCall>;
