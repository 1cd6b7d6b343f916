/** The first days of a quarter: which month a call is counted in, and the form of either month's plan. */
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { presetPlan } from '../../src/contract/presets.js';
import { setPlan } from '../../src/desk/planning/plan.js';
import { PASSWORD, startApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { aConversation, countedCodesOf } from '../support/calls.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '../support/jest.js';
import { closeOn } from '../support/keeping.js';
import { openedIntake } from '../support/opened.js';
import { arrive, watch, type Watched } from './watched.js';

const SAVED = 'Samtalet är sparat. Du kan ändra det till kl. 04.';

let app: TestApp;
let browser: Browser;
let watched: Watched;

beforeAll(async () => {
  app = await startApp('2026-09-30T12:00:00+02:00', { preset: 'large' });
  const { database, clock } = app;
  await setPlan(database, '2026-Q4', presetPlan('tiny'), { clock, actor: 'supervisor' });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await app.close();
});
beforeEach(async () => {
  await app.database.owner.query('TRUNCATE intake.call');
  watched = await watch(browser, `http://127.0.0.1:${String((app.server.address() as AddressInfo).port)}`);
});
// The clock of the page is set, and stays so in its context.
afterEach(() => watched.context.close());

/** Opens the form at a moment of local time, by the clocks of the server and of the page. */
async function openAt(at: string): Promise<void> {
  app.clock.set(`${at}+02:00`);
  await watched.page.clock.install({ time: new Date(at) });
  await arrive(watched, 'handler', PASSWORD);
  await watched.page.getByRole('radio').first().waitFor();
}
/** Lets time pass on both. It leaps on the page: with every second played, requests would seem to take minutes. */
async function passTo(at: string, minutes: number): Promise<void> {
  app.clock.set(`${at}+02:00`);
  await watched.page.clock.fastForward(minutes * 60_000);
}

const press = async (...keys: string[]) => {
  for (const key of keys) await watched.page.keyboard.press(key);
};
const question = (dimension: string) => watched.page.locator(`[data-dimension="${dimension}"]`);
const asked = () => watched.page.locator('[data-dimension]').count();
const button = (name: string) => watched.page.getByRole('button', { name, exact: true });
const checked = () => watched.page.locator('[aria-checked="true"] > span').allTextContents();
const saved = () => watched.page.getByRole('heading', { name: SAVED }).waitFor();
async function stored(): Promise<{ month: string; codes: number[] }[]> {
  const rows: { month: string }[] = await app.database.owner.query(
    'SELECT month FROM intake.call ORDER BY receipt_hash',
  );
  const opened = await openedIntake(app.database);
  return rows.map(({ month }, index) => ({ month, codes: opened[index] ?? [] }));
}
const monthsSent = () =>
  watched.requests.flatMap((request) =>
    request.method() === 'PUT' ? [(request.postDataJSON() as { month?: string }).month ?? null] : [],
  );

/** A whole conversation on the long form. */
const long = [
  ...['1', '1', '2', '1', '2', '1', '2', '3', '2', 'v', 'a', 'r', 'Enter'],
  ...['1', '1', '3', '1', '3', '2'],
];

describe('a call of the last evening', () => {
  test('that is saved after midnight is one of the old quarter, with all that it asks, and the next one is not', async () => {
    await openAt('2026-09-30T23:50:00');
    await watched.page.getByRole('radio').first().focus();
    await press(...long.slice(0, 9));
    await passTo('2026-10-01T00:10:00', 20);
    await watched.page.getByText('Räknas i september.').waitFor();
    // What is asked is still the old quarter's, and what was answered is there.
    expect(await checked()).toContain('Förälder eller vårdnadshavare');
    await watched.page.getByRole('combobox').focus();
    await press(...long.slice(9), 'Control+Enter');
    await saved();
    const call = aConversation({ daypart: 'evening' });
    expect(await stored()).toEqual([{ month: '2026-09', codes: countedCodesOf(call, presetPlan('large')) }]);
    expect(monthsSent()).toEqual(['2026-09']);

    await button('Nytt samtal').click();
    await question('channel').waitFor({ state: 'detached' });
    expect(await asked()).toBe(6);
    await watched.page.getByRole('radio').first().focus();
    await press('2', 'Enter');
    await saved();
    expect((await stored()).map(({ month }) => month).sort()).toEqual(['2026-09', '2026-10']);
    expect(monthsSent()).toEqual(['2026-09', null]);
  });

  test('a form that is open and empty becomes that of the new quarter', async () => {
    await openAt('2026-09-30T23:50:00');
    expect(await question('channel').count()).toBe(1);
    await passTo('2026-10-01T00:10:00', 20);
    await question('channel').waitFor({ state: 'detached' });
    await watched.page.getByText('Räknas i oktober.').waitFor();
    await watched.expectAccessible();
  });

  test('where nobody answers just then, it asks again', async () => {
    await openAt('2026-09-30T23:50:00');
    await watched.page.route('**/vocabulary', (route) => route.abort());
    const asking = watched.page.waitForRequest('**/vocabulary');
    await passTo('2026-10-01T00:10:00', 20);
    await asking;
    expect(await question('channel').count()).toBe(1);
    await watched.page.unroute('**/vocabulary');
    await watched.page.clock.fastForward(60_000);
    await question('channel').waitFor({ state: 'detached' });
  });
});

describe('in the first days', () => {
  test('a call can be moved to the month before and back: the form is that of its plan, and no answer is lost', async () => {
    await openAt('2026-10-02T09:00:00');
    expect(await asked()).toBe(6);
    await button('Ändra till september').click();
    await question('channel').waitFor();
    await watched.page.getByRole('radio').first().focus();
    await press(...long);
    const answers = await checked();
    await button('Ändra till oktober').click();
    await question('channel').waitFor({ state: 'detached' });
    expect(await checked()).toEqual([
      ...['Stöd eller råd', 'Åsikter och påverkan', 'Våldsbejakande högerextremism', 'Närstående'],
      ...['Under 18', 'Kommun, skola och vård'],
    ]);
    await watched.expectAccessible();
    await button('Ändra till september').click();
    await question('channel').waitFor();
    expect(await checked()).toEqual(answers);
    await button('Ändra till oktober').click();
    await question('channel').waitFor({ state: 'detached' });
    await press('Control+Enter');
    await saved();
    expect(await stored()).toEqual([
      { month: '2026-10', codes: countedCodesOf(aConversation(), presetPlan('tiny')) },
    ]);
  });

  test('groups that were answers are asked about where the other month asks more', async () => {
    await openAt('2026-10-02T09:00:00');
    await watched.page.getByRole('radio').first().focus();
    await press('1', '1', '1', '2', '1', '1');
    await button('Ändra till september').click();
    await question('channel').waitFor();
    await press('Control+Enter');
    await watched.page.getByRole('alert').first().waitFor();
    expect(await question('relation').getAttribute('data-invalid')).toBe('true');
    expect(await question('referral').getAttribute('data-invalid')).toBe('true');
    expect(await question('environment').getAttribute('data-invalid')).toBe('false');
    // The group that was chosen has opened.
    await watched.page.getByRole('radio', { name: 'Syskon', exact: true }).waitFor();
    expect(monthsSent()).toEqual([]);
  });

  test.each(['Svenska', 'English'])('the long form still fits a laptop screen: %s', async (language) => {
    await openAt('2026-10-02T09:00:00');
    await button('Ändra till september').click();
    await question('channel').waitFor();
    await button(language).click();
    await watched.page.getByRole('radio').first().focus();
    await press(...long);
    for (const [dimension, group] of [
      ['relation', 1],
      ['referral', 0],
    ] as const)
      await watched.page.locator(`[data-dimension="${dimension}"] .chip.opens`).nth(group).click();
    expect(await watched.page.evaluate('document.documentElement.scrollHeight - innerHeight')).toBe(0);
  });
});

test('later in a month nothing is said of months', async () => {
  await openAt('2026-10-03T09:00:00');
  expect(await watched.page.getByText('Räknas i').count()).toBe(0);
});

test('a month that has closed meanwhile says so, and the call can go into the current one', async () => {
  await openAt('2026-10-02T09:00:00');
  await button('Ändra till september').click();
  await question('channel').waitFor();
  await watched.page.getByRole('radio').first().focus();
  await press('2', '1');
  await closeOn(app.database, '2026-10-03', '2026-09');
  await press('Control+Enter');
  await watched.page
    .getByText('Månaden tar inte längre emot samtal. Ändra månaden och spara igen.')
    .waitFor();
  await button('Ändra till oktober').click();
  await press('Control+Enter');
  await saved();
  expect((await stored()).map(({ month }) => month)).toEqual(['2026-10']);
});
