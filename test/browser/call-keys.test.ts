/** Logging by digits, by taps and on a small screen: how much it takes, and where the focus goes. */
import type { Page } from 'playwright-core';
import { askedUnder } from '../../src/contract/counted.js';
import type { Preset } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import { aConversation, aSilentCall, codesOf, countedCodesOf, vocabulary } from '../support/calls.js';
import { describe, expect, test } from '../support/jest.js';
import { handlerPage, SAVED } from './handler.js';

const handler = handlerPage();
const { press, click, focus } = handler;
const radio = (name: string) => handler.watched.page.getByRole('radio', { name, exact: true });

const isChosen = async (name: string) => (await radio(name).first().getAttribute('aria-checked')) === 'true';
const at = async () => (await focus()).dimension;
const begin = () => radio('Stöd eller råd').focus();

/** A normal conversation, by the digits of its answers and the beginning of its county. */
const keys = [
  ...['1', '1', '2', '1', '2', '1', '2', '3', '2'],
  ...['v', 'a', 'r', 'Enter'],
  ...['1', '1', '3', '1', '3', '2', 'Control+Enter'],
];

/** How many keys went down on a page, a held-down modifier included. */
async function countKeys(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(`globalThis.keysDown = 0; addEventListener('keydown', () => { keysDown += 1; }, true)`);
  return () => page.evaluate<number>('keysDown');
}

/** By how much a page is larger than its window. */
const overflowOf = (page: Page) =>
  page.evaluate<{ down: number; across: number }>(`({
    down: document.documentElement.scrollHeight - innerHeight,
    across: document.documentElement.scrollWidth - innerWidth,
  })`);

describe('a call by digits', () => {
  test('takes at most 24 key presses, and sends what was chosen', async () => {
    const { page } = handler.watched;
    await begin();
    const count = await countKeys(page);
    await press(...keys);
    await page.getByRole('heading', { name: SAVED }).waitFor();
    expect(await count()).toBeLessThanOrEqual(24);
    const { daypart } = (handler.puts()[0]?.postDataJSON() as { answers: { daypart: string } }).answers;
    expect((await handler.stored()).map(({ codes }) => codes)).toEqual([codesOf(aConversation({ daypart }))]);
  });

  test('works on the number pad, and with a keyboard that needs Shift for digits', async () => {
    const { page, context } = handler.watched;
    const wire = await context.newCDPSession(page);
    await begin();
    // With the number lock on, which the browser's own driver does not know.
    await wire.send('Input.dispatchKeyEvent', { type: 'keyDown', key: '2', code: 'Numpad2', location: 3 });
    await wire.send('Input.dispatchKeyEvent', { type: 'keyUp', key: '2', code: 'Numpad2', location: 3 });
    expect(await isChosen('Tyst samtal')).toBe(true);
    expect(await at()).toBe('channel');
    // As on a French keyboard: the key is a digit because Shift is down.
    await page.evaluate(
      `document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: '4', shiftKey: true, bubbles: true, cancelable: true }))`,
    );
    expect(await isChosen('Chatt')).toBe(true);
  });

  test.each([
    ['a letter', 'a'],
    ['Control and a digit', 'Control+2'],
    ['Alt and a digit', 'Alt+2'],
    ['a digit that no answer has', '9'],
  ])('%s chooses nothing', async (_what, key) => {
    await begin();
    await press(key);
    expect(await handler.watched.page.getByRole('radio', { checked: true }).count()).toBe(0);
    expect(await at()).toBe('kind');
  });

  test('neither does AltGr, nor a key that is held down', async () => {
    const { page } = handler.watched;
    await begin();
    await page.evaluate(`for (const more of [{ modifierAltGraph: true }, { repeat: true }, { isComposing: true }])
      document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: '2', bubbles: true, ...more }))`);
    expect(await page.getByRole('radio', { checked: true }).count()).toBe(0);
    await page.keyboard.down('2');
    await page.keyboard.down('2');
    await page.keyboard.down('2');
    await page.keyboard.up('2');
    expect(await isChosen('Tyst samtal')).toBe(true);
    expect(await at()).toBe('channel');
    expect(await page.getByRole('radio', { checked: true }).count()).toBe(1);
  });

  test('outside a question a digit does nothing', async () => {
    await handler.watched.page.getByRole('button', { name: 'Rensa svaren' }).focus();
    await press('1');
    expect(await handler.watched.page.getByRole('radio', { checked: true }).count()).toBe(0);
  });
});

