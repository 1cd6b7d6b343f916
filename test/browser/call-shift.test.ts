/** Nothing that is filled in is lost, and nothing of it stays behind. */
import { PASSWORD } from '../support/app.js';
import { describe, expect, test } from '../support/jest.js';
import { sealBefore } from '../support/keeping.js';
import { untilMet } from '../support/until.js';
import { handlerPage, SAVED } from './handler.js';

const handler = handlerPage({ setsClock: true });
const { press, click } = handler;
const heading = (name: string) => handler.watched.page.getByRole('heading', { name, exact: true });
const chosen = () =>
  handler.watched.page.getByRole('radio', { checked: true }).locator('span').allTextContents();
const toShift = () => handler.watched.page.getByRole('button', { name: /^Passet/ }).click();

describe('leaving with a draft', () => {
  test('closing or reloading the tab asks, and only then', async () => {
    const { page } = handler.watched;
    let asked = 0;
    page.on('dialog', (dialog) => {
      asked += 1;
      void (asked === 1 ? dialog.dismiss() : dialog.accept());
    });
    await page.reload();
    await page.getByRole('radio').first().waitFor();
    expect(asked).toBe(0);
    await click('radio', 'Tyst samtal');
    await page.reload({ timeout: 1000 }).catch(() => undefined);
    await untilMet(() => expect(asked).toBe(1), 20);
    expect(await chosen()).toEqual(['Tyst samtal']);
    await page.reload();
    expect(asked).toBe(2);
    await page.getByRole('radio').first().waitFor();
    expect(await chosen()).toEqual([]);
  });

  test('signing out asks; what is not saved stays until it is given up', async () => {
    const { page } = handler.watched;
    await click('radio', 'Tyst samtal');
    await click('button', 'Logga ut');
    await page.getByRole('dialog', { name: 'Samtalet är inte sparat' }).waitFor();
    await handler.watched.expectAccessible();
    await press('Enter');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await chosen()).toEqual(['Tyst samtal']);
    await click('button', 'Logga ut');
    await click('button', 'Kasta svaren');
    await heading('Logga in').waitFor();
  });

  test('the browser’s back button asks where it would leave the page without loading another', async () => {
    const { page } = handler.watched;
    await page.goto('/about');
    await page.getByRole('link', { name: 'Logga in' }).click();
    await page.getByRole('radio').first().waitFor();
    await click('radio', 'Tyst samtal');
    await page.goBack();
    await page.getByRole('dialog', { name: 'Samtalet är inte sparat' }).waitFor();
    await click('button', 'Tillbaka till samtalet');
    expect(new URL(page.url()).pathname).toBe('/');
    expect(await chosen()).toEqual(['Tyst samtal']);
    await page.goBack();
    await click('button', 'Kasta svaren');
    await heading('Om Tyst').waitFor();
    await handler.watched.expectNothingKept();
  });

  test('a saved call and an empty form are left without a question', async () => {
    await handler.logSilentCall();
    await click('button', 'Logga ut');
    await heading('Logga in').waitFor();
  });

  test('the other parts of the page keep it, and save nothing in its place', async () => {
    const { page } = handler.watched;
    await click('radio', 'Tyst samtal');
    for (const part of ['Hänvisningar', 'Passet', 'Öva']) {
      await click('button', part);
      expect(await page.getByRole('radio', { name: 'Tyst samtal', checked: true }).count()).toBe(0);
    }
    await click('button', 'Hänvisningar');
    await press('Control+Enter');
    await click('button', 'Samtal');
    expect(await chosen()).toEqual(['Tyst samtal']);
    expect(handler.puts()).toEqual([]);
  }, 20_000);

  test('answers that were cleared can be had back', async () => {
    const { page } = handler.watched;
    await click('radio', 'Tyst samtal');
    await click('button', 'Rensa svaren');
    expect(await chosen()).toEqual([]);
    await handler.watched.expectAccessible();
    await click('button', 'Ångra');
    expect(await chosen()).toEqual(['Tyst samtal']);
    expect(await page.getByRole('button', { name: 'Ångra' }).count()).toBe(0);
  });
});

