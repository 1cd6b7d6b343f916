/** Everything beside the questions, where a plan asks only a few of them, in groups. */
import { presetPlan } from '../../src/contract/presets.js';
import { aConversation, countedCodesOf } from '../support/calls.js';
import { expect, test } from '../support/jest.js';
import { handlerPage, SAVED } from './handler.js';

const handler = handlerPage({ preset: 'tiny' });
const { click, press } = handler;
const toFirst = () => handler.watched.page.getByRole('radio').first().focus();
const saved = () => handler.watched.page.getByRole('heading', { name: SAVED }).waitFor();
const chosen = () => handler.watched.page.locator('form [aria-checked="true"] > span').allTextContents();

test('nothing is measured that is not asked, and no key is named that does nothing', async () => {
  const { page } = handler.watched;
  expect(await page.locator('.measured').count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Starta tiden' }).count()).toBe(0);
  await click('button', 'Tangenter');
  await page.getByText('Backsteg', { exact: true }).waitFor();
  expect(await page.getByText('Bokstäver', { exact: true }).count()).toBe(0);
});

test('a group says what it stands for, to the eye and to a screen reader', async () => {
  const close = handler.watched.page.getByRole('radio', { name: 'Närstående', exact: true });
  const hint = 'Förälder eller vårdnadshavare · Syskon · Partner · Annan släkting · Vän';
  expect(await close.locator('small').textContent()).toBe(hint);
  const described = (await close.getAttribute('aria-describedby')) ?? '';
  expect(await handler.watched.page.locator(`[id="${described}"]`).textContent()).toBe(hint);
});

test('a call is known again in the shift by its groups, amended and withdrawn', async () => {
  const { page } = handler.watched;
  await toFirst();
  await press('1', '1', '1', '2', '1', '1', 'Control+Enter');
  await saved();
  await click('button', 'Passet (1)');
  await page
    .getByText(
      'Stöd eller råd · Åsikter och påverkan · Våldsbejakande högerextremism · Närstående · Under 18 · Kommun, skola och vård',
    )
    .waitFor();
  await page.getByRole('button', { name: 'Ändra: Samtal 1' }).click();
  await click('radio', '18 och äldre');
  await press('Control+Enter');
  await saved();
  expect((await handler.stored()).map(({ codes }) => codes)).toEqual([
    countedCodesOf(aConversation({ age: 'adult' }), presetPlan('tiny')),
  ]);
  await click('button', 'Återkalla samtalet');
  await click('button', 'Ja, återkalla');
  await page.getByRole('heading', { name: 'Samtalet är återkallat.' }).waitFor();
  expect(await handler.stored()).toEqual([]);
});

test('an organisation is taken into the call as the group it belongs to, once', async () => {
  const { page } = handler.watched;
  await click('radio', 'Stöd eller råd');
  await click('button', 'Hänvisningar');
  const take = (name: string) =>
    page.locator('.entry', { has: page.getByRole('heading', { name, exact: true }) }).getByRole('button');
  await take('Polisen').click();
  await page.locator('.in-call', { hasText: 'Polis, Säpo och 112' }).waitFor();
  expect(await take('Säkerhetspolisen').getAttribute('aria-pressed')).toBe('true');
  await handler.watched.expectAccessible();
  await page.locator('.in-call').getByRole('button').click();
  expect(await chosen()).toEqual(['Stöd eller råd', 'Polis, Säpo och 112']);
});

test('practice asks the same questions, and its suggestion is in groups', async () => {
  const { page } = handler.watched;
  await click('button', 'Öva');
  await page.getByRole('region', { name: 'Övning' }).waitFor();
  // What the other form holds lies behind it.
  await page.locator('form.practice').getByRole('radio').first().focus();
  await press('1', '1', '1', '2', '2', '1', 'Control+Enter');
  await page.getByText('Ett svar skiljer sig från förslaget.').waitFor();
  await page.getByText('Förslag: Under 18').waitFor();
  expect(handler.puts()).toEqual([]);
});
