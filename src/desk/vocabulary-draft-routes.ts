/** GET and PUT /vocabulary/next, for administrators. */
import { draftSchema, putDraftSchema } from '../contract/vocabulary-draft.js';
import { route, type Route } from '../platform/routes.js';
import { bodyProblems, signedInProblems, type Room } from './room.js';
import { readDraft, setDraft } from './vocabulary-draft.js';

/** A vocabulary is the only large thing that is ever sent: the default one takes 15 KiB. */
const MAX_BYTES = 256 * 1024;

export function vocabularyDraftRoutes({ desk, clock }: Room): Route[] {
  const get = route({
    method: 'get',
    path: '/vocabulary/next',
    access: ['administrator'],
    summary: 'The vocabulary that takes effect next quarter, with its retired codes',
    replies: { 200: { description: 'The draft', schema: draftSchema } },
    problems: [...signedInProblems, 'not-allowed'],
    handle: async () => ({ status: 200, body: await readDraft(desk, clock) }),
  });
  const put = route({
    method: 'put',
    path: '/vocabulary/next',
    access: ['administrator'],
    summary: 'Set the vocabulary that takes effect next quarter; codes are added and retired, never deleted',
    body: putDraftSchema,
    maxBytes: MAX_BYTES,
    replies: { 204: { description: 'Set, or as it was already' } },
    problems: [...signedInProblems, 'not-allowed', ...bodyProblems, 'vocabulary-changed', 'vocabulary-fixed'],
    async handle({ body, user }) {
      await setDraft(desk, body, { clock, actor: user?.username ?? '' });
      return { status: 204 };
    },
  });
  return [get, put];
}
