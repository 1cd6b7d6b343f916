import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import request, { type Response } from 'supertest';
import { problems, type FieldProblem, type Locale, type ProblemSlug } from '../../src/contract/problem.js';
import type { Role } from '../../src/contract/session.js';
import { hashOfToken, newToken } from '../../src/desk/sign-in/token.js';
import { addUser } from '../../src/desk/people/accounts.js';
import { databaseOf } from '../../src/platform/database.js';
import { loginOf } from '../../src/platform/roles.js';
import { issueRelease } from '../../src/release/issue.js';
import { dependenciesOf, publish } from '../release/published.js';
import { PASSWORD, startApp, type TestApp } from '../support/app.js';
import { aConversation, aReceipt, vocabulary } from '../support/calls.js';
import { importOf, importsOf, untilFiled } from '../support/imports.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';
import { sealBefore } from '../support/keeping.js';
import { expectProblem } from './expect-problem.js';
import { aSession } from './operations.js';
import { sendRaw } from './raw.js';

const SESSION = '/api/v1/session';
let app: TestApp;
let handler: Awaited<ReturnType<TestApp['as']>>;
let supervisor: typeof handler;
let administrator: typeof handler;
let dataDir: string;

beforeAll(async () => {
  app = await startApp('2026-11-11T12:00:00Z');
  handler = await app.as('handler');
  supervisor = await app.as('supervisor');
  administrator = await app.as('administrator');
  dataDir = await mkdtemp(join(tmpdir(), 'tyst-problems-'));
});
afterAll(async () => {
  await app.close();
  await rm(dataDir, { recursive: true });
});

const call = () => `/api/v1/calls/${aReceipt()}`;
const anonymous = () => request(app.server);
/** An address of its own, so that the failures of one test do not count in another. */
let addresses = 0;
const anAddress = () => `10.0.${Math.floor((addresses += 1) / 250)}.${(addresses % 250) + 1}`;
const signIn = (body: unknown, address = anAddress()) =>
  anonymous()
    .post(SESSION)
    .set('X-Forwarded-For', address)
    .type('application/json')
    .send(JSON.stringify(body));

/** An invitation that was not taken up yet. */
async function anInvitation(): Promise<string> {
  const token = newToken();
  await app.database.owner.query(
    `INSERT INTO desk.invitation (token_hash, username, valid_before) VALUES ($1, 'handler', $2)`,
    [hashOfToken(token), new Date('2026-11-12T12:00:00Z')],
  );
  return `/api/v1/invitations/${token}`;
}

