/** GET and PUT /vocabulary/next, for administrators. */
import * as api from '../../contract/api/vocabulary.js';
import { actorOf } from '../../platform/event-log.js';
import { serve, type Route } from '../../platform/routes.js';
import type { DeskDependencies } from '../dependencies.js';
import { readDraft, setDraft } from './vocabulary-draft.js';

export function vocabularyDraftRoutes({ desk, clock }: DeskDependencies): Route[] {
  const get = serve(api.getNextVocabulary, async () => ({ status: 200, body: await readDraft(desk, clock) }));
  const put = serve(api.putNextVocabulary, async ({ body, user }) => {
    await setDraft(desk, body, { clock, actor: actorOf(user) });
    return { status: 204 };
  });
  return [get, put];
}
