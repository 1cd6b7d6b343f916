import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { Browser, Locator, Request } from 'playwright-core';
import type { Answers } from '../../src/contract/call.js';
import { PASSWORD, startApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { aConversation, codesOf } from '../support/calls.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '../support/jest.js';
import { sealBefore } from '../support/keeping.js';
import { storedCalls } from './handler.js';
import { arrive, watch, type Watched } from './watched.js';

const SAVED = 'Samtalet är sparat. Du kan ändra det till kl. 04.';

let app: TestApp;
let browser: Browser;
let url: string;
let watched: Watched;

beforeAll(async () => {
  app = await startApp('2026-11-11T12:00:00Z', { preset: 'large' });
  url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await app.close();
});
beforeEach(async () => {
  await app.database.owner.query('TRUNCATE intake.call');
  watched = await watch(browser, url);
  await arrive(watched, 'handler', PASSWORD);
  await watched.page.getByRole('radio').first().waitFor();
});
afterEach(async () => {
  await watched.leave();
});

const stored = () => storedCalls(app.database);

const isCall = (request: Request) => request.url().includes('/api/v1/calls/');
const puts = () => watched.requests.filter((request) => isCall(request) && request.method() === 'PUT');
const receiptOf = (request: Request) => request.url().split('/').at(-1) ?? '';

const heading = (name: string): Locator => watched.page.getByRole('heading', { name });
const press = (key: string) => watched.page.keyboard.press(key);
const click = (role: 'button' | 'radio' | 'checkbox', name: string) =>
  watched.page.getByRole(role, { name, exact: true }).click();

interface Focus {
  readonly dimension: string | null;
  readonly text: string;
  readonly checked: boolean;
}
/** What has the focus. */
const focus = () =>
  watched.page.evaluate<Focus>(`(() => {
    const element = document.activeElement;
    return {
      dimension: element.closest('[data-dimension]')?.dataset.dimension ?? null,
      text: element.querySelector('span')?.textContent ?? element.textContent,
      checked: element.getAttribute('aria-checked') === 'true',
    };
  })()`);

async function pressUntil(key: string, reached: (at: Focus) => boolean): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    if (reached(await focus())) return;
    await press(key);
  }
  throw new Error(`Pressing ${key} led nowhere.`);
}

/** Tabs to a question and chooses by arrow keys, or by space where the first choice is the one. */
async function choose(dimension: string, text: string): Promise<void> {
  await pressUntil('Tab', (at) => at.dimension === dimension);
  await pressUntil('ArrowRight', (at) => at.text === text);
  if (!(await focus()).checked) await press('Space');
}

/** The three answers that a silent call needs; the part of the day is the clock's. */
async function fillSilentCall(): Promise<void> {
  await click('radio', 'Tyst samtal');
  await click('radio', 'Telefon');
}

async function expectSaved(): Promise<void> {
  await heading(SAVED).waitFor();
}

