/** The page where the referral directory is kept, and the list of all pages, by keyboard, in both languages. */
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import type { Directory, SuppliedOrganisation } from '../../src/contract/directory.js';
import { addNewOrganisations } from '../../src/desk/directory/directory-store.js';
import { projectRoot } from '../../src/platform/project.js';
import { administration as inEnglish } from '../../src/web/messages/administration-en.js';
import { administration as inSwedish } from '../../src/web/messages/administration-sv.js';
import { palette as paletteInEnglish } from '../../src/web/messages/palette-en.js';
import { palette as paletteInSwedish } from '../../src/web/messages/palette-sv.js';
import { today } from '../../src/web/statistics/upcoming.js';
import { PASSWORD, startApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '../support/jest.js';
import { keyboardOf } from './keyboard.js';
import { arrive, watch, type Look, type Watched } from './watched.js';

const words = { sv: inSwedish, en: inEnglish };
const paletteWords = { sv: paletteInSwedish, en: paletteInEnglish };
const check = { sv: 'Kontrollera före användning', en: 'Check before use' };
const { organisations: supplied } = JSON.parse(
  readFileSync(join(projectRoot, 'vocabulary', 'directory.json'), 'utf8'),
) as { organisations: SuppliedOrganisation[] };
let app: TestApp;
let browser: Browser;
let url: string;
let watched: Watched;

beforeAll(async () => {
  app = await startApp();
  url = `http://127.0.0.1:${String((app.server.address() as AddressInfo).port)}`;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await app.close();
});
beforeEach(async () => {
  await app.database.owner.query('TRUNCATE desk.organisation');
  await addNewOrganisations(app.database.desk, supplied);
});
afterEach(async () => {
  await watched.expectNoViolations();
  await watched.expectNothingKept();
  await watched.leave();
});

/** What is stored of an organisation, without its tag. */
const stored = async (id: string): Promise<SuppliedOrganisation | undefined> => {
  const { body } = await (await app.as('administrator')).get('/api/v1/directory').expect(200);
  const { tag: _, ...found } = (body as Directory).organisations.find((one) => one.id === id) ?? { tag: '' };
  return 'id' in found ? found : undefined;
};
const row = (id: string) => watched.page.locator(`#organisation-${id}`);
const { hasFocus, tabTo } = keyboardOf(() => watched.page);
const heading = (name: string) => watched.page.getByRole('heading', { name, exact: true }).waitFor();
const button = (name: string) => watched.page.getByRole('button', { name, exact: true });
async function press(target: Locator): Promise<void> {
  await tabTo(target);
  await watched.page.keyboard.press('Enter');
}
async function type(label: string, text: string): Promise<void> {
  await tabTo(watched.page.getByLabel(label, { exact: true }));
  await watched.page.keyboard.press('Control+A');
  await watched.page.keyboard.insertText(text);
}
/** Picks one of a long list by typing the beginning of its name. */
async function pick(label: string, text: string): Promise<void> {
  await tabTo(watched.page.getByRole('combobox', { name: label, exact: true }));
  await watched.page.keyboard.type(text);
  await watched.page.keyboard.press('Enter');
}
async function enter(locale: 'sv' | 'en', look: Look = {}): Promise<void> {
  watched = await watch(browser, url, look);
  await arrive(watched, 'administrator', PASSWORD);
  watched.inBothLanguages = true;
  if (locale === 'en') await watched.page.getByRole('button', { name: 'English' }).click();
  await press(watched.page.getByRole('link', { name: words[locale].tabs.directory, exact: true }));
  await row('polisen').waitFor();
}

describe.each(['sv', 'en'] as const)('by keyboard in %s', (locale) => {
  const t = words[locale].directory;
  const { save } = words[locale];

  test('an organisation is changed and marked as checked, one is added, one removed', async () => {
    await enter(locale);
    const { page } = watched;
    await page.getByRole('heading', { name: t.count(supplied.length, supplied.length) }).waitFor();
    expect(await row('polisen').textContent()).toContain(check[locale]);
    await watched.expectAccessible();

    await press(row('polisen'));
    await watched.expectAccessible();
    await type(t.fields.telephone, '114 14, +46 77 114 14 00');
    await type(t.fields.web, 'polisen punkt se');
    await press(button(save));
    await page.getByText(t.errors.web).waitFor();
    expect(await hasFocus(page.getByLabel(t.fields.web, { exact: true }))).toBe(true);
    await watched.expectAccessible();
    await type(t.fields.web, 'https://polisen.se/kontakt');
    await pick(t.fields.places, 'Säf');
    await pick(t.fields.places, 'Värmland');
    await button(t.takeAway('Säffle')).focus();
    await page.keyboard.press('Enter');
    const days = [today()];
    await press(button(t.today));
    days.push(today());
    await press(button(save));
    await page.getByText(t.saved('Polisen')).waitFor();
    expect(await hasFocus(row('polisen'))).toBe(true);
    expect(await row('polisen').textContent()).not.toContain(check[locale]);
    await watched.expectAccessible();
    expect(await stored('polisen')).toEqual({
      ...supplied.find(({ id }) => id === 'polisen'),
      telephone: '114 14, +46 77 114 14 00',
      web: 'https://polisen.se/kontakt',
      counties: ['SE311'],
      verifiedOn: expect.stringMatching(new RegExp(`^(${days.join('|')})$`)),
    });

    await button(t.add).focus();
    await page.keyboard.press('Enter');
    expect(await hasFocus(page.getByLabel(t.fields.name, { exact: true }))).toBe(true);
    await press(button(save));
    await page.getByText(t.errors.name).waitFor();
    await page.getByText(t.errors.referral).waitFor();
    expect(await hasFocus(page.getByLabel(t.fields.name, { exact: true }))).toBe(true);
    await watched.expectAccessible();
    await type(t.fields.name, 'Polisen');
    await tabTo(page.getByLabel(t.fields.referral, { exact: true }));
    await page.keyboard.type(locale === 'sv' ? 'Kvinnojour' : 'Women');
    await pick(t.fields.languages, locale === 'sv' ? 'finska' : 'Finnish');
    await tabTo(page.getByRole('checkbox').nth(2));
    await page.keyboard.press('Space');
    await press(button(save));
    await page.getByText(t.added('Polisen')).waitFor();
    expect(await stored('polisen-2')).toEqual({
      id: 'polisen-2',
      name: 'Polisen',
      referral: 'womens_shelter',
      counties: [],
      municipalities: [],
      telephone: null,
      web: null,
      hours: null,
      languages: ['sv', 'fi'],
      needs: ['tip'],
      verifiedOn: null,
    });

    await press(row('kvinnofridslinjen'));
    await press(button(t.remove));
    await page.getByRole('heading', { name: t.removing.title('Kvinnofridslinjen') }).waitFor();
    await watched.expectAccessible();
    await page.keyboard.press('Escape');
    expect(await stored('kvinnofridslinjen')).toBeDefined();
    await press(button(t.remove));
    await press(button(t.removing.go));
    await page.getByText(t.removed('Kvinnofridslinjen')).waitFor();
    await row('kvinnofridslinjen').waitFor({ state: 'detached' });
    expect(await stored('kvinnofridslinjen')).toBeUndefined();
    await watched.expectAccessible();
  });

  test('every page and action is found by name, with Ctrl+K', async () => {
    await enter(locale);
    const { page } = watched;
    const go = paletteWords[locale];
    const dialog = page.getByRole('dialog', { name: go.title });
    const options = () => dialog.getByRole('option').allTextContents();
    const chosen = () => dialog.getByRole('option', { selected: true }).textContent();
    await press(button(go.open));
    await dialog.waitFor();
    const all = await options();
    expect(all).toEqual([
      ...Object.values(words[locale].tabs),
      ...[go.account, go.about, go.language, go.dark, go.hide, go.signOut],
    ]);
    await watched.expectAccessible();
    // The list goes round, and what is chosen is told to whoever does not see it.
    await page.keyboard.press('ArrowUp');
    expect(await chosen()).toBe(go.signOut);
    await page.keyboard.press('ArrowDown');
    expect(await chosen()).toBe(all[0]);
    const field = dialog.getByRole('combobox', { name: go.search });
    const active = await field.getAttribute('aria-activedescendant');
    expect(await dialog.getByRole('option', { selected: true }).getAttribute('id')).toBe(active);
    await page.keyboard.type('xyz');
    await dialog.getByText(go.none).waitFor();
    await page.keyboard.press('Enter');
    await watched.expectAccessible();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await hasFocus(page.getByRole('button', { name: go.open }))).toBe(true);

    /** Finds by some letters, and does the first that they find. */
    const reach = async (letters: string, first: string) => {
      await page.keyboard.press('Control+K');
      await dialog.waitFor();
      await page.keyboard.type(letters);
      expect((await options())[0]).toBe(first);
      await page.keyboard.press('Enter');
      await dialog.waitFor({ state: 'detached' });
    };
    // With the letters of the language, and without their marks.
    await reach(locale === 'sv' ? 'händ' : 'event', words[locale].tabs.events);
    await heading(words[locale].events.title);
    await reach(locale === 'sv' ? 'hanv' : 'ref', words[locale].tabs.directory);
    await heading(t.title);
    await reach(locale === 'sv' ? 'mörk' : 'dark', go.dark);
    const tokens = () =>
      page.evaluate<string[]>(`(() => {
        const style = getComputedStyle(document.documentElement);
        return [...style].filter((name) => name.startsWith('--')).map((name) => name + style.getPropertyValue(name));
      })()`);
    const dark = await tokens();
    await watched.expectAccessible();
    await page.emulateMedia({ colorScheme: 'dark' });
    await reach(locale === 'sv' ? 'färg' : 'theme', go.light);
    const light = await tokens();
    expect(light).not.toEqual(dark);
    await reach(locale === 'sv' ? 'täck' : 'cover', go.hide);
    await page
      .getByRole('dialog', { name: locale === 'sv' ? 'Skärmen är dold' : 'The screen is hidden' })
      .waitFor();
    await page.keyboard.press('Control+K');
    expect(await page.getByRole('dialog').count()).toBe(1);
    await page.keyboard.press('F2');
    // The page is as light, and as dark, as the system makes it: chosen or not, the colours are the same.
    await page.evaluate(`delete document.documentElement.dataset.theme`);
    expect(await tokens()).toEqual(dark);
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await tokens()).toEqual(light);
    await reach(locale === 'sv' ? 'switch' : 'byt', go.language);
    await page.getByRole('button', { name: paletteWords[locale === 'sv' ? 'en' : 'sv'].open }).waitFor();
  });
});

