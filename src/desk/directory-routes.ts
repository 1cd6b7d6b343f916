/** Reading the referral directory, whole, and keeping it. */
import type { DataSource } from 'typeorm';
import {
  directorySchema,
  organisationIdSchema,
  putOrganisationSchema,
  REFERRAL,
  removeOrganisationQuerySchema,
} from '../contract/directory.js';
import { monthOfDay, quarterOfMonth } from '../contract/period.js';
import { findDimension, leafCodes, type Vocabulary } from '../contract/vocabulary.js';
import type { Clock } from '../platform/clock.js';
import { ProblemError } from '../platform/problems.js';
import { readQuery, route, type Route } from '../platform/routes.js';
import { hasOrganisation, readDirectory, removeOrganisation, storeOrganisation } from './directory-store.js';
import { readVocabulary } from './vocabulary.js';

interface DirectoryOptions {
  readonly desk: DataSource;
  readonly clock: Clock;
}

const readProblems = ['not-signed-in', 'not-allowed', 'unavailable'] as const;
const writeProblems = [
  ...readProblems,
  'cross-origin',
  'not-found',
  'organisation-changed',
  'invalid-request',
] as const;

function readId(params: Readonly<Record<string, string>>): string {
  const id = organisationIdSchema.safeParse(params['organisation']);
  if (!id.success) throw new ProblemError('not-found');
  return id.data;
}

/** Whether a call can be referred by a code: it is one of the vocabulary's, and names somewhere to go. */
function isReferral(vocabulary: Vocabulary, code: string): boolean {
  const dimension = findDimension(vocabulary, REFERRAL);
  return (
    dimension !== undefined &&
    leafCodes(dimension).some(({ id, exclusive }) => id === code && exclusive !== true)
  );
}

/** GET /directory, PUT and DELETE /directory/{organisation}. */
export function directoryRoutes({ desk, clock }: DirectoryOptions): Route[] {
  const current = () => readVocabulary(desk, quarterOfMonth(monthOfDay(clock.local().day)));
  const read = route({
    method: 'get',
    path: '/directory',
    access: ['handler', 'administrator'],
    summary: 'Every organisation of the referral directory; the reader filters it, so nobody learns what for',
    replies: { 200: { description: 'The directory', schema: directorySchema } },
    problems: readProblems,
    handle: async () => ({ status: 200, body: { organisations: await readDirectory(desk) } }),
  });
  const put = route({
    method: 'put',
    path: '/directory/:organisation',
    access: ['administrator'],
    summary:
      'Store an organisation, in place of the one that had its id; with its tag, only if it is still as it was',
    body: putOrganisationSchema,
    replies: { 204: { description: 'Stored' } },
    problems: [...writeProblems, ...(['malformed-json', 'wrong-content-type', 'too-large'] as const)],
    async handle({ params, body }) {
      const id = readId(params);
      const { tag, ...organisation } = body;
      if (!isReferral(await current(), organisation.referral))
        throw new ProblemError('invalid-request', { errors: [{ path: 'referral', code: 'unknown-code' }] });
      if (!(await storeOrganisation(desk, id, organisation, tag)))
        throw new ProblemError('organisation-changed');
      return { status: 204 };
    },
  });
  const remove = route({
    method: 'delete',
    path: '/directory/:organisation',
    access: ['administrator'],
    summary: 'Remove an organisation; with its tag, only if it is still as it was',
    query: removeOrganisationQuerySchema,
    replies: { 204: { description: 'Removed' } },
    problems: writeProblems,
    async handle({ params, request }) {
      const id = readId(params);
      const { tag } = readQuery(request, removeOrganisationQuerySchema);
      if (!(await removeOrganisation(desk, id, tag)))
        throw new ProblemError((await hasOrganisation(desk, id)) ? 'organisation-changed' : 'not-found');
      return { status: 204 };
    },
  });
  return [read, put, remove];
}