describe('the focus', () => {
  test('goes on after a digit, into a group that it opened, and stays after an arrow and a click', async () => {
    await begin();
    await press('1');
    expect(await at()).toBe('channel');
    await press('ArrowRight');
    expect(await focus()).toEqual({ dimension: 'channel', text: 'Återuppringning', checked: true });
    await click('radio', 'Närstående');
    expect(await at()).toBe('relation');
    await press('3');
    expect(await focus()).toEqual({ dimension: 'relation', text: 'Skola', checked: false });
    await press('2');
    expect(await isChosen('Socialtjänst')).toBe(true);
    expect(await at()).toBe('caller_age');
    await click('radio', 'Pojke eller man');
    expect(await at()).toBe('gender');
  });

  test('goes back with Backspace, out of a group first, and past the field for the county', async () => {
    await radio('Närstående').focus();
    await press('2');
    expect((await focus()).text).toBe('Förälder eller vårdnadshavare');
    await press('Backspace');
    expect((await focus()).text).toBe('Närstående');
    await press('Backspace');
    expect(await at()).toBe('environment');
    await handler.watched.page.getByRole('combobox').focus();
    await handler.watched.page.keyboard.type('vä');
    await press('Backspace');
    expect(await handler.watched.page.getByRole('combobox').inputValue()).toBe('v');
    await press('Backspace', 'Backspace');
    expect(await at()).toBe('gender');
  });

  test('in the field for the county 0 is "not stated", and Enter goes on', async () => {
    await handler.watched.page.getByRole('combobox').focus();
    await press('0');
    expect(await at()).toBe('language');
    await press('Backspace');
    await handler.watched.page.keyboard.type('goT');
    await press('Enter');
    expect(await at()).toBe('language');
    expect(await handler.watched.page.getByRole('combobox').inputValue()).toBe('Gotlands län');
  });

  test('comes back for a second and a third referral', async () => {
    const { page } = handler.watched;
    await page.getByRole('button', { name: 'Kommun, skola och vård' }).focus();
    await press('1', '1');
    expect(await at()).toBe('outcome');
    await press('Backspace', '2', '2', 'Backspace', '4');
    expect(await page.getByRole('checkbox', { checked: true }).locator('span').allTextContents()).toEqual([
      'Avhopparverksamhet',
      'Socialtjänsten',
      '112',
    ]);
    await press('Backspace', '5');
    expect(await at()).toBe('referral');
    expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(3);
  });
});

test('the keys can be looked at, and Ctrl+Enter then saves nothing', async () => {
  const { page } = handler.watched;
  await click('button', 'Tangenter');
  await page.getByRole('dialog', { name: 'Tangenter' }).waitFor();
  await handler.watched.expectAccessible();
  await press('Control+Enter');
  await press('Escape');
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect(await page.getByRole('alert').count()).toBe(0);
  expect((await focus()).text).toContain('Tangenter');
});

describe('by taps', () => {
  test('a normal call takes at most 18, on a phone', async () => {
    await handler.reopen({ width: 360, height: 740 });
    const { page } = handler.watched;
    let taps = 0;
    const tap = async (role: 'button' | 'radio' | 'checkbox' | 'option' | 'combobox', name: string) => {
      taps += 1;
      await page.getByRole(role, { name, exact: true }).click();
    };
    for (const name of ['Stöd eller råd', 'Telefon', 'Påverkan på nätet', 'Våldsbejakande högerextremism'])
      await tap('radio', name);
    await tap('radio', 'Närstående');
    for (const name of ['Förälder eller vårdnadshavare', 'Nej, vuxen', '16–17 år', 'Pojke eller man'])
      await tap('radio', name);
    await tap('combobox', 'Län där den som samtalet gäller bor');
    await tap('option', 'Värmlands län');
    for (const name of ['Svenska', 'Nej', '30–59 min']) await tap('radio', name);
    await tap('button', 'Kommun, skola och vård');
    await tap('checkbox', 'Kommunens samordnare mot våldsbejakande extremism');
    await tap('radio', 'Råd');
    await handler.watched.expectAccessible();
    await tap('button', 'Spara samtalet');
    await page.getByRole('heading', { name: SAVED }).waitFor();
    expect(taps).toBeLessThanOrEqual(18);
  });

  test('a silent call takes one tap and one confirmation, which nothing has chosen beforehand', async () => {
    const { page } = handler.watched;
    await click('radio', 'Tyst samtal');
    expect(await page.getByRole('radio', { checked: true }).count()).toBe(1);
    await handler.watched.expectAccessible();
    await click('button', 'Spara direkt: Telefon');
    await page.getByRole('heading', { name: SAVED }).waitFor();
    const { answers } = handler.puts()[0]?.postDataJSON() as { answers: object };
    expect(answers).toEqual({ kind: 'silent', channel: 'phone', daypart: expect.any(String) });
  });
});

