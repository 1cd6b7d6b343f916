/** Issuing, taking and checking releases, with a keeper at work as in an installation. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { presetPlan } from '../../src/contract/presets.js';
import { currentKeyId } from '../../src/release/key.js';
import { rotateKey } from '../../src/release/rotate.js';
import { writeRelease } from '../../src/release/write.js';
import { signedRelease } from '../release/example.js';
import { aQuarter } from '../statistics/builders.js';
import { publish } from '../statistics/published.js';
import { startApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '../support/jest.js';
import { startKeeper } from '../support/keeper.js';
import { enter, expectSound, looks, open, tabTo, urlOf } from './supervisor.js';
import { watch, type Watched } from './watched.js';

let app: TestApp;
let browser: Browser;
let watched: Watched;
let dataDir: string;
let keeping: ReturnType<typeof startKeeper>;

beforeAll(async () => {
  app = await startApp('2026-05-20T10:00:00+02:00');
  for (const quarter of ['2025-Q1', '2025-Q2', '2025-Q3', '2025-Q4'])
    await publish(app.database, aQuarter({ quarter, plan: presetPlan('small') }));
  dataDir = mkdtempSync(join(tmpdir(), 'tyst-releases-'));
  keeping = startKeeper(app.database, { clock: app.clock, dataDir });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await keeping.stop();
  await app.close();
  rmSync(dataDir, { recursive: true });
});
beforeEach(async () => {
  watched = await open(browser, app);
});
afterEach(async () => {
  await watched.expectNoViolations();
  await watched.expectNothingKept();
  await watched.leave();
});

const card = (name: string | RegExp) => watched.page.getByRole('region', { name, exact: true });

test('a quarter is issued by keyboard, and its files are what was issued', async () => {
  const { page } = watched;
  await enter(watched, '/releases');
  await page.getByText('Ingenting är utgivet än.').waitFor();
  const next = card('Härnäst');
  await next.getByText('Kvartal 4 2025 är publicerat och kan ges ut.').waitFor();
  await next.getByText('År 2025 är publicerat och kan ges ut.').waitFor();
  expect(await next.getByText('Inga obesvarade samtal är inskrivna för perioden.').count()).toBe(2);
  await next.getByText('Kvartal 2 2026 pågår. Det stängs av sig självt 7 juli kl. 04.').waitFor();
  expect(await next.getByRole('listitem').allTextContents()).toEqual([
    'maj 2026, som pågår och stängs 3 juni',
    'juni 2026, som inte har börjat och stängs 3 juli',
  ]);
  await expectSound(watched);
  await tabTo(watched, 'Period');
  await page.keyboard.type('kvartal 4');
  await tabTo(watched, 'Förord (frivilligt)');
  await page.keyboard.press('Enter');
  await page.getByText('Nämn inga personer, och inget som någon kan kännas igen på.').waitFor();
  await tabTo(watched, 'Förord på svenska');
  await page.keyboard.insertText('Ring Anna på 070-123 45 67 🙂');
  await page.getByText('Det här går inte att trycka i rapporten: 🙂 Ta bort det.').waitFor();
  await expectSound(watched);
  await tabTo(watched, 'Ge ut perioden');
  await page.keyboard.press('Enter');
  // Nothing is sent while it cannot be printed; the focus is in the text.
  expect(await page.evaluate('document.activeElement.labels[0].textContent')).toBe('Förord på svenska');
  await page.keyboard.press('Backspace');
  await page.keyboard.insertText('.\n\nTack #alla.');
  await tabTo(watched, 'Ge ut perioden');
  await page.keyboard.press('Enter');
  const question = page.getByRole('dialog', { name: 'Pekar förordet ut någon?' });
  await question.getByText('I förordet står det som ser ut som telefonnumret 070-123 45 67.').waitFor();
  await expectSound(watched);
  await page.keyboard.press('Escape');
  expect(await page.evaluate('document.activeElement.labels[0].textContent')).toBe('Förord på svenska');
  // What is written is not lost by leaving, nor by a server that does not answer.
  await page.getByRole('link', { name: 'Statistik', exact: true }).click();
  await page.getByRole('button', { name: 'Tillbaka till förordet' }).click();
  await page.route('**/api/v1/releases', (route) =>
    route.request().method() === 'POST' ? route.abort() : route.continue(),
  );
  const issueAll = async () => {
    await page.getByRole('button', { name: 'Ge ut perioden' }).focus();
    await page.keyboard.press('Enter');
    await tabTo(watched, 'Ge ut ändå');
    await page.keyboard.press('Enter');
  };
  await issueAll();
  await page.getByText('Inget svar än.').waitFor();
  expect(await page.getByLabel('Förord på svenska').inputValue()).toContain('Tack #alla.');
  await page.unroute('**/api/v1/releases');
  await issueAll();
  await page.getByText('Utgåvan av kvartal 4 2025 är klar.').waitFor({ timeout: 45_000 });
  await card('Kvartal 4 2025').waitFor();
  await next.getByText('Kvartal 4 2025 är publicerat och kan ges ut.').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^Kontrollera filerna: Kvartal 4 2025/ }).focus();
  await page.keyboard.press('Enter');
  await card('Kvartal 4 2025')
    .getByText(/^Inget är ändrat\. \d+ filer stämmer, och signaturen är linjens\.$/)
    .waitFor();
  await expectSound(watched);
});

