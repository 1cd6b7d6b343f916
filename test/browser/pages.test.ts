import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { addUser } from '../../src/desk/accounts.js';
import { aQuarter } from '../statistics/builders.js';
import { fill, plan, publish } from '../statistics/published.js';
import { PASSWORD, startApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { signIn, watch, type Look, type Watched } from './watched.js';

let app: TestApp;
let browser: Browser;
let url: string;
let watched: Watched;

const open = async (look: Look = {}) => {
  await watched.context.close();
  watched = await watch(browser, url, look);
};

beforeAll(async () => {
  app = await startApp('2026-05-20T10:00:00+02:00');
  url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
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
  await watched.expectNothingKept();
  await watched.context.close();
});

const looks: readonly Look[] = [
  {},
  { dark: true },
  { width: 360, height: 740 },
  { width: 1920, height: 1080 },
];

describe('signing in', () => {
  test('a wrong password is told kindly, in the language of the page', async () => {
    const { page } = watched;
    await page.goto('/');
    await page.getByLabel('Användarnamn').fill('handler');
    await page.getByLabel('Lösenord', { exact: true }).fill('not the password');
    await page.getByRole('button', { name: 'Logga in' }).click();
    await page.getByText('Användarnamnet eller lösenordet stämmer inte. Försök igen.').waitFor();
    await watched.expectAccessible();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('The user name or the password is not right. Try again.').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });

  test('signing out ends the session', async () => {
    const { page } = watched;
    await signIn(watched, 'handler', PASSWORD);
    await page.getByRole('button', { name: 'Logga ut' }).click();
    await page.getByRole('heading', { name: 'Logga in' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Logga in' }).waitFor();
  });

  test.each(looks)('every page is accessible: %j', async (look) => {
    await open(look);
    const { page } = watched;
    await page.goto('/');
    await page.getByRole('heading', { name: 'Logga in' }).waitFor();
    await watched.expectAccessible();
    await signIn(watched, 'administrator', PASSWORD);
    await page.getByRole('heading', { name: 'Kom igång' }).waitFor();
    await watched.expectAccessible();
    await page.getByRole('button', { name: 'Logga ut' }).click();
    await signIn(watched, 'handler', PASSWORD);
    await page.getByRole('radio').first().waitFor();
    await watched.expectAccessible();
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  });

  test.each(['sv', 'en'])('the form fits a laptop screen without scrolling: %s', async (locale) => {
    const { page } = watched;
    await signIn(watched, 'handler', PASSWORD);
    await page.getByRole('radio').first().waitFor();
    if (locale === 'en') await page.getByRole('button', { name: 'English' }).click();
    expect(await page.evaluate('document.documentElement.scrollHeight - innerHeight')).toBeLessThanOrEqual(0);
  });
});

test('an invitation leaves the address bar at once, and its password opens the account', async () => {
  const { page } = watched;
  const token = await addUser(app.database.desk, { username: 'ny', role: 'handler' }, app.clock);
  await page.goto(`/invitation#${token ?? ''}`);
  await page.getByRole('heading', { name: 'Välj ett lösenord' }).waitFor();
  expect(page.url()).toBe(`${url}/invitation`);
  await watched.expectAccessible();
  const password = page.getByLabel('Lösenord', { exact: true });
  await password.fill('for kort');
  await page.keyboard.press('Enter');
  await page.getByText('Lösenordet är för kort. Det behöver vara minst 12 tecken.').waitFor();
  await watched.expectAccessible();
  await password.fill('en lång och god lösenfras');
  await page.keyboard.press('Enter');
  await page.getByText('Lösenordet är sparat. Logga in med det.').waitFor();
  expect(page.url()).toBe(`${url}/`);
  expect(watched.requests.filter((request) => request.url().includes('#'))).toEqual([]);
  await signIn(watched, 'ny', 'en lång och god lösenfras');

  await page.goto(`/invitation#${token ?? ''}`);
  await page.getByLabel('Lösenord', { exact: true }).fill('en annan god lösenfras');
  await page.keyboard.press('Enter');
  await page.getByText('Länken är använd eller för gammal. Be en administratör om en ny.').waitFor();
});

describe('statistics', () => {
  test('an empty installation explains what will be there', async () => {
    await signIn(watched, 'supervisor', PASSWORD);
    await watched.page.getByRole('heading', { name: 'Inget är publicerat än' }).waitFor();
    expect(watched.page.url()).toBe(`${url}/statistics`);
    await watched.expectAccessible();
  });

  describe('of a published quarter', () => {
    beforeAll(() => publish(app.database, aQuarter({ quarter: '2026-Q1', plan, fill })));

    test.each(looks)('its tables are shown: %j', async (look) => {
      await open(look);
      const { page } = watched;
      await signIn(watched, 'supervisor', PASSWORD);
      await page.getByRole('heading', { name: 'Kvartal 1 2026' }).waitFor();
      await page.getByRole('table', { name: 'Typ av kontakt' }).waitFor();
      await watched.expectAccessible();
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    });

    test('every number says how sure it is, and what is hidden explains itself', async () => {
      const { page } = watched;
      await signIn(watched, 'supervisor', PASSWORD);
      const kinds = page.getByRole('table', { name: 'Typ av kontakt' });
      const cell = (label: string) =>
        kinds
          .getByRole('row', { name: new RegExp(`^${label}`) })
          .getByRole('cell')
          .first();
      // Its noise has variance 9, its step is 1: 1.96 times 3, rounded up.
      expect(await cell('Stöd eller råd').textContent()).toBe('903 ± 6');
      const hidden = cell('Hot eller trakasserier').getByRole('button', { name: 'färre än 10' });
      expect(await kinds.getByText('kan också vara noll').count()).toBe(2);
      await hidden.click();
      expect(await cell('Hot eller trakasserier').getByText('kan också vara noll').isVisible()).toBe(true);
      await watched.expectAccessible();
    });

    test('a table can be taken away as CSV', async () => {
      const { page } = watched;
      await signIn(watched, 'supervisor', PASSWORD);
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Ladda ner CSV: Typ av kontakt' }).click();
      const file = await download;
      expect(file.suggestedFilename()).toBe('tyst-2026-Q1-kind.csv');
      let text = '';
      for await (const chunk of await file.createReadStream()) text += String(chunk);
      expect(text).toContain(
        '2026-Q1,kind,kind,conversation,Stöd eller råd,Support or advice,,,,,value,903,,6',
      );
    });

    test('a month of the quarter can be chosen', async () => {
      const { page } = watched;
      await signIn(watched, 'supervisor', PASSWORD);
      await page.getByLabel('Period').selectOption('2026-02');
      await page.getByRole('heading', { name: 'Februari 2026' }).waitFor();
      await page.getByRole('table').first().waitFor();
      await watched.expectAccessible();
    });
  });
});