describe('the form fits', () => {
  const overflow = () => overflowOf(handler.watched.page);

  /** In pixels, of those that are shown. */
  const smallestChip = () =>
    handler.watched.page.evaluate<number>(
      `Math.min(...[...document.querySelectorAll('.chip')].map((chip) => chip.offsetHeight).filter(Boolean))`,
    );

  test.each(['Svenska', 'English'])(
    'a laptop screen, empty, filled in and with a group open: %s',
    async (language) => {
      const { page } = handler.watched;
      await click('button', language);
      expect(await overflow()).toEqual({ down: 0, across: 0 });
      await page.getByRole('radio').first().focus();
      await press(...keys.slice(0, -1));
      expect(await page.getByRole('radio', { checked: true }).count()).toBeGreaterThan(10);
      expect(await overflow()).toEqual({ down: 0, across: 0 });
      // With a group open in each of the two questions that have groups, too.
      const open = async (dimension: string, group: number) =>
        page.locator(`[data-dimension="${dimension}"] .chip.opens`).nth(group).click();
      for (const [relation, referral] of [
        [0, 0],
        [1, 0],
        [1, 1],
        [1, 2],
      ] as const) {
        await open('relation', relation);
        await open('referral', referral);
        expect([relation, referral, await overflow()]).toEqual([relation, referral, { down: 0, across: 0 }]);
      }
      expect(await smallestChip()).toBeGreaterThanOrEqual(30);
      await handler.watched.expectAccessible();
    },
  );

  test.each([
    { width: 360, height: 740 },
    { width: 360, height: 740, dark: true },
    { width: 1920, height: 1080 },
    { width: 640, height: 360 },
  ])('%j', async (look) => {
    await handler.reopen(look);
    expect((await overflow()).across).toBe(0);
    expect(await smallestChip()).toBeGreaterThanOrEqual(look.width <= 640 ? 44 : 30);
    await handler.watched.expectAccessible();
  });
});

test('only what the clock measures is answered beforehand', async () => {
  const { page } = handler.watched;
  expect(await page.getByRole('radio', { checked: true }).count()).toBe(0);
  expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(0);
  expect(await page.getByRole('combobox').inputValue()).toBe('');
  expect(await page.getByText('Tid på dygnet:').count()).toBe(1);
});

interface Size {
  readonly preset: Preset;
  /** The digits of a normal conversation, and of its county. */
  readonly digits: readonly string[];
  readonly most: number;
}
const county = ['v', 'a', 'r', 'Enter'];

/** Where groups are counted, one digit answers what takes two on a larger line. */
const sizes: readonly Size[] = [
  { preset: 'tiny', digits: ['1', '1', '1', '2', '1', '1'], most: 12 },
  { preset: 'small', digits: ['1', '2', '1', '2', '1', '2', '1', '2'], most: 12 },
  {
    preset: 'medium',
    digits: ['1', '1', '2', '1', '2', '1', '2', '3', '2', ...county, '1', '1', '3', '1', '3', '2'],
    most: 24,
  },
];

describe.each(sizes)('a line of size $preset', ({ preset, digits, most }) => {
  const sized = handlerPage({ preset });
  const asked = askedUnder(presetPlan(preset), vocabulary).dimensions.filter((dimension) => dimension.asked);
  const sent = () => (sized.puts()[0]?.postDataJSON() as { answers: Record<string, string> }).answers;
  const toFirst = () => sized.watched.page.getByRole('radio').first().focus();

  test('asks only what its plan counts, and takes few key presses', async () => {
    const { page } = sized.watched;
    await toFirst();
    const count = await countKeys(page);
    await sized.press(...digits, 'Control+Enter');
    await page.getByRole('heading', { name: SAVED }).waitFor();
    expect(await count()).toBeLessThanOrEqual(most);
    expect(Object.keys(sent())).toEqual(asked.map(({ id }) => id));
    const { daypart = 'evening' } = sent();
    expect((await sized.stored()).map(({ codes }) => codes)).toEqual([
      countedCodesOf(aConversation({ daypart }), presetPlan(preset)),
    ]);
  });

  test('takes a silent call with at most three', async () => {
    const { page } = sized.watched;
    await toFirst();
    const count = await countKeys(page);
    await sized.press('2', ...(asked.some(({ id }) => id === 'channel') ? ['1'] : []), 'Enter');
    await page.getByRole('heading', { name: SAVED }).waitFor();
    expect(await count()).toBeLessThanOrEqual(3);
    const { daypart = 'night' } = sent();
    expect((await sized.stored()).map(({ codes }) => codes)).toEqual([
      countedCodesOf({ ...aSilentCall(), daypart }, presetPlan(preset)),
    ]);
  });

  test.each(['Svenska', 'English'])('fits a laptop screen, empty and filled in: %s', async (language) => {
    const { page } = sized.watched;
    await sized.click('button', language);
    expect(await overflowOf(page)).toEqual({ down: 0, across: 0 });
    await toFirst();
    await sized.press(...digits);
    expect(await overflowOf(page)).toEqual({ down: 0, across: 0 });
    await sized.watched.expectAccessible();
  });

  test.each([
    { width: 360, height: 740, dark: true },
    { width: 1920, height: 1080 },
  ])('%j', async (look) => {
    await sized.reopen(look);
    const { page } = sized.watched;
    expect((await overflowOf(page)).across).toBe(0);
    await page.getByRole('radio', { name: 'Tyst samtal', exact: true }).waitFor();
    await sized.watched.expectAccessible();
  });
});
