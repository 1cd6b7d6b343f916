/** A browser page under watch: every request it makes, every breach of the content policy, every error it reports. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import { expect } from '../support/jest.js';

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export interface Watched {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Every request so far, in order. */
  readonly requests: Request[];
  /**
   * Set by a test that is run in both languages: colours, which are the same in both and take axe more time than all
   * else, are then weighed in Swedish alone.
   */
  inBothLanguages: boolean;
  /** Expects axe to find nothing wrong with the page as it stands. */
  readonly expectAccessible: () => Promise<void>;
  /** Expects that nothing broke the content policy and that no script failed. */
  readonly expectNoViolations: () => Promise<void>;
  /** Expects that the browser keeps nothing: no storage, no cache, nothing in the address or the history. */
  readonly expectNothingKept: () => Promise<void>;
  /**
   * Leaves the context to a later test, without cookies, permissions or pages. After a test that sets anything else of
   * it, a clock for instance, close the context instead.
   */
  readonly leave: () => Promise<void>;
}

/** How a page is looked at. */
export interface Look {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
}

const watchPolicy = `
  globalThis.breaches = [];
  addEventListener('securitypolicyviolation', (event) => {
    breaches.push(event.violatedDirective + ' ' + event.blockedURI);
  });
`;

const kept = `(async () => ({
  localStorage: localStorage.length,
  sessionStorage: sessionStorage.length,
  databases: (await indexedDB.databases()).length,
  caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  cookies: document.cookie,
  query: location.search + location.hash,
  history: history.state,
}))()`;

/** A report of axe as one line per finding, so that a failing test says what is wrong. */
interface Finding {
  readonly id: string;
  readonly nodes: readonly { readonly target: unknown; readonly failureSummary?: string }[];
}
const describeFinding = ({ id, nodes }: Finding) =>
  `${id}: ${nodes.map(({ target, failureSummary }) => `${String(target)} ${failureSummary ?? ''}`).join('; ')}`;

/** Contexts that are left for later tests, by address and look, each with the page that keeps its process. */
const left = new WeakMap<Browser, Map<string, BrowserContext>>();

/** The next page of a context runs where its scripts are compiled already, which halves the time it takes to open. */
async function leave(context: BrowserContext, url: string): Promise<void> {
  const pages = context.pages();
  const keeps = (page: Page) => page.url() === `${url}/health/live`;
  if (!pages.some(keeps)) await (await context.newPage()).goto('/health/live');
  for (const page of pages) if (!keeps(page)) await page.close();
  await context.clearCookies();
  await context.clearPermissions();
}

/** Opens a page of the server in a context that no other test is in. The caller leaves or closes the context. */
export async function watch(browser: Browser, url: string, look: Look = {}): Promise<Watched> {
  const { width = 1280, height = 720, dark = false } = look;
  const contexts = left.get(browser) ?? new Map<string, BrowserContext>();
  left.set(browser, contexts);
  const key = JSON.stringify([url, width, height, dark]);
  const found = contexts.get(key);
  contexts.delete(key);
  const context =
    found ??
    (await browser.newContext({
      baseURL: url,
      viewport: { width, height },
      colorScheme: dark ? 'dark' : 'light',
      reducedMotion: 'reduce',
    }));
  const page = await context.newPage();
  const requests: Request[] = [];
  const failures: string[] = [];
  page.on('request', (request) => requests.push(request));
  page.on('pageerror', (error) => failures.push(String(error)));
  await page.addInitScript(watchPolicy);

  const watched: Watched = {
    page,
    context,
    requests,
    inBothLanguages: false,
    async expectAccessible() {
      if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(axe);
      const contrast = !(
        watched.inBothLanguages && (await page.evaluate('document.documentElement.lang')) === 'en'
      );
      // Nothing here is fetched for it: that is for rules about sound and about a rotated screen.
      const { violations } = await page.evaluate<{ violations: Finding[] }>(
        `axe.run({
          resultTypes: ['violations'],
          preload: false,
          rules: { 'color-contrast': { enabled: ${String(contrast)} } },
        })`,
      );
      expect(violations.map(describeFinding)).toEqual([]);
    },
    async expectNoViolations() {
      expect(await page.evaluate('breaches')).toEqual([]);
      expect(failures).toEqual([]);
    },
    async expectNothingKept() {
      expect(await page.evaluate(kept)).toEqual({
        localStorage: 0,
        sessionStorage: 0,
        databases: 0,
        caches: 0,
        workers: 0,
        cookies: '',
        query: '',
        history: null,
      });
    },
    async leave() {
      await leave(context, url);
      contexts.set(key, context);
    },
  };
  return watched;
}

/** Signs in without the page, and opens the page at an address: most tests are about what comes after. */
export async function arrive(
  { page, context }: Watched,
  username: string,
  password: string,
  path = '/',
): Promise<void> {
  const reply = await context.request.post('/api/v1/session', { data: { username, password } });
  expect(reply.status()).toBe(200);
  await page.goto(path);
  await page.getByRole('button', { name: 'Logga ut' }).waitFor();
}

/** Signs in on the page, by keyboard. */
export async function signIn({ page }: Watched, username: string, password: string): Promise<void> {
  await page.goto('/');
  await page.getByLabel('Användarnamn').focus();
  await page.keyboard.insertText(username);
  await page.keyboard.press('Tab');
  await page.keyboard.insertText(password);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Logga ut' }).waitFor();
}
