/** Something a page needs from the API before it can be shown: on its way, here, or not to be had. */
import { useCallback, useContext, useEffect, useState } from 'react';
import type { Problem, Reply } from './api.js';
import { problemWords, useLanguage } from './messages/language.js';
import { ErrorText } from './notice.js';
import { SessionContext } from './session/session.js';

type Absent = { readonly status: 'coming' } | { readonly status: 'failed'; readonly problem: Problem };
type Loaded<Body> = Absent | { readonly status: 'here'; readonly body: Body };

/**
 * Loads when first shown, when `load` changes and when asked to. What is here stays until something newer comes; a
 * session that has run out is renewed in place. `replace` puts in its place something newer that was come by otherwise.
 */
export function useLoaded<Body>(load: () => Promise<Reply<Body>>): {
  readonly loaded: Loaded<Body>;
  readonly reload: () => void;
  readonly replace: (body: Body) => void;
} {
  // A public page stands outside every session, and never needs one.
  const askToSignIn = useContext(SessionContext)?.askToSignIn;
  const [loaded, setLoaded] = useState<Loaded<Body>>({ status: 'coming' });
  const [count, setCount] = useState(0);
  const reload = useCallback(() => {
    setCount((before) => before + 1);
  }, []);

  const replace = useCallback((body: Body) => {
    setLoaded({ status: 'here', body });
  }, []);

  useEffect(() => {
    let wanted = true;
    const run = async () => {
      const reply = await load();
      if (!wanted) return;
      if (reply.ok) setLoaded({ status: 'here', body: reply.body });
      else if (reply.problem.slug === 'not-signed-in' && askToSignIn !== undefined)
        await askToSignIn().then(reload);
      else
        setLoaded((before) =>
          before.status === 'here' ? before : { status: 'failed', problem: reply.problem },
        );
    };
    void run();
    return () => {
      wanted = false;
    };
  }, [load, count, reload, askToSignIn]);

  return { loaded, reload, replace };
}

/** What is shown meanwhile, or instead. */
export function Loading({ loaded, onRetry }: { readonly loaded: Absent; readonly onRetry: () => void }) {
  const { words } = useLanguage();
  if (loaded.status === 'coming')
    return (
      <p className="page soft" role="status">
        {words.loading}
      </p>
    );
  return (
    <div className="sheet">
      <ErrorText>{problemWords(words, loaded.problem)}</ErrorText>
      <button type="button" className="button" onClick={onRetry}>
        {words.retry}
      </button>
    </div>
  );
}