describe('the shift', () => {
  test('lists the calls of this tab, of which each can be changed and withdrawn', async () => {
    const { page } = handler.watched;
    await toShift();
    await page.getByText('Inget samtal är sparat i den här fliken än.').waitFor();
    await handler.watched.expectAccessible();
    await click('button', 'Samtal');
    await handler.logSilentCall();
    await click('button', 'Nytt samtal');
    await click('radio', 'Busringning');
    await click('button', 'Spara direkt: Chatt');
    await heading(SAVED).waitFor();
    expect(await handler.stored()).toHaveLength(2);

    await click('button', 'Passet (2)');
    await handler.watched.expectAccessible();
    expect(await page.getByRole('listitem').allTextContents()).toEqual([
      expect.stringMatching(/^Samtal 2 Busringning · Chatt/),
      expect.stringMatching(/^Samtal 1 Tyst samtal · Telefon/),
    ]);
    await click('button', 'Ändra: Samtal 1');
    await heading('Ändra samtalet').waitFor();
    await click('radio', 'E-post');
    await click('button', 'Spara samtalet');
    await heading(SAVED).waitFor();
    expect(await handler.stored()).toHaveLength(2);
    await click('button', 'Passet (2)');
    expect(await page.getByRole('listitem').last().textContent()).toMatch(/Tyst samtal · E-post/);

    await click('button', 'Återkalla: Samtal 2');
    await click('button', 'Återkalla samtalet');
    await click('button', 'Ja, återkalla');
    await heading('Samtalet är återkallat.').waitFor();
    expect(await handler.stored()).toHaveLength(1);
    await toShift();
    expect(await page.getByRole('listitem').first().textContent()).toMatch(/Återkallat$/);
    await handler.watched.expectAccessible();
    await handler.watched.expectNothingKept();
  }, 20_000);

  test('changing a call can be given up, and another call that is not saved is asked about', async () => {
    const { page } = handler.watched;
    await handler.logSilentCall();
    await click('button', 'Ändra samtalet');
    await click('radio', 'Fel nummer');
    await click('button', 'Avbryt ändringen');
    await heading(SAVED).waitFor();
    expect(await page.getByText('Tyst samtal').count()).toBe(1);
    expect(handler.puts()).toHaveLength(1);
    await click('button', 'Nytt samtal');
    await click('radio', 'Fel nummer');
    await toShift();
    await click('button', 'Ändra: Samtal 1');
    await click('button', 'Tillbaka till samtalet');
    await click('button', 'Ändra: Samtal 1');
    await click('button', 'Kasta svaren');
    await heading('Ändra samtalet').waitFor();
    expect(await chosen()).toEqual(['Tyst samtal', 'Telefon']);
  });

  test('says when the night has sealed a call', async () => {
    await handler.logSilentCall();
    await sealBefore(handler.app.database, '2026-11-12');
    await click('button', 'Återkalla samtalet');
    await click('button', 'Ja, återkalla');
    await heading('Samtalet är sparat och räknat.').waitFor();
    await toShift();
    expect(await handler.watched.page.getByRole('listitem').textContent()).toMatch(/Räknat$/);
  });

  test.each([
    [
      'Svenska',
      'Passet',
      'Avsluta passet',
      'Ja, avsluta',
      'Passet är avslutat. Inget finns kvar i den här fliken.',
    ],
    ['English', 'Shift', 'End the shift', 'Yes, end it', 'The shift has ended. Nothing is left in this tab.'],
  ])('its end wipes all of it and signs out: %s', async (language, part, end, yes, said) => {
    const { page } = handler.watched;
    handler.watched.inBothLanguages = true;
    await handler.logSilentCall();
    await click('button', language);
    await click('button', `${part} (1)`);
    await click('button', end);
    await page.getByRole('dialog').waitFor();
    await handler.watched.expectAccessible();
    await click('button', yes);
    await page.getByText(said).waitFor();
    await handler.watched.expectAccessible();
    expect(await page.content()).not.toContain('Tyst samtal');
    await handler.watched.expectNothingKept();
    await page.getByLabel(language === 'English' ? 'User name' : 'Användarnamn').fill('handler');
    await page.getByLabel(language === 'English' ? 'Password' : 'Lösenord', { exact: true }).fill(PASSWORD);
    await press('Enter');
    await page.getByRole('radio').first().waitFor();
    await click('button', language);
    await click('button', part);
    expect(await page.getByRole('listitem').count()).toBe(0);
  });

  test('ends with a warning where a call is not saved', async () => {
    const { page } = handler.watched;
    await click('radio', 'Tyst samtal');
    await toShift();
    await click('button', 'Avsluta passet');
    await page.getByText('Det påbörjade samtalet är inte sparat. Det försvinner.').waitFor();
    await click('button', 'Nej, fortsätt');
    await click('button', 'Samtal');
    expect(await chosen()).toEqual(['Tyst samtal']);
  });
});

