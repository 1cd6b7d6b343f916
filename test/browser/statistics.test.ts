/** The statistics page, as a supervisor reads it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { presetSchema } from '../../src/contract/plan.js';
import { countsMonths, planQuestions } from '../../src/contract/plan-questions.js';
import { presetPlan } from '../../src/contract/presets.js';
import { projectRoot } from '../../src/platform/project.js';
import { PASSWORD, startApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { vocabulary } from '../support/calls.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '../support/jest.js';
import { publishQuarters, summaryOf, tableOf } from './published-quarters.js';
import { enter, expectSound, looks, open, tabTo, until } from './supervisor.js';
import { arrive, type Watched } from './watched.js';

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
const listed = (name: string) => watched.page.getByRole('list', { name, exact: true });
const unfold = (name: string) => card(name).locator('summary').click();

describe('before anything is published', () => {
  test.each(looks)('the page explains what will be there, and when: %j', async (look) => {
    await again(look);
    await enter(watched, '/statistics');
    await heading('Inget är publicerat än').waitFor();
    expect(await watched.page.locator('.upcoming').textContent()).toBe(
      'Kvartal 2 2026 publiceras tidigast 7 juli. Ingen ser siffrorna före dess, inte heller vi.',
    );
    await listed('Det här kommer att finnas').waitFor();
    await expectSound(watched);
  });

  /** What is promised and what is not, by name, of a quarter under a plan. */
  async function promises(): Promise<{ given: string[]; missing: string[] }> {
    const [given, missing] = ['Det här kommer att finnas', 'Det här räknas inte'].map((name) => listed(name));
    await given?.waitFor();
    const linesOf = (list: Locator | undefined) => list?.getByRole('listitem').allTextContents() ?? [];
    return { given: await linesOf(given), missing: await linesOf(missing) };
  }

  test.each(presetSchema.options)('the page promises what %s gives, and names the rest', async (preset) => {
    const supervisor = await app.as('supervisor');
    await supervisor.put('/api/v1/plan/2026-Q2').send({ preset }).expect(200);
    await enter(watched, '/statistics');
    const { given, missing } = await promises();
    const questions = planQuestions(presetPlan(preset), vocabulary);
    const named = (counted: boolean) =>
      questions.flatMap(({ dimension, level, grouped }) =>
        (level !== null) === counted ? [`${dimension.label.sv}${grouped ? ' (i grupper)' : ''}`] : [],
      );
    for (const question of named(true)) expect(given).toContain(question);
    expect(missing).toEqual(expect.arrayContaining(named(false)));
    // Two totals, months and crosses besides; nothing is promised twice, and nothing left unsaid.
    expect([...given, ...missing]).toHaveLength(vocabulary.dimensions.length + 4);
    expect(given.includes('Månad för månad')).toBe(countsMonths(presetPlan(preset)));
    expect(given.includes('Två frågor i samma tabell')).toBe(preset === 'large');
    await watched.page.getByRole('link', { name: 'Välj vad kvartalet räknar' }).click();
    await heading('Plan: kvartal 2 2026').waitFor();
  });

  test('the explorer and the releases say so too', async () => {
    await enter(watched, '/explore', 'en');
    await watched.page.getByText('Nothing to explore yet.').waitFor();
    await listed('What will be here').waitFor();
    await watched.page
      .getByText(
        'Quarter 2 2026 is published on 7 July at the earliest. No one sees the figures before that, and nor do we.',
      )
      .waitFor();
    await expectSound(watched);
    await watched.page.getByRole('link', { name: 'Releases' }).click();
    await watched.page.getByText('Nothing is issued yet.').waitFor();
    await expectSound(watched);
  });
});

