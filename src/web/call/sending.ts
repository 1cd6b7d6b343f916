/** How a call leaves the tab; in practice it does not. */
import { useCallback } from 'react';
import { deleteCall, putCall } from '../../contract/api/calls.js';
import { call, type Reply } from '../api.js';
import { useSession } from '../session/session.js';
import { monthAt } from './month.js';
import { deliver, type Interruption } from './deliver.js';
import type { Parcel } from './outcome.js';

interface Options {
  /** Stops the sending. */
  readonly signal: AbortSignal;
  /** Told when it was not taken, and why; `tryNow` ends the pause before the next try. */
  readonly onWaiting: (tryNow: () => void, why: Interruption) => void;
}

/** The reply, or null when the sending was stopped before there was one. */
export type SendCall = (parcel: Parcel, options: Options) => Promise<Reply<unknown> | null>;

/** Sends to the server until there is an answer, over lost networks and sessions that run out. */
export function useSendCall(): SendCall {
  const { askToSignIn } = useSession();
  return useCallback(
    ({ errand, receipt, answers, draft }, { signal, onWaiting }) => {
      const save = (attempt: AbortSignal) => {
        // Asked at each attempt: the month may end while nobody answers.
        const isCurrent = draft.month === null || draft.month === monthAt(new Date());
        const body = isCurrent ? { answers } : { answers, month: draft.month };
        return call(putCall, { params: { receipt }, body, signal: attempt });
      };
      const withdraw = (attempt: AbortSignal) => call(deleteCall, { params: { receipt }, signal: attempt });
      return deliver<unknown>(errand === 'save' ? save : withdraw, {
        ...{ signal, onWaiting, signIn: askToSignIn },
      });
    },
    [askToSignIn],
  );
}

/** Sends nothing, and says that all went well. */
export const practise: SendCall = () => Promise.resolve({ ok: true, status: 200, body: undefined });
