/**
 * How long the call form takes from the address to the first choice that can be made, on a processor slowed down four
 * times, beside a page of plain text from the same server.
 *
 * usage: npm run bench:first-load
 */
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { PASSWORD, startApp, type TestApp } from '../test/support/app.js';
import { launchBrowser } from '../test/support/browser.js';
import { withServer } from './server.js';

const RUNS = 9;
const SLOWER = 4;

/** Milliseconds from the navigation's start until an element is there and answers to the keyboard. */
async function loads(browser: Browser, app: TestApp, path: string, ready: string): Promise<number[]> {
  const context = await browser.newContext({
    baseURL: `http://127.0.0.1:${String((app.server.address() as AddressInfo).port)}`,
  });
  const page = await context.newPage();
  await page.goto('/');
  await page.locator('input').first().fill('handler');
  await page.locator('input[type="password"]').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('radio').first().waitFor();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    await page.goto('about:blank');
    // Every run fetches everything anew, as a browser that has never been here.
    await devtools.send('Network.clearBrowserCache');
    await page.goto(path, { waitUntil: 'commit' });
    const element = page.locator(ready).first();
    await element.focus();
    times.push(await page.evaluate<number>('performance.now()'));
  }
  await context.close();
  return times;
}

const median = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? NaN;

await withServer(async () => {
  const app = await startApp();
  const browser = await launchBrowser();
  try {
    const form = median(await loads(browser, app, '/', '[role="radio"], input[type="radio"]'));
    const text = median(await loads(browser, app, '/api/v1/openapi.json', 'body'));
    process.stdout.write(
      `call form ${form.toFixed(0)} ms, ${(form / text).toFixed(1)} times a plain text page ` +
        `(median of ${RUNS}, processor slowed down ${SLOWER} times)\n`,
    );
  } finally {
    await browser.close();
    await app.close();
  }
});
