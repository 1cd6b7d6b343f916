/** A handler's page in a browser over the real application, for each test anew. */
import type { AddressInfo } from 'node:net';
import type { Browser, Request } from 'playwright-core';
import type { Preset } from '../../src/contract/plan.js';
import { PASSWORD, startApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import type { TestDatabase } from '../support/database.js';
import { afterAll, afterEach, beforeAll, beforeEach } from '../support/jest.js';
import { openedIntake } from '../support/opened.js';
import { arrive, watch, type Look, type Watched } from './watched.js';

/** The calls that wait, their envelopes opened as the keeper will. */
export async function storedCalls(
  database: TestDatabase,
): Promise<{ receipt_hash: Buffer; codes: number[] }[]> {
  const rows: { receipt_hash: Buffer }[] = await database.owner.query(
    'SELECT receipt_hash FROM intake.call ORDER BY receipt_hash',
  );
  const opened = await openedIntake(database);
  return rows.map((row, index) => ({ ...row, codes: opened[index] ?? [] }));
}

export const SAVED = 'Samtalet är sparat. Du kan ändra det till kl. 04.';

export interface Focus {
  readonly dimension: string | null;
  readonly text: string;
  readonly checked: boolean;
}

const focused = `(() => {
  const element = document.activeElement;
  return {
    dimension: element.closest('[data-dimension]')?.dataset.dimension ?? null,
    text: element.querySelector('span')?.textContent ?? element.textContent,
    checked: element.getAttribute('aria-checked') === 'true',
  };
})()`;

/** What is there while a test runs. */
export interface Handler {
  readonly app: TestApp;
  readonly url: string;
  watched: Watched;
  /** Opens another window with another look, signed in. */
  readonly reopen: (look: Look) => Promise<void>;
  readonly stored: () => Promise<{ receipt_hash: Buffer; codes: number[] }[]>;
  /** The calls sent so far. */
  readonly puts: () => Request[];
  readonly press: (...keys: string[]) => Promise<void>;
  readonly click: (role: 'button' | 'radio' | 'checkbox', name: string) => Promise<void>;
  readonly focus: () => Promise<Focus>;
  /** Logs a silent call by telephone, and waits until it is saved. */
  readonly logSilentCall: () => Promise<void>;
}

interface Setting {
  /** Tests set the clock of the page, which stays set in its context. */
  readonly setsClock?: boolean;
  /** The size of the line; of a large one every question is asked, nearly all code by code. */
  readonly preset?: Preset;
}

/** Registers what starts and stops the page around each test of a file or a group; its parts are there from the first test on. */
export function handlerPage({ setsClock = false, preset = 'large' }: Setting = {}): Handler {
  let app: TestApp;
  let browser: Browser;
  let url = '';

  const leave = () => (setsClock ? handler.watched.context.close() : handler.watched.leave());
  async function open(look: Look = {}): Promise<void> {
    handler.watched = await watch(browser, url, look);
    await arrive(handler.watched, 'handler', PASSWORD);
    await handler.watched.page.getByRole('radio').first().waitFor();
  }
  const isCall = (request: Request) => request.url().includes('/api/v1/calls/');
  const handler: Handler = {
    get app() {
      return app;
    },
    get url() {
      return url;
    },
    watched: undefined as unknown as Watched,
    reopen: async (look) => {
      await leave();
      await open(look);
    },
    stored: () => storedCalls(app.database),
    puts: () => handler.watched.requests.filter((one) => isCall(one) && one.method() === 'PUT'),
    press: async (...keys) => {
      for (const key of keys) await handler.watched.page.keyboard.press(key);
    },
    click: (role, name) => handler.watched.page.getByRole(role, { name, exact: true }).click(),
    focus: () => handler.watched.page.evaluate<Focus>(focused),
    logSilentCall: async () => {
      await handler.click('radio', 'Tyst samtal');
      await handler.click('button', 'Spara direkt: Telefon');
      await handler.watched.page.getByRole('heading', { name: SAVED }).waitFor();
    },
  };

  beforeAll(async () => {
    app = await startApp(undefined, { preset });
    url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await app.close();
  });
  beforeEach(async () => {
    await app.database.owner.query('TRUNCATE intake.call, intake.receipt_memory_a, intake.receipt_memory_b');
    await open();
  });
  afterEach(async () => {
    await leave();
  });
  return handler;
}