test('what is not saved is asked about before it is left, and can be undone; narrow and dark', async () => {
  const t = words.sv.directory;
  await enter('sv', { width: 360, height: 740, dark: true });
  const { page } = watched;
  const fits = async () =>
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  await fits();
  await press(row('polisen'));
  await type(t.fields.name, 'Ett annat namn');
  await fits();
  await watched.expectAccessible();
  const ways = [
    () => press(row('bris')),
    () => press(page.getByRole('link', { name: words.sv.tabs.people, exact: true })),
    () => press(button('Logga ut')),
  ];
  for (const leave of ways) {
    await leave();
    await page.getByRole('heading', { name: t.leaving.title }).waitFor();
    await press(button(t.leaving.stay));
    expect(await page.getByLabel(t.fields.name, { exact: true }).inputValue()).toBe('Ett annat namn');
  }
  await press(button(t.undo));
  expect(await page.getByLabel(t.fields.name, { exact: true }).inputValue()).toBe('Polisen');
  await press(row('bris'));
  expect(await row('bris').getAttribute('aria-expanded')).toBe('true');
  await type(t.fields.hours, 'vardagar');
  await press(page.getByRole('link', { name: words.sv.tabs.people, exact: true }));
  await page.getByRole('heading', { name: t.leaving.title }).waitFor();
  await watched.expectAccessible();
  await press(button(t.leaving.go));
  await page.getByRole('heading', { name: words.sv.people.title, exact: true }).waitFor();
  expect((await stored('bris'))?.hours).toBe('00–24');
});

