/** Importing a file on the administrator's page, by keyboard: refused, put right, checked, imported. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { AdministrationWords } from '../../src/web/messages/administration-sv.js';
import { aCall, columns, csvOf } from '../keeping/import-support.js';
import type { TestDatabase } from '../support/database.js';
import { expect } from '../support/jest.js';
import type { Watched } from './watched.js';

interface Flow {
  readonly t: AdministrationWords;
  readonly database: TestDatabase;
  /** For the files. */
  readonly folder: string;
  readonly locale: 'sv' | 'en';
}

const gender = { sv: 'Kön på den som samtalet gäller', en: 'Gender of the person concerned' };
/** Each language's calls are of a year of their own. */
const year = { sv: '2017', en: '2018' };

/** Begins and ends on the page, with nothing in it. */
export async function importAFile(
  { page, expectAccessible }: Watched,
  { t: { importing: w }, database, folder, locale }: Flow,
): Promise<void> {
  const heading = (name: string) => page.getByRole('heading', { name, exact: true });
  const press = async (target: Locator, key = 'Enter') => {
    await target.focus();
    await page.keyboard.press(key);
  };
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const field = page.getByLabel(w.file, { exact: true });
  const choose = async (name: string, content: string) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    await field.setInputFiles(path);
    await press(button(w.check));
  };

  await heading(w.title).waitFor();
  await expectAccessible();
  await press(button(w.check));
  await page.getByText(w.chooseFirst).waitFor();
  await expectAccessible();

  const months = [`${year[locale]}-04`, `${year[locale]}-05-03`] as const;
  const names = [...columns, 'Namn', 'Fri text (kort)'];
  await choose('fel.csv', csvOf([aCall(months[0], { gender: 'x' }), aCall(months[1])], '\n', names));
  await heading(w.refused).waitFor();
  expect(await heading(w.refused).and(page.locator(':focus')).count()).toBe(1);
  await expectAccessible();
  for (const column of ['Namn', w.numbered(String(names.length), 'R')])
    await press(page.getByLabel(w.dropOne(column)), 'Space');
  await press(button(w.checkAgain));
  await page.getByRole('row', { name: `2 ${gender[locale]} ${w.errors['unknown-code']}` }).waitFor();
  await expectAccessible();

  await choose('rätt.csv', csvOf(months.map((month) => aCall(month))));
  await heading(w.sound).waitFor();
  await page.getByText(w.can('2')).waitFor();
  await page.getByText(w.reduced('1')).waitFor();
  await expectAccessible();
  await press(button(w.send('2')));
  await heading(w.done).waitFor();
  await page.getByText(`npx tyst close ${year[locale]}-Q2`).waitFor();
  await expectAccessible();
  const imported: unknown[] = await database.owner.query(
    'SELECT month FROM published.imported_month WHERE month = ANY($1) ORDER BY 1',
    [months.map((month) => month.slice(0, 7))],
  );
  expect(imported).toEqual(months.map((month) => ({ month: month.slice(0, 7) })));
  // Nothing of the file is left in the tab, and nothing is there to be sent once more.
  await press(button(w.another));
  expect(await field.inputValue()).toBe('');

  // Into a month that has had an import only what somebody says are other calls.
  await choose('fler.csv', csvOf([aCall(months[0])]));
  await heading(w.before).waitFor();
  expect(await heading(w.before).and(page.locator(':focus')).count()).toBe(1);
  await expectAccessible();
  await press(button(w.checkAgain));
  await heading(w.before).waitFor();
  const other = page.getByLabel(w.again);
  await press(other, 'Space');
  expect(await other.isChecked()).toBe(true);
  await press(button(w.checkAgain));
  await heading(w.sound).waitFor();
  await page.getByText(w.added).waitFor();
  await expectAccessible();
  await press(button(w.send('1')));
  await heading(w.done).waitFor();
  await press(button(w.another));
  // What was said of one file is not said of the next.
  await choose('åter.csv', csvOf([aCall(months[0])]));
  await heading(w.before).waitFor();
  expect(await other.isChecked()).toBe(false);
}