describe('of published periods', () => {
  beforeAll(() => publishQuarters(app));

  test.each(looks)('the newest quarter is shown whole: %j', async (look) => {
    await again(look);
    await enter(watched, '/statistics');
    await heading('Kvartal 1 2026').waitFor();
    await card('Typ av kontakt').waitFor();
    await watched.page
      .getByText('Talen är ungefärliga med avsikt. Vi lägger till en liten slumpmässig avvikelse')
      .first()
      .waitFor();
    await watched.page
      .getByText('Kvartal 2 2026 publiceras tidigast 7 juli. Ingen ser siffrorna före dess, inte heller vi.')
      .waitFor();
    await expectSound(watched);
    for (const summary of await watched.page.locator('summary').all()) await summary.click();
    await expectSound(watched);
  });

  test('a period is found by name from another page, and outlives the way to the account and back', async () => {
    const { page } = watched;
    await enter(watched, '/plan');
    const list = page.getByRole('dialog', { name: 'Gå till' });
    const options = () => list.getByRole('option').allTextContents();
    await page.getByRole('button', { name: 'Gå till', exact: true }).waitFor();
    await page.keyboard.press('Control+K');
    await list.getByRole('option', { name: 'Kvartal 4 2025' }).waitFor();
    expect(await options()).not.toContain('April 2026');
    await watched.expectAccessible();
    await page.keyboard.type('2026 apr');
    expect(await options()).toEqual(['April 2026']);
    await page.keyboard.press('Enter');
    await heading('April 2026').waitFor();
    await until(page, `document.activeElement.className === 'shown-page'`);
    await page
      .getByRole('link', { name: /supervisor/ })
      .first()
      .click();
    await heading('Ditt konto').waitFor();
    await expectSound(watched);
    await page.getByRole('link', { name: 'Statistik', exact: true }).click();
    await heading('April 2026').waitFor();
  });

  test('every number says how sure it is, and what is hidden explains itself, by keyboard', async () => {
    const { page } = watched;
    await enter(watched, '/statistics');
    await card('Typ av kontakt').waitFor();
    await tabTo(watched, 'Tabell: Typ av kontakt');
    await page.keyboard.press('Enter');
    const kinds = page.getByRole('table', { name: 'Typ av kontakt' });
    const row = (label: string) => kinds.getByRole('row', { name: new RegExp(`^${label}`) });
    const { sureness } = await summaryOf(app, '2026-Q1');
    const { uncertainty, threshold } = await tableOf(app, '2026-Q1', 'kind');
    const [talks, others] = [sureness.conversations?.uncertainty ?? NaN, uncertainty];
    // One number has one ± wherever it stands, and the others of the table are surer.
    expect(talks).toBeGreaterThan(others);
    const cells = (label: string) => row(label).getByRole('cell').allTextContents();
    expect((await cells('Stöd eller råd')).slice(0, 2)).toEqual([`903 ± ${talks}`, `75 ± 1 %`]);
    expect((await cells('Tyst samtal')).slice(0, 2)).toEqual([`97 ± ${others}`, `8 ± 1 %`]);
    const headline = page.locator('.headline', { hasText: 'Samtal med stöd eller råd' });
    expect(await headline.locator('dd').first().textContent()).toContain(`± ${talks} `);
    expect(await kinds.getByText('kan också vara noll').first().isVisible()).toBe(false);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await kinds.getByText('kan också vara noll').first().isVisible()).toBe(true);
    const under = card('Typ av kontakt').getByText(`”Färre än ${threshold}” kan också vara noll.`);
    expect(await under.isVisible()).toBe(true);
    await watched.expectAccessible();
  });

  test('what the plan does not count is said, with the way to another', async () => {
    const { page } = watched;
    await enter(watched, '/statistics');
    await page.getByLabel('Period').selectOption('2025-Q3');
    await heading('Kvartal 3 2025').waitFor();
    const list = card('Räknas inte');
    await list.waitFor();
    const missing = planQuestions(presetPlan('tiny'), vocabulary).filter(({ level }) => level === null);
    expect(await list.getByRole('listitem').allTextContents()).toEqual([
      'Månad för månad',
      ...missing.map(({ dimension }) => dimension.label.sv),
      'Två frågor i samma tabell',
    ]);
    // Its months are published, and hold nothing: they cannot be chosen.
    const months = await page.getByLabel('Period').locator('option').allTextContents();
    expect(months).toContain('december 2025');
    for (const month of ['juli', 'augusti', 'september']) expect(months).not.toContain(`${month} 2025`);
    await list.getByText('Periodens plan, ”mycket liten”, räknar inte:').waitFor();
    await expectSound(watched);
    await list.getByRole('link', { name: 'Välj vad nästa kvartal räknar' }).click();
    await heading('Plan: kvartal 3 2026').waitFor();
  });

  test('the quarter that is on its way shows the months that are out, and nothing else', async () => {
    const { page } = watched;
    await enter(watched, '/statistics');
    await page.getByLabel('Period').selectOption('2026-Q2');
    await listed('Det här kommer att finnas').waitFor();
    await heading('Kvartal 2 2026').waitFor();
    await page.getByText('Maj 2026 publiceras tidigast 3 juni.').waitFor();
    await heading('Kontakter månad för månad').waitFor();
    expect(await page.getByRole('region', { name: 'Typ av kontakt' }).count()).toBe(0);
    await expectSound(watched);
    await unfold('Kontakter månad för månad');
    const months = page.getByRole('table', { name: 'Kontakter månad för månad' }).getByRole('rowheader');
    expect((await months.allTextContents()).at(-1)).toBe('April 2026');
    await page.getByRole('button', { name: 'Visa april 2026' }).click();
    await heading('April 2026').waitFor();
    await expectSound(watched);
  });

  test('a table can be taken away as CSV, and the months too', async () => {
    const { page } = watched;
    await enter(watched, '/statistics');
    const textOf = async (name: string) => {
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: `Ladda ner CSV: ${name}` }).click();
      const file = await download;
      let text = '';
      for await (const chunk of await file.createReadStream()) text += String(chunk);
      return [file.suggestedFilename(), text] as const;
    };
    const [name, text] = await textOf('Typ av kontakt');
    expect(name).toBe('tyst-2026-Q1-kind.csv');
    const { uncertainty } = await tableOf(app, '2026-Q1', 'kind');
    expect(text).toContain(
      `2026-Q1,kind,kind,silent,Tyst samtal,Silent call,,,,,value,97,,${uncertainty}\r\n`,
    );
    const [, months] = await textOf('Kontakter månad för månad');
    const { sureness } = await summaryOf(app, '2026-04');
    expect(months).toContain(`2026-04,contacts,value,401,,${sureness.contacts?.uncertainty ?? NaN},,\r\n`);
  });

  test('a picture is copied as an image, or becomes a file where that cannot be done', async () => {
    const { page, context } = watched;
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await enter(watched, '/statistics');
    const button = page.getByRole('button', { name: 'Kopiera som bild: Typ av kontakt' });
    await button.click();
    await card('Typ av kontakt').getByText('Bilden är kopierad.').waitFor();
    expect(await page.evaluate('navigator.clipboard.read().then(([item]) => item.types)')).toEqual([
      'image/png',
    ]);

    await page.evaluate(`Object.defineProperty(navigator, 'clipboard', { value: undefined })`);
    const download = page.waitForEvent('download');
    await button.click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('tyst-2026-Q1-kind.png');
    const chunks: Buffer[] = [];
    for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
    const png = Buffer.concat(chunks);
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    // 720 pixels and a margin on either side, twice as fine.
    expect(png.readUInt32BE(16)).toBe(2 * (720 + 2 * 28));
    await card('Typ av kontakt').getByText('Bilden laddades ner i stället.').waitFor();
    await watched.expectAccessible();
  });

  test('pictures follow the page as it goes dark, and to print', async () => {
    const { page } = watched;
    await enter(watched, '/statistics');
    const picture = card('Typ av kontakt').locator('[data-drawn="true"]');
    await picture.waitFor();
    const holds = (colour: string) =>
      until(
        page,
        `[...document.querySelectorAll('[data-drawn="true"] svg')].some((picture) => picture.outerHTML.toLowerCase().includes('${colour}'))`,
      );
    await holds('#0f5c63');
    await page.emulateMedia({ colorScheme: 'dark' });
    await holds('#7cc4c8');
    await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
    await holds('#0f5c63');
    await page.evaluate(`dispatchEvent(new Event('beforeprint'))`);
    expect(await page.getByRole('table', { name: 'Typ av kontakt' }).isVisible()).toBe(true);
    expect(await page.getByRole('navigation').isVisible()).toBe(false);
    await page.evaluate(`dispatchEvent(new Event('afterprint'))`);
    expect(await page.getByRole('table', { name: 'Typ av kontakt' }).isVisible()).toBe(false);
  });

  test('without ECharts the numbers are still there', async () => {
    const { page } = watched;
    await page.route('**/assets/echarts-*.js', (route) => route.abort());
    await enter(watched, '/statistics');
    await card('Typ av kontakt').getByText('Bilden gick inte att hämta. Talen finns i tabellen.').waitFor();
    await unfold('Typ av kontakt');
    expect(await page.getByRole('table', { name: 'Typ av kontakt' }).getByText('903').isVisible()).toBe(true);
    await watched.expectAccessible();
  });

  test('without the server it says so, and tries again when asked to', async () => {
    const { page } = watched;
    await page.route('**/api/v1/statistics/periods', (route) => route.abort());
    await enter(watched, '/statistics');
    await page.getByText('Ingen kontakt med Tyst. Kontrollera nätet och försök igen.').waitFor();
    await watched.expectAccessible();
    await page.unroute('**/api/v1/statistics/periods');
    await page.getByRole('button', { name: 'Försök igen' }).click();
    await heading('Kvartal 1 2026').waitFor();
  });

  test('unanswered calls are typed in by keyboard, kept apart, and taken away', async () => {
    const { page } = watched;
    await enter(watched, '/statistics');
    const panel = card('Obesvarade samtal');
    await panel.getByText('Exakta tal från telefonsystemet, inskrivna för hand.').waitFor();
    await panel.getByText('Skriv aldrig in antalet besvarade').waitFor();
    await tabTo(watched, 'Antal obesvarade');
    await page.keyboard.type('tolv');
    await page.keyboard.press('Enter');
    await panel.getByText('Skriv ett helt tal, noll eller mer.').waitFor();
    expect(await page.evaluate('document.activeElement.tagName')).toBe('INPUT');
    await watched.expectAccessible();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('12');
    await page.keyboard.press('Enter');
    await panel.getByText('Antalet för april 2026 är sparat.').waitFor();
    await unfold('Obesvarade samtal');
    const row = page
      .getByRole('table', { name: 'Obesvarade samtal' })
      .getByRole('row', { name: /^April 2026/ });
    expect(await row.getByRole('cell').first().textContent()).toBe('12 exakt');
    await expectSound(watched);
    const rows = () => app.database.owner.query('SELECT month, calls FROM desk.unanswered');
    expect(await rows()).toEqual([{ month: '2026-04', calls: 12 }]);
    await page.getByRole('button', { name: 'Ta bort antalet för april 2026' }).click();
    await panel.getByText('Antalet för april 2026 är borttaget.').waitFor();
    expect(await rows()).toEqual([]);
  });
});

test('the call form fetches nothing of the statistics', async () => {
  const { page, requests } = watched;
  await arrive(watched, 'handler', PASSWORD);
  await page.getByRole('radio').first().waitFor();
  const scripts = requests
    .map((request) => new URL(request.url()).pathname)
    .filter((path) => /\.(js|css)$/.test(path));
  const manifest = JSON.parse(
    readFileSync(join(projectRoot, 'dist', 'web', '.vite', 'manifest.json'), 'utf8'),
  ) as Record<string, { file: string; css?: string[] } | undefined>;
  const filesOf = (part: string) => [manifest[part]?.file ?? part, ...(manifest[part]?.css ?? [])];
  const others = [
    'supervisor/supervisor-area.tsx',
    'charts/echarts.ts',
    'administration/administrator-area.tsx',
  ];
  const foreign = new Set(others.flatMap(filesOf).map((file) => `/${file}`));
  expect(foreign.size).toBeGreaterThanOrEqual(others.length);
  expect(scripts.filter((path) => foreign.has(path))).toEqual([]);
  expect(scripts.length).toBeGreaterThan(1);
});
