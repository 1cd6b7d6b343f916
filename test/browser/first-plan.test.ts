/** The first choice, part of setting Tyst up: how many calls the line expects, by keyboard, in both languages. */
import type { Browser } from 'playwright-core';
import { presetSchema, type Preset } from '../../src/contract/plan.js';
import { administration as inEnglish } from '../../src/web/messages/administration-en.js';
import { administration as inSwedish } from '../../src/web/messages/administration-sv.js';
import { firstPlan as firstInEnglish } from '../../src/web/messages/first-plan-en.js';
import { firstPlan as firstInSwedish } from '../../src/web/messages/first-plan-sv.js';
import { PASSWORD, startApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '../support/jest.js';
import { keyboardOf } from './keyboard.js';
import { expectSound, looks, open } from './supervisor.js';
import { arrive, type Watched } from './watched.js';

const START = '2026-05-20T10:00:00+02:00';
const words = {
  sv: { ...firstInSwedish, start: inSwedish.start },
  en: { ...firstInEnglish, start: inEnglish.start },
};
const locales = ['sv', 'en'] as const;
let app: TestApp;
let browser: Browser;
let watched: Watched;

beforeAll(async () => {
  app = await startApp(START);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await app.close();
});
beforeEach(async () => {
  await app.database.owner.query('TRUNCATE desk.plan, desk.begun_quarter');
  watched = await open(browser, app);
});
afterEach(async () => {
  await watched.expectNoViolations();
  await watched.expectNothingKept();
  await watched.leave();
});

const { tabTo, press } = keyboardOf(() => watched.page);
const heading = (name: string) => watched.page.getByRole('heading', { name, exact: true });
const sizeOf = (preset: Preset) => watched.page.locator(`input[value="${preset}"]`);

async function enter(locale: (typeof locales)[number], path = '/administration'): Promise<void> {
  await arrive(watched, 'administrator', PASSWORD, path);
  watched.inBothLanguages = true;
  if (locale === 'en') await watched.page.getByRole('button', { name: 'English' }).click();
}

const stored = async (): Promise<unknown> =>
  (await (await app.as('supervisor')).get('/api/v1/plan/2026-Q2').expect(200)).body;

describe.each(locales)('in %s', (locale) => {
  const t = words[locale];
  const day = new Date('2026-05-21T00:00:00Z');

  test('the overview leads to the choice, which is made and changed by keyboard', async () => {
    const { page } = watched;
    await enter(locale);
    await heading(t.item.name).waitFor();
    const first = page.locator('.steps li').first();
    expect(await first.getAttribute('data-done')).toBe('false');
    await first.getByText(t.item.why('2026-Q2', day)).waitFor();
    await page.getByText(t.start.progress(2, 6)).waitFor();
    await expectSound(watched);
    await press(t.item.link, 'link');
    await heading(t.title).waitFor();
    await page.getByText(t.until('2026-Q2', day)).waitFor();
    for (const preset of presetSchema.options) expect(await sizeOf(preset).isChecked()).toBe(false);
    await expectSound(watched);

    await press(t.submit);
    await page.getByText(t.choose).waitFor();
    expect(await stored()).toMatchObject({ chosen: false, preset: 'tiny' });
    // None is chosen yet, so the way back from the button comes to the last one.
    await tabTo(sizeOf('large'));
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    expect(await sizeOf('small').isChecked()).toBe(true);
    await press(t.submit);
    const small = locale === 'sv' ? 'liten' : 'small';
    await page.getByText(t.saved(small)).waitFor();
    await expectSound(watched);
    expect(await stored()).toMatchObject({ chosen: true, preset: 'small', begun: false });

    await press(t.back, 'link');
    await page.getByText(t.start.progress(3, 6)).waitFor();
    expect(await first.getAttribute('data-done')).toBe('true');
    await expectSound(watched);
    await press(t.item.change, 'link');
    await heading(t.title).waitFor();
    expect(await sizeOf('small').isChecked()).toBe(true);
  });

  test('a handler who signs in meanwhile ends the choice, and that is said', async () => {
    const { page } = watched;
    await enter(locale, '/administration/size');
    await sizeOf('large').check();
    await app.as('handler');
    await press(t.submit);
    const stands = t.stands('2026-Q2', locale === 'sv' ? 'mycket liten' : 'tiny');
    await page.getByText(stands.charAt(0).toUpperCase() + stands.slice(1)).waitFor();
    expect(await page.locator('form').count()).toBe(0);
    await expectSound(watched);
    expect(await stored()).toMatchObject({ begun: true, chosen: false, preset: 'tiny' });
    await press(t.back, 'link');
    await page.getByText(t.start.progress(3, 6)).waitFor();
    expect(await page.getByRole('link', { name: t.item.change }).count()).toBe(0);
  });
});

test.each(looks)('each size shows what it counts before it is chosen: %j', async (look) => {
  await watched.leave();
  watched = await open(browser, app, look);
  await enter('sv', '/administration/size');
  for (const preset of presetSchema.options) {
    const choice = watched.page.locator('.choice', { has: sizeOf(preset) });
    await choice.getByRole('list', { name: 'Vad som räknas' }).waitFor();
    await choice.getByText('Så säkra blir talen').waitFor();
    await choice.getByText('tangenttryckningar').waitFor();
  }
  await expectSound(watched);
});
