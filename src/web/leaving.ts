/**
 * Asks before something that is not saved is left: by closing or reloading the tab, by going to another address of the
 * app, or by signing out. At most one page at a time has something to lose.
 */
import { useEffect } from 'react';
import { flushSync } from 'react-dom';

/** Asks the person; calls `proceed` if what is not saved may go. */
type Ask = (proceed: () => void) => void;

interface Guard {
  /** The address of what is guarded. */
  readonly here: string;
  readonly ask: Ask;
}

let guard: Guard | null = null;

/** Does what would lose something, at once where there is nothing to lose. */
export function leave(proceed: () => void): void {
  if (guard === null) proceed();
  else guard.ask(proceed);
}

const addressNow = () => location.pathname + location.search + location.hash;

const beforeUnload = (event: BeforeUnloadEvent) => {
  if (guard !== null) event.preventDefault();
};

/** Going back within the app loads nothing, so the browser does not ask. */
const onPopState = (event: PopStateEvent) => {
  const wanted = addressNow();
  if (guard === null || wanted === guard.here) return;
  event.stopImmediatePropagation();
  history.pushState(null, '', guard.here);
  guard.ask(() => {
    guard = null;
    history.pushState(null, '', wanted);
    dispatchEvent(new PopStateEvent('popstate'));
  });
};

// Before anything else listens: on the window itself, listeners are called in the order in which they came.
addEventListener('popstate', onPopState);

/** Guards what is not saved for as long as `unsaved` holds. `ask` must stay the same function. */
export function useLeaveGuard(unsaved: boolean, ask: Ask): void {
  useEffect(() => {
    if (!unsaved) return;
    const own: Guard = { here: addressNow(), ask };
    guard = own;
    addEventListener('beforeunload', beforeUnload);
    return () => {
      removeEventListener('beforeunload', beforeUnload);
      if (guard === own) guard = null;
    };
  }, [unsaved, ask]);
}

/**
 * Empties the page as it is left, so that nothing of it is kept for the browser's back button or for a session that is
 * restored, and fills it anew when it is come back to all the same.
 */
export function useWipeOnLeave(setGone: (gone: boolean) => void): void {
  useEffect(() => {
    const wipe = () => {
      flushSync(() => {
        setGone(true);
      });
    };
    const back = () => {
      setGone(false);
    };
    addEventListener('pagehide', wipe);
    addEventListener('pageshow', back);
    return () => {
      removeEventListener('pagehide', wipe);
      removeEventListener('pageshow', back);
    };
  }, [setGone]);
}
