/** The call at hand and the shift's, in memory of this tab only: the reducer with the clock, new receipts and the sending. */
import { useEffect, useReducer, useRef } from 'react';
import { atFirst, callReducer, isUnsaved, storedOf } from './call-reducer.js';
import type { Interruption } from './deliver.js';
import type { FormDimension, FormVocabulary } from './form-vocabulary.js';
import type { ShiftCall } from './outcome.js';
import { newReceipt } from './receipt.js';
import type { SendCall } from './sending.js';
import { useTimer } from './timer.js';

interface Options {
  readonly vocabulary: FormVocabulary;
  /** Called when the server knows a newer vocabulary than this one. */
  readonly reloadVocabulary: () => void;
  readonly send: SendCall;
}

export function useCall({ vocabulary, reloadVocabulary, send }: Options) {
  const [state, dispatch] = useReducer(callReducer, null, () =>
    atFirst(newReceipt(), { vocabulary, now: new Date() }),
  );
  const timer = useTimer();
  const { started, minutes } = timer;
  useEffect(() => {
    if (started) dispatch({ type: 'measure', vocabulary, minutes });
  }, [started, minutes, vocabulary]);

  /** Ends the pause between two tries. */
  const tryNow = useRef<() => void>(() => undefined);
  const { phase } = state;
  const parcel = phase.name === 'sending' ? phase.parcel : null;
  // One sending for each parcel; it stops when the call is no longer being sent, whatever led out of that.
  useEffect(() => {
    if (parcel === null) return;
    const controller = new AbortController();
    const onWaiting = (endPause: () => void, why: Interruption) => {
      tryNow.current = endPause;
      dispatch({ type: 'wait', why });
    };
    const deliver = async () => {
      const reply = await send(parcel, { signal: controller.signal, onWaiting });
      if (reply === null) return;
      dispatch({ type: 'answered', parcel, reply });
      // A code that can no longer be chosen means that the vocabulary here is an older one.
      if (parcel.errand === 'save' && !reply.ok && reply.problem.slug === 'invalid-call') reloadVocabulary();
    };
    timer.stop();
    void deliver();
    return () => {
      controller.abort();
    };
  }, [parcel]);

  const now = () => ({ vocabulary, now: new Date() });
  return {
    ...{
      ...state,
      timer,
      stored: storedOf(state),
      unsaved: isUnsaved(state),
      undoable: state.undoable !== null,
    },
    choose: (dimension: FormDimension, code: string | null) => {
      dispatch({ type: 'choose', dimension, code, ...now() });
    },
    save: () => {
      dispatch({ type: 'save', ...now() });
    },
    /** Saves with one answer more. */
    saveWith: (dimension: FormDimension, code: string) => {
      dispatch({ type: 'save', more: { dimension, code }, ...now() });
    },
    withdraw: () => {
      dispatch({ type: 'withdraw', vocabulary });
    },
    /** Tries again at once, while an answer is waited for. */
    tryNow: () => {
      tryNow.current();
    },
    /** Stops trying. Whether the call was stored is then unknown, so it keeps its receipt. */
    stop: () => {
      dispatch({ type: 'stop' });
    },
    startTimer: () => {
      dispatch({ type: 'begin', ...now() });
      timer.start();
    },
    /** Has the call counted in another month. */
    move: (month: string) => {
      dispatch({ type: 'move', month });
    },
    clear: () => {
      dispatch({ type: 'clear', timing: started });
    },
    undoClear: () => {
      dispatch({ type: 'undo' });
    },
    amend: () => {
      dispatch({ type: 'amend' });
    },
    keep: () => {
      dispatch({ type: 'keep' });
      timer.reset();
    },
    next: () => {
      dispatch({ type: 'next', receipt: newReceipt(), ...now() });
      timer.reset();
    },
    reopen: (call: ShiftCall, to: 'look' | 'amend') => {
      dispatch({ type: 'reopen', call, to });
      timer.reset();
    },
    /** Forgets everything: the call at hand and those of the shift. */
    wipe: () => {
      dispatch({ type: 'wipe', receipt: newReceipt(), ...now() });
      timer.reset();
    },
  };
}

export type CallState = ReturnType<typeof useCall>;
