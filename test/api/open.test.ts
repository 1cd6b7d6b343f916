/** The open pages: nothing at all until an administrator opens them, and then the releases for anybody. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import type { Release } from '../../src/contract/release.js';
import { html } from '../../src/platform/html.js';
import { issueRelease } from '../../src/release/issue.js';
import { listReleases } from '../../src/release/store.js';
import { dependenciesOf, publish } from '../release/published.js';
import { startApp, type TestApp } from '../support/app.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '../support/jest.js';
import { expectProblem } from './expect-problem.js';
import { sendRaw } from './raw.js';

let app: TestApp;
let dataDir: string;
let releases: Release[];

const REASON = 'Rättat <b>namn</b> & "ord"';
const ORGANISATION = `Linjen <script>alert('x')</script>`;

beforeAll(async () => {
  app = await startApp('2026-10-09T12:00:00Z');
  dataDir = await mkdtemp(join(tmpdir(), 'tyst-open-'));
  for (const quarter of ['2025-Q1', '2025-Q2', '2025-Q3', '2025-Q4', '2026-Q3'])
    await publish(app.database, quarter);
  const dependencies = dependenciesOf(app.database, dataDir);
  for (const [period, reason] of [
    ['2025-Q4', null],
    ['2025', null],
    ['2026-Q3', null],
    ['2026-Q3', REASON],
  ] as const)
    expect(await issueRelease(dependencies, { period, reason, actor: 'siv' })).toHaveProperty('revision');
  releases = await listReleases(app.database.reader);
});
afterAll(async () => {
  await app.close();
  await rm(dataDir, { recursive: true });
});

/** Sets the switch as an administrator does. */
async function setOpen(openReleases: boolean, organisation: string | null = ORGANISATION): Promise<void> {
  const administrator = await app.as('administrator');
  await administrator.put('/api/v1/settings').send({ organisation, openReleases }).expect(204);
}

const addresses = [
  '/open',
  '/open/',
  '/open/en',
  '/open/2026-Q3',
  '/open/en/2026-Q3.r2',
  '/open/2025',
  '/open/2025-Q4/tables.csv',
  '/open/catalogue.jsonld',
];

/** A reply whole, but for the moment it was sent. */
async function whole(method: string, target: string) {
  const { headers, text, ...rest } = await sendRaw(app.server, { method, target });
  const { date: _, ...kept } = headers as Record<string, string>;
  return { ...rest, headers: kept, text: text.replace(/^Date: .*$/m, 'Date') };
}

describe('closed', () => {
  test.each(['GET', 'HEAD', 'POST', 'OPTIONS'])('%s meets what is at any unknown address', async (method) => {
    await setOpen(true);
    await setOpen(false);
    const unknown = await whole(method, '/nothing-is-here');
    expect(unknown.status).toBe(404);
    for (const address of [...addresses, '/open/2031-Q1', '/open/2025-Q4/nothing.csv', '/open/%ZZ'])
      expect([address, await whole(method, address)]).toEqual([address, unknown]);
  });
});

