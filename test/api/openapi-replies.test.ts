/** Real replies of every route, held against the document: each status, media type and schema is one it declares. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request, { type Response } from 'supertest';
import { z } from 'zod';
import type { Directory } from '../../src/contract/directory.js';
import { problemSchema } from '../../src/contract/problem.js';
import { roleSchema, type Role } from '../../src/contract/session.js';
import { hashOfToken, newToken } from '../../src/desk/sign-in/token.js';
import { codeAt, stepAt } from '../../src/desk/sign-in/totp.js';
import { handleReleaseRequests } from '../../src/release/requests.js';
import { issueRelease } from '../../src/release/issue.js';
import { dependenciesOf, publish } from '../release/published.js';
import { PASSWORD, startApp, type TestApp } from '../support/app.js';
import { aCall, csvOf } from '../keeping/import-support.js';
import { aConversation, aReceipt } from '../support/calls.js';
import { importOf, importsOf, untilFiled } from '../support/imports.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';
import { wrongCode } from '../support/wrong-code.js';
import { aSession, documentOf, nameOf, operationsOf, type Operation } from './operations.js';

let app: TestApp;
let operations: Operation[];
let dataDir: string;
const sessions = new Map<Role, string>();

beforeAll(async () => {
  app = await startApp();
  operations = operationsOf(await documentOf(app));
  dataDir = await mkdtemp(join(tmpdir(), 'tyst-openapi-'));
  for (const role of roleSchema.options) sessions.set(role, await aSession(app, role));
});
afterAll(async () => {
  await app.close();
  await rm(dataDir, { recursive: true });
});

describe('real replies', () => {
  const given = new Map<string, Set<string>>();

  /** The schema the document gives for this reply; fails when it gives none. */
  function declared(operation: Operation, reply: Response): Record<string, unknown> | undefined {
    const response = operation.responses[String(reply.status)];
    expect([nameOf(operation), reply.status, response !== undefined]).toEqual([
      nameOf(operation),
      reply.status,
      true,
    ]);
    const content = response?.content ?? {};
    if (reply.type === '') {
      expect(content).toEqual({});
      return undefined;
    }
    const media = content[reply.type] ?? content['*/*'];
    expect([nameOf(operation), reply.type, media !== undefined]).toEqual([
      nameOf(operation),
      reply.type,
      true,
    ]);
    // A file is bytes, whatever is in them.
    return content[reply.type]?.schema;
  }

  function conforms(method: string, path: string, reply: Response): void {
    const operation = operations.find((one) => one.method === method && one.path === path);
    if (operation === undefined) throw new Error(`There is no ${method} ${path} in the document.`);
    const schema = declared(operation, reply);
    const json = /json$/.test(reply.type);
    if (schema !== undefined && json) {
      const whole = '$ref' in schema ? z.toJSONSchema(problemSchema) : schema;
      expect(z.fromJSONSchema(whole as Parameters<typeof z.fromJSONSchema>[0]).parse(reply.body)).toEqual(
        reply.body,
      );
    }
    given.set(nameOf(operation), (given.get(nameOf(operation)) ?? new Set()).add(String(reply.status)));
  }

  interface Sent {
    readonly as?: Role;
    readonly body?: object;
    readonly headers?: Record<string, string>;
  }

  async function run(method: string, path: string, url: string, { as, body, headers = {} }: Sent = {}) {
    const cookie: Record<string, string> = as === undefined ? {} : { Cookie: sessions.get(as) ?? '' };
    const client = request(app.server);
    const sent = client[method as 'get'](url).set({ ...cookie, ...headers });
    const reply = await (body === undefined ? sent : sent.send(body));
    conforms(method, path, reply);
    return reply;
  }

  const session = '/api/v1/session';
  const calls = '/api/v1/calls/{receipt}';
  const periods = '/api/v1/statistics/periods';
  const tables = `${periods}/{period}/tables`;
  const table = `${tables}/{table}`;
  const releases = '/api/v1/releases';
  const file = `${releases}/{release}/{file}`;

  test('about the process and the document', async () => {
    for (const path of ['/health/live', '/health/ready', '/api/v1/openapi.json', '/api/v1/about'])
      await run('get', path, path);
  });

  test('about sessions, invitations and the vocabulary', async () => {
    const sign = { username: 'handler', password: PASSWORD };
    await run('post', session, session, { body: sign });
    await run('post', session, session, { body: { ...sign, password: 'wrong' } });
    await run('post', session, session, { body: {} });
    await run('post', session, session, { body: sign, headers: { 'Sec-Fetch-Site': 'cross-site' } });
    await run('post', session, session, { body: { username: 'x'.repeat(9000) } });
    await run('post', session, session);
    await run('get', session, session);
    await run('get', session, session, { as: 'handler' });
    await run('delete', session, session, { headers: { Cookie: await aSession(app, 'handler') } });
    await run('delete', session, session);

    const invitation = '/api/v1/invitations/{token}';
    const token = newToken();
    await app.database.owner.query(
      `INSERT INTO desk.invitation (token_hash, username, valid_before) VALUES ($1, 'administrator', $2)`,
      [hashOfToken(token), new Date('2026-11-12T12:00:00Z')],
    );
    const chosen = { password: PASSWORD, locale: 'en' };
    await run('post', invitation, `/api/v1/invitations/${token}`, { body: chosen });
    sessions.set('administrator', await aSession(app, 'administrator'));
    await run('post', invitation, `/api/v1/invitations/${token}`, { body: chosen });
    await run('post', invitation, `/api/v1/invitations/${token}`, { body: { ...chosen, locale: 'de' } });

    const vocabulary = '/api/v1/vocabulary';
    const { headers } = await run('get', vocabulary, vocabulary, { as: 'administrator' });
    const known = { 'If-None-Match': headers['etag'] ?? '' };
    expect((await run('get', vocabulary, vocabulary, { as: 'handler', headers: known })).status).toBe(304);
    await run('get', vocabulary, vocabulary);
  });

  test("about one's own account", async () => {
    const own = async () => ({ Cookie: await aSession(app, 'handler') });
    const proof = { password: PASSWORD };
    const wrong = { password: 'wrong' };
    await run('patch', session, session, { as: 'handler', body: { locale: 'en' } });
    await run('patch', session, session, { as: 'handler', body: { locale: 'de' } });
    const password = `${session}/password`;
    const body = { ...proof, newPassword: PASSWORD };
    expect((await run('put', password, password, { headers: await own(), body })).status).toBe(204);
    await run('put', password, password, { headers: await own(), body: { ...body, password: 'wrong' } });
    sessions.set('handler', await aSession(app, 'handler'));

    const factor = `${session}/two-factor`;
    await run('put', factor, factor, { as: 'handler', body: { code: '000000' } });
    await run('post', factor, factor, { as: 'handler', body: wrong });
    await run('post', factor, factor, { as: 'handler', body: proof });
    const [row] = await app.database.owner.query<{ pending: Buffer }[]>(
      'SELECT pending FROM desk.two_factor',
    );
    const secret = row?.pending ?? Buffer.alloc(20);
    const now = app.clock.now();
    const code = codeAt(secret, stepAt(now));
    await run('put', factor, factor, { as: 'handler', body: { code: wrongCode(secret, now) } });
    await run('put', factor, factor, { as: 'handler', body: { code } });
    await run('get', factor, factor, { as: 'handler' });
    await run('post', session, session, { body: { username: 'handler', ...proof } });
    await run('post', `${factor}/recovery-codes`, `${factor}/recovery-codes`, { as: 'handler', body: proof });
    await run('post', `${factor}/removal`, `${factor}/removal`, { as: 'handler', body: wrong });
    await run('post', `${factor}/removal`, `${factor}/removal`, { as: 'handler', body: proof });
    await run('post', `${factor}/recovery-codes`, `${factor}/recovery-codes`, { as: 'handler', body: proof });
  });

  test('about administration', async () => {
    const as = 'administrator';
    const users = '/api/v1/users';
    const user = `${users}/{username}`;
    const invitations = '/api/v1/invitations';
    await run('get', users, users, { as });
    await run('get', users, users, { as: 'handler' });
    await run('post', users, users, { as, body: { username: 'new', role: 'handler' } });
    await run('post', users, users, { as, body: { username: 'new', role: 'handler' } });
    await run('post', users, users, { as, body: { username: 'new' } });
    await run('post', invitations, invitations, { as, body: { username: 'new' } });
    await run('patch', user, `${users}/new`, { as, body: { role: 'supervisor', resetTwoFactor: true } });
    await run('patch', user, `${users}/new`, { as, body: { disabled: true } });
    await run('patch', user, `${users}/new`, { as, body: {} });
    await run('patch', user, `${users}/none`, { as, body: { disabled: true } });
    await run('patch', user, `${users}/administrator`, { as, body: { disabled: true } });
    await run('post', invitations, invitations, { as, body: { username: 'new' } });
    await run('post', invitations, invitations, { as, body: { username: 'none' } });
    const settings = '/api/v1/settings';
    await run('put', settings, settings, { as, body: { organisation: 'Linjen', openReleases: false } });
    await run('put', settings, settings, { as, body: { organisation: '' } });
    await run('get', settings, settings, { as });
    const draft = '/api/v1/vocabulary/next';
    const { body } = await run('get', draft, draft, { as });
    await run('put', draft, draft, { as, body: body as object });
    await run('put', draft, draft, { as, body: { ...(body as object), quarter: '2026-Q1' } });
    await run('put', draft, draft, { as, body: { dimensions: [] } });
    await run('get', '/api/v1/events', '/api/v1/events?kind=account-added', { as });
    await run('get', '/api/v1/events', '/api/v1/events?kind=', { as });
    await run('get', '/api/v1/status', '/api/v1/status', { as });
  });

  test('about calls', async () => {
    const url = `/api/v1/calls/${aReceipt()}`;
    const body = { answers: aConversation() };
    expect((await run('put', calls, url, { as: 'handler', body })).status).toBe(201);
    expect((await run('put', calls, url, { as: 'handler', body })).status).toBe(200);
    expect((await run('put', calls, url, { as: 'handler', body: { answers: {} } })).status).toBe(422);
    await run('put', calls, url, { as: 'supervisor', body });
    await run('put', calls, url, { body });
    expect((await run('delete', calls, url, { as: 'handler' })).status).toBe(204);
    expect((await run('delete', calls, url, { as: 'handler' })).status).toBe(404);
    expect((await run('delete', calls, '/api/v1/calls/x', { as: 'handler' })).status).toBe(422);
    await app.database.owner.query(
      `INSERT INTO intake.receipt_memory_a VALUES (sha256(convert_to($1, 'UTF8')), '2026-11-23')`,
      [url.replace('/api/v1/calls/', '')],
    );
    expect((await run('delete', calls, url, { as: 'handler' })).status).toBe(409);
    expect((await run('put', calls, url, { as: 'handler', body })).status).toBe(409);
  });

  test('about plans', async () => {
    const plan = '/api/v1/plan/{quarter}';
    const later = '/api/v1/plan/2027-Q1';
    for (const as of roleSchema.options) await run('get', plan, later, { as });
    await run('get', plan, '/api/v1/plan/x', { as: 'supervisor' });
    await run('get', plan, later);
    await run('put', plan, later, { as: 'supervisor', body: { preset: 'small', rho: 0.25 } });
    const tables = [{ id: 'own', rows: 'concern', level: 'top', columns: 'age', columnsLevel: 'top' }];
    await run('put', plan, later, { as: 'supervisor', body: { tables } });
    await run('put', plan, later, { as: 'supervisor', body: { preset: 'small', rho: 0.6 } });
    await run('put', plan, later, { as: 'supervisor', body: { preset: 'small', tables } });
    await run('put', plan, later, { as: 'administrator', body: { preset: 'small' } });
    await publish(app.database, '2025-Q4');
    const begun = await run('put', plan, '/api/v1/plan/2025-Q4', {
      as: 'supervisor',
      body: { preset: 'small' },
    });
    expect(begun.status).toBe(409);
  });

  test('about unanswered calls', async () => {
    const list = '/api/v1/unanswered';
    const month = `${list}/{month}`;
    const as = 'supervisor';
    const body = { calls: 12 };
    expect((await run('put', month, `${list}/2026-10`, { as, body })).status).toBe(200);
    expect((await run('put', month, `${list}/2026-11`, { as, body })).status).toBe(409);
    expect((await run('put', month, `${list}/2026-13`, { as, body })).status).toBe(404);
    expect((await run('put', month, `${list}/2026-10`, { as, body: {} })).status).toBe(422);
    expect((await run('get', list, list, { as })).body).toEqual({
      months: [{ month: '2026-10', calls: 12 }],
    });
    await run('get', list, list, { as: 'administrator' });
    expect((await run('delete', month, `${list}/2026-10`, { as })).status).toBe(204);
    expect((await run('delete', month, `${list}/2026-10`, { as })).status).toBe(404);
  });

  test('about the directory', async () => {
    const directory = '/api/v1/directory';
    const one = `${directory}/{organisation}`;
    const url = `${directory}/exit-fryshuset`;
    const { body } = await run('get', directory, directory, { as: 'handler' });
    const { organisations } = body as Directory;
    const { id: _, ...organisation } = organisations.find(({ id }) => id === 'exit-fryshuset') ?? { id: '' };
    await run('get', directory, directory, { as: 'supervisor' });
    await run('get', directory, directory);
    expect((await run('put', one, url, { as: 'administrator', body: organisation })).status).toBe(204);
    expect((await run('put', one, url, { as: 'administrator', body: {} })).status).toBe(422);
    await run('put', one, url, { as: 'handler', body: organisation });
    const late = { ...organisation, name: 'Exit', tag: 'older' };
    expect((await run('put', one, url, { as: 'administrator', body: late })).status).toBe(409);
    expect((await run('delete', one, url, { as: 'administrator' })).status).toBe(204);
    expect((await run('delete', one, url, { as: 'administrator' })).status).toBe(404);
    await run('delete', one, url, { as: 'handler' });
  });

  test('about statistics', async () => {
    await publish(app.database, '2026-Q1');
    expect((await run('get', periods, periods, { as: 'supervisor' })).body).toMatchObject({
      periods: [{}, {}],
    });
    await run('get', periods, periods, { as: 'handler' });
    await run('get', tables, `${periods}/2026-Q1/tables`, { as: 'supervisor' });
    await run('get', tables, `${periods}/2026-Q2/tables`, { as: 'supervisor' });
    const one = `${periods}/2026-Q1/tables/concern-top`;
    await run('get', table, one, { as: 'supervisor' });
    await run('get', table, `${one}x`, { as: 'supervisor' });
    await run('get', table, one);
    const csv = await request(app.server)
      .get(one)
      .set({ Cookie: sessions.get('supervisor') ?? '', Accept: 'text/csv' });
    expect([csv.status, csv.type]).toEqual([200, 'text/csv']);
  });

  test('about releases', async () => {
    const dependencies = dependenciesOf(app.database, dataDir);
    await publish(app.database, '2025-Q1');
    await publish(app.database, '2025-Q2');
    const issued = run('post', releases, releases, { as: 'supervisor', body: { period: '2025-Q1' } });
    // The keeper comes by while the request waits.
    const keeper = (async () => {
      for (;;) {
        await handleReleaseRequests(dependencies, () => undefined);
        const rows: unknown[] = await app.database.owner.query('SELECT 1 FROM published.release');
        if (rows.length > 0) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    })();
    expect((await issued).status).toBe(201);
    await keeper;
    await issueRelease(dependencies, { period: '2025-Q1', reason: 'A wrong label', actor: 'supervisor' });
    expect(
      (await run('post', releases, releases, { as: 'supervisor', body: { period: '2025-Q1' } })).status,
    ).toBe(409);
    await run('post', releases, releases, { as: 'supervisor', body: {} });
    await run('post', releases, releases, { as: 'handler', body: {} });
    expect((await run('get', releases, releases, { as: 'administrator' })).body).toHaveLength(2);
    await run('get', releases, releases);
    for (const name of ['tables.csv', 'tables.json', 'manifest.json', 'manifest.json.sig', 'none'])
      await run('get', file, `${releases}/2025-Q1/${name}`, { as: 'supervisor' });
    await run('get', file, `${releases}/2025-Q1/tables.csv`, { as: 'handler' });
    expect((await run('get', '/api/v1/release-key', '/api/v1/release-key')).status).toBe(200);
    const status = '/api/v1/release-status';
    await run('get', status, status, { as: 'supervisor' });
    await run('get', status, status, { as: 'handler' });
    const calendar = '/api/v1/release-calendar';
    await run('get', calendar, `${calendar}?language=en`);
    await run('get', calendar, `${calendar}?language=de`);
    expect((await run('get', '/api/v1/release-keys', '/api/v1/release-keys')).body).toMatchObject({
      keys: [{ inUse: true, withdrawnOn: null }],
    });
  });

  test('about an import', async () => {
    const imports = '/api/v1/imports';
    const requests = importsOf(app.database, app.clock);
    await requests.begin();
    const whole = importOf(csvOf([aCall('2017-05')]), true);
    for (const [body, status] of [
      [whole, 200],
      [importOf('month\n'), 422],
    ] as const) {
      const reply = run('post', imports, imports, { as: 'administrator', body });
      await untilFiled(app.database);
      await requests.handle();
      expect((await reply).status).toBe(status);
    }
    await run('post', imports, imports, { as: 'supervisor', body: whole });
    await run('post', imports, imports, { as: 'administrator', body: {} });
    await run('post', imports, imports, { body: whole });
  });

  test('were given with every success that is declared, and every route was run', () => {
    for (const operation of operations) {
      const successes = Object.keys(operation.responses).filter((status) => Number(status) < 400);
      const seen = [...(given.get(nameOf(operation)) ?? [])].filter((status) => Number(status) < 400);
      expect([nameOf(operation), ...seen.sort()]).toEqual([nameOf(operation), ...successes.sort()]);
    }
  });
});
