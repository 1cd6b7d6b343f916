/** The referral directory beside the call. */
import { describe, expect, test } from '../support/jest.js';
import { handlerPage } from './handler.js';

const handler = handlerPage();
const { click, press } = handler;
const names = () => handler.watched.page.locator('.entry h2').allTextContents();
const open = async (part = 'Hänvisningar') => {
  await click('button', part);
  await handler.watched.page.getByRole('heading', { name: part, level: 1 }).waitFor();
};
async function pickPlace(text: string): Promise<void> {
  const field = handler.watched.page.getByRole('combobox');
  await field.fill(text);
  await press('Enter');
}

describe('searching', () => {
  test('by municipality: its own organisations first, then those for all of Sweden, and no other', async () => {
    await open();
    await handler.watched.expectAccessible();
    const all = await names();
    expect(all.length).toBeGreaterThanOrEqual(18);
    await pickPlace('säf');
    expect(await handler.watched.page.getByRole('combobox').inputValue()).toBe('Säffle');
    const [first, ...others] = await names();
    expect(first).toBe('Säffle kommun, samordnare');
    expect(others).toHaveLength(all.length - 10);
    await pickPlace('malm');
    expect((await names()).some((name) => name.includes('kommun'))).toBe(false);
  });

  test('by county, need and language, together', async () => {
    await open();
    await pickPlace('värmlands');
    expect((await names()).filter((name) => name.includes('kommun'))).toHaveLength(10);
    await click('button', 'Barn och unga');
    expect(await names()).toEqual(['Bris, Barnens rätt i samhället']);
    await click('button', 'Engelska');
    expect(await names()).toEqual([]);
    await handler.watched.page.getByText('Ingen träff. Ta bort ett av villkoren.').waitFor();
    await handler.watched.expectAccessible();
    await click('button', 'Rensa sökningen');
    expect((await names()).length).toBeGreaterThanOrEqual(18);
  });

  test('begins where the call says that the person lives, and asks nothing of the server', async () => {
    const { page, requests } = handler.watched;
    await pickPlace('norrb');
    await page.waitForLoadState('networkidle');
    const before = requests.length;
    await open();
    expect(await page.getByRole('combobox').inputValue()).toBe('Norrbottens län');
    await pickPlace('kiru');
    await click('button', 'Brott eller hot');
    expect(await names()).toEqual(['Polisen']);
    expect(requests.slice(before).map((request) => request.url())).toEqual([]);
    await handler.watched.expectNothingKept();
    await handler.watched.expectNoViolations();
  });

  test('says of each that has not been checked that it must be, and has the day of one that was', async () => {
    const { page } = handler.watched;
    await open();
    expect(await page.getByText('Kontrollera före användning').count()).toBe((await names()).length);
    await handler.app.database.owner.query(
      `UPDATE desk.organisation SET document = document || '{"verifiedOn": "2026-11-02"}' WHERE id = 'bris'`,
    );
    await page.reload();
    await page.getByRole('radio').first().waitFor();
    await open();
    await page.getByText('Kontrollerad 2026-11-02').waitFor();
    await handler.app.database.owner.query(
      `UPDATE desk.organisation SET document = document || '{"verifiedOn": null}' WHERE id = 'bris'`,
    );
  });
});

describe('taking a referral into the call', () => {
  const referrals = () =>
    handler.watched.page.getByRole('checkbox', { checked: true }).locator('span').allTextContents();

  test('adds its code, up to three, and keeps what was filled in', async () => {
    const { page } = handler.watched;
    await click('radio', 'Stöd eller råd');
    await click('radio', 'Påverkan på nätet');
    await open();
    await click('button', 'Ta med i samtalet: Polisen');
    await click('button', 'Ta med i samtalet: Exit Fryshuset');
    await page.getByText('Polisen (114 14), Avhopparverksamhet').waitFor();
    await click('button', 'Ta med i samtalet: Karlstads kommun, samordnare');
    const fourth = page.getByRole('button', { name: 'Ta med i samtalet: Kvinnofridslinjen' });
    expect(await fourth.getAttribute('aria-disabled')).toBe('true');
    await fourth.click({ force: true });
    await handler.watched.expectAccessible();
    await click('button', 'Ta med i samtalet: Polisen');
    await click('button', 'Tillbaka till samtalet');
    expect(await referrals()).toEqual([
      'Avhopparverksamhet',
      'Kommunens samordnare mot våldsbejakande extremism',
    ]);
    expect(await page.getByRole('radio', { checked: true }).locator('span').allTextContents()).toEqual([
      'Stöd eller råd',
      'Påverkan på nätet',
    ]);
  });

  test('is not offered where the call has no referrals', async () => {
    await click('radio', 'Tyst samtal');
    await open();
    const buttons = handler.watched.page.getByRole('button', { name: /^Ta med i samtalet/ });
    expect(await buttons.first().getAttribute('aria-disabled')).toBe('true');
  });
});

test.each([
  { width: 360, height: 740 },
  { width: 1920, height: 1080, dark: true },
])('in English, %j', async (look) => {
  await handler.reopen(look);
  const { page } = handler.watched;
  await click('button', 'English');
  await open('Referrals');
  await handler.watched.expectAccessible();
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
  await click('button', 'Leaving an extremist milieu');
  expect(await names()).toContain('Exit Fryshuset');
});
