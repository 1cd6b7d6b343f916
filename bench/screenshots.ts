/**
 * The pictures in docs/screenshots: every page as its user sees it, taken of a demo in a real browser, and the pages of
 * reports. The demo's numbers are drawn anew each time, so the pictures of statistics differ from one run to the next;
 * those of the reports do not.
 *
 * usage: npm run screenshots [-- reports]
 */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { projectRoot } from '../src/platform/project.js';
import { launchBrowser } from '../test/support/browser.js';
import { takeReportPictures } from './report-pictures.js';

const PORT = '3479';
const FOLDER = join(projectRoot, 'docs', 'screenshots');

interface Look {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly dark?: boolean;
  readonly english?: boolean;
}

const looks: readonly Look[] = [
  { name: 'phone', width: 360, height: 740 },
  { name: 'laptop', width: 1280, height: 720 },
  { name: 'wide-dark-en', width: 1920, height: 1080, dark: true, english: true },
];

interface Shot {
  readonly name: string;
  readonly user: 'handler' | 'supervisor' | 'administrator' | null;
  readonly path: string;
  /** Where the page has an address of its own in English. */
  readonly inEnglish?: string;
  /** What is done before the picture is taken. */
  readonly prepare?: (page: Page) => Promise<void>;
}

const shots: readonly Shot[] = [
  { name: 'sign-in', user: null, path: '/' },
  { name: 'about', user: null, path: '/about' },
  { name: 'check', user: null, path: '/check' },
  { name: 'open', user: null, path: '/open', inEnglish: '/open/en' },
  { name: 'open-release', user: null, path: '/open/2025-Q3', inEnglish: '/open/en/2025-Q3' },
  { name: 'form', user: 'handler', path: '/' },
  {
    name: 'form-filled',
    user: 'handler',
    path: '/',
    async prepare(page) {
      // Each question's first answer, by its digit; the focus goes on by itself.
      await page.getByRole('radio').first().focus();
      for (let question = 0; question < 9; question += 1) {
        await page.keyboard.press('1');
        await page.waitForTimeout(60);
      }
    },
  },
  { name: 'statistics', user: 'supervisor', path: '/statistics' },
  { name: 'explore', user: 'supervisor', path: '/explore' },
  { name: 'plan', user: 'supervisor', path: '/plan' },
  { name: 'releases', user: 'supervisor', path: '/releases' },
  { name: 'people', user: 'administrator', path: '/administration/people' },
  { name: 'vocabulary', user: 'administrator', path: '/administration/vocabulary' },
  { name: 'directory', user: 'administrator', path: '/administration/directory' },
  { name: 'import', user: 'administrator', path: '/administration/import' },
  { name: 'settings', user: 'administrator', path: '/administration/settings' },
];

/** Runs a demo for as long as the work takes, and gives its address and password. */
async function withDemo(work: (url: string, password: string) => Promise<void>): Promise<void> {
  const demo = spawn(process.execPath, [join(projectRoot, 'bin', 'tyst.js'), 'demo'], {
    env: { ...process.env, PORT },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  try {
    const url = await new Promise<string>((resolve, reject) => {
      const listen = (chunk: Buffer) => {
        said += String(chunk);
        const found = /running at (\S+)/.exec(said)?.[1];
        if (found !== undefined) resolve(found);
      };
      demo.stdout.on('data', listen);
      demo.stderr.on('data', listen);
      demo.once('exit', () => reject(new Error('The demo ended by itself.')));
    });
    await work(url, /one password:\s+(\S+)/.exec(said)?.[1] ?? '');
  } finally {
    demo.kill('SIGINT');
    await new Promise((resolve) => demo.once('exit', resolve));
  }
}

async function signIn(page: Page, user: string, password: string): Promise<void> {
  await page.goto('/');
  await page.locator('input').first().fill(`demo-${user}`);
  await page.locator('input[type="password"]').fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Logga ut' }).waitFor();
}

/** Opens the releases, as an administrator does. */
async function openReleases(url: string, password: string): Promise<void> {
  const send = (method: string, path: string, body: object, cookie = '') =>
    fetch(`${url}/api/v1${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', Cookie: cookie },
      body: JSON.stringify(body),
    });
  const session = await send('POST', '/session', { username: 'demo-administrator', password });
  const cookie = session.headers.get('set-cookie')?.split(';')[0];
  await send('PUT', '/settings', { organisation: null, openReleases: true }, cookie);
}

async function take(browser: Browser, look: Look, shot: Shot, demo: { url: string; password: string }) {
  const { width, height, dark = false, english = false } = look;
  const context = await browser.newContext({
    baseURL: demo.url,
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  if (shot.user !== null) await signIn(page, shot.user, demo.password);
  await page.goto((english ? shot.inEnglish : undefined) ?? shot.path);
  if (shot.user !== null) await page.getByRole('button', { name: 'Logga ut' }).waitFor();
  if (english && shot.inEnglish === undefined) await page.getByRole('button', { name: 'English' }).click();
  await page.waitForTimeout(1000);
  await shot.prepare?.(page);
  // Pictures are drawn when they come into view.
  await page.waitForTimeout(shot.user === 'supervisor' ? 2000 : 300);
  await page.screenshot({ path: join(FOLDER, `${shot.name}-${look.name}.png`) });
  await context.close();
}

/** Every page of the demo. */
async function takePages(browser: Browser): Promise<void> {
  await withDemo(async (url, password) => {
    await openReleases(url, password);
    for (const look of looks) for (const shot of shots) await take(browser, look, shot, { url, password });
  });
}

mkdirSync(FOLDER, { recursive: true });
const browser = await launchBrowser();
try {
  await takeReportPictures(browser, FOLDER);
  if (!process.argv.includes('reports')) await takePages(browser);
} finally {
  await browser.close();
}