/** A request that is answered with each problem. */
const causes: Record<ProblemSlug, () => PromiseLike<Response>> = {
  'malformed-json': () => handler.put(call()).type('json').send('{"answers":'),
  'not-signed-in': () => anonymous().get(SESSION),
  'wrong-credentials': () => signIn({ username: 'handler', password: 'not the password' }),
  async 'code-required'() {
    await app.database.owner.query(
      `INSERT INTO desk.two_factor (username, secret) VALUES ('handler', decode(repeat('00', 20), 'hex'))`,
    );
    const reply = await signIn({ username: 'handler', password: PASSWORD });
    await app.database.owner.query('DELETE FROM desk.two_factor');
    return reply;
  },
  'not-allowed': () => handler.get('/api/v1/statistics/periods'),
  'cross-origin': () => handler.put(call()).set('Sec-Fetch-Site', 'cross-site').send({}),
  'not-found': () => handler.get('/api/v1/nothing'),
  'unknown-receipt': () => handler.delete(call()),
  'unknown-invitation': () =>
    anonymous()
      .post(`/api/v1/invitations/${newToken()}`)
      .set('X-Forwarded-For', anAddress())
      .send({ password: PASSWORD, locale: 'sv' }),
  'unknown-user': () => administrator.patch('/api/v1/users/nobody').send({ disabled: true }),
  'username-taken': () => administrator.post('/api/v1/users').send({ username: 'handler', role: 'handler' }),
  'last-administrator': () => administrator.patch('/api/v1/users/administrator').send({ disabled: true }),
  async 'account-disabled'() {
    await addUser(app.database.desk, { username: 'shut', role: 'handler' }, app.clock);
    await administrator.patch('/api/v1/users/shut').send({ disabled: true }).expect(204);
    return administrator.post('/api/v1/invitations').send({ username: 'shut' });
  },
  'two-factor-not-begun': () => handler.put('/api/v1/session/two-factor').send({ code: '000000' }),
  'vocabulary-changed': () =>
    administrator
      .put('/api/v1/vocabulary/next')
      .send({ quarter: '2026-Q1', dimensions: vocabulary.dimensions }),
  'organisation-changed': () => administrator.delete('/api/v1/directory/bris?tag=another'),
  async 'vocabulary-fixed'() {
    app.clock.set('2026-12-31T22:30:00Z');
    const late = await app.as('administrator');
    const reply = await late
      .put('/api/v1/vocabulary/next')
      .send({ dimensions: vocabulary.dimensions.toReversed() });
    app.clock.set('2026-11-11T12:00:00Z');
    // That sign-in has forgotten the sessions that were over.
    handler = await app.as('handler');
    supervisor = await app.as('supervisor');
    administrator = await app.as('administrator');
    return reply;
  },
  'not-published': () => supervisor.get('/api/v1/statistics/periods/2031-Q1/tables'),
  'method-not-allowed': () => handler.get(call()),
  async sealed() {
    const receipt = call();
    await handler.put(receipt).send({ answers: aConversation() }).expect(201);
    await sealBefore(app.database, '2026-11-12');
    return handler.put(receipt).send({ answers: aConversation() });
  },
  async 'already-issued'() {
    await publish(app.database, '2025-Q1');
    await issueRelease(dependenciesOf(app.database, dataDir), {
      period: '2025-Q1',
      reason: null,
      actor: 'keeper',
    });
    return supervisor.post('/api/v1/releases').send({ period: '2025-Q1' });
  },
  'not-closed': () => supervisor.post('/api/v1/releases').send({ period: '2031-Q1' }),
  async 'not-issued'() {
    await publish(app.database, '2025-Q2');
    return supervisor.post('/api/v1/releases').send({ period: '2025-Q2', reason: 'x' });
  },
  'month-not-over': () => supervisor.put('/api/v1/unanswered/2031-01').send({ calls: 3 }),
  async 'quarter-begun'() {
    await publish(app.database, '2025-Q3');
    return supervisor.put('/api/v1/plan/2025-Q3').send({ preset: 'small' });
  },
  'over-budget': () => supervisor.put('/api/v1/plan/2027-Q1').send({ preset: 'small', rho: 0.6 }),
  'too-large': () => handler.put(call()).send({ answers: { concern: 'x'.repeat(9000) } }),
  'wrong-content-type': () => handler.put(call()).type('text/plain').send('{}'),
  'invalid-call': () => handler.put(call()).send({ answers: {} }),
  'invalid-request': () => supervisor.post('/api/v1/releases').send({}),
  async 'too-many-requests'() {
    for (let attempt = 0; attempt < 10; attempt += 1)
      expect((await signIn({ username: 'somebody', password: 'not the password' })).status).toBe(401);
    return signIn({ username: 'somebody', password: 'not the password' });
  },
  async 'invalid-file'() {
    const imports = importsOf(app.database, app.clock);
    await imports.begin();
    const reply = administrator.post('/api/v1/imports').send(importOf('no file of calls'));
    const handled = untilFiled(app.database).then(() => imports.handle());
    return (await Promise.all([reply, handled]))[0];
  },
  async 'import-unfinished'() {
    await importsOf(app.database, app.clock).begin();
    const reply = administrator.post('/api/v1/imports').send(importOf('month\n'));
    const gone = untilFiled(app.database).then(() =>
      app.database.owner.query('DELETE FROM desk.import_request'),
    );
    return (await Promise.all([reply, gone]))[0];
  },
  async internal() {
    // Something that cannot happen: a table is gone.
    await app.database.owner.query('ALTER TABLE published.noisy_answer RENAME TO noisy');
    const reply = await supervisor.get('/api/v1/statistics/periods');
    await app.database.owner.query('ALTER TABLE published.noisy RENAME TO noisy_answer');
    return reply;
  },
  async 'not-ready'() {
    await app.database.owner.query('UPDATE intake.key SET open = false');
    const reply = await anonymous().get('/health/ready');
    await app.database.owner.query('UPDATE intake.key SET open = true');
    return reply;
  },
  async unavailable() {
    // The server takes no more connections; test/api/unavailable.test.ts takes it away altogether.
    const { owner, installation } = app.database;
    const login = loginOf(databaseOf(installation.ownerUrl), 'reader');
    await owner.query(`ALTER ROLE "${login}" CONNECTION LIMIT 0`);
    await owner.query('SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = $1', [
      login,
    ]);
    const reply = await supervisor.get('/api/v1/statistics/periods');
    await owner.query(`ALTER ROLE "${login}" CONNECTION LIMIT -1`);
    return reply;
  },
};

