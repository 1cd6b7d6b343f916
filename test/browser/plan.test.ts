/** Choosing what a quarter counts, by keyboard, with what it gives in sight. */
import type { Browser } from 'playwright-core';
import { presetSchema } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import { formLength, planQuestions } from '../../src/contract/plan-questions.js';
import { surenessOf } from '../../src/contract/sureness.js';
import { previewOf } from '../../src/web/plan/preview.js';
import { aQuarter } from '../statistics/builders.js';
import { fill, plan, publish } from '../statistics/published.js';
import { startApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { vocabulary } from '../support/calls.js';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '../support/jest.js';
import { enter, expectSound, looks, open, tabTo } from './supervisor.js';
import type { Watched } from './watched.js';

let app: TestApp;
let browser: Browser;
let watched: Watched;

beforeAll(async () => {
  app = await startApp('2026-05-20T10:00:00+02:00');
  await publish(app.database, aQuarter({ quarter: '2026-Q1', plan, fill }));
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

const stored = async (quarter: string): Promise<unknown> =>
  (await (await app.as('supervisor')).get(`/api/v1/plan/${quarter}`).expect(200)).body;

test.each(looks)('every plan says what it gives, and its sums to whoever asks: %j', async (look) => {
  await watched.leave();
  watched = await open(browser, app, look);
  await enter(watched, '/plan');
  const { page } = watched;
  // The quarter of installation has not begun, so it is the one to choose.
  await page.getByRole('heading', { name: 'Plan: kvartal 2 2026', exact: true }).waitFor();
  await page
    .getByText(
      'Den går att byta tills den första samtalsmottagaren loggar in, dock senast natten till den 21 maj 2026.',
    )
    .waitFor();
  for (const preset of presetSchema.options) {
    const plan = presetPlan(preset);
    const choice = page.locator('.choice', { has: page.locator(`input[value="${preset}"]`) });
    await choice.waitFor();
    const { contacts, conversations, table } = surenessOf(plan, vocabulary);
    const { questions, presses } = formLength(plan, vocabulary);
    const sure = (calls: number | null) => (calls === null ? 'räknas inte' : `± ${calls}`);
    expect(await choice.locator('.in-short dd').allTextContents()).toEqual([
      `Alla kontakter ${sure(contacts)}`,
      `Samtal med stöd eller råd ${sure(conversations)}`,
      `Ett svar i en vanlig tabell ${sure(table)}`,
      `${questions} frågor, ungefär ${presses} tangenttryckningar`,
    ]);
    const lines = await choice
      .getByRole('list', { name: 'Vad som räknas' })
      .getByRole('listitem')
      .allTextContents();
    expect(lines.slice(0, vocabulary.dimensions.length)).toEqual(
      planQuestions(plan, vocabulary).map(
        ({ dimension, level, grouped }) =>
          `${dimension.label.sv}${grouped ? ' (i grupper)' : ''}: ${level === null ? 'räknas inte' : 'räknas'}`,
      ),
    );
    expect(lines.at(-2)).toBe(`Månad för månad: ${preset === 'tiny' ? 'räknas inte' : 'räknas'}`);
    expect(lines.at(-1)).toMatch(/^Två frågor i samma tabell/);
  }
  const large = page.locator('.choice', { has: page.locator('input[value="large"]') });
  // 1,171 contacts were published of the one quarter, whose plan was its own.
  expect(await large.getByText('Rekommenderas').isVisible()).toBe(true);
  expect(await page.getByText('Rekommenderas').count()).toBe(1);
  await expectSound(watched);

  await page.locator('input[value="large"]').check();
  const outcome = page.locator('.outcome');
  const { tables, cost, sigma2, threshold, step, ...shown } = previewOf(presetPlan('large'), vocabulary);
  const number = (value: number) => value.toLocaleString('sv', { maximumFractionDigits: 1 });
  await outcome
    .getByText(
      `Ett antal på 20 visas som ungefär 20 ± ${shown.uncertainty}, men ${Math.round(100 * shown.twentyUnder)} gånger av 100 som ”färre än ${threshold}”.`,
    )
    .waitFor();
  expect(await outcome.locator('.facts').isVisible()).toBe(false);
  await outcome.locator('summary').click();
  expect(await outcome.locator('.facts dd').allTextContents()).toEqual([
    `${tables} tabeller`,
    `${number(cost)}, så många rutor kan ett samtal som mest räknas i`,
    `σ ${number(Math.sqrt(sigma2))} (σ² ${number(sigma2)})`,
    `${threshold}, under den visas inga tal`,
    `närmaste ${step}`,
  ]);
  expect(await page.locator('.choice .facts').count()).toBe(0);
  await page.locator('input[value="own"]').check();
  await page.getByRole('group', { name: 'Tabell 1', exact: true }).waitFor();
  await expectSound(watched);
});

test('a plan is chosen by keyboard alone', async () => {
  const { page } = watched;
  await enter(watched, '/plan');
  await page.locator('input[value="tiny"]').waitFor();
  expect(await page.locator('input[value="tiny"]').isChecked()).toBe(true);
  await tabTo(watched, /^Mycket liten/);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  expect(await page.locator('input[value="medium"]').isChecked()).toBe(true);
  await tabTo(watched, /^Vanligt/);
  await page.keyboard.press('ArrowDown');
  await tabTo(watched, /^Räkna efter/);
  await page.keyboard.press('Enter');
  expect(await page.locator('.outcome .facts').isVisible()).toBe(true);
  await tabTo(watched, 'Välj planen för kvartal 2 2026');
  await page.keyboard.press('Enter');
  await page.getByText('”mellan” är vald för kvartal 2 2026.').waitFor();
  await page.getByText('Just nu gäller ”mellan”.').waitFor();
  await expectSound(watched);
  expect(await stored('2026-Q2')).toMatchObject({ preset: 'medium', rho: 0.125, chosen: true });
});

test('tables of one own are put together, checked and chosen, in English', async () => {
  const { page } = watched;
  await enter(watched, '/plan', 'en');
  await page.getByLabel('Quarter', { exact: true }).selectOption('2026-Q4');
  await page.getByRole('heading', { name: 'Plan: quarter 4 2026', exact: true }).waitFor();
  await page.locator('input[value="own"]').check();
  const table = (number: number) => page.getByRole('group', { name: `Table ${String(number)}`, exact: true });
  const count = await page.locator('.own-table').count();
  for (let left = count; left > 1; left -= 1)
    await page.getByRole('button', { name: `Remove table ${String(left)}`, exact: true }).click();
  await table(1).getByLabel('Question').selectOption('area');
  await table(1).getByLabel('Level').selectOption('top');
  await page.getByRole('button', { name: 'Add a table' }).click();
  await table(2).getByLabel('Question').selectOption('concern');
  await table(2).getByLabel('Split by').selectOption('concern');
  await page.getByText('A table cannot split a question by itself.').waitFor();
  expect(await page.getByRole('button', { name: /^Choose the plan/ }).isDisabled()).toBe(true);
  await expectSound(watched);
  await table(2).getByLabel('Split by').selectOption('age');
  // Under the strict protection that the test before has chosen.
  expect(await page.locator('.outcome .facts dd').allTextContents()).toEqual([
    '2 tables',
    '2, the most cells that one call is counted in',
    'σ 3.2 (σ² 10.5)',
    '11, no numbers are shown below it',
    'whole numbers',
  ]);
  await page.getByText('A count of 20 is shown as about 20 ± 6.').waitFor();
  // What it counts is on its card too, as it is put together.
  const own = page.locator('.choice', { has: page.locator('input[value="own"]') });
  const counted = await own.locator('[data-counted="true"]').allTextContents();
  expect(counted).toEqual([
    'Main subject: counted',
    'Age of the person concerned: counted',
    'County where the person concerned lives (in groups): counted',
    'Two questions in one table (1 table): counted',
  ]);
  await page.getByRole('button', { name: 'Choose the plan for quarter 4 2026' }).click();
  await page.getByText('“your own” is chosen for quarter 4 2026.').waitFor();
  expect(await stored('2026-Q4')).toMatchObject({
    preset: 'own',
    cost: 2,
    tables: [
      { id: 'area-top', rows: 'area', level: 'top' },
      { id: 'concern-by-age', rows: 'concern', columns: 'age' },
    ],
  });
});

test('opens on the next quarter once this one has begun, and says from when the choice holds', async () => {
  const { page } = watched;
  await app.as('handler');
  await enter(watched, '/plan');
  await page.getByRole('heading', { name: 'Plan: kvartal 3 2026', exact: true }).waitFor();
  await page
    .getByText(
      'Den går att byta till midnatt före den 1 juli 2026, då kvartalet börjar. Sedan ligger den fast.',
    )
    .waitFor();
  await page.getByLabel('Kvartal', { exact: true }).selectOption('2026-Q2');
  await page
    .getByText('Kvartal 2 2026 har börjat, så planen ligger fast. Just nu gäller ”mellan”.')
    .waitFor();
  expect(await page.locator('.choice').count()).toBe(0);
  await expectSound(watched);
});

test('a quarter that begins meanwhile is refused in words', async () => {
  const { page } = watched;
  await enter(watched, '/plan');
  await page.getByLabel('Kvartal', { exact: true }).selectOption('2027-Q1');
  await page.locator('input[value="small"]').check();
  await publish(app.database, aQuarter({ quarter: '2027-Q1', plan, fill }));
  await page.getByRole('button', { name: /^Välj planen/ }).click();
  await page.getByText('Kvartalet har börjat, så planen ligger fast. Välj ett senare kvartal.').waitFor();
  await expectSound(watched);
  await page.getByLabel('Kvartal', { exact: true }).selectOption('2027-Q2');
  await page.getByLabel('Kvartal', { exact: true }).selectOption('2027-Q1');
  await page.getByText('Kvartal 1 2027 har börjat, så planen ligger fast.').waitFor();
  expect(await page.getByRole('button', { name: /^Välj planen/ }).count()).toBe(0);
  await expectSound(watched);
});
