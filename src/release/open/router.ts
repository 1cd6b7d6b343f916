/**
 * The open pages: the releases, for anybody, where an administrator has opened them; else nothing is there at all, and
 * the request goes on to where unknown addresses end. They are plain HTML that needs no script, set no cookie, and
 * neither count nor log who comes.
 */
import express, { type Request, type Response, type Router } from 'express';
import type { Locale } from '../../contract/problem.js';
import { parseReleaseName } from '../../contract/release.js';
import type { PeriodSummary } from '../../contract/statistics.js';
import type { Database } from '../../platform/database.js';
import { PAGE_POLICY } from '../../platform/html.js';
import { ProblemError } from '../../platform/problems.js';
import type { Reading } from '../../platform/standby.js';
import { contentTypeOf } from '../files.js';
import { catalogueOf } from './catalogue.js';
import { listPage, missingPage } from './list-page.js';
import { CATALOGUE, type Setting } from './page.js';
import { openReleases, type OpenRelease, type OpenReleases } from './releases.js';
import { releasePage } from './release-page.js';
import { shared } from './shared.js';

export interface OpenDependencies {
  readonly reading: Reading;
  readonly readPeriods: (reader: Database) => Promise<readonly PeriodSummary[]>;
  /** Whether the pages are open, and who is behind the line. */
  readonly readSettings: () => Promise<{
    readonly openReleases: boolean;
    readonly organisation: string | null;
  }>;
  /** The address of the stylesheet; null where the web app is not built. */
  readonly stylesheet: string | null;
}

const SHORT = 'public, max-age=60';
const FOR_EVER = 'public, max-age=31536000, immutable';

interface Visit {
  readonly releases: readonly OpenRelease[];
  readonly setting: Setting;
  readonly response: Response;
}

function sendPage(response: Response, status: number, page: string): void {
  response
    .status(status)
    .set({ 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': status === 200 ? SHORT : 'no-store' })
    .set('Content-Language', /<html lang="(\w+)"/.exec(page)?.[1] ?? 'sv')
    .send(page);
}

/** The release that a part of an address names, spelt as it is spelt there and no other way. */
const find = (releases: readonly OpenRelease[], name: string): OpenRelease | undefined =>
  parseReleaseName(name) === null ? undefined : releases.find((release) => release.name === name);

function sendRelease({ releases, setting, response }: Visit, name: string): boolean {
  const release = find(releases, name);
  if (release === undefined) return false;
  const newest = releases.find(({ period, replacedBy }) => period === release.period && replacedBy === null);
  sendPage(response, 200, releasePage(setting, release, newest ?? release));
  return true;
}

function sendCatalogue({ releases, setting: { organisation }, response }: Visit): boolean {
  response
    .set({ 'Content-Type': 'application/ld+json; charset=utf-8', 'Cache-Control': SHORT })
    .send(`${JSON.stringify(catalogueOf(organisation, releases), null, 2)}\n`);
  return true;
}

async function sendFile(visit: Visit, source: OpenReleases, name: string, file: string): Promise<boolean> {
  const release = find(visit.releases, name);
  const listed = release?.files.find((each) => each.name === file);
  const bytes =
    release === undefined || listed === undefined ? null : await source.bytes(release, listed.name);
  if (bytes === null || listed === undefined) return false;
  visit.response
    .set({
      'Content-Type': contentTypeOf(listed.name),
      'Content-Disposition': `attachment; filename="${listed.name}"`,
      'Cache-Control': FOR_EVER,
      ETag: `"${listed.sha256}"`,
    })
    .send(bytes);
  return true;
}

/** Answers an address below `/open`; false where there is nothing at it. `path` is not decoded: names need no escapes. */
async function answer(visit: Visit, source: OpenReleases, path: readonly string[]): Promise<boolean> {
  const [first, second] = path;
  if (first === undefined) {
    sendPage(visit.response, 200, listPage(visit.setting, visit.releases));
    return true;
  }
  if (path.length === 1 && visit.setting.locale === 'sv' && first === CATALOGUE.split('/').at(-1))
    return sendCatalogue(visit);
  if (path.length === 1) return sendRelease(visit, first);
  if (path.length > 2 || second === undefined || visit.setting.locale === 'en') return false;
  return sendFile(visit, source, first, second);
}

/** The parts of an address below `/open`, and the language it asks for; a slash at the end of a list is no part. */
function parts(request: Request): { readonly locale: Locale; readonly path: readonly string[] } {
  const [, ...all] = request.path.split('/');
  const path = all.length === 1 && all[0] === '' ? [] : all;
  return path[0] === 'en' ? { locale: 'en', path: path.slice(1) } : { locale: 'sv', path };
}

/** The open pages, at `/open` and below. */
export function openRouter({ reading, readPeriods, readSettings, stylesheet }: OpenDependencies): Router {
  const settings = shared(readSettings);
  const source = openReleases({ reading, readPeriods });
  const router = express.Router({ caseSensitive: true });
  router.use('/open', async (request, response, next) => {
    const { openReleases: open, organisation } = await settings();
    if (!open) {
      next();
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD')
      throw new ProblemError('method-not-allowed', { headers: { Allow: 'GET, HEAD' } });
    response.set('Content-Security-Policy', PAGE_POLICY);
    const { locale, path } = parts(request);
    const setting = { locale, organisation, stylesheet };
    const visit = { releases: await source.list(), setting, response };
    if (!(await answer(visit, source, path))) sendPage(response, 404, missingPage(setting));
  });
  return router;
}
