/** What the statistics page says beside its numbers: changes, sums, shares, and a sentence to quote. */
import type { Browser } from 'playwright-core';
import { howToRead } from '../../src/contract/how-to-read.js';
import { startApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '../support/jest.js';
import { publishQuarters, tableOf } from './published-quarters.js';
import { enter, expectSound, looks, open, tabTo } from './supervisor.js';
import type { Watched } from './watched.js';

let app: TestApp;
let browser: Browser;
let watched: Watched;

beforeAll(async () => {
  app = await startApp('2026-05-20T10:00:00+02:00');
  await publishQuarters(app);
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

const again = async (look: Parameters<typeof open>[2]) => {
  await watched.leave();
  watched = await open(browser, app, look);
};
const heading = (name: string) => watched.page.getByRole('heading', { name, exact: true });
const card = (name: string) => watched.page.getByRole('region', { name, exact: true });
const unfold = (name: string) => card(name).locator('summary').click();

test.each([
  [
    'sv',
    'Typ av kontakt',
    'Skillnaden är större än vad skyddet och slumpen brukar ge. Den säger inget om varför, och inget om hur vanlig extremismen är.',
    (hidden: number) => [
      'Tyst samtal: Omkring 200 färre än kvartal 4 2025',
      'Avslutade direkt: Omkring 100 fler än kvartal 1 2025',
      `Hot eller trakasserier: Minst omkring ${hidden} färre än kvartal 1 2025`,
    ],
    'Omkring 200 färre än kvartal 4 2025',
    'Jämförs med kvartal 4 2025 och kvartal 1 2025. En skillnad nämns bara där den är större än vad skyddet och slumpen brukar ge. Där inget nämns kan det ändå ha ändrats.',
  ],
  [
    'en',
    'Kind of contact',
    'The difference is larger than what protection and chance usually make. It says nothing about why, and nothing about how common extremism is.',
    (hidden: number) => [
      'Silent call: About 200 fewer than in quarter 4 2025',
      'Ended at once: About 100 more than in quarter 1 2025',
      `Threats or harassment: At least about ${hidden} fewer than in quarter 1 2025`,
    ],
    'About 200 fewer than in quarter 4 2025',
    'Compared with quarter 4 2025 and quarter 1 2025. A difference is mentioned only where it is larger than what protection and chance usually make. Where nothing is mentioned there may still have been a change.',
  ],
] as const)(
  'a change since the quarter before and the year before is told only where it is one: %s',
  async (locale, name, why, told, total, compared) => {
    const { page } = watched;
    const { threshold } = await tableOf(app, '2026-Q1', 'kind');
    await enter(watched, '/statistics', locale);
    const change = card(name).locator('.change');
    await change.waitFor();
    expect(await change.locator('li').allTextContents()).toEqual(told(60 - (threshold - 1)));
    expect(await change.locator('p').textContent()).toBe(why);
    await page.getByText(compared).waitFor();
    expect(await page.locator('.headline li').allTextContents()).toEqual([total]);
    // Nothing else has changed, and of that nothing is said.
    expect(await page.locator('.cards .change').count()).toBe(1);
    await unfold(name);
    const table = page.getByRole('table', { name });
    const rows = await table.locator('tbody tr').all();
    const columns = await Promise.all(rows.map((row) => row.locator('td').allTextContents()));
    expect(columns.map((cells) => cells.slice(2))).toEqual([
      ['', ''],
      ['−200', ''],
      ['', '+100'],
      ['', ''],
      ['', ''],
      ['', expect.stringMatching(/^(minst|at least) −\d+$/)],
    ]);
    await expectSound(watched);
  },
);

test.each(looks)(
  'a year says what it cannot add up, and why it is no sum of what is shown: %j',
  async (look) => {
    await again(look);
    const { page } = watched;
    await enter(watched, '/statistics');
    await page.getByLabel('Period').selectOption('2025');
    await heading('År 2025').waitFor();
    const list = card('Räknas inte');
    await list.getByText('Något eller några av årets kvartal räknar det här').waitFor();
    // Each question is counted by one quarter at least.
    expect(await list.getByText('Inget av årets kvartal räknar:').count()).toBe(0);
    const said = await list.getByRole('listitem').allTextContents();
    expect(said).toContain('Samtalets viktigaste resultat');
    expect(said.some((thing) => thing.includes(' × '))).toBe(true);
    await page.getByText('Ett år är inte alltid summan av de kvartal som visas.').waitFor();
    await page.getByText('Månaderna blir tillsammans inte alltid precis så många som kvartalet.').waitFor();
    await expectSound(watched);
  },
);

test('what a table hides together is one line, with an uncertainty of its own', async () => {
  const { page } = watched;
  await enter(watched, '/statistics');
  await page.getByLabel('Period').selectOption('2025-Q2');
  await heading('Kvartal 2 2025').waitFor();
  const last = async (name: string | RegExp) => {
    const row = page.getByRole('table', { name }).getByRole('row').last();
    return (await row.locator('th, td').allTextContents()).map((text) => text.replace(/\s/g, ' '));
  };
  const hiddenIn = async (table: string) => {
    const { hidden } = await tableOf(app, '2025-Q2', table);
    if (hidden === null) throw new Error(`The quarter of the test hides too little in ${table}.`);
    return `${hidden.value} ± ${hidden.uncertainty}`;
  };
  const [area, crossed] = [await hiddenIn('area'), await hiddenIn('environment-by-age')];
  const name = 'Län där den som samtalet gäller bor';
  await card(name).waitFor();
  await unfold(name);
  expect(await last(name)).toEqual(['Dolda svar tillsammans', area]);
  await card(name).getByText('den raden går inte att jämföra mellan perioder').waitFor();
  await page.getByLabel('Tabell', { exact: true }).selectOption('environment-by-age');
  await unfold('Två frågor i samma tabell');
  expect(await last(/^Extremistmiljö × Ålder/)).toEqual(['Dolda svar tillsammans', crossed]);
  await card('Två frågor i samma tabell').getByText(`Dolda svar tillsammans: ${crossed}.`).waitFor();
  await expectSound(watched);
});

test.each([
  ['sv', 'Andel av samtalen med stöd eller råd', 'Andel av raden', 'Hänvisning till'],
  ['en', 'Share of support and advice calls', 'Share of the row', 'Referred to'],
] as const)('shares stand in every table, named after their whole: %s', async (locale, whole, row, name) => {
  const { page } = watched;
  watched.inBothLanguages = true;
  await enter(watched, '/statistics', locale);
  await page.getByLabel('Period').selectOption('2025-Q2');
  const referrals = card(name);
  await referrals.getByText(`${whole}. ${howToRead[locale].several.referral}`).waitFor();
  await unfold(name);
  const { cells, shareUncertainties } = await tableOf(app, '2025-Q2', 'referral');
  const wanted = cells.map(([number], at) => {
    const share = number !== undefined && 'value' in number ? number.share : undefined;
    const sure = String(shareUncertainties[at]);
    return share === undefined ? '' : `${share} ± ${sure}${locale === 'sv' ? ' %' : '%'}`;
  });
  expect(wanted.filter((text) => text !== '').length).toBeGreaterThan(5);
  const table = page.getByRole('table', { name, exact: true });
  expect(await table.getByRole('columnheader').nth(2).textContent()).toBe(whole);
  // The last row is what is hidden together, of which there is no share.
  const shown = await table.locator('tbody tr td:nth-child(3)').allTextContents();
  expect(shown.slice(0, wanted.length)).toEqual(wanted);
  await page
    .getByText(new RegExp(`${row}\\.`))
    .first()
    .waitFor();
  await expectSound(watched);
});

test.each([
  [
    'sv',
    'Kopiera',
    'Meningen är kopierad.',
    /^Stödlinjen hos Region Norr tog emot omkring 401 kontakter i januari 2026, varav omkring 306 samtal med stöd eller råd \(osäkerhet för skyddets skull: ±\d+ och ±\d+\)\.$/,
  ],
  [
    'en',
    'Copy',
    'The sentence is copied.',
    /^The support line of Region Norr received about 401 contacts in January 2026, about 306 of them support and advice calls \(uncertainty for the sake of protection: ±\d+ and ±\d+\)\.$/,
  ],
] as const)('a month has a sentence to quote, copied by keyboard: %s', async (locale, name, said, wanted) => {
  const { page, context } = watched;
  const administrator = await app.as('administrator');
  const settings = { organisation: 'Region Norr', openReleases: false };
  await administrator.put('/api/v1/settings').send(settings).expect(204);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await enter(watched, '/statistics', locale);
  await page.getByLabel('Period').selectOption('2026-01');
  const box = card(locale === 'sv' ? 'Att citera' : 'To quote');
  expect(await box.locator('p').textContent()).toMatch(wanted);
  await tabTo(watched, name);
  await page.keyboard.press('Enter');
  await box.getByText(said).waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(wanted);
  await expectSound(watched);
  // Where there is no clipboard it is marked, for the person to copy.
  await page.evaluate(`Object.defineProperty(navigator, 'clipboard', { value: undefined })`);
  await page.keyboard.press('Enter');
  await box.getByText('Ctrl+C').waitFor();
  expect(await page.evaluate('String(getSelection())')).toMatch(wanted);
  await page.getByLabel('Period').selectOption('2026-Q1');
  await box.getByText(/1.206/).waitFor();
  expect(await box.getByText('Ctrl+C').count()).toBe(0);
});

test.each(looks)('how the numbers are to be read is one page for anybody: %j', async (look) => {
  await again(look);
  const { page } = watched;
  await enter(watched, '/statistics');
  const link = page.getByRole('link', { name: /^Så läser du siffrorna/ });
  const address = await link.first().getAttribute('href');
  await page.context().clearCookies();
  await page.goto(address ?? '');
  await heading('Så läser du siffrorna').waitFor();
  const points = Object.values(howToRead.sv.points);
  expect(await page.locator('dt').allTextContents()).toEqual(points.map(({ name }) => name));
  expect(await page.locator('dd').allTextContents()).toEqual(points.map(({ text }) => text));
  await expectSound(watched);
  await page.getByRole('button', { name: 'English' }).click();
  await heading('How to read the numbers').waitFor();
});