test('downloaded files are checked in the browser, and a changed byte is found', async () => {
  const { page } = watched;
  await enter(watched, '/releases', 'en');
  await card('Quarter 4 2025').waitFor();
  const files: { name: string; path: string; bytes: Buffer }[] = [];
  const buttons = await card('Quarter 4 2025')
    .getByRole('button', { name: /^Download / })
    .all();
  for (const button of buttons) {
    const download = page.waitForEvent('download');
    await button.click();
    const file = await download;
    const path = join(dataDir, file.suggestedFilename());
    const chunks: Buffer[] = [];
    for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
    writeFileSync(path, Buffer.concat(chunks));
    files.push({ name: file.suggestedFilename(), path, bytes: Buffer.concat(chunks) });
  }
  expect(files.map(({ name }) => name)).toContain('manifest.json.sig');
  const paths = files.map(({ path }) => path);
  const panel = card('Check files that you have downloaded');
  const choose = async (chosen: string[]) => {
    await page.getByLabel('Choose files').setInputFiles([]);
    await page.getByLabel('Choose files').setInputFiles(chosen);
  };
  await choose(paths);
  await panel.getByText(`Nothing is changed. ${String(files.length)} files are right`).waitFor();
  const found: Record<string, string> = {
    'manifest.json': 'manifest.json and the signature do not belong together',
    'manifest.json.sig': 'manifest.json',
  };
  for (const { name, path, bytes } of files) {
    const changed = Buffer.from(bytes);
    const middle = Math.floor(bytes.length / 2);
    changed[middle] = (changed[middle] ?? 0) ^ 1;
    writeFileSync(path, changed);
    await choose(paths);
    await panel
      .getByRole('alert')
      .getByText(found[name] ?? `${name} does not have the content`)
      .first()
      .waitFor();
    writeFileSync(path, bytes);
  }
  await expectSound(watched);
  await choose(paths.filter((path) => !path.endsWith('tables.csv')));
  await panel.getByText('tables.csv is missing').waitFor();
  const stray = join(dataDir, 'notes.txt');
  writeFileSync(stray, 'x');
  await choose([...paths, stray]);
  await panel.getByText('notes.txt is not part of the release').waitFor();
  await choose(paths);
  await panel.getByText('Nothing is changed.').waitFor();
});

