/** The keeper's side of a release that was asked for in the web: it carries out what the request rows say. */
import { issueReleaseSchema } from '../contract/release.js';
import { usernameSchema } from '../contract/session.js';
import { actorOf } from '../platform/event-log.js';
import { describeError, type Log } from '../platform/log.js';
import { issueRelease, type IssueDependencies } from './issue.js';
import { signingKey } from './key.js';
import { pendingRequests, registerKey, type ReleaseRequest } from './store.js';

/** The rows come from the process that faces the network: what it should have checked is checked once more. */
function isSound({ period, reason, foreword, requestedBy }: ReleaseRequest): boolean {
  const body = { period, reason: reason ?? undefined, foreword: foreword ?? undefined };
  return issueReleaseSchema.safeParse(body).success && usernameSchema.safeParse(requestedBy).success;
}

async function carryOut(dependencies: IssueDependencies, request: ReleaseRequest): Promise<string | null> {
  if (!isSound(request)) return 'malformed';
  const outcome = await issueRelease(dependencies, {
    ...request,
    actor: actorOf({ username: request.requestedBy }),
  });
  return 'refused' in outcome && outcome.refused !== 'already-issued' ? outcome.refused : null;
}

/**
 * Issues every release that was asked for and is not issued yet. One that cannot be issued is logged and stands
 * in nobody's way. Safe to run at the same time in several processes, or twice in one. Also makes the signing key
 * known, so that a new installation can show its public key before the first release.
 * @throws only when the database or the key cannot be reached at all
 */
export async function handleReleaseRequests(dependencies: IssueDependencies, log: Log): Promise<void> {
  await registerKey(dependencies.keeper, await signingKey(dependencies.dataDir));
  for (const request of await pendingRequests(dependencies.keeper)) {
    try {
      const refused = await carryOut(dependencies, request);
      if (refused !== null) log('release-refused', { reason: refused });
    } catch (error) {
      log('release-failed', describeError(error));
    }
  }
}