describe('open', () => {
  const get = (path: string) => request(app.server).get(path);
  beforeEach(() => setOpen(true));

  test.each(addresses)('%s is there, sets no cookie and lets no script run', async (address) => {
    const reply = await get(address).set('Cookie', 'tyst_session=abc').expect(200);
    expect(reply.headers).not.toHaveProperty('set-cookie');
    expect(reply.headers['content-security-policy']).toBe(
      "default-src 'none';style-src 'self';img-src 'self';font-src 'self';form-action 'none';base-uri 'none';frame-ancestors 'none'",
    );
    expect(reply.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    const head = await request(app.server).head(address).expect(200);
    expect(head.headers['content-length']).toBe(reply.headers['content-length']);
    expect(head.text).toBeUndefined();
  });

  test('the list has the newest first, and the latest revision of each', async () => {
    const { text, headers } = await get('/open').expect(200);
    expect(
      [...text.matchAll(/<th scope="row" role="rowheader">\s*<a href="([^"]+)"/g)].map(([, to]) => to),
    ).toEqual(['/open/2026-Q3.r2', '/open/2025', '/open/2025-Q4']);
    expect(text).toContain('href="/open/2026-Q3"');
    expect(headers['cache-control']).toBe('public, max-age=60');
    expect(headers['content-language']).toBe('sv');
    expect((await get('/open/en').expect(200)).headers['content-language']).toBe('en');
  });

  test('what people typed is text, and nothing else', async () => {
    for (const address of ['/open', '/open/2026-Q3.r2', '/open/en/2026-Q3.r2']) {
      const { text } = await get(address).expect(200);
      expect(text).not.toContain('<script>');
      expect(text).toContain('Linjen &lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;');
      expect(text).not.toContain('<b>namn');
    }
    expect(html`<p title="${`"'<>&`}">${[html`<b>${1}</b>`, null, '<']}</p>`.text).toBe(
      '<p title="&quot;&#39;&lt;&gt;&amp;"><b>1</b>&lt;</p>',
    );
  });

  test.each(['2026-Q3', '2026-Q3.r2', '2025'])(
    '%s: each file with its size and its hash, the frozen bytes, for ever',
    async (name) => {
      const { text } = await get(`/open/${name}`).expect(200);
      const [period, revision = '1'] = name.split('.r');
      const release = releases.find((each) => each.period === period && each.revision === Number(revision));
      expect(release?.files.length).toBeGreaterThan(7);
      for (const file of release?.files ?? []) {
        const address = `/open/${name}/${file.name}`;
        expect(text).toContain(`href="${address}"`);
        expect(text).toContain(file.sha256);
        const reply = await get(address).buffer(true).responseType('blob').expect(200);
        expect(
          createHash('sha256')
            .update(reply.body as Buffer)
            .digest('hex'),
        ).toBe(file.sha256);
        expect(reply.headers).toMatchObject({
          'cache-control': 'public, max-age=31536000, immutable',
          etag: `"${file.sha256}"`,
          'content-disposition': `attachment; filename="${file.name}"`,
          'content-length': String(file.bytes),
        });
        await get(address).set('If-None-Match', `"${file.sha256}"`).expect(304);
      }
    },
  );

  test('a revision says why, and an earlier one that there is a later', async () => {
    const first = await get('/open/2026-Q3').expect(200);
    expect(first.text).toContain('Det finns en senare revision av utgåvan.');
    expect(first.text).toContain('href="/open/2026-Q3.r2"');
    const second = await get('/open/2026-Q3.r2').expect(200);
    expect(second.text).toContain('Rättat &lt;b&gt;namn&lt;/b&gt; &amp; &quot;ord&quot;');
    expect(second.text).not.toContain('senare revision');
  });

  test.each([
    '/open/2026-Q4',
    '/open/2026-Q3.r1',
    '/open/2026-Q3.r3',
    '/open/2026-Q3.r02',
    '/open/2026-q3',
    '/open/2026-10',
    '/open/2026-Q3/',
    '/open/2026-Q3/nothing.csv',
    '/open/2026-Q3/Tables.csv',
    '/open/2026-Q3/tables.csv/',
    '/open/2026-Q3/..%2f..%2fpackage.json',
    '/open/2026%2DQ3',
    '/open/%00',
    '/open/%ZZ',
    '/open/en/catalogue.jsonld',
    '/open/en/2026-Q3/tables.csv',
    `/open/${'a'.repeat(4000)}`,
  ])('there is nothing at %s, and the page says so', async (target) => {
    const reply = await sendRaw(app.server, { method: 'GET', target });
    expect(reply.status).toBe(404);
    expect(reply.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(reply.headers['cache-control']).toBe('no-store');
    expect(reply.body).toContain(
      target.startsWith('/open/en') ? 'There is no such page' : 'Sidan finns inte',
    );
    // No answer repeats what was sent.
    expect(reply.body).not.toContain(target);
  });

  test('nothing can be sent there', async () => {
    for (const address of addresses) {
      const reply = await request(app.server).post(address).send({});
      expect([address, reply.status, reply.headers['allow']]).toEqual([address, 405, 'GET, HEAD']);
    }
  });

  test('the addresses are lower case, and other ones are unknown', async () => {
    for (const address of ['/Open', '/opening', '/OPEN/2026-Q3'])
      expect((await get(address)).body).toMatchObject({ type: '/problems/not-found' });
  });

  test('a release that is issued is there at once', async () => {
    await issueRelease(dependenciesOf(app.database, dataDir), {
      period: '2025-Q1',
      reason: null,
      actor: 'siv',
    });
    expect((await get('/open').expect(200)).text).toContain('href="/open/2025-Q1"');
    await get('/open/2025-Q1').expect(200);
  });

  test('a crowd is answered with one copy of a file', async () => {
    const replies = await Promise.all(
      Array.from({ length: 40 }, () => get('/open/2025/report.sv.pdf').responseType('blob')),
    );
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    const hashes = replies.map(({ body }) =>
      createHash('sha256')
        .update(body as Buffer)
        .digest('hex'),
    );
    expect(new Set(hashes).size).toBe(1);
  });

  test('nothing is logged, counted or kept of a visit', async () => {
    const rows = async () => {
      const tables: { name: string }[] = await app.database.owner.query(
        `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
         WHERE table_schema IN ('intake', 'published', 'desk') AND table_type = 'BASE TABLE' ORDER BY 1`,
      );
      const counts = tables.map(({ name }) => `(SELECT count(*) FROM ${name})`);
      return app.database.owner.query<unknown[]>(`SELECT ${counts.join(', ')}`);
    };
    const before = await rows();
    for (const address of addresses) await get(address).expect(200);
    expect(await rows()).toEqual(before);
    expect(app.logged).toEqual([]);
  });

  test('without an organisation the pages stand all the same', async () => {
    await setOpen(true, null);
    for (const address of addresses) await get(address).expect(200);
    expect((await get('/open')).text).toContain('Från en anonym stödlinje.');
  });
});

test('only an administrator opens them, and the deed is in the event log', async () => {
  const before = await app.database.owner.query<unknown[]>(
    `SELECT 1 FROM desk.event WHERE kind = 'settings-set'`,
  );
  await setOpen(false);
  await setOpen(true);
  const after = await app.database.owner.query<unknown[]>(
    `SELECT 1 FROM desk.event WHERE kind = 'settings-set'`,
  );
  expect(after.length).toBeGreaterThan(before.length);
  const supervisor = await app.as('supervisor');
  expectProblem(
    await supervisor.put('/api/v1/settings').send({ organisation: null, openReleases: true }),
    'not-allowed',
  );
});