test('the page is empty once it is left, for the back button and for a restored session', async () => {
  const { page } = handler.watched;
  await handler.logSilentCall();
  await page.evaluate(`dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))`);
  expect(await page.evaluate<string>(`document.getElementById('root').innerHTML`)).toBe('');
  expect(await page.title()).not.toContain('sparat');
  await page.evaluate(`dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))`);
  await page.getByRole('radio').first().waitFor();
  expect(await page.getByRole('radio', { checked: true }).count()).toBe(0);
  await toShift();
  expect(await page.getByRole('listitem').count()).toBe(0);

  // And in earnest: to another page and back.
  await click('button', 'Samtal');
  await handler.logSilentCall();
  await page.goto('about:blank');
  await page.goBack();
  await page.getByRole('radio').first().waitFor();
  expect(await page.getByRole('button', { name: 'Passet', exact: true }).count()).toBe(1);
  await handler.watched.expectNothingKept();
  await handler.watched.expectNoViolations();
});

describe('hiding the screen', () => {
  test('covers everything at once, by button and by key, and keeps the draft', async () => {
    const { page } = handler.watched;
    await click('radio', 'Tyst samtal');
    await press('F2');
    await page.getByRole('dialog', { name: 'Skärmen är dold' }).waitFor();
    await handler.watched.expectAccessible();
    expect(await page.title()).toBe('Tyst');
    const covered = await page.evaluate<boolean>(`(() => {
      const { left, top, width, height } = document.querySelector('dialog.cover').getBoundingClientRect();
      return left <= 0 && top <= 0 && width >= innerWidth && height >= innerHeight;
    })()`);
    expect(covered).toBe(true);
    // Once closed it would come back, but a key pressed in between would reach the form.
    await page.evaluate(
      `document.querySelector('dialog.cover').addEventListener('close', () => { globalThis.uncovered = true; })`,
    );
    for (const key of ['Escape', 'Escape', '1', 'Control+Enter']) await press(key);
    expect(await page.getByRole('dialog').isVisible()).toBe(true);
    expect(await page.evaluate('globalThis.uncovered')).toBeUndefined();
    expect(handler.puts()).toEqual([]);
    await press('F2');
    expect(await chosen()).toEqual(['Tyst samtal']);
    expect(await page.title()).toBe('Nytt samtal – Tyst');
    await click('button', 'Dölj');
    await click('button', 'Visa igen');
    expect(await chosen()).toEqual(['Tyst samtal']);
  });

  test('stays on top when the session runs out below it', async () => {
    const { page } = handler.watched;
    await click('radio', 'Tyst samtal');
    await click('radio', 'Telefon');
    await handler.app.database.owner.query('DELETE FROM desk.session');
    await press('Control+Enter');
    await press('F2');
    await page.getByRole('dialog', { name: 'Skärmen är dold' }).waitFor();
    await page.waitForFunction(`document.querySelectorAll('dialog[open]').length === 2`);
    const top = await page.evaluate<string>(
      `document.elementFromPoint(640, 360).closest('dialog').className`,
    );
    expect(top).toBe('cover');
    await click('button', 'Visa igen');
    await page.getByRole('dialog', { name: 'Logga in igen' }).waitFor();
    await page.getByLabel('Lösenord', { exact: true }).fill(PASSWORD);
    await press('Enter');
    await heading(SAVED).waitFor();
  });
});

describe('a session that is about to run out', () => {
  const soon = 'Du loggas ut om två minuter eller mindre.';
  const minutes = async (count: number) => {
    // Half an hour without contact, as a computer that slept has it.
    await handler.watched.page.clock.runFor(count * 60_000);
  };

  test('is told two minutes before, and kept by one press', async () => {
    const { page, context } = handler.watched;
    await page.clock.install();
    await page.reload();
    await page.getByRole('radio').first().waitFor();
    await click('radio', 'Tyst samtal');
    await context.setOffline(true);
    await minutes(27);
    expect(await page.getByText(soon).count()).toBe(0);
    await minutes(1.1);
    await page.getByText(soon).waitFor();
    await handler.watched.expectAccessible();
    await context.setOffline(false);
    await click('button', 'Stanna kvar');
    await page.getByText(soon).waitFor({ state: 'detached' });
    expect(await chosen()).toEqual(['Tyst samtal']);
  });

  test('is signed in to anew at the end of twelve hours, and keeps the draft', async () => {
    const { page } = handler.watched;
    await handler.app.database.owner.query(`UPDATE desk.session SET ends_at = $1`, [
      new Date(handler.app.clock.now().getTime() + 100_000),
    ]);
    await page.reload();
    await page.getByText(soon).waitFor();
    await click('radio', 'Tyst samtal');
    await click('button', 'Stanna kvar');
    await page.getByRole('dialog', { name: 'Logga in igen' }).waitFor();
    await page.getByText('En inloggning gäller i högst tolv timmar.').waitFor();
    await page.getByLabel('Lösenord', { exact: true }).fill(PASSWORD);
    await press('Enter');
    await page.getByText(soon).waitFor({ state: 'detached' });
    expect(await chosen()).toEqual(['Tyst samtal']);
  });
});
