/** The page of the API: every operation on it, readable by everybody on every screen, without a script. */
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import request from 'supertest';
import { DOCS, subjects } from '../../src/contract/api/index.js';
import { problemsOf } from '../../src/contract/api/endpoint.js';
import { problems } from '../../src/contract/problem.js';
import { PAGE_POLICY } from '../../src/platform/html.js';
import { startApp, type TestApp } from '../support/app.js';
import { launchBrowser } from '../support/browser.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';
import { watch, type Look } from './watched.js';

let app: TestApp;
let browser: Browser;
let url: string;

beforeAll(async () => {
  app = await startApp();
  url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

const endpoints = subjects.flatMap((subject) => subject.endpoints);
const looks: Look[] = [
  { width: 360, height: 740 },
  { width: 360, height: 740, dark: true },
  { width: 1280, height: 720 },
  { width: 1280, height: 720, dark: true },
];

test.each(looks)('is accessible, breaks no policy and fits: %j', async (look) => {
  const watched = await watch(browser, url, look);
  await watched.page.goto(DOCS);
  await watched.page.getByRole('heading', { level: 1, name: 'The API of Tyst' }).waitFor();
  await watched.expectAccessible();
  expect(
    await watched.page.evaluate('document.documentElement.scrollWidth - innerWidth'),
  ).toBeLessThanOrEqual(0);
  // Its own stylesheet came, and nothing of the app.
  expect(await watched.page.evaluate('document.styleSheets.length')).toBe(1);
  expect(watched.requests.filter((one) => one.resourceType() === 'script')).toEqual([]);
  await watched.expectNoViolations();
  await watched.expectNothingKept();
  await watched.leave();
});

test('has every operation with its method, path, body and problems, and every link leads somewhere', async () => {
  const { page, leave } = await watch(browser, url);
  await page.goto(DOCS);
  const sections = await page.locator('section.operation').all();
  expect(sections).toHaveLength(endpoints.length);
  const texts = new Map<string | null, string>();
  for (const section of sections)
    texts.set(await section.getAttribute('aria-labelledby'), await section.innerText());
  for (const endpoint of endpoints) {
    const text = (texts.get(endpoint.operationId) ?? '').replaceAll(/\s+/g, ' ');
    expect(text).toContain(endpoint.method.toUpperCase());
    expect(text).toContain(endpoint.path.replaceAll(/:([a-z]+)/gi, '{$1}'));
    expect(text).toContain(endpoint.summary);
    for (const slug of problemsOf(endpoint)) expect(text).toContain(`${problems[slug].status} ${slug} `);
    for (const status of Object.keys(endpoint.replies)) expect(text).toContain(`${status} `);
  }
  const dead = await page.evaluate(
    `[...document.querySelectorAll('a[href^="#"]')].map((a) => a.hash.slice(1)).filter((id) => !document.getElementById(id))`,
  );
  expect(dead).toEqual([]);
  await leave();
});

describe('the address', () => {
  const client = () => request(app.server);

  test('is read by anybody, and takes nothing', async () => {
    const get = await client().get(DOCS).expect(200).expect('Content-Type', 'text/html; charset=utf-8');
    expect(get.headers['content-security-policy']).toBe(PAGE_POLICY);
    expect(get.headers).not.toHaveProperty('set-cookie');
    expect(get.text).not.toContain('<script');
    const head = await client().head(DOCS).expect(200);
    expect(head.headers['content-length']).toBe(get.headers['content-length']);
    for (const method of ['post', 'put', 'delete'] as const) {
      const reply = await client()[method](DOCS);
      expect([reply.status, reply.headers['allow']]).toEqual([405, 'GET, HEAD']);
    }
    await client().get('/API/docs').expect(404);
  });
});
