/** Where people see that counters began anew, and that Tyst cannot do its work. */
import type { Browser } from 'playwright-core';
import { aQuarter } from '../statistics/builders.js';
import { publish } from '../statistics/published.js';
import { installationStatus as inEnglish } from '../../src/web/messages/administration-status-en.js';
import { installationStatus as inSwedish } from '../../src/web/messages/administration-status-sv.js';
import { PASSWORD, startApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '../support/jest.js';
import { enter, expectSound, looks, open } from './supervisor.js';
import { arrive, type Watched } from './watched.js';

const NOW = '2027-01-20T10:00:00+01:00';
const countedFrom = '2026-11-14';
const status = { sv: inSwedish, en: inEnglish };
const own = { sv: 'Räknat från den 14 november 2026: ', en: 'Counted from 14 November 2026: ' };
const named = {
  sv: 'Kvartal 4 2026 är räknat från den 14 november 2026: ',
  en: 'Quarter 4 2026 is counted from 14 November 2026: ',
};
const running = {
  sv: 'Kvartal 1 2027 är räknat från den 9 januari 2027: ',
  en: 'Quarter 1 2027 is counted from 9 January 2027: ',
};

let app: TestApp;
let browser: Browser;
let watched: Watched;

beforeAll(async () => {
  app = await startApp(NOW);
  await publish(app.database, aQuarter({ quarter: '2026-Q3', publishedOn: '2026-10-07' }));
  await publish(app.database, aQuarter({ quarter: '2026-Q4', countedFrom, publishedOn: '2027-01-07' }));
  await publish(app.database, aQuarter({ quarter: '2027-Q1', countedFrom: '2027-01-09', closed: [] }));
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await app.close();
});
beforeEach(async () => {
  await app.database.owner.query('UPDATE intake.key SET open = true');
  app.clock.set(NOW);
  watched = await open(browser, app);
});
afterEach(async () => {
  await watched.expectNoViolations();
  await watched.expectNothingKept();
  await watched.leave();
});

const again = async (look: Parameters<typeof open>[2]) => {
  await watched.leave();
  watched = await open(browser, app, look);
};
const cautions = () => watched.page.locator('.caution').allTextContents();
const shown = async (text: string) => watched.page.locator('.caution', { hasText: text }).first().waitFor();

describe.each(['sv', 'en'] as const)('a quarter whose counters began anew, in %s', (locale) => {
  test.each(looks)('says so on the statistics page, once: %j', async (look) => {
    await again(look);
    await enter(watched, '/statistics', locale);
    await shown(own[locale]);
    expect(await cautions()).toHaveLength(1);
    // The sentence is there before the pictures: what is asked for later would come while the page is looked at.
    await watched.page.waitForLoadState('networkidle');
    await watched.page.locator('[data-drawn="true"] svg').first().waitFor();
    await expectSound(watched);
  });

  test('is named where it stands among others, and not where it does not', async () => {
    const { page } = watched;
    await enter(watched, '/explore', locale);
    await shown(named[locale]);
    await expectSound(watched);
    await page.getByLabel(locale === 'sv' ? 'Till' : 'To', { exact: true }).selectOption('2026-Q3');
    await watched.page.locator('.caution').waitFor({ state: 'detached' });
  });

  test('is told to whoever issues it, as is one that is still running', async () => {
    await enter(watched, '/releases', locale);
    await shown(running[locale]);
    expect((await cautions()).map((text) => text.split(': ')[0])).toEqual(
      [named[locale], running[locale]].map((text) => text.split(': ')[0]),
    );
    await expectSound(watched);
  });
});

describe.each(['sv', 'en'] as const)("the administrator's first page, in %s", (locale) => {
  const t = status[locale];
  const arriveThere = async () => {
    await arrive(watched, 'administrator', PASSWORD);
    if (locale === 'en') await watched.page.getByRole('button', { name: 'English' }).click();
  };
  const headings = () => watched.page.locator('.installation-status h3').allTextContents();
  const anew = t.begunAnew('2027-Q1', new Date('2027-01-09'));

  test.each(looks)(
    'says of a running quarter that it began anew, and no more where all is well: %j',
    async (look) => {
      await again(look);
      await arriveThere();
      await shown(anew);
      expect(await headings()).toEqual([anew]);
      await expectSound(watched);
    },
  );

  test('says that no calls are taken in, and that nights go by', async () => {
    await app.database.owner.query('UPDATE intake.key SET open = false');
    app.clock.set('2027-01-23T10:00:00+01:00');
    await arriveThere();
    await shown(t.reasons['intake-shut'].name);
    expect(await headings()).toEqual([
      t.reasons['intake-shut'].name,
      t.reasons['nights-not-sealed'].name,
      anew,
    ]);
    await expectSound(watched);
  });

  test('says of a clock that may be wrong what to do, and nothing of what follows from it', async () => {
    await app.database.owner.query('UPDATE intake.key SET open = false');
    app.clock.set('2027-03-20T10:00:00+01:00');
    await arriveThere();
    await shown(t.reasons['clock-gap'].name);
    expect(await headings()).toEqual([t.reasons['clock-gap'].name, anew]);
    expect(await watched.page.locator('.caution pre').textContent()).toBe('npx tyst seal --after-a-gap');
    await expectSound(watched);
  });
});
