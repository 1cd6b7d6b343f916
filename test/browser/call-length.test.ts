/** Whoever sees the network sees how long each request is: the same, whatever was said. */
import type { IncomingMessage } from 'node:http';
import { expect, test } from '../support/jest.js';
import { handlerPage, SAVED } from './handler.js';

const handler = handlerPage();

const conversation: [dimension: string, ...names: string[]][] = [
  ['kind', 'Stöd eller råd'],
  ['channel', 'Telefon'],
  ['concern', 'Påverkan på nätet'],
  ['environment', 'Våldsbejakande högerextremism'],
  ['relation', 'Närstående', 'Förälder eller vårdnadshavare'],
  ['caller_age', 'Nej, vuxen'],
  ['age', '16–17 år'],
  ['gender', 'Pojke eller man'],
  ['area', 'Utomlands'],
  ['language', 'Svenska'],
  ['contact', 'Nej'],
  ['length', '30–59 min'],
  ['outcome', 'Råd'],
];

test('a conversation, a silent call, an amendment and a withdrawal are sent at one length', async () => {
  const { press, click, app } = handler;
  const { page, requests } = handler.watched;
  const becomes = (name: string) => page.getByRole('heading', { name }).waitFor();
  const heard: { method: string | undefined; bytes: string | undefined; head: number }[] = [];
  const listen = ({ method, url = '', headers, rawHeaders }: IncomingMessage) => {
    if (!url.includes('/calls/')) return;
    heard.push({ method, bytes: headers['content-length'], head: url.length + rawHeaders.join().length });
  };
  app.server.on('request', listen);

  for (const [dimension, ...names] of conversation)
    for (const name of names)
      await page.locator(`[data-dimension="${dimension}"]`).getByRole('radio', { name, exact: true }).click();
  await click('checkbox', 'Avhopparverksamhet');
  await click('button', 'Polis, Säpo och 112');
  await click('checkbox', '112');
  await press('Control+Enter');
  await becomes(SAVED);
  await click('button', 'Nytt samtal');
  await handler.logSilentCall();
  await click('button', 'Ändra samtalet');
  await click('radio', 'Chatt');
  await press('Control+Enter');
  await becomes(SAVED);
  await click('button', 'Återkalla samtalet');
  await click('button', 'Ja, återkalla');
  await becomes('Samtalet är återkallat.');
  app.server.off('request', listen);

  expect(heard.map(({ method, bytes }) => `${method} ${bytes}`)).toEqual([
    'PUT 1024',
    'PUT 1024',
    'PUT 1024',
    'DELETE 1024',
  ]);
  expect(new Set(heard.map(({ head }) => head)).size).toBe(1);
  const calls = requests.filter((request) => request.url().includes('/calls/'));
  expect(calls.map((request) => request.postDataBuffer()?.length)).toEqual([1024, 1024, 1024, 1024]);
  expect(
    handler
      .puts()
      .map((request) => Object.keys((request.postDataJSON() as { answers: object }).answers).length),
  ).toEqual([15, 3, 3]);
  expect(await handler.stored()).toHaveLength(1);
});
