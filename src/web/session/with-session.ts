/** Something that needs a session, done again when the person has signed in anew. */
import { useCallback } from 'react';
import type { Reply } from '../api.js';
import { useSession } from './session.js';

/** Gives a way to run a request: where the session has run out it asks to sign in, and then runs it once more. */
export function useWithSession() {
  const { askToSignIn } = useSession();
  return useCallback(
    async <Body>(request: () => Promise<Reply<Body>>): Promise<Reply<Body>> => {
      for (;;) {
        const reply = await request();
        if (reply.ok || reply.problem.slug !== 'not-signed-in') return reply;
        await askToSignIn();
      }
    },
    [askToSignIn],
  );
}
