import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { addUser } from '../../src/desk/people/accounts.js';
import { PASSWORD, startApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '../support/jest.js';
import { signIn, watch, type Look, type Watched } from './watched.js';

let app: TestApp;
let browser: Browser;
let url: string;
let watched: Watched;

const open = async (look: Look = {}) => {
  await watched.leave();
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
  await watched.leave();
});

const looks: readonly Look[] = [{}, { width: 360, height: 740, dark: true }, { width: 1920, height: 1080 }];

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
