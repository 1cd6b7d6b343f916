/** A page whose code is fetched when it is first shown, so that the others do not carry it. */
import { useCallback } from 'react';
import type { Reply } from './api.js';
import { Loading, useLoaded } from './loaded.js';
import { useLanguage } from './messages/language.js';

type Module = Readonly<{ Page: () => React.JSX.Element }>;

interface Props {
  readonly load: () => Promise<Module>;
}

/** Shows the `Page` of a module; when it cannot be had says so, and tries again when asked to. */
export function LazyPage({ load }: Props) {
  const { words } = useLanguage();
  const reply = useCallback(async (): Promise<Reply<Module>> => {
    try {
      await import('./no-eval.js');
      return { ok: true, status: 200, body: await load() };
    } catch {
      return { ok: false, problem: { slug: 'no-contact', errors: [], retryAfter: null } };
    }
  }, [load]);
  const { loaded, reload } = useLoaded(reply);
  if (loaded.status !== 'here')
    return (
      <>
        <h1 className="visually-hidden">{words.app}</h1>
        <Loading loaded={loaded} onRetry={reload} />
      </>
    );
  const { Page } = loaded.body;
  return <Page />;
}