describe('each problem', () => {
  const slugs = Object.keys(causes) as (keyof typeof causes)[];
  test.each(slugs)('%s is whole', async (slug) => {
    app.logged.length = 0;
    const reply = await causes[slug]();
    const errors = (reply.body as { errors?: { path: string; code: FieldProblem }[] }).errors;
    expectProblem(
      reply,
      slug,
      errors === undefined ? {} : { errors: errors.map(({ path, code }) => [path, code] as const) },
    );
    expect(errors !== undefined).toBe(/^(invalid-(call|request|file)|not-ready)$/.test(slug));
    const wait = reply.headers['retry-after'];
    if (/^(too-many-requests|unavailable|not-ready|import-unfinished)$/.test(slug))
      expect(wait).toMatch(/^[1-9]\d{0,2}$/);
    else expect(wait).toBeUndefined();
    // Only what is our own fault is worth a line, and that has nothing but the kind of error.
    const line = { event: 'request-failed', error: 'QueryFailedError', code: '42P01' };
    expect(app.logged).toEqual(slug === 'internal' ? [JSON.stringify(line)] : []);
  });
});

describe('the language', () => {
  const cases: [string | null, Locale][] = [
    [null, 'sv'],
    ['sv', 'sv'],
    ['en', 'en'],
    ['en-GB,en;q=0.8', 'en'],
    ['EN', 'en'],
    ['de', 'sv'],
    ['de, en;q=0.5', 'en'],
    ['*', 'sv'],
    ['sv;q=0.1, en;q=0.9', 'en'],
    ['en;q=0', 'sv'],
    ['', 'sv'],
    ['no such header; q=;;,', 'sv'],
  ];
  test.each(cases)('of a reply to %j', async (accepted, locale) => {
    const set = accepted === null ? {} : { 'Accept-Language': accepted };
    const unknown = await anonymous().get('/api/v1/nothing').set(set);
    expectProblem(unknown, 'not-found', { locale });
    expect(unknown.headers['vary']).toContain('Accept-Language');
    const invalid = await handler.put(call()).set(set).send({ answers: {}, note: 1 });
    expectProblem(invalid, 'invalid-call', { locale, errors: [['', 'unknown-field']] });
  });
});

