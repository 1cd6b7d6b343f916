/** Everybody's page about their own account: two-step sign-in by keyboard, in both languages; password and language. */
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { account as accountInEnglish } from '../../src/web/messages/account-en.js';
import { account as accountInSwedish } from '../../src/web/messages/account-sv.js';
import { base32, codeAt, otpAddress, stepAt } from '../../src/desk/sign-in/totp.js';
import { PASSWORD, startApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '../support/jest.js';
import { wrongCode } from '../support/wrong-code.js';
import { keyboardOf } from './keyboard.js';
import { seenQrCode } from './seen-qr.js';
import { arrive, watch, type Watched } from './watched.js';

const ownWords = { sv: accountInSwedish, en: accountInEnglish };
let app: TestApp;
let browser: Browser;
let watched: Watched;

beforeAll(async () => {
  app = await startApp('2026-05-20T10:00:00+02:00');
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await app.close();
});
beforeEach(async () => {
  await app.database.owner.query('TRUNCATE desk.two_factor, desk.recovery_code, desk.used_code');
  watched = await watch(browser, `http://127.0.0.1:${String((app.server.address() as AddressInfo).port)}`);
});
afterEach(async () => {
  await watched.expectNoViolations();
  await watched.expectNothingKept();
  await watched.leave();
});

/** Signs in and changes to a language. */
async function enter(locale: 'sv' | 'en', username: string, path = '/account'): Promise<void> {
  await arrive(watched, username, PASSWORD, path);
  watched.inBothLanguages = true;
  if (locale === 'en') await watched.page.getByRole('button', { name: 'English' }).click();
}
const heading = (name: string) => watched.page.getByRole('heading', { name, exact: true }).waitFor();
const { hasFocus, press, type } = keyboardOf(() => watched.page);

describe.each(['sv', 'en'] as const)('by keyboard in %s', (locale) => {
  const own = ownWords[locale];

  test('the second factor is switched on, asked for at the door, and switched off', async () => {
    const { page } = watched;
    await enter(locale, 'supervisor');
    await heading(own.title);
    await watched.expectAccessible();
    await press(own.turnOn);
    const password = page.getByLabel(own.current).first();
    await password.waitFor();
    await page.keyboard.type('fel lösenord');
    await page.keyboard.press('Enter');
    await page.getByText(own.wrong).waitFor();
    await watched.expectAccessible();
    await page.keyboard.press('Control+A');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await heading(own.secretTitle);
    await watched.expectAccessible();
    const [row] = await app.database.owner.query<{ pending: Buffer }[]>(
      'SELECT pending FROM desk.two_factor',
    );
    const secret = row?.pending ?? Buffer.alloc(20);
    const code = page.getByRole('img', { name: own.qrCode });
    const address = otpAddress('supervisor', secret);
    expect(await page.getByRole('link', { name: own.openApp }).getAttribute('href')).toBe(address);
    expect(await seenQrCode(page, code)).toBe(address);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await seenQrCode(page, code)).toBe(address);
    await watched.expectAccessible();
    await page.emulateMedia({ colorScheme: 'light' });
    // The code is drawn here: the key was in no request, and the picture is none.
    const sent = watched.requests.map((request) => request.url() + (request.postData() ?? ''));
    expect(sent.filter((text) => text.includes(base32(secret)))).toEqual([]);
    const codeNow = () => codeAt(secret, stepAt(app.clock.now()));
    await type(own.code, wrongCode(secret, app.clock.now()));
    await page.keyboard.press('Enter');
    await page.getByText(own.codeWrong).waitFor();
    await watched.expectAccessible();
    await page.keyboard.press('Control+A');
    await page.keyboard.type(codeNow());
    await page.keyboard.press('Enter');
    await heading(own.codesTitle);
    const codes = await page.locator('.codes li').allTextContents();
    expect(codes).toHaveLength(10);
    await watched.expectAccessible();
    await press(own.codesDone);
    await page.getByText(own.codesLeft(10)).waitFor();
    await watched.expectAccessible();

    await page.getByRole('button', { name: locale === 'sv' ? 'Logga ut' : 'Sign out' }).click();
    await page.locator('input[autocomplete="username"]').fill('supervisor');
    await page.locator('input[type="password"]').fill(PASSWORD);
    await page.keyboard.press('Enter');
    const codeField = page.locator('input[autocomplete="one-time-code"]');
    await codeField.waitFor();
    expect(await hasFocus(codeField)).toBe(true);
    await watched.expectAccessible();
    // The code that switched it on has been used.
    await page.keyboard.type(codeNow());
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await watched.expectAccessible();
    await page.keyboard.press('Control+A');
    await page.keyboard.type(codes[0] ?? '');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /Logga ut|Sign out/ }).waitFor();
    await page.goto('/account');
    await page.getByText(ownWords.sv.codesLeft(9)).waitFor();
    await page.getByRole('button', { name: ownWords.sv.turnOff, exact: true }).click();
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByText(ownWords.sv.turnedOff).waitFor();
    await watched.expectAccessible();
  });
});

test('a password and a language are changed', async () => {
  const { page } = watched;
  const t = ownWords.sv;
  await enter('sv', 'handler');
  await heading(t.title);
  const section = page.getByRole('region', { name: t.password });
  await section.getByLabel(t.current).fill(PASSWORD);
  await section.getByLabel(t.fresh).fill('kort');
  await page.keyboard.press('Enter');
  await page.getByText('Lösenordet är för kort. Det behöver vara minst 12 tecken.').waitFor();
  await watched.expectAccessible();
  // Back to the same one, so that the other tests get in.
  await section.getByLabel(t.fresh).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByText(t.changed).waitFor();
  await page.getByRole('radio', { name: 'English' }).check();
  await page.getByRole('button', { name: t.languageSave }).click();
  await page.getByText(ownWords.en.languageSaved).waitFor();
  await watched.expectAccessible();
  await page.reload();
  await heading(ownWords.en.title);
  await app.database.owner.query(`UPDATE desk.account SET locale = 'sv'`);
});

test('a handler opens the own account beside the call, which stays', async () => {
  const { page, context } = watched;
  await enter('sv', 'handler', '/');
  await page.getByRole('radio', { name: 'Tyst samtal' }).click();
  const beside = context.waitForEvent('page');
  await page
    .getByRole('link', { name: /Ditt konto/ })
    .first()
    .click();
  const own = await beside;
  await own.getByRole('heading', { name: ownWords.sv.title }).waitFor();
  expect(await page.getByRole('radio', { name: 'Tyst samtal' }).isChecked()).toBe(true);
});
