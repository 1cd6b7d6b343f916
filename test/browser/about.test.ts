/** The public page, as somebody sees it who has called and wants to know. */
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { askedUnder } from '../../src/contract/counted.js';
import { presetPlan } from '../../src/contract/presets.js';
import { codesAtLevel, leafCodes, type Code } from '../../src/contract/vocabulary.js';
import { PASSWORD, startApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { vocabulary } from '../support/calls.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '../support/jest.js';
import { arrive, watch, type Look, type Watched } from './watched.js';

const pages = {
  sv: { address: '/about', title: 'Om Tyst', all: 'Det här är allt som kan sparas om ditt samtal' },
  en: {
    address: '/about#en',
    title: 'About Tyst',
    all: 'This is all that can be stored about your call',
  },
} as const;

let app: TestApp;
let browser: Browser;
let url: string;
let watched: Watched;

const open = async (look: Look) => {
  await watched.leave();
  watched = await watch(browser, url, look);
};
const heading = (name: string) => watched.page.getByRole('heading', { name, exact: true });

beforeAll(async () => {
  app = await startApp('2026-05-20T10:00:00+02:00', { preset: 'small' });
  url = `http://127.0.0.1:${String((app.server.address() as AddressInfo).port)}`;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await app.close();
});
beforeEach(async () => {
  watched = await watch(browser, url);
});
afterEach(async () => {
  await watched.expectNoViolations();
  await watched.leave();
});

const dimensions = askedUnder(presetPlan('small'), vocabulary).dimensions;

/** What the page lists of a question's answers: the answers themselves, what they stand for, and what groups them. */
const listed = (dimension: string) =>
  watched.page.evaluate<{ answers: string[]; groups: string[]; hints: string[] }>(`(() => {
    const answers = document.querySelector('[data-dimension="${dimension}"] dd');
    const texts = (selector) => [...answers.querySelectorAll(selector)].map((element) => element.textContent);
    const answering = [...answers.querySelectorAll('li:not(.group)')];
    return {
      answers: answering.map((element) => element.firstChild.textContent),
      hints: texts('li:not(.group) > span'),
      groups: texts('li.group > span'),
    };
  })()`);

describe.each(['sv', 'en'] as const)('in %s', (locale) => {
  const { address, title, all } = pages[locale];
  const labels = (codes: readonly Code[]) => codes.map(({ label }) => label[locale]).sort();

  test('it lists every question that is asked with every answer, and those that are not, without asking who is there', async () => {
    const { page } = watched;
    await page.goto(address);
    await heading(title).waitFor();
    await heading(all).waitFor();
    await page.locator('[data-dimension]').first().waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe(locale);
    const asked = dimensions.filter((dimension) => dimension.asked);
    expect(await page.locator('[data-dimension]').count()).toBe(asked.length);
    for (const dimension of asked) {
      const { id, label, codes, level } = dimension;
      expect(await page.locator(`[data-dimension="${id}"] dt`).textContent()).toContain(label[locale]);
      const { answers, groups, hints } = await listed(id);
      expect(answers.sort()).toEqual(labels(codesAtLevel(dimension, level)));
      const opening = level === 'leaf' ? codes.filter(({ group }) => group === true) : [];
      expect(groups.map((group) => group.replace(/:$/, '')).sort()).toEqual(labels(opening));
      if (id === 'relation')
        for (const code of leafCodes(dimension)) {
          if (code.parent !== undefined) expect(hints.join()).toContain(code.label[locale]);
        }
    }
    const others = dimensions.filter((dimension) => !dimension.asked);
    expect(others.map(({ id }) => id)).toContain('channel');
    expect(await page.locator('.not-asked li').allTextContents()).toEqual(
      others.map(({ label }) => label[locale]),
    );
    const requested = watched.requests.map((request) => new URL(request.url()).pathname);
    expect(requested.filter((path) => path.startsWith('/api/'))).toEqual(['/api/v1/about']);
    expect(await watched.context.cookies()).toEqual([]);
  });

  test.each<Look>([{}, { width: 360, height: 740, dark: true }, { width: 1920, height: 1080 }])(
    'it is accessible and fits: %j',
    async (look) => {
      await open(look);
      const { page } = watched;
      await page.goto(address);
      await page.locator('[data-dimension]').first().waitFor();
      await watched.expectAccessible();
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    },
  );
});

test('it is reached from the sign-in page by keyboard, and left again, and nothing is kept', async () => {
  const { page, context } = watched;
  await page.goto('/');
  await heading('Logga in').waitFor();
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Om Tyst');
  await page.keyboard.press('Enter');
  await heading('Om Tyst').waitFor();
  expect(page.url()).toBe(`${url}/about`);
  expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
  await page.locator('[data-dimension]').first().waitFor();
  await watched.expectNothingKept();
  expect(await context.cookies()).toEqual([]);
  await page.goBack();
  await heading('Logga in').waitFor();

  await page.getByRole('link', { name: 'Läs vad som sparas om ditt samtal' }).focus();
  await page.keyboard.press('Enter');
  await heading('Om Tyst').waitFor();
  await page.getByRole('link', { name: 'Logga in' }).click();
  await heading('Logga in').waitFor();
  expect(page.url()).toBe(`${url}/`);
  await watched.expectNothingKept();
});

test.each<Look>([{}, { width: 360, height: 740 }])(
  'a handler opens it beside the call that is being logged, in the same language: %j',
  async (look) => {
    await open(look);
    const { page, context } = watched;
    await arrive(watched, 'handler', PASSWORD);
    await page.getByRole('radio', { name: 'Tyst samtal' }).click();
    await page.getByRole('button', { name: 'English' }).click();
    const beside = context.waitForEvent('page');
    await page.getByRole('link', { name: 'About (opens in a new tab)' }).click();
    const about = await beside;
    await about.getByRole('heading', { name: 'About Tyst' }).waitFor();
    expect(await page.getByRole('radio', { name: 'Silent call' }).isChecked()).toBe(true);
    await watched.expectAccessible();
  },
);

test('without the server it says so, and tries again when asked to', async () => {
  const { page } = watched;
  await page.route('**/api/v1/about', (route) => route.abort());
  await page.goto('/about');
  await page.getByText('Ingen kontakt med Tyst. Kontrollera nätet och försök igen.').waitFor();
  await watched.expectAccessible();
  await page.unroute('**/api/v1/about');
  await page.getByRole('button', { name: 'Försök igen' }).click();
  await page.locator('[data-dimension]').first().waitFor();
});

test('it prints whole, in black on white', async () => {
  const { page } = watched;
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.goto('/about');
  await page.locator('[data-dimension]').first().waitFor();
  expect(await page.getByText('Vad vi inte kan lova').isVisible()).toBe(true);
  expect(await page.getByRole('link', { name: 'Logga in' }).isVisible()).toBe(false);
  const ink = await page.evaluate('getComputedStyle(document.body).color');
  const paper = await page.evaluate('getComputedStyle(document.body).backgroundColor');
  expect([ink, paper]).toEqual(['rgb(29, 42, 48)', 'rgb(255, 255, 255)']);
});