describe('a body that cannot be read', () => {
  /** The routes that take a body, as somebody who may use them; the raw client sends every byte as it is. */
  const routes: [string, string, () => Promise<string>, Role | null][] = [
    ['POST', 'session', () => Promise.resolve(SESSION), null],
    ['POST', 'invitation', anInvitation, null],
    ['PUT', 'call', () => Promise.resolve(call()), 'handler'],
    ['PUT', 'plan', () => Promise.resolve('/api/v1/plan/2027-Q1'), 'supervisor'],
    ['POST', 'release', () => Promise.resolve('/api/v1/releases'), 'supervisor'],
  ];
  const json = { 'Content-Type': 'application/json' };
  /** Valid JSON of exactly so many bytes. */
  const ofBytes = (bytes: number) => JSON.stringify({ x: 'å'.repeat((bytes - 8) / 2) });
  const cases: [string, ProblemSlug, Record<string, string>, string | Buffer, number?][] = [
    ['no JSON', 'malformed-json', json, 'username=anna'],
    ['a cut object', 'malformed-json', json, '{"a":'],
    ['a trailing comma', 'malformed-json', json, '{"a":1,}'],
    ['single quotes', 'malformed-json', json, "{'a':1}"],
    ['two objects', 'malformed-json', json, '{}{}'],
    ['NaN', 'malformed-json', json, '{"a":NaN}'],
    ['nothing', 'malformed-json', json, ''],
    ['nothing but space', 'malformed-json', json, ' \n'],
    ['a raw line end in a string', 'malformed-json', json, '{"a":"\n"}'],
    ['Latin-1', 'malformed-json', json, Buffer.from('{"a":"å"}', 'latin1')],
    ['UTF-16', 'malformed-json', json, Buffer.from('{"a":1}', 'utf16le')],
    ['gzip that is none', 'malformed-json', { ...json, 'Content-Encoding': 'gzip' }, '{}'],
    ['plain text', 'wrong-content-type', { 'Content-Type': 'text/plain' }, '{}'],
    ['a form', 'wrong-content-type', { 'Content-Type': 'application/x-www-form-urlencoded' }, 'a=b'],
    [
      'a multipart form',
      'wrong-content-type',
      { 'Content-Type': 'multipart/form-data; boundary=x' },
      '--x--',
    ],
    ['no content type', 'wrong-content-type', {}, '{}'],
    ['an empty content type', 'wrong-content-type', { 'Content-Type': '' }, '{}'],
    ['something like JSON', 'wrong-content-type', { 'Content-Type': 'application/problem+json' }, '{}'],
    ['two content types', 'wrong-content-type', { 'Content-Type': 'text/plain, application/json' }, '{}'],
    ['JSON in Latin-1', 'wrong-content-type', { 'Content-Type': 'application/json; charset=latin1' }, '{}'],
    ['JSON in UTF-16', 'wrong-content-type', { 'Content-Type': 'application/json;charset="UTF-16"' }, '{}'],
    ['an empty charset', 'wrong-content-type', { 'Content-Type': 'application/json; charset=' }, '{}'],
    ['an unknown encoding', 'wrong-content-type', { ...json, 'Content-Encoding': 'rot13' }, '{}'],
    ['8,194 bytes', 'too-large', json, ofBytes(8194)],
    ['8,194 bytes in chunks', 'too-large', json, ofBytes(8194), 1000],
    [
      '64 KiB of text',
      'too-large',
      { 'Content-Type': 'application/json; charset=utf-8' },
      'x'.repeat(65_536),
    ],
    [
      '100 kB in 150 bytes',
      'too-large',
      { ...json, 'Content-Encoding': 'gzip' },
      gzipSync(' '.repeat(100_000)),
    ],
  ];

  // As one argument: to a missing last one Jest would give its own `done`.
  test.each(cases.map((one) => [one[0], one] as const))(
    'such as %s',
    async (_what, [, slug, headers, body, chunk]) => {
      for (const [method, name, path, role] of routes) {
        const cookie: Record<string, string> = role === null ? {} : { Cookie: await aSession(app, role) };
        const reply = await sendRaw(app.server, {
          method,
          target: await path(),
          headers: Object.entries({ 'X-Forwarded-For': anAddress(), ...cookie, ...headers }),
          body,
          ...(chunk === undefined ? {} : { chunk }),
        });
        expect([name, reply.status]).toEqual([name, problems[slug].status]);
        expectProblem({ ...reply, body: JSON.parse(reply.body) }, slug);
      }
    },
  );

  test('is told from one that is just small enough, in one piece or several, packed or with a byte order mark', async () => {
    const cookie = await aSession(app, 'handler');
    const send = (body: string | Buffer, chunk?: number, encoding?: string) =>
      sendRaw(app.server, {
        method: 'PUT',
        target: call(),
        headers: [
          ['Cookie', cookie],
          ['Content-Type', 'application/json; Charset="UTF-8"'],
          ...(encoding === undefined ? [] : [['Content-Encoding', encoding] as const]),
        ],
        body,
        ...(chunk === undefined ? {} : { chunk }),
      });
    const full = ofBytes(8192);
    expect(Buffer.byteLength(full)).toBe(8192);
    for (const reply of [
      await send(full),
      await send(full, 1000),
      await send(gzipSync(full), undefined, 'gzip'),
      await send(`\ufeff${full.replace('åå', 'x')}`),
    ])
      expect(reply.status).toBe(422);
    expect((await send(JSON.stringify({ answers: aConversation() }))).status).toBe(201);
  });

  test('is not read before the guard has let its sender in', async () => {
    const reply = await sendRaw(app.server, {
      method: 'PUT',
      target: call(),
      headers: [],
      body: 'x'.repeat(9000),
    });
    expectProblem({ ...reply, body: JSON.parse(reply.body) }, 'not-signed-in');
  });
});
