/** Using a page by keyboard alone. */
import type { Locator, Page } from 'playwright-core';

export interface Keyboard {
  readonly hasFocus: (target: Locator) => Promise<boolean>;
  /** Tabs to something of this name, and presses Enter. Fails when the focus never gets there. */
  readonly press: (name: string, role?: 'button' | 'link') => Promise<void>;
  /** Tabs to a field, and writes over what is in it. */
  readonly type: (name: string, text: string) => Promise<void>;
}

/** The keyboard of whatever page is looked at when it is used. */
export function keyboardOf(page: () => Page): Keyboard {
  const hasFocus = async (target: Locator) => (await target.and(page().locator(':focus')).count()) > 0;
  const tabTo = async (name: string, role: 'button' | 'link' | 'textbox') => {
    const target = page().getByRole(role, { name, exact: true }).first();
    await target.waitFor();
    // The shorter way, where it stands before what has the focus.
    const isBefore = await target.evaluate(
      (element: { compareDocumentPosition: (other: unknown) => number }, focused) =>
        (element.compareDocumentPosition(focused) & 4) > 0,
      await page().evaluateHandle('document.activeElement'),
    );
    for (let presses = 0; presses < 400; presses += 1) {
      if (await hasFocus(target)) return;
      await page().keyboard.press(isBefore ? 'Shift+Tab' : 'Tab');
    }
    throw new Error(`The focus never came to ${name}.`);
  };
  const press: Keyboard['press'] = async (name, role = 'button') => {
    await tabTo(name, role);
    await page().keyboard.press('Enter');
  };
  const type: Keyboard['type'] = async (name, text) => {
    await tabTo(name, 'textbox');
    await page().keyboard.press('Control+A');
    await page().keyboard.type(text);
  };
  return { hasFocus, press, type };
}
