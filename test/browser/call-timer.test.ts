/** What the clock fills in, and practice: neither sends anything that it should not. */
import { findDimension, leafCodes } from '../../src/contract/vocabulary.js';
import { vocabulary } from '../support/calls.js';
import { describe, expect, test } from '../support/jest.js';
import { handlerPage, SAVED } from './handler.js';

const handler = handlerPage({ setsClock: true });
const { press, click } = handler;
const line = (text: string) => handler.watched.page.getByText(text, { exact: true });

/** Lets the page's clock stand at a moment of local time, before anything is loaded. */
async function from(at: string): Promise<void> {
  const { page } = handler.watched;
  await page.clock.install({ time: new Date(at) });
  await page.reload();
  await page.getByRole('radio').first().waitFor();
}
const pass = (minutes: number) => handler.watched.page.clock.runFor(minutes * 60_000);

const measured = (text: string) => handler.watched.page.locator('.measured', { hasText: text }).waitFor();

/** Every answer of a conversation but its length. */
async function fillIn(): Promise<void> {
  await handler.watched.page.getByRole('radio').first().focus();
  await press('1', '1', '2', '1', '1', '2', '3', '2', '0', '1', '1');
  await click('checkbox', 'Ingen hänvisning');
  await click('radio', 'Råd');
}

describe('the timer', () => {
  test('fills in the length, goes on with it, and stands still when it is stopped', async () => {
    const { page } = handler.watched;
    await from('2026-11-11T09:50:00');
    await click('button', 'Starta tiden');
    await measured('Samtalets längd: Under 10 min');
    await handler.watched.expectAccessible();
    await pass(12);
    await measured('Samtalets längd: 10–29 min');
    await pass(20);
    await measured('Samtalets längd: 30–59 min');
    expect(await page.locator('.elapsed').textContent()).toBe('Samtalet har pågått 32 min');
    await click('button', 'Stoppa');
    await pass(60);
    await measured('Samtalets längd: 30–59 min');
    await click('button', 'Fortsätt');
    await pass(30);
    await measured('Samtalets längd: 60 min eller mer');
    await click('button', 'Rensa svaren');
    await measured('Samtalets längd: 60 min eller mer');
    expect(await page.getByRole('radio', { checked: true }).count()).toBe(0);
  });

  test('the part of the day is that of the start, and what the handler says goes before the clock', async () => {
    await from('2026-11-11T11:55:00');
    await measured('Tid på dygnet: Morgon och förmiddag (06–12)');
    await click('button', 'Starta tiden');
    await pass(15);
    await click('radio', 'Stöd eller råd');
    await measured('Tid på dygnet: Morgon och förmiddag (06–12)');
    await click('button', 'ändra: Samtalets längd');
    expect((await handler.focus()).text).toBe('10–29 min');
    await click('radio', 'Under 10 min');
    await pass(30);
    expect(
      await handler.watched.page.getByRole('radio', { name: 'Under 10 min' }).getAttribute('aria-checked'),
    ).toBe('true');
  });

  test('begins anew with the next call', async () => {
    await from('2026-11-11T13:00:00');
    await click('button', 'Starta tiden');
    await pass(12);
    await handler.logSilentCall();
    await click('button', 'Nytt samtal');
    await line('Starta tiden').waitFor();
    expect(await handler.watched.page.locator('.measured', { hasText: 'Samtalets längd' }).count()).toBe(0);
  });
});

test('no clock time leaves the browser: a call is codes of the vocabulary and a receipt, and no more', async () => {
  const { page } = handler.watched;
  await from('2026-11-11T13:00:00');
  await click('button', 'Starta tiden');
  await pass(17);
  await fillIn();
  await click('button', 'Spara samtalet');
  await page.getByRole('heading', { name: SAVED }).waitFor();
  const [put, ...more] = handler.puts();
  expect(more).toEqual([]);
  const { answers, ...rest } = put?.postDataJSON() as { answers: Record<string, string | string[]> };
  expect(rest).toEqual({});
  expect(answers['length']).toBe('10-29');
  expect(answers['daypart']).toBe('afternoon');
  for (const [id, codes] of Object.entries(answers)) {
    const dimension = findDimension(vocabulary, id);
    const known = dimension === undefined ? [] : leafCodes(dimension).map((code) => code.id);
    expect(known).toEqual(expect.arrayContaining([codes].flat()));
  }
  expect(Object.keys(answers)).toHaveLength(vocabulary.dimensions.length);
  expect(new URL(put?.url() ?? '').search).toBe('');
  // Nothing of the app's own beside what a browser always sends.
  const headers = Object.keys((await put?.allHeaders()) ?? {}).filter(
    (name) => !/^(:|sec-|accept|user-agent)/.test(name),
  );
  expect(headers.toSorted()).toEqual(
    [
      'cache-control',
      'connection',
      'content-length',
      'content-type',
      'cookie',
      'host',
      'origin',
      'pragma',
    ].filter((name) => headers.includes(name)),
  );
});

describe('practice', () => {
  test.each([
    [
      'Svenska',
      'Öva',
      'Samtalet är påhittat. Inget sparas och inget skickas.',
      'Klar med övningen',
      'Övningen är klar. Inget är sparat.',
    ],
    [
      'English',
      'Practise',
      'The call is made up. Nothing is stored and nothing is sent.',
      'Finish the practice',
      'The practice is over. Nothing is stored.',
    ],
  ])(
    'is the same form, clearly marked, and sends nothing at all: %s',
    async (language, part, mark, finish, done) => {
      const { page, requests } = handler.watched;
      handler.watched.inBothLanguages = true;
      await click('button', language);
      await page.waitForLoadState('networkidle');
      const before = requests.length;
      await click('button', part);
      expect(await page.getByText(mark).count()).toBeGreaterThan(0);
      await handler.watched.expectAccessible();
      await page.getByRole('radio').first().focus();
      await press('1', '1', '2', '1', '1', '2', '3', '2', '0', '1', '1', '3', '0', '2');
      await handler.watched.expectAccessible();
      await press('Control+Enter');
      await page.getByRole('heading', { name: done }).waitFor();
      await handler.watched.expectAccessible();
      expect(requests.slice(before).map((request) => request.url())).toEqual([]);
      expect(await handler.stored()).toEqual([]);
      expect(await page.getByRole('button', { name: finish }).count()).toBe(0);
      await handler.watched.expectNothingKept();
    },
  );

  test('shows where the answers differ from the suggestion, and has more calls', async () => {
    const { page } = handler.watched;
    await click('radio', 'Tyst samtal');
    await click('button', 'Öva');
    const story = () => page.getByRole('region', { name: 'Övning' }).textContent();
    const first = await story();
    await page.getByRole('radio').first().focus();
    await press('1', '1', '2', '1', '1', '2', '3', '2');
    await page.keyboard.type('värm');
    await press('Enter', '1', '1', '3', '0', '2', 'Control+Enter');
    await page.getByText('Två svar skiljer sig från förslaget.').waitFor();
    await page.getByText('Förslag: Förälder eller vårdnadshavare').waitFor();
    await click('button', 'Öva på ett annat samtal');
    expect(await story()).not.toBe(first);
    expect(await page.getByRole('radio', { checked: true }).count()).toBe(0);
    await press('Control+Enter');
    await page.getByText('14 svar saknas. De är markerade ovan.').waitFor();
    await click('button', 'Sluta öva');
    expect(await page.getByRole('radio', { checked: true }).locator('span').allTextContents()).toEqual([
      'Tyst samtal',
    ]);
    await click('button', 'Passet');
    expect(await page.getByRole('listitem').count()).toBe(0);
  });
});
