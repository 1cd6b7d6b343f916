/** Requests of a signed-in page. A session that has run out is renewed in place, and the request is sent again. */
import { useCallback } from 'react';
import { api, type Reply } from '../api.js';
import { useSession } from './session.js';

export type Send = <Body>(method: string, path: string, body?: unknown) => Promise<Reply<Body>>;

export function useSend(): Send {
  const { askToSignIn } = useSession();
  return useCallback(
    async <Body>(method: string, path: string, body?: unknown) => {
      for (;;) {
        const reply = await api<Body>(method, path, body === undefined ? {} : { body });
        if (reply.ok || reply.problem.slug !== 'not-signed-in') return reply;
        await askToSignIn();
      }
    },
    [askToSignIn],
  );
}
