/**
 * Releases over the API. The web process signs nothing: it files a request, and the keeper issues. Downloads are
 * the frozen bytes, straight from the database.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import {
  fileNameSchema,
  issueReleaseSchema,
  parseReleaseName,
  releaseKeysSchema,
  releaseListSchema,
  releaseSchema,
  type Release,
} from '../contract/release.js';
import type { WebDatabase } from '../platform/database.js';
import { ProblemError } from '../platform/problems.js';
import { route, type Route } from '../platform/routes.js';
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

interface ReleaseOptions extends Pick<WebDatabase, 'reader' | 'desk'> {
  readonly readPeriod: ReadPeriod;
  /** How long a request waits for the keeper before it answers 503. */
  readonly waitMilliseconds?: number;
}

const PATIENCE = 30_000;
const POLL_EVERY = 200;
const readers = ['supervisor', 'administrator'] as const;
const guarded = ['not-signed-in', 'not-allowed', 'unavailable'] as const;

/** The keeper looks for requests every half minute even if it missed the notice. */
const keeperSilent = () => new ProblemError('unavailable', { headers: { 'Retry-After': '60' } });

/** The revision a request asks for; throws the problem that stands in its way. */
async function wantedRevision(
  { reader, readPeriod }: ReleaseOptions,
  { period, reason }: Pick<z.infer<typeof issueReleaseSchema>, 'period' | 'reason'>,
): Promise<number> {
  const latest = await latestRevision(reader, period);
  if (latest > 0 && reason === undefined) throw new ProblemError('already-issued');
  if (latest === 0 && (await readPeriod(period)) === null) throw new ProblemError('not-closed');
  if (latest === 0 && reason !== undefined) throw new ProblemError('not-issued');
  return latest + 1;
}

async function waitForRelease(
  { reader, waitMilliseconds = PATIENCE }: ReleaseOptions,
  period: string,
  revision: number,
): Promise<Release> {
  // Counted in waits, not by the clock: a clock that is set back must not keep the request waiting.
  for (let waited = 0; ; waited += POLL_EVERY) {
    const release = await findRelease(reader, period, revision);
    if (release !== null) return release;
    if (waited >= waitMilliseconds) throw keeperSilent();
    await sleep(Math.min(POLL_EVERY, waitMilliseconds));
  }
}

function listRoute({ reader }: ReleaseOptions): Route {
  return route({
    method: 'get',
    path: '/releases',
    access: readers,
    summary: 'Every release with its files, the latest period first',
    replies: { 200: { description: 'The releases', schema: releaseListSchema } },
    problems: guarded,
    handle: async () => ({ status: 200, body: await listReleases(reader) }),
  });
}

function issueRoute(options: ReleaseOptions): Route {
  return route({
    method: 'post',
    path: '/releases',
    access: ['supervisor'],
    summary: 'Issue the release of a quarter or a year; with a reason, a new revision of one that is issued',
    body: issueReleaseSchema,
    replies: { 201: { description: 'Issued, and frozen', schema: releaseSchema } },
    problems: [
      ...guarded,
      'cross-origin',
      'malformed-json',
      'wrong-content-type',
      'too-large',
      'invalid-request',
      'already-issued',
      'not-closed',
      'not-issued',
    ],
    async handle({ body, user }) {
      if (user === null) throw new ProblemError('not-signed-in');
      const { period, reason = null, foreword = null } = body;
      const revision = await wantedRevision(options, body);
      const request = { period, revision, reason, foreword, requestedBy: user.username };
      const filed = await fileRequest(options.desk, request);
      const release = await waitForRelease(options, period, revision);
      // Someone else asked first: it is issued now, but not on this request.
      if (!filed) throw new ProblemError('already-issued');
      return { status: 201, body: release };
    },
  });
}

function fileRoute({ reader }: ReleaseOptions): Route {
  return route({
    method: 'get',
    path: '/releases/:release/:file',
    access: readers,
    summary: 'One file of a release; `2026-Q3` is the first revision, `2026-Q3.r2` the second',
    replies: {
      200: { description: 'The bytes as they were issued', schema: z.string(), contentType: '*/*' },
    },
    problems: [...guarded, 'not-found'],
    async handle({ params }) {
      const { release = '', file = '' } = params;
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
    },
  });
}

function keyRoute({ reader }: ReleaseOptions): Route {
  const contentType = 'application/x-pem-file';
  return route({
    method: 'get',
    path: '/release-key',
    access: 'public',
    summary: 'The public key that releases are signed with now (Ed25519, PEM)',
    replies: { 200: { description: 'The key', schema: z.string(), contentType } },
    problems: ['not-found', 'unavailable'],
    async handle() {
      const key = await newestPublicKey(reader);
      if (key === null) throw new ProblemError('not-found');
      return { status: 200, body: Buffer.from(key), headers: { 'Content-Type': contentType } };
    },
  });
}

function keysRoute({ reader }: ReleaseOptions): Route {
  return route({
    method: 'get',
    path: '/release-keys',
    access: 'public',
    summary: 'Every public key that releases were ever signed with, the one in use last',
    replies: { 200: { description: 'The keys', schema: releaseKeysSchema } },
    problems: ['unavailable'],
    handle: async () => ({ status: 200, body: { keys: await listKeys(reader) } }),
  });
}

/** GET and POST /releases, the files of a release, and the public keys. */
export const releaseRoutes = (options: ReleaseOptions): Route[] => [
  listRoute(options),
  issueRoute(options),
  fileRoute(options),
  keyRoute(options),
  keysRoute(options),
];