describe('logging a call', () => {
  test('a conversation is logged by keyboard alone, and only its answers are sent', async () => {
    const { page } = watched;
    await watched.expectAccessible();
    await choose('kind', 'Stöd eller råd');
    await choose('channel', 'Telefon');
    await pressUntil('Tab', ({ text }) => text === 'ändra');
    await press('Enter');
    await pressUntil('ArrowRight', ({ text, checked }) => text.startsWith('Kväll') && checked);
    await choose('concern', 'Påverkan på nätet');
    await choose('environment', 'Våldsbejakande högerextremism');
    await choose('relation', 'Närstående');
    await press('Tab');
    expect(await focus()).toEqual({
      dimension: 'relation',
      text: 'Förälder eller vårdnadshavare',
      checked: false,
    });
    await press('Space');
    await choose('caller_age', 'Nej, vuxen');
    await choose('age', '16–17 år');
    await choose('gender', 'Pojke eller man');
    await pressUntil('Tab', ({ dimension }) => dimension === 'area');
    await page.keyboard.type('värm');
    await press('Enter');
    expect(await page.getByRole('combobox').inputValue()).toBe('Värmlands län');
    await choose('language', 'Svenska');
    await choose('contact', 'Nej');
    await choose('length', '30–59 min');
    await pressUntil('Tab', ({ text }) => text === 'Kommun, skola och vård');
    await press('Enter');
    await pressUntil('Tab', ({ text }) => text.startsWith('Kommunens samordnare'));
    await press('Space');
    await choose('outcome', 'Råd');
    await watched.expectAccessible();
    await press('Control+Enter');
    await expectSaved();
    await watched.expectAccessible();

    const answers: Answers = aConversation();
    expect(puts().map((request) => request.postDataJSON() as unknown)).toEqual([{ answers }]);
    const [put] = puts();
    const receipt = put === undefined ? '' : receiptOf(put);
    expect(receipt).toMatch(/^[A-Za-z0-9_-]{21}[AQgw]$/);
    expect(await stored()).toEqual([
      { receipt_hash: createHash('sha256').update(receipt).digest(), codes: codesOf(answers) },
    ]);
    expect(watched.requests.filter((request) => !request.url().startsWith(url))).toEqual([]);
    await watched.expectNothingKept();
    await watched.expectNoViolations();
  });

  test('a contact that was no conversation asks for nothing but its kind, channel and part of the day', async () => {
    const { page } = watched;
    const questions = () => page.locator('[data-dimension]').count();
    expect(await questions()).toBe(14);
    await fillSilentCall();
    expect(await questions()).toBe(2);
    await watched.expectAccessible();
    await click('button', 'Spara samtalet');
    await expectSaved();
    expect(
      puts().map((request) => Object.keys((request.postDataJSON() as { answers: object }).answers)),
    ).toEqual([['kind', 'channel', 'daypart']]);
    expect(await stored()).toHaveLength(1);
  });

  test('what is missing is pointed out, the focus goes to the first of it, and nothing is sent', async () => {
    const { page } = watched;
    await click('radio', 'Stöd eller råd');
    await press('Control+Enter');
    await page.getByText('13 svar saknas. De är markerade ovan.').waitFor();
    expect(await focus()).toMatchObject({ dimension: 'channel', text: 'Telefon' });
    expect(await page.getByText('Välj ett svar.').count()).toBe(12);
    await watched.expectAccessible();
    await press('Space');
    await page.getByText('Tolv svar saknas. De är markerade ovan.').waitFor();
    expect(puts()).toEqual([]);
  });

  test('referrals are at most three, and none of them stands alone', async () => {
    const { page } = watched;
    const checked = () => page.getByRole('checkbox', { checked: true }).locator('span').allTextContents();
    await click('checkbox', 'Avhopparverksamhet');
    await click('button', 'Civilsamhälle');
    await click('checkbox', 'Kvinnojour');
    await click('button', 'Polis, Säpo och 112');
    await click('checkbox', '112');
    expect(await checked()).toEqual(['Avhopparverksamhet', '112', 'Kvinnojour']);
    const police = page.getByRole('checkbox', { name: 'Polisen (114 14)' });
    expect(await police.getAttribute('aria-disabled')).toBe('true');
    await click('checkbox', 'Ingen hänvisning');
    expect(await checked()).toEqual(['Ingen hänvisning']);
    await click('checkbox', 'Polisen (114 14)');
    expect(await checked()).toEqual(['Polisen (114 14)']);
  });

  test('a county is found by its own letters first, and by tap', async () => {
    const { page } = watched;
    const field = page.getByRole('combobox');
    await field.fill('ö');
    expect(await page.getByRole('option').allTextContents()).toEqual(['Örebro län', 'Östergötlands län']);
    await field.fill('o');
    expect(await page.getByRole('option').allTextContents()).toEqual(['Örebro län', 'Östergötlands län']);
    await press('Escape');
    await click('button', 'Visa alla');
    expect(await page.getByRole('option').count()).toBe(21);
    await watched.expectAccessible();
    await page.getByRole('option', { name: 'Gotlands län' }).click();
    expect(await field.inputValue()).toBe('Gotlands län');
    await click('radio', 'Utomlands');
    expect(await field.inputValue()).toBe('');
  });
});

test('what the server finds wrong with an answer is shown at its question', async () => {
  const { page } = watched;
  // A browser with an older vocabulary sends a code that is no longer one.
  await page.route('**/api/v1/calls/*', (route) =>
    route.continue({ postData: { answers: { kind: 'silent', channel: 'pigeon', daypart: 'night' } } }),
  );
  await fillSilentCall();
  await press('Control+Enter');
  await page.getByText('Ett svar behöver ses över. Det är markerat ovan.').waitFor();
  expect(await focus()).toMatchObject({ dimension: 'channel' });
  await page.getByText('Svaret går inte längre att välja. Välj ett annat.').waitFor();
  await watched.expectAccessible();
  await click('radio', 'Chatt');
  expect(await page.getByRole('alert').count()).toBe(0);
  await page.unroute('**/api/v1/calls/*');
  await press('Control+Enter');
  await expectSaved();
});

/** What is said where Tyst answers, and takes nothing in. */
const CANNOT_TAKE = 'Tyst kan inte ta emot samtal just nu. Försöker igen …';