test.each(['sv', 'en'] as const)(
  'what another administrator does meanwhile is shown beside in %s',
  async (locale) => {
    const t = words[locale].directory;
    await enter(locale);
    const { page } = watched;
    const other = await app.as('administrator');
    const path = '/api/v1/directory/polisen';
    const before = supplied.find(({ id }) => id === 'polisen');
    if (before === undefined) throw new Error('It is not among those that come with Tyst.');
    const { id: _, ...police } = before;
    const field = (name: 'name' | 'telephone' | 'hours') => page.getByLabel(t.fields[name], { exact: true });
    const meanwhile = page.getByRole('region', { name: t.meanwhile.changed.title });

    await press(row('polisen'));
    await type(t.fields.telephone, '114 14');
    await type(t.fields.name, 'Polisen (min)');
    const theirs = { ...police, name: 'Polisen (deras)', hours: 'vardagar', telephone: police.telephone };
    await other.put(path).send(theirs).expect(204);
    await press(button(words[locale].save));
    await meanwhile.waitFor();
    expect(await hasFocus(page.getByRole('heading', { name: t.meanwhile.changed.title }))).toBe(true);
    await watched.expectAccessible();
    expect((await stored('polisen'))?.name).toBe('Polisen (deras)');
    // What was typed stays, what was not is as it is there now; the two are told apart.
    expect(await field('name').inputValue()).toBe('Polisen (min)');
    expect(await field('telephone').inputValue()).toBe('114 14');
    expect(await field('hours').inputValue()).toBe('vardagar');
    expect(await meanwhile.textContent()).toContain('Polisen (deras)');
    expect(await meanwhile.getByText(t.meanwhile.same).count()).toBe(1);
    await press(meanwhile.getByRole('button'));
    expect(await field('name').inputValue()).toBe('Polisen (deras)');
    await press(button(words[locale].save));
    await page.getByText(t.saved('Polisen (deras)')).waitFor();
    expect(await stored('polisen')).toEqual({ ...before, ...theirs, telephone: '114 14' });

    // One that another has changed is not removed before that is seen.
    await press(row('polisen'));
    await other.put(path).send(police).expect(204);
    await press(button(t.remove));
    await press(button(t.removing.go));
    await meanwhile.waitFor();
    expect((await stored('polisen'))?.name).toBe(police.name);
    // One that another has removed is there again once it is saved, and not before.
    await type(t.fields.name, 'Polisen (åter)');
    await other.delete(path).expect(204);
    await press(button(words[locale].save));
    await page.getByRole('heading', { name: t.meanwhile.removed.title }).waitFor();
    await watched.expectAccessible();
    expect(await stored('polisen')).toBeUndefined();
    await press(button(words[locale].save));
    await page.getByText(t.saved('Polisen (åter)')).waitFor();
    expect((await stored('polisen'))?.name).toBe('Polisen (åter)');
  },
);
