/** Who is signed in, kept alive on a fixed rhythm, so that its renewals tell nothing about what was done when. */
import { createContext, useCallback, useContext, useEffect, useRef, useState } from 'react';
import type { User } from '../../contract/session.js';
import { api } from '../api.js';
import { useLanguage } from '../messages/language.js';

const rhythm = 5 * 60_000;

interface Actions {
  readonly load: () => void;
  readonly signedIn: (user: User) => void;
  readonly signOut: () => void;
  /** Asks the person to sign in again, over the page; resolves when that is done. */
  readonly askToSignIn: () => Promise<void>;
}

interface SignedIn {
  readonly status: 'signed-in';
  readonly user: User;
  /** The server no longer knows the session; the page keeps what was filled in. */
  readonly expired: boolean;
}

type State = { readonly status: 'loading' | 'unreachable' | 'signed-out' } | SignedIn;

export const SessionContext = createContext<(SignedIn & Actions) | null>(null);

/** The session below a signed-in page. Throws where nobody is signed in. */
export function useSession(): SignedIn & Actions {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('This page needs somebody signed in.');
  return session;
}

const expire = (state: State): State => (state.status === 'signed-in' ? { ...state, expired: true } : state);

export function useSessionState(): State & Actions {
  const { setLocale } = useLanguage();
  const [state, setState] = useState<State>({ status: 'loading' });
  const lastUser = useRef<string | null>(null);
  const waiting = useRef<(() => void)[]>([]);

  const signedIn = useCallback(
    (user: User) => {
      // The language a person has switched to stays when they only sign in again.
      const proceeding = waiting.current.splice(0);
      const same = lastUser.current === user.username;
      lastUser.current = user.username;
      setState({ status: 'signed-in', user, expired: false });
      if (!same) setLocale(user.locale);
      // What one person began to send is not sent in the name of another; the page starts anew for them.
      if (same) for (const proceed of proceeding) proceed();
    },
    [setLocale],
  );

  const load = useCallback(() => {
    void api<{ user: User }>('GET', '/session').then((reply) => {
      if (reply.ok) signedIn(reply.body.user);
      else setState({ status: reply.problem.slug === 'not-signed-in' ? 'signed-out' : 'unreachable' });
    });
  }, [signedIn]);
  useEffect(load, [load]);

  const { status } = state;
  useEffect(() => {
    if (status !== 'signed-in') return;
    const timer = setInterval(() => {
      void api('GET', '/session').then((reply) => {
        if (!reply.ok && reply.problem.slug === 'not-signed-in') setState(expire);
      });
    }, rhythm);
    return () => {
      clearInterval(timer);
    };
  }, [status]);

  const signOut = useCallback(() => {
    void api('DELETE', '/session').then((reply) => {
      lastUser.current = null;
      waiting.current = [];
      const gone = reply.ok || reply.problem.slug === 'not-signed-in';
      setState({ status: gone ? 'signed-out' : 'unreachable' });
    });
  }, []);

  const askToSignIn = useCallback(
    () =>
      new Promise<void>((resolve) => {
        waiting.current.push(resolve);
        setState(expire);
      }),
    [],
  );

  return { ...state, load, signedIn, signOut, askToSignIn };
}
