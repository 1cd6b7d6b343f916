/** Using a page by keyboard alone. */
import type { ElementHandle, Locator, Page } from 'playwright-core';

export interface Keyboard {
  readonly hasFocus: (target: Locator) => Promise<boolean>;
  /** Tabs to something, by the shorter way. Fails when the focus never gets there. */
  readonly tabTo: (target: Locator) => Promise<void>;
  /** Tabs to something of this name, and presses Enter. */
  readonly press: (name: string, role?: 'button' | 'link') => Promise<void>;
  /** Tabs to a field, and writes over what is in it. */
  readonly type: (name: string, text: string) => Promise<void>;
}

/** What is used of an element of the page: the tests are compiled without its types. */
interface PageElement {
  readonly isConnected: boolean;
  readonly ownerDocument: { readonly activeElement: unknown };
  readonly compareDocumentPosition: (other: unknown) => number;
}
const FOLLOWING = 4;

/** The keyboard of whatever page is looked at when it is used. */
export function keyboardOf(page: () => Page): Keyboard {
  const hasFocus = async (target: Locator) => (await target.and(page().locator(':focus')).count()) > 0;
  const tabTo = async (target: Locator) => {
    // To ask the element itself after each key takes a fraction of the time of finding it again.
    const find = () => target.elementHandle() as Promise<ElementHandle<PageElement>>;
    let element = await find();
    const isBefore = await element.evaluate(
      (one, following) => (one.compareDocumentPosition(one.ownerDocument.activeElement) & following) > 0,
      FOLLOWING,
    );
    for (let presses = 0; presses < 400; presses += 1) {
      const at = await element.evaluate((one) => ({
        connected: one.isConnected,
        focused: one.ownerDocument.activeElement === one,
      }));
      if (at.focused) return;
      if (!at.connected) element = await find();
      await page().keyboard.press(isBefore ? 'Shift+Tab' : 'Tab');
    }
    throw new Error(`The focus never came to ${String(target)}.`);
  };
  const named = (name: string, role: 'button' | 'link' | 'textbox') =>
    page().getByRole(role, { name, exact: true }).first();
  const press: Keyboard['press'] = async (name, role = 'button') => {
    await tabTo(named(name, role));
    await page().keyboard.press('Enter');
  };
  const type: Keyboard['type'] = async (name, text) => {
    await tabTo(named(name, 'textbox'));
    await page().keyboard.press('Control+A');
    await page().keyboard.type(text);
  };
  return { hasFocus, tabTo, press, type };
}