test('the calendar has an address to copy, and what is at it is a calendar', async () => {
  const { page, context } = watched;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await enter(watched, '/releases');
  const calendar = card('Kalender över kommande utgåvor');
  await calendar.getByRole('button', { name: 'Kopiera' }).focus();
  await page.keyboard.press('Enter');
  await calendar.getByText('Adressen är kopierad.').waitFor();
  const address = await page.evaluate<string>('navigator.clipboard.readText()');
  expect(address).toBe(new URL('/api/v1/release-calendar?language=sv', page.url()).href);
  expect(await calendar.getByRole('link').getAttribute('href')).toBe(address.replace('http:', 'webcal:'));
  const reply = await fetch(address);
  expect(reply.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  expect(await reply.text()).toContain('SUMMARY:Statistik för kvartal 2 2026 kan publiceras');
  await expectSound(watched);
});

test('a line on the statistics page leads to what is to be issued', async () => {
  const { page } = watched;
  await enter(watched, '/statistics');
  await page.getByText('År 2025 är publicerat och kan ges ut.').waitFor();
  await expectSound(watched);
  await page.getByRole('link', { name: 'Till utgåvorna' }).click();
  await card('Härnäst').waitFor();
});

/** What was issued, as files on this machine. */
async function filesOf(period: string): Promise<string[]> {
  const files: { name: string; bytes: Buffer }[] = await app.database.reader.query(
    'SELECT name, bytes FROM published.release_file WHERE period = $1 AND revision = 1',
    [period],
  );
  return files.map(({ name, bytes }) => {
    const path = join(dataDir, name);
    writeFileSync(path, bytes);
    return path;
  });
}

test('a funder checks files without an account, and with the net gone', async () => {
  const { page, context, requests } = watched;
  const paths = await filesOf('2025-Q4');
  await page.goto('/check');
  await page.getByText('Du kan koppla från nätet nu').waitFor();
  const [key] = await app.database.reader.query<{ id: string }[]>('SELECT id FROM published.release_key');
  await page.getByText(key?.id ?? 'no key').waitFor();
  const asked = requests.map((request) => new URL(request.url()).pathname);
  expect(asked.filter((path) => path.startsWith('/api/'))).toEqual(['/api/v1/release-keys']);
  await context.setOffline(true);
  const before = requests.length;
  await tabTo(watched, 'Välj filer');
  await page.getByLabel('Välj filer').setInputFiles(paths);
  await page.getByText(`Inget är ändrat. ${String(paths.length)} filer stämmer`).waitFor();
  await watched.expectAccessible();
  writeFileSync(join(dataDir, 'tables.csv'), 'changed');
  await page.getByLabel('Välj filer').setInputFiles([]);
  await page.getByLabel('Välj filer').setInputFiles(paths);
  await page.getByText('tables.csv har en annan storlek än den gavs ut med').waitFor();
  await watched.expectAccessible();
  expect(requests.length).toBe(before);
  expect(await context.cookies()).toEqual([]);
  await context.setOffline(false);
});

test('files are dropped on the check page, in English', async () => {
  const { page } = watched;
  const paths = await filesOf('2025-Q4');
  await page.goto('/check#en');
  await page.getByRole('heading', { name: 'Check a release' }).waitFor();
  await page.getByText('You can also drop the files here.').waitFor();
  const bytes = paths.map((path) => ({ name: basename(path), base64: readFileSync(path, 'base64') }));
  await page.evaluate(`(() => {
    const transfer = new DataTransfer();
    for (const { name, base64 } of ${JSON.stringify(bytes)})
      transfer.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
    const target = document.querySelector('.drop-files');
    for (const type of ['dragover', 'drop'])
      target.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
  })()`);
  await page.getByText(`Nothing is changed. ${String(paths.length)} files are right`).waitFor();
  await watched.expectAccessible();
  await page.goto('/check');
});

describe('the open pages', () => {
  const open = (value: boolean) =>
    app.database.desk.query(
      value
        ? `INSERT INTO desk.setting VALUES ('open-releases', 'yes') ON CONFLICT DO NOTHING`
        : `DELETE FROM desk.setting WHERE name = 'open-releases'`,
    );
  beforeEach(() => open(true));
  afterEach(() => open(false));

  test.each([
    ['sv', '/open', 'Statistik', 'Kvartal 4 2025', 'Filer', 'English', /^Hämta rapporten/],
    ['en', '/open/en', 'Statistics', 'Quarter 4 2025', 'Files', 'Svenska', /^Get the report/],
  ] as const)('are read by anybody in %s', async (lang, address, title, period, files, other, report) => {
    const { page, context } = watched;
    watched.inBothLanguages = true;
    await page.goto(address);
    await page.getByRole('heading', { name: title, exact: true }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe(lang);
    await watched.expectAccessible();
    await tabTo(watched, period);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: period }).waitFor();
    expect(page.url()).toContain(`${address}/2025-Q4`);
    await page.getByRole('heading', { name: files, exact: true }).waitFor();
    await watched.expectAccessible();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: report }).click();
    expect((await download).suggestedFilename()).toBe(`report.${lang}.pdf`);
    await page.getByRole('link', { name: other }).click();
    await page.waitForURL(/2025-Q4$/);
    expect(await page.locator('html').getAttribute('lang')).not.toBe(lang);
    await watched.expectNothingKept();
    await page.goto(`${address}/2031`);
    await watched.expectAccessible();
    expect(await context.cookies()).toEqual([]);
    expect(watched.requests.filter((request) => request.resourceType() === 'script')).toEqual([]);
  });

  test.each(looks)('fit, and are accessible: %j', async (look) => {
    await watched.leave();
    watched = await watch(browser, urlOf(app), look);
    for (const address of ['/open', '/open/en/2025-Q4', '/check']) {
      await watched.page.goto(address);
      await watched.page.locator(address === '/check' ? '.drop-files' : 'main h1').waitFor();
      await watched.expectAccessible();
      expect(await watched.page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    }
  });

  test('need no script, and print in black on white', async () => {
    await watched.page.goto('/open');
    const context = await browser.newContext({ baseURL: urlOf(app), javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto('/open');
    await page.getByRole('link', { name: 'Kvartal 4 2025' }).click();
    await page.getByText('Så läser du talen').click();
    await page.getByText('Talen räknar kontakter, inte personer.').waitFor();
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.getByRole('link', { name: 'English' }).isVisible()).toBe(false);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    await context.close();
  });

  test('tell the supervisor that what is issued is read by anybody', async () => {
    await enter(watched, '/releases');
    await card('Härnäst')
      .getByRole('link', { name: /\/open$/ })
      .waitFor();
    await expectSound(watched);
  });
});

