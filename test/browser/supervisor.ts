/** What the browser tests of the supervisor's pages share: a browser that looks at a running application. */
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { PASSWORD, type TestApp } from '../support/app.js';
import { expect } from '../support/jest.js';
import { arrive, watch, type Look, type Watched } from './watched.js';

export const looks: readonly Look[] = [
  {},
  { width: 360, height: 740, dark: true },
  { width: 1920, height: 1080 },
];

export const urlOf = (app: TestApp): string =>
  `http://127.0.0.1:${String((app.server.address() as AddressInfo).port)}`;

/** A page whose clock stands where the application's does. */
export async function open(browser: Browser, app: TestApp, look: Look = {}): Promise<Watched> {
  const watched = await watch(browser, urlOf(app), look);
  await watched.page.clock.setFixedTime(app.clock.now());
  return watched;
}

/** Comes as the supervisor to a page; in English when asked to. */
export async function enter(watched: Watched, path: string, locale: 'sv' | 'en' = 'sv'): Promise<void> {
  await arrive(watched, 'supervisor', PASSWORD, path);
  const { page } = watched;
  if (locale === 'en') await page.getByRole('button', { name: 'English' }).click();
}

/** Waits until an expression is true on the page. The browser's own waiting would break the content policy. */
export async function until(page: Page, expression: string): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if ((await page.evaluate(expression)) === true) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`It never came to be: ${expression}`);
}

/**
 * Expects every picture of the page to be drawn, nothing wrong with it, and no scrolling sideways. Whether a picture scrolls
 * in its box, and so has to be reached by keyboard, is known a frame after it is drawn.
 */
export async function expectSound({ page, expectAccessible }: Watched): Promise<void> {
  await until(
    page,
    `[...document.querySelectorAll('[data-drawn]')].every((picture) =>
      picture.dataset.drawn === 'true' && picture.querySelector('svg') !== null) &&
     [...document.querySelectorAll('.chart')].every((box) =>
      box.scrollWidth <= box.clientWidth || box.tabIndex === 0)`,
  );
  await expectAccessible();
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
}

/** Presses Tab until something with this name has the focus; fails when it never gets there. */
export async function tabTo({ page }: Watched, name: string | RegExp, most = 60): Promise<void> {
  const seen: string[] = [];
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate<string>(`(() => {
      const at = document.activeElement;
      return at.getAttribute('aria-label') ?? at.labels?.[0]?.textContent ?? at.textContent;
    })()`);
    if (typeof name === 'string' ? at.trim() === name : name.test(at)) return;
    seen.push(at.trim().slice(0, 40));
  }
  throw new Error(`Tab never came to ${String(name)}: ${seen.join(' | ')}`);
}
