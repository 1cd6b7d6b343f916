/** Reading the referral directory, whole, and keeping it. */
import * as api from '../../contract/api/directory.js';
import { REFERRAL } from '../../contract/directory.js';
import { monthOfDay, quarterOfMonth } from '../../contract/period.js';
import { findDimension, leafCodes, type Vocabulary } from '../../contract/vocabulary.js';
import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database.js';
import { ProblemError } from '../../platform/problems.js';
import { serve, type Route } from '../../platform/routes.js';
import { hasOrganisation, readDirectory, removeOrganisation, storeOrganisation } from './directory-store.js';
import { readVocabulary } from '../planning/vocabulary.js';

interface DirectoryDependencies {
  readonly desk: Database;
  readonly clock: Clock;
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
export function directoryRoutes({ desk, clock }: DirectoryDependencies): Route[] {
  const current = () => readVocabulary(desk, quarterOfMonth(monthOfDay(clock.local().day)));
  const read = serve(api.getDirectory, async () => ({
    status: 200,
    body: { organisations: await readDirectory(desk) },
  }));
  const put = serve(api.putOrganisation, async ({ params, body }) => {
    const id = params.organisation;
    const { tag, ...organisation } = body;
    if (!isReferral(await current(), organisation.referral))
      throw new ProblemError('invalid-request', { errors: [{ path: 'referral', code: 'unknown-code' }] });
    if (!(await storeOrganisation(desk, id, organisation, tag)))
      throw new ProblemError('organisation-changed');
    return { status: 204 };
  });
  const remove = serve(api.removeOrganisation, async ({ params, query: { tag } }) => {
    const id = params.organisation;
    if (!(await removeOrganisation(desk, id, tag)))
      throw new ProblemError((await hasOrganisation(desk, id)) ? 'organisation-changed' : 'not-found');
    return { status: 204 };
  });
  return [read, put, remove];
}
