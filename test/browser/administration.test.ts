/** What an administrator does, by keyboard, in both languages. */
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { administration as inEnglish } from '../../src/web/messages/administration-en.js';
import { administration as inSwedish } from '../../src/web/messages/administration-sv.js';
import { account as accountInSwedish } from '../../src/web/messages/account-sv.js';
import { openReleases as openInEnglish } from '../../src/web/messages/open-releases-en.js';
import { openReleases as openInSwedish } from '../../src/web/messages/open-releases-sv.js';
import { PASSWORD, startApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '../support/jest.js';
import { startKeeper } from '../support/keeper.js';
import { speakSmall } from '../support/small.js';
import { importAFile } from './import-flow.js';
import { keyboardOf } from './keyboard.js';
import { arrive, signIn, watch, type Look, type Watched } from './watched.js';

const START = '2026-05-20T10:00:00+02:00';
const words = { sv: inSwedish, en: inEnglish };
const openWords = { sv: openInSwedish, en: openInEnglish };
const dataDir = mkdtempSync(join(tmpdir(), 'tyst-administration-'));
let app: TestApp;
let browser: Browser;
let url: string;
let watched: Watched;

let keeping: ReturnType<typeof startKeeper>;

beforeAll(async () => {
  app = await startApp(START);
  await speakSmall(app.database);
  keeping = startKeeper(app.database, { clock: app.clock, dataDir });
  url = `http://127.0.0.1:${String((app.server.address() as AddressInfo).port)}`;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await keeping.stop();
  await app.close();
  rmSync(dataDir, { recursive: true });
});
beforeEach(async () => {
  app.clock.set(START);
  await app.database.owner.query(`
    DELETE FROM desk.account WHERE username NOT IN ('handler', 'supervisor', 'administrator');
    DELETE FROM desk.vocabulary WHERE version > 1;
    TRUNCATE desk.setting, desk.two_factor, desk.recovery_code, desk.used_code, desk.sign_in_failure`);
  watched = await watch(browser, url);
});
afterEach(async () => {
  await watched.expectNoViolations();
  await watched.expectNothingKept();
  await watched.leave();
});

const open = async (look: Look = {}) => {
  await watched.leave();
  watched = await watch(browser, url, look);
};
/** Signs in and changes to a language. */
async function enter(locale: 'sv' | 'en', username = 'administrator'): Promise<void> {
  await arrive(watched, username, PASSWORD);
  watched.inBothLanguages = true;
  if (locale === 'en') await watched.page.getByRole('button', { name: 'English' }).click();
}
const heading = (name: string) => watched.page.getByRole('heading', { name, exact: true }).waitFor();
const fits = async () =>
  expect(
    await watched.page.evaluate('document.documentElement.scrollWidth - innerWidth'),
  ).toBeLessThanOrEqual(0);

const { hasFocus, press, type } = keyboardOf(() => watched.page);

describe.each(['sv', 'en'] as const)('by keyboard in %s', (locale) => {
  const t = words[locale];

  test('somebody is invited, chooses a password, gets another role and is shut out', async () => {
    const { page } = watched;
    await enter(locale);
    await heading(t.start.title);
    await watched.expectAccessible();
    await press(t.tabs.people, 'link');
    await heading(t.people.title);
    await type(t.people.username, 'Fel Namn');
    await page.keyboard.press('Enter');
    await page.getByText(t.people.usernameWrong).waitFor();
    await watched.expectAccessible();
    await type(t.people.username, 'nina');
    await page.keyboard.press('Enter');
    const link = page.getByLabel(t.people.link('nina'));
    await link.waitFor();
    expect(await link.inputValue()).toMatch(new RegExp(`^${url}/invitation#[\\w-]{43}$`));
    expect(await hasFocus(link)).toBe(true);
    await watched.expectAccessible();

    const guest = await watch(browser, url);
    await guest.page.goto(await link.inputValue());
    await guest.page.locator('input[type="password"]').fill(PASSWORD);
    await guest.page.keyboard.press('Enter');
    await guest.page.getByRole('heading', { name: 'Logga in' }).waitFor();
    await signIn(guest, 'nina', PASSWORD);

    await press(t.tabs.start, 'link');
    await heading(t.start.title);
    await press(t.tabs.people, 'link');
    const nina = page.locator('details.person', { hasText: 'nina' });
    await nina.waitFor();
    expect(await nina.textContent()).toContain(t.people.active);
    await nina.locator('summary').focus();
    await page.keyboard.press('Enter');
    await watched.expectAccessible();
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText(t.people.changed.role('nina', t.roles.supervisor.name)).waitFor();
    await nina.getByRole('button', { name: t.people.disable }).focus();
    await page.keyboard.press('Enter');
    await page.getByText(t.people.changed.disabled('nina'), { exact: true }).waitFor();
    await watched.expectAccessible();
    await guest.page.reload();
    await guest.page.getByRole('heading', { name: 'Logga in' }).waitFor();
    await guest.leave();
  });

  test('the only administrator cannot shut themselves out, and is told why', async () => {
    const { page } = watched;
    await enter(locale);
    await press(t.tabs.people, 'link');
    const self = page.locator('details.person', { hasText: 'administrator' }).first();
    await self.locator('summary').focus();
    await page.keyboard.press('Enter');
    await self.getByRole('button', { name: t.people.disable }).focus();
    await page.keyboard.press('Enter');
    await page.getByText(t.problems['last-administrator']).waitFor();
    await watched.expectAccessible();
  });

  test('an answer is added, renamed, moved, grouped and retired, and the form shown', async () => {
    const { page } = watched;
    await enter(locale);
    await press(t.tabs.vocabulary, 'link');
    await heading(t.vocabulary.title);
    await watched.expectAccessible();
    const channel = locale === 'sv' ? 'Kanal' : 'Channel';
    await press(channel);
    await type(t.vocabulary.english, 'Means of contact');
    const add = page.getByRole('form', { name: t.vocabulary.addTitle });
    await add.getByLabel(t.vocabulary.swedish).focus();
    await page.keyboard.type('Sms');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Text message');
    await page.keyboard.press('Enter');
    const fresh = page.locator('[data-code="text_message"]');
    await fresh.getByText(t.vocabulary.added).waitFor();
    await press(t.vocabulary.up(locale === 'sv' ? 'Sms' : 'Text message'));
    await press(`${t.vocabulary.retire}: ${locale === 'sv' ? 'Telefonsvarare' : 'Voicemail'}`);
    await page.getByText(t.vocabulary.retired(1)).waitFor();
    await watched.expectAccessible();

    // A group without answers is pointed out, and filled.
    await add.getByLabel(t.vocabulary.swedish).focus();
    await page.keyboard.type('Skrift');
    await page.keyboard.press('Tab');
    await page.keyboard.type('In writing');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await page.locator('[data-code="in_writing"]').waitFor();
    await press(t.vocabulary.save);
    await page.getByText(t.vocabulary.toMend(1)).waitFor();
    await page.getByText(t.vocabulary.errors.empty).waitFor();
    await watched.expectAccessible();
    await page
      .getByLabel(`${t.vocabulary.group}: ${locale === 'sv' ? 'Chatt' : 'Chat'}`)
      .selectOption('in_writing');
    await page.locator('summary', { hasText: t.vocabulary.preview }).focus();
    await page.keyboard.press('Enter');
    await page
      .locator('.preview')
      .getByRole('radio', { name: locale === 'sv' ? 'Sms' : 'Text message' })
      .waitFor();
    await watched.expectAccessible();
    await press(t.vocabulary.save);
    await page.getByText(t.vocabulary.saved).waitFor();
    await watched.expectAccessible();

    const rows = await app.database.owner.query<{ document: { dimensions: { codes: unknown[] }[] } }[]>(
      `SELECT document FROM desk.vocabulary WHERE from_quarter = '2026-Q3'`,
    );
    expect(rows[0]?.document.dimensions[1]).toMatchObject({
      label: { sv: locale === 'sv' ? 'Kanal' : 'Kanal', en: 'Means of contact' },
      codes: [
        { id: 'phone' },
        { id: 'callback' },
        { id: 'voicemail', retired: true },
        { id: 'chat', parent: 'in_writing' },
        { id: 'text_message', label: { sv: 'Sms', en: 'Text message' } },
        { id: 'email' },
        { id: 'in_writing', group: true },
      ],
    });
  });

  test('the organisation is named, and the event log says so', async () => {
    const { page } = watched;
    await enter(locale);
    await press(t.tabs.settings, 'link');
    await heading(t.settings.title);
    await page.getByLabel(openWords[locale].label).focus();
    await page.keyboard.press('Space');
    await type(t.settings.organisation, 'Region Värmland');
    await page.keyboard.press('Enter');
    await page.getByText(t.settings.saved).waitFor();
    await page.getByRole('link', { name: /\/open/ }).waitFor();
    await watched.expectAccessible();
    await press(t.tabs.events, 'link');
    await heading(t.events.title);
    const settings = t.events.events['settings-set'];
    await page
      .getByRole('cell', { name: settings.what('') })
      .first()
      .waitFor();
    expect(await page.getByRole('cell', { name: '2026-05-20' }).first().isVisible()).toBe(true);
    expect(await page.locator('table.events').textContent()).not.toMatch(/\d\d:\d\d/);
    await watched.expectAccessible();
    await page.getByLabel(t.events.kind).selectOption('settings-set');
    await type(t.events.who, 'nobody-of-that-name');
    await page.keyboard.press('Enter');
    await page.getByText(t.events.none).waitFor();
    await watched.expectAccessible();
    await page.goto(locale === 'sv' ? '/about' : '/about#en');
    await page.getByText('Region Värmland').waitFor();
    await page.goto(locale === 'sv' ? '/open' : '/open/en');
    await page.getByRole('link', { name: 'Region Värmland' }).waitFor();
    await page.goto('/');
  });

  test('a file of calls is checked, put right and imported', async () => {
    await enter(locale);
    await press(t.tabs.importing, 'link');
    await importAFile(watched, { t, database: app.database, folder: dataDir, locale });
    await press(t.tabs.events, 'link');
    await watched.page
      .getByRole('cell', { name: /20\d\d-Q2/ })
      .first()
      .waitFor();
  });
});

describe('the draft of the vocabulary', () => {
  const t = words.sv.vocabulary;
  const rename = async (text: string) => {
    await watched.page.locator('.question-head input').first().fill(text);
    await watched.page.getByText(t.unsaved).waitFor();
  };

  test('waits unsaved while one looks at other pages, and can be undone', async () => {
    const { page } = watched;
    await enter('sv');
    await page.getByRole('link', { name: words.sv.tabs.vocabulary }).first().click();
    await rename('Kontaktens art');
    for (const link of [words.sv.tabs.people, words.sv.tabs.vocabulary])
      await page.getByRole('navigation', { name: words.sv.nav }).getByRole('link', { name: link }).click();
    expect(await page.locator('.question-head input').first().inputValue()).toBe('Kontaktens art');
    await page.getByRole('button', { name: t.undo }).click();
    await page.getByText(t.unsaved).waitFor({ state: 'detached' });
    expect(await page.locator('.question-head input').first().inputValue()).toBe('Typ av kontakt');
    await page.getByRole('button', { name: t.save }).click();
    await page.getByText(t.same).waitFor();
  });

  test('of another administrator is not overwritten', async () => {
    const { page } = watched;
    await enter('sv');
    await page.getByRole('link', { name: words.sv.tabs.vocabulary }).first().click();
    await rename('Kontaktens art');
    const other = await app.as('administrator');
    const { body } = await other.get('/api/v1/vocabulary/next');
    const draft = body as { dimensions: { label: object }[] };
    if (draft.dimensions[1] !== undefined) draft.dimensions[1].label = { sv: 'Väg in', en: 'Way in' };
    await other.put('/api/v1/vocabulary/next').send(draft).expect(204);
    await page.getByRole('button', { name: t.save }).click();
    await page.getByText(words.sv.problems['vocabulary-changed']).waitFor();
    await watched.expectAccessible();
    await page.getByRole('button', { name: t.reload }).click();
    await page.getByRole('button', { name: 'Väg in' }).waitFor();
    expect(await page.locator('.question-head input').first().inputValue()).toBe('Typ av kontakt');
  });
});

const looks: readonly Look[] = [{ dark: true }, { width: 360, height: 740 }, { width: 1920, height: 1080 }];
test.each(looks)('every page is accessible and fits: %j', async (look) => {
  await open(look);
  const { page } = watched;
  const t = words.sv;
  await enter('sv');
  const pages: [string, string][] = [
    [t.tabs.people, t.people.title],
    [t.tabs.vocabulary, t.vocabulary.title],
    [t.tabs.directory, t.directory.title],
    [t.tabs.settings, t.settings.title],
    [t.tabs.importing, t.importing.title],
    [t.tabs.events, t.events.title],
    [t.tabs.start, t.start.title],
  ];
  for (const [tab, title] of pages) {
    await page.getByRole('navigation', { name: t.nav }).getByRole('link', { name: tab }).click();
    await heading(title);
    await page.waitForLoadState('networkidle');
    if (title === t.people.title) await page.locator('.person summary').first().click();
    if (title === t.vocabulary.title) await page.locator('.preview > summary').click();
    await watched.expectAccessible();
    await fits();
  }
  await page
    .getByRole('link', { name: /Ditt konto/ })
    .last()
    .click({ force: true });
  await heading(accountInSwedish.title);
  await watched.expectAccessible();
  await fits();
});

test('what has not been had from the server is said, and asked for again', async () => {
  const { page } = watched;
  await enter('sv');
  await heading(words.sv.start.title);
  await page.route('**/api/v1/users', (route) => route.abort());
  await page.getByRole('link', { name: words.sv.tabs.people }).first().click();
  await page.getByText('Ingen kontakt med Tyst. Kontrollera nätet och försök igen.').waitFor();
  await watched.expectAccessible();
  await page.unroute('**/api/v1/users');
  await page.getByRole('button', { name: 'Försök igen' }).click();
  await heading(words.sv.people.title);
});
