/**
 * Releases over the API. The web process signs nothing: it files a request, and the keeper issues. Downloads are
 * the frozen bytes, straight from the database.
 */
import type { BodyOf } from '../contract/api/endpoint.js';
import * as api from '../contract/api/releases.js';
import { fileNameSchema, parseReleaseName, type Release } from '../contract/release.js';
import type { WebDatabase } from '../platform/database.js';
import { KEEPER_PATIENCE, keeperSilent, waitForKeeper } from '../platform/keeper-wait.js';
import { ProblemError } from '../platform/problems.js';
import { serve, type Route } from '../platform/routes.js';
import type { ReadPeriod } from './content.js';
import { contentTypeOf } from './files.js';
import {
  fileRequest,
  findFile,
  findRelease,
  latestRevision,
  listKeys,
  listReleases,
  newestPublicKey,
} from './store.js';

interface ReleaseDependencies extends Pick<WebDatabase, 'reader' | 'desk'> {
  readonly readPeriod: ReadPeriod;
  /** How long a request waits for the keeper before it answers 503. */
  readonly waitMilliseconds?: number;
}

/** The revision a request asks for; throws the problem that stands in its way. */
async function wantedRevision(
  { reader, readPeriod }: ReleaseDependencies,
  { period, reason }: BodyOf<typeof api.issueRelease>,
): Promise<number> {
  const latest = await latestRevision(reader, period);
  if (latest > 0 && reason === undefined) throw new ProblemError('already-issued');
  if (latest === 0 && (await readPeriod(period)) === null) throw new ProblemError('not-closed');
  if (latest === 0 && reason !== undefined) throw new ProblemError('not-issued');
  return latest + 1;
}

function waitForRelease(
  { reader, waitMilliseconds = KEEPER_PATIENCE }: ReleaseDependencies,
  period: string,
  revision: number,
): Promise<Release> {
  return waitForKeeper(async (waited) => {
    const release = await findRelease(reader, period, revision);
    if (release === null && waited >= waitMilliseconds) throw keeperSilent();
    return release;
  }, waitMilliseconds);
}

function listRoute({ reader }: ReleaseDependencies): Route {
  return serve(api.listReleases, async () => ({ status: 200, body: await listReleases(reader) }));
}

function issueRoute(dependencies: ReleaseDependencies): Route {
  return serve(api.issueRelease, async ({ body, user }) => {
    const { period, reason = null, foreword = null } = body;
    const revision = await wantedRevision(dependencies, body);
    const request = { period, revision, reason, foreword, requestedBy: user.username };
    const filed = await fileRequest(dependencies.desk, request);
    const release = await waitForRelease(dependencies, period, revision);
    // Someone else asked first: it is issued now, but not on this request.
    if (!filed) throw new ProblemError('already-issued');
    return { status: 201, body: release };
  });
}

function fileRoute({ reader }: ReleaseDependencies): Route {
  return serve(api.getReleaseFile, async ({ params }) => {
    const { release, file } = params;
    const named = parseReleaseName(release);
    // What cannot be a name never gets to the database, which has no word for some of it.
    const askable = named !== null && fileNameSchema.safeParse(file).success;
    const bytes = askable ? await findFile(reader, named, file) : null;
    if (bytes === null) throw new ProblemError('not-found');
    return {
      status: 200,
      body: bytes,
      // The name is one of ours, or nothing would have been found.
      headers: {
        'Content-Type': contentTypeOf(file),
        'Content-Disposition': `attachment; filename="${file}"`,
        'X-Content-Type-Options': 'nosniff',
      },
    };
  });
}

function keyRoute({ reader }: ReleaseDependencies): Route {
  return serve(api.getReleaseKey, async () => {
    const key = await newestPublicKey(reader);
    if (key === null) throw new ProblemError('not-found');
    return {
      status: 200,
      body: Buffer.from(key),
      headers: { 'Content-Type': api.getReleaseKey.replies[200].contentType },
    };
  });
}

function keysRoute({ reader }: ReleaseDependencies): Route {
  return serve(api.listReleaseKeys, async () => ({ status: 200, body: { keys: await listKeys(reader) } }));
}

/** GET and POST /releases, the files of a release, and the public keys. */
export const releaseRoutes = (dependencies: ReleaseDependencies): Route[] => [
  listRoute(dependencies),
  issueRoute(dependencies),
  fileRoute(dependencies),
  keyRoute(dependencies),
  keysRoute(dependencies),
];
