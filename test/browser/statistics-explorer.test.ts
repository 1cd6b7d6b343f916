/** The explorer: any table over any periods, with how sure each number is. */
import type { Browser } from 'playwright-core';
import { howToRead } from '../../src/contract/how-to-read.js';
import type { PublishedTable } from '../../src/contract/statistics.js';
import { monthsOfQuarter } from '../../src/contract/period.js';
import { demoCalls } from '../../src/demo/calls.js';
import { aQuarter, ofPreset } from '../statistics/builders.js';
import { publish } from '../statistics/published.js';
import { startApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '../support/jest.js';
import { untilMet } from '../support/until.js';
import { enter, expectSound, looks, open, tabTo } from './supervisor.js';
import type { Watched } from './watched.js';

let app: TestApp;
let browser: Browser;
let watched: Watched;

const callsIn = (quarter: string, seed: number) =>
  demoCalls({ count: 180, months: monthsOfQuarter(quarter), seed, conversations: 0.66 });

beforeAll(async () => {
  app = await startApp('2026-05-20T10:00:00+02:00');
  // A whole year on one plan, and a quarter on a smaller one.
  for (const [salt, quarter] of ['2025-Q1', '2025-Q2', '2025-Q3', '2025-Q4'].entries())
    await publish(app.database, aQuarter({ quarter, ...ofPreset('small'), calls: callsIn(quarter, salt) }));
  await publish(app.database, aQuarter({ quarter: '2026-Q1', ...ofPreset('tiny') }));
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await app.close();
});
beforeEach(async () => {
  watched = await open(browser, app);
});
afterEach(async () => {
  await watched.expectNoViolations();
  await watched.expectNothingKept();
  await watched.leave();
});

const heads = (name: string) =>
  watched.page.getByRole('table', { name, exact: true }).getByRole('columnheader').allTextContents();

const headsToBe = (name: string, wanted: readonly string[]) =>
  untilMet(async () => expect(await heads(name)).toEqual(wanted), 15);

test.each(looks)('the totals over the quarters come first: %j', async (look) => {
  await watched.leave();
  watched = await open(browser, app, look);
  await enter(watched, '/explore');
  const name = 'Kontakter och samtal, totalt';
  await watched.page.getByRole('table', { name, exact: true }).waitFor();
  expect(await heads(name)).toEqual([
    'Kvartal 1 2025',
    'Kvartal 2 2025',
    'Kvartal 3 2025',
    'Kvartal 4 2025',
    'Kvartal 1 2026',
  ]);
  await expectSound(watched);
});

test.each([
  ['sv', 'Tabell', 'Visa', 'År', 'År 2025', 'Samtalets viktigaste resultat'],
  ['en', 'Table', 'Show', 'Years', 'Year 2025', 'Main result'],
] as const)(
  'a table over quarters and years, by keyboard: %s',
  async (locale, table, _, years, year, name) => {
    const { page } = watched;
    watched.inBothLanguages = true;
    await enter(watched, '/explore', locale);
    await page.getByLabel(table, { exact: true }).waitFor();
    await tabTo(watched, table);
    await page.keyboard.type(name.slice(0, 8));
    await page.getByRole('table', { name, exact: true }).waitFor();
    // The last quarter's plan does not count outcomes, and the page says so.
    const row = page.getByRole('table', { name, exact: true }).getByRole('row').nth(1);
    expect(await row.getByRole('cell').last().textContent()).toBe(
      locale === 'sv' ? 'inte räknat' : 'not counted',
    );
    await expectSound(watched);
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    expect(await page.getByRole('radio', { name: years }).isChecked()).toBe(true);
    await page.getByText(year, { exact: true }).waitFor();
    await headsToBe(name, [year]);
    await expectSound(watched);
  },
);

test('every number of a series is the one that the API gives, and comes along as CSV', async () => {
  const { page } = watched;
  await enter(watched, '/explore');
  await page.getByLabel('Tabell', { exact: true }).selectOption('outcome leaf');
  const name = 'Samtalets viktigaste resultat';
  await page.getByRole('table', { name, exact: true }).waitFor();
  await page.getByLabel('Från', { exact: true }).selectOption('2025-Q2');
  await page.getByLabel('Till', { exact: true }).selectOption('2025-Q3');
  await headsToBe(name, ['Kvartal 2 2025', 'Kvartal 3 2025']);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: `Ladda ner CSV: ${name}` }).click();
  let text = '';
  for await (const chunk of await (await download).createReadStream()) text += String(chunk);
  const supervisor = await app.as('supervisor');
  const lines: string[] = [];
  for (const quarter of ['2025-Q2', '2025-Q3']) {
    const reply = await supervisor.get(`/api/v1/statistics/periods/${quarter}/tables/outcome`).expect(200);
    const { rows, cells, uncertainty, shareUncertainties } = reply.body as PublishedTable;
    for (const [row, { code }] of rows.codes.entries()) {
      const number = cells[row]?.[0] ?? {};
      const under = 'under' in number ? String(number.under) : 'not there';
      const shown = 'value' in number ? `value,${String(number.value)},` : `under,,${under}`;
      const share = 'share' in number ? `${String(number.share)},${String(shareUncertainties[row])}` : ',';
      lines.push(`${quarter},${code},${shown},${String(uncertainty)},${share}`);
    }
  }
  expect(lines.some((line) => /value,\d+,,\d+,\d+,\d+$/.test(line))).toBe(true);
  expect(text.trim().split('\r\n').slice(1).toSorted()).toEqual(lines.toSorted());
});

test('at most four lines are drawn, each with its own colour and mark', async () => {
  const { page } = watched;
  await enter(watched, '/explore');
  await page.getByLabel('Tabell', { exact: true }).selectOption('outcome leaf');
  const lines = page.getByRole('group', { name: /^Linjer i bilden/ });
  await lines.waitFor();
  const boxes = await lines.getByRole('checkbox').all();
  for (const box of boxes) if ((await box.isEnabled()) && !(await box.isChecked())) await box.check();
  const chosen = await Promise.all(boxes.map((box) => box.isChecked()));
  expect(chosen.filter(Boolean)).toHaveLength(4);
  expect(await boxes[chosen.indexOf(false)]?.isDisabled()).toBe(true);
  await expectSound(watched);
});

test.each([
  ['sv', 'Tabell', 'År', 'Andel av samtalen med stöd eller råd.', 'Så läser du siffrorna'],
  ['en', 'Table', 'Years', 'Share of support and advice calls.', 'How to read the numbers'],
] as const)(
  'what a reader has to know stands with the series: %s',
  async (locale, table, years, share, way) => {
    const { page } = watched;
    watched.inBothLanguages = true;
    await enter(watched, '/explore', locale);
    await page.getByLabel(table, { exact: true }).selectOption('referral top');
    const words = howToRead[locale];
    await page.getByText(`${share} ${words.several.referral}`).waitFor();
    // Of the last quarter, which had few calls, there are no shares; of the others there are, each with its own ±.
    const shares = page.locator('td .share');
    expect(
      (await shares.allTextContents()).filter((text) => / ± \d+\s?%$/.test(text)).length,
    ).toBeGreaterThan(8);
    const link = page.getByRole('link', { name: new RegExp(`^${way}`) });
    expect(await link.getAttribute('href')).toBe(locale === 'sv' ? '/method' : '/method#en');
    await page.getByRole('radio', { name: years }).check();
    await page.getByText(words.points.year.text).waitFor();
    await expectSound(watched);
  },
);