test('a revision is issued with a reason', async () => {
  const { page } = watched;
  await enter(watched, '/releases');
  await page.getByRole('button', { name: 'Ge ut på nytt: Kvartal 4 2025' }).click();
  const reason = page.getByLabel('Skäl', { exact: true });
  const again = page.locator('form.again');
  // The foreword of the first issue comes along, to be changed.
  const text = again.getByLabel('Förord på svenska');
  expect(await text.inputValue()).toBe('Ring Anna på 070-123 45 67 .\n\nTack #alla.');
  await text.fill('x'.repeat(2001));
  await again.getByText('Förordet är för långt.').waitFor();
  await expectSound(watched);
  await text.fill('');
  await again.getByLabel('Förord på engelska').fill('Thank you.');
  await reason.focus();
  expect(await page.evaluate('document.activeElement.labels[0].textContent')).toBe('Skäl');
  await page.keyboard.press('Enter');
  await page.getByText('Skälet behöver vara en rad med högst 200 tecken.').waitFor();
  await expectSound(watched);
  await reason.fill('Rättat namn');
  await page.keyboard.press('Enter');
  await card(/^Kvartal 4 2025, revision 2$/).waitFor({ timeout: 45_000 });
  await page.getByText('Skäl: Rättat namn').waitFor();
  const [issued] = await app.database.reader.query<
    { foreword_sv: string | null; foreword_en: string | null }[]
  >('SELECT foreword_sv, foreword_en FROM published.release WHERE revision = 2');
  expect(issued).toEqual({ foreword_sv: null, foreword_en: 'Thank you.' });
  await expectSound(watched);
});

test('after a change of key the old release is still right, a stranger’s is not, and a leaked key is named', async () => {
  const { page } = watched;
  const rotate = (leaked: boolean) =>
    rotateKey(
      { keeper: app.database.keeper, dataDir, today: '2026-05-20', actor: 'command line' },
      { leaked },
    );
  const old = await currentKeyId(dataDir);
  const fresh = await rotate(false);
  await enter(watched, '/releases');
  const checkAt = async (title: string) => {
    await card(title)
      .getByRole('button', { name: /^Kontrollera filerna/ })
      .click();
    return card(title);
  };
  const before = await checkAt('Kvartal 4 2025');
  await before.getByText(`Signerad med en tidigare nyckel, ${old ?? ''}, som fortfarande gäller.`).waitFor();
  await expectSound(watched);
  await page.getByLabel('Period').selectOption('2025-Q3');
  await page.getByRole('button', { name: 'Ge ut perioden' }).click();
  await card('Kvartal 3 2025').waitFor({ timeout: 45_000 });
  const after = await checkAt('Kvartal 3 2025');
  await after.getByText(`Signerad med nyckeln ${fresh}, som används nu.`).waitFor();

  const stranger = join(dataDir, 'stranger');
  await writeRelease((await signedRelease()).files, stranger);
  const choose = (folder: string) =>
    page.getByLabel('Välj filer').setInputFiles(readdirSync(folder).map((name) => join(folder, name)));
  await choose(stranger);
  await page.getByRole('alert').getByText('eller så är de inte signerade av linjen').waitFor();
  await expectSound(watched);

  await rotate(true);
  const leaked = await checkAt('Kvartal 3 2025');
  await leaked.getByRole('alert').getByText('en nyckel som linjen har spärrat').waitFor();
  await expectSound(watched);
});

test('a browser without Ed25519 says what to do instead', async () => {
  const { page } = watched;
  await page.addInitScript(`SubtleCrypto.prototype.generateKey = () => Promise.reject(new Error('no'))`);
  await enter(watched, '/releases');
  await page
    .getByRole('button', { name: /^Kontrollera filerna: Kvartal 4 2025/ })
    .first()
    .click();
  await page.getByText('Den här webbläsaren kan inte kontrollera signaturen.').waitFor();
  await page.getByText('npx tyst verify MAPP').waitFor();
  await expectSound(watched);
});

test.each(looks)('the page is accessible and fits: %j', async (look) => {
  await watched.leave();
  watched = await open(browser, app, look);
  const { page } = watched;
  await enter(watched, '/releases');
  await card('Kvartal 4 2025').waitFor();
  await page.getByText('Förord (frivilligt)').first().click();
  await expectSound(watched);
});
