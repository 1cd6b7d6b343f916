/** Who is signed in, kept alive on a fixed rhythm, so that its renewals tell nothing about what was done when. */
import { createContext, useCallback, useContext, useEffect, useRef, useState } from 'react';
import { getSession, signOut } from '../../contract/api/session.js';
import type { User } from '../../contract/session.js';
import { call, type Reply } from '../api.js';
import { useLanguage } from '../messages/language.js';

const rhythm = 5 * 60_000;
/** How long before the session runs out the person is told. */
const notice = 2 * 60_000;
/** What a session lasts when it has just begun, unless the server says otherwise. */
const halfHour = 30 * 60_000;

interface Actions {
  readonly load: () => void;
  readonly signedIn: (user: User) => void;
  readonly signOut: () => void;
  /** Signs out, and says afterwards that the shift has ended. */
  readonly endShift: () => void;
  /** Asks the person to sign in again, over the page; resolves when that is done. */
  readonly askToSignIn: () => Promise<void>;
  /** Keeps the session alive, or asks for a new one where it cannot be. */
  readonly stay: () => void;
}

interface SignedIn {
  readonly status: 'signed-in';
  readonly user: User;
  /** The server no longer knows the session, or soon will not; the page keeps what was filled in. */
  readonly expired: boolean;
}

type State =
  | { readonly status: 'loading' | 'unreachable' }
  | { readonly status: 'signed-out'; readonly ended: boolean }
  | SignedIn;

export const SessionContext = createContext<(SignedIn & Actions) | null>(null);

/** The session below a signed-in page. Throws where nobody is signed in. */
export function useSession(): SignedIn & Actions {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('This page needs somebody signed in.');
  return session;
}

const expire = (state: State): State => (state.status === 'signed-in' ? { ...state, expired: true } : state);
const signedOut: State = { status: 'signed-out', ended: false };

/** Milliseconds until the session ends if nothing renews it, as the server counts them; null when it does not say. */
function lifeLeft(reply: Reply<unknown>): number | null {
  const seconds = reply.ok ? Number(reply.headers?.get('Tyst-Session-Seconds') ?? Number.NaN) : Number.NaN;
  return Number.isFinite(seconds) ? seconds * 1000 : null;
}

/** Whether the session runs out within two minutes; `lasts` is told how long it has each time that is known. */
function useSoon(): { readonly soon: boolean; readonly lasts: (left: number) => void } {
  const [soon, setSoon] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const lasts = useCallback((left: number) => {
    clearTimeout(timer.current);
    setSoon(left <= notice);
    if (left > notice)
      timer.current = setTimeout(() => {
        setSoon(true);
      }, left - notice);
  }, []);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
    },
    [],
  );
  return { soon, lasts };
}

export function useSessionState(): State & Actions & { readonly soon: boolean } {
  const { setLocale } = useLanguage();
  const [state, setState] = useState<State>({ status: 'loading' });
  const lastUser = useRef<string | null>(null);
  const waiting = useRef<(() => void)[]>([]);
  const { soon, lasts } = useSoon();

  const signedIn = useCallback(
    (user: User) => {
      // The language a person has switched to stays when they only sign in again.
      const proceeding = waiting.current.splice(0);
      const same = lastUser.current === user.username;
      lastUser.current = user.username;
      setState({ status: 'signed-in', user, expired: false });
      lasts(halfHour);
      if (!same) setLocale(user.locale);
      // What one person began to send is not sent in the name of another; the page starts anew for them.
      if (same) for (const proceed of proceeding) proceed();
    },
    [setLocale, lasts],
  );

  const load = useCallback(() => {
    void call(getSession).then((reply) => {
      if (reply.ok) {
        signedIn(reply.body.user);
        lasts(lifeLeft(reply) ?? halfHour);
      } else setState(reply.problem.slug === 'not-signed-in' ? signedOut : { status: 'unreachable' });
    });
  }, [signedIn, lasts]);
  useEffect(load, [load]);

  /** Renews the session; `after` is told how long it has then, null where nothing is known of it. */
  const renew = useCallback(
    (after?: (left: number | null) => void) => {
      void call(getSession).then((reply) => {
        const left = lifeLeft(reply);
        if (left !== null) lasts(left);
        if (!reply.ok && reply.problem.slug === 'not-signed-in') setState(expire);
        after?.(left);
      });
    },
    [lasts],
  );

  const { status } = state;
  useEffect(() => {
    if (status !== 'signed-in') return;
    const timer = setInterval(() => {
      renew();
    }, rhythm);
    return () => {
      clearInterval(timer);
    };
  }, [status, renew]);

  const end = useCallback((ended: boolean) => {
    void call(signOut).then((reply) => {
      lastUser.current = null;
      waiting.current = [];
      const gone = reply.ok || reply.problem.slug === 'not-signed-in';
      setState(gone ? { status: 'signed-out', ended } : { status: 'unreachable' });
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

  const stay = useCallback(() => {
    renew((left) => {
      // A session ends twelve hours after its sign-in, whatever renews it: then only a new one helps.
      if (left !== null && left <= notice) setState(expire);
    });
  }, [renew]);

  return {
    ...{ ...state, soon, load, signedIn, askToSignIn, stay },
    signOut: useCallback(() => {
      end(false);
    }, [end]),
    endShift: useCallback(() => {
      end(true);
    }, [end]),
  };
}