describe('when the network fails', () => {
  test('an answer that is lost after the call was stored makes no double', async () => {
    const { page } = watched;
    const statuses: number[] = [];
    let lost = 0;
    await page.route('**/api/v1/calls/*', async (route) => {
      // The server has it before the network drops; the browser never learns.
      const response = await route.fetch();
      statuses.push(response.status());
      if (lost === 0) {
        lost += 1;
        expect(await stored()).toHaveLength(1);
        await route.abort('connectionreset');
      } else await route.fulfill({ response });
    });
    await fillSilentCall();
    await press('Control+Enter');
    await page.getByText('Ingen kontakt. Försöker igen …').waitFor();
    await watched.expectAccessible();
    await expectSaved();
    expect(statuses).toEqual([201, 200]);
    expect(new Set(puts().map(receiptOf)).size).toBe(1);
    expect(await stored()).toHaveLength(1);
    await watched.expectNothingKept();
    await watched.expectNoViolations();
  });

  test('it goes on by itself once the network is back, or at once when asked to', async () => {
    const { page, context } = watched;
    await fillSilentCall();
    await context.setOffline(true);
    await press('Control+Enter');
    await page.getByRole('button', { name: 'Försök nu' }).waitFor();
    await press('Enter');
    await page.getByRole('button', { name: 'Försök nu' }).waitFor();
    expect(await stored()).toEqual([]);
    await context.setOffline(false);
    await expectSaved();
    expect(await stored()).toHaveLength(1);
  });

  test('a database that is gone for a while is waited for', async () => {
    const { owner, intake } = app.database;
    const [role] = await intake.query<{ name: string }[]>('SELECT current_user AS name');
    const limit = (connections: number) =>
      owner.query(`ALTER ROLE "${role?.name ?? ''}" CONNECTION LIMIT ${connections}`);
    await fillSilentCall();
    await limit(0);
    await owner.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1', [
      role?.name,
    ]);
    await press('Control+Enter');
    await watched.page.getByText(CANNOT_TAKE).waitFor();
    expect((await puts()[0]?.response())?.status()).toBe(503);
    await limit(-1);
    await click('button', 'Försök nu');
    await expectSaved();
    expect(await stored()).toHaveLength(1);
  });

  test('an intake that is shut is waited for, says so in both languages, and loses nothing', async () => {
    const { owner } = app.database;
    const { page } = watched;
    await owner.query('UPDATE intake.key SET open = false');
    await fillSilentCall();
    await press('Control+Enter');
    await page.getByText(CANNOT_TAKE).waitFor();
    expect((await puts()[0]?.response())?.headers()['retry-after']).toBe('30');
    await watched.expectAccessible();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('Tyst cannot take calls right now. Trying again …').waitFor();
    await page.getByRole('button', { name: 'Svenska' }).click();
    expect(await stored()).toEqual([]);
    await owner.query('UPDATE intake.key SET open = true');
    await click('button', 'Försök nu');
    await expectSaved();
    expect(new Set(puts().map(receiptOf)).size).toBe(1);
    expect(await stored()).toHaveLength(1);
  });

  test('the trying can be stopped to change the answers; the call keeps its receipt', async () => {
    const { page, context } = watched;
    await fillSilentCall();
    await context.setOffline(true);
    await press('Control+Enter');
    await click('button', 'Ändra svaren');
    await click('radio', 'Busringning');
    await context.setOffline(false);
    await click('button', 'Spara samtalet');
    await expectSaved();
    expect(new Set(puts().map(receiptOf)).size).toBe(1);
    expect(await page.getByText('Busringning').isVisible()).toBe(true);
    expect(await stored()).toHaveLength(1);
  });
});

describe('after the call is saved', () => {
  test('it can be changed, withdrawn and followed by a new one with another receipt', async () => {
    await fillSilentCall();
    await press('Control+Enter');
    await expectSaved();
    const [before] = await stored();
    await click('button', 'Ändra samtalet');
    await click('radio', 'Chatt');
    await press('Control+Enter');
    await expectSaved();
    const [after, ...more] = await stored();
    expect(more).toEqual([]);
    expect(after?.receipt_hash).toEqual(before?.receipt_hash);
    expect(after?.codes).not.toEqual(before?.codes);

    await click('button', 'Återkalla samtalet');
    await watched.expectAccessible();
    await click('button', 'Ja, återkalla');
    await heading('Samtalet är återkallat.').waitFor();
    expect(await stored()).toEqual([]);

    await click('button', 'Nytt samtal');
    await fillSilentCall();
    await press('Control+Enter');
    await expectSaved();
    expect(await stored()).toHaveLength(1);
    expect(new Set(puts().map(receiptOf)).size).toBe(2);
    await watched.expectNothingKept();
  });

  test('once the night has sealed it, the form says so', async () => {
    await fillSilentCall();
    await press('Control+Enter');
    await expectSaved();
    await sealBefore(app.database, '2026-11-12');
    await click('button', 'Ändra samtalet');
    await press('Control+Enter');
    await heading('Samtalet är sparat och räknat.').waitFor();
    await watched.expectAccessible();
    await click('button', 'Nytt samtal');
    await watched.page.getByRole('radio', { name: 'Tyst samtal' }).waitFor();
  });
});

test('a session that runs out keeps the draft through signing in again, and the saving goes on', async () => {
  const { page } = watched;
  await fillSilentCall();
  await app.database.owner.query('DELETE FROM desk.session');
  await press('Control+Enter');
  await page.getByRole('dialog', { name: 'Logga in igen' }).waitFor();
  await watched.expectAccessible();
  await press('Escape');
  await press('Escape');
  expect(await page.getByRole('dialog').isVisible()).toBe(true);
  expect(await stored()).toEqual([]);
  await page.keyboard.type(PASSWORD);
  await press('Enter');
  await expectSaved();
  expect(await stored()).toHaveLength(1);
  await watched.expectNothingKept();
});
