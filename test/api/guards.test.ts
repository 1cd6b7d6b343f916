/** What every route refuses before it does anything. The routes come from the application: a new one is covered. */
import request from 'supertest';
import { appRoutes } from '../../src/app.js';
import type { Endpoint } from '../../src/contract/api/endpoint.js';
import { roleSchema, type Role } from '../../src/contract/session.js';
import { startApp, type TestApp } from '../support/app.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';
import { expectProblem, expectSecurityHeaders } from './expect-problem.js';
import {
  aSession,
  documentOf,
  nameOf,
  operationsOf,
  sampleBody,
  samplePath,
  type Operation,
} from './operations.js';
import { sendRaw, type RawRequest } from './raw.js';

let app: TestApp;
let operations: Operation[];
const sessions = new Map<Role, string>();

beforeAll(async () => {
  app = await startApp();
  operations = operationsOf(await documentOf(app));
  for (const role of roleSchema.options) sessions.set(role, await aSession(app, role));
});
afterAll(() => app.close());

/** Who may use what, by the contract. A new route gets its line here on purpose. */
const access: Record<string, Endpoint['access']> = {
  'GET /health/live': 'public',
  'GET /health/ready': 'public',
  'GET /api/v1/openapi.json': 'public',
  'GET /api/v1/release-key': 'public',
  'GET /api/v1/release-keys': 'public',
  'GET /api/v1/about': 'public',
  'POST /api/v1/session': 'public',
  'GET /api/v1/session': 'signed-in',
  'DELETE /api/v1/session': 'signed-in',
  'PATCH /api/v1/session': 'signed-in',
  'PUT /api/v1/session/password': 'signed-in',
  'GET /api/v1/session/two-factor': 'signed-in',
  'POST /api/v1/session/two-factor': 'signed-in',
  'PUT /api/v1/session/two-factor': 'signed-in',
  'POST /api/v1/session/two-factor/removal': 'signed-in',
  'POST /api/v1/session/two-factor/recovery-codes': 'signed-in',
  'POST /api/v1/invitations/{token}': 'public',
  'GET /api/v1/users': ['administrator'],
  'POST /api/v1/users': ['administrator'],
  'PATCH /api/v1/users/{username}': ['administrator'],
  'POST /api/v1/invitations': ['administrator'],
  'GET /api/v1/vocabulary/next': ['administrator'],
  'PUT /api/v1/vocabulary/next': ['administrator'],
  'GET /api/v1/settings': ['administrator'],
  'PUT /api/v1/settings': ['administrator'],
  'GET /api/v1/events': ['administrator'],
  'GET /api/v1/status': ['administrator'],
  'POST /api/v1/imports': ['administrator'],
  'GET /api/v1/vocabulary': 'signed-in',
  'PUT /api/v1/calls/{receipt}': ['handler'],
  'DELETE /api/v1/calls/{receipt}': ['handler'],
  'GET /api/v1/directory': ['handler', 'administrator'],
  'PUT /api/v1/directory/{organisation}': ['administrator'],
  'DELETE /api/v1/directory/{organisation}': ['administrator'],
  'GET /api/v1/plan/{quarter}': ['supervisor', 'administrator'],
  'PUT /api/v1/plan/{quarter}': ['supervisor', 'administrator'],
  'GET /api/v1/unanswered': ['supervisor'],
  'PUT /api/v1/unanswered/{month}': ['supervisor'],
  'DELETE /api/v1/unanswered/{month}': ['supervisor'],
  'GET /api/v1/statistics/periods': ['supervisor'],
  'GET /api/v1/statistics/periods/{period}/tables': ['supervisor'],
  'GET /api/v1/statistics/periods/{period}/tables/{table}': ['supervisor'],
  'GET /api/v1/releases': ['supervisor', 'administrator'],
  'POST /api/v1/releases': ['supervisor'],
  'GET /api/v1/releases/{release}/{file}': ['supervisor', 'administrator'],
  'GET /api/v1/release-status': ['supervisor'],
  'GET /api/v1/release-calendar': 'public',
};

const routesOf = () =>
  appRoutes(app).map(({ endpoint, ...route }) => ({
    ...route,
    ...endpoint,
    path: endpoint.path.replaceAll(/:([a-z]+)/gi, '{$1}'),
  }));

function send(operation: Pick<Operation, 'method' | 'path'>, headers: Record<string, string> = {}) {
  const { method } = operation;
  const sent = request(app.server)[method as 'get'](samplePath(operation)).set(headers);
  const whole = operations.find(({ path, ...one }) => path === operation.path && one.method === method);
  return whole?.requestBody === undefined ? sent : sent.send(sampleBody(whole));
}

const as = (role: Role) => ({ Cookie: sessions.get(role) ?? '' });
const slugOf = (reply: request.Response): unknown => (reply.body as { type?: unknown } | undefined)?.type;
const changing = () => operations.filter(({ method }) => method !== 'get');

describe('access', () => {
  test('of every route is what the contract says', () => {
    expect(Object.fromEntries(routesOf().map((route) => [nameOf(route), route.access]))).toEqual(access);
  });

  test('without a session: 401 wherever the document asks for one, whatever the cookie says', async () => {
    const guarded = operations.filter(({ security }) => security !== undefined);
    expect(guarded.map(nameOf).sort()).toEqual(
      Object.keys(access)
        .filter((name) => access[name] !== 'public')
        .sort(),
    );
    const cookies = [
      '',
      'tyst_session=',
      'tyst_session=x',
      `tyst_session=${'A'.repeat(43)}`,
      '%%%=;;=',
      'a=b',
    ];
    for (const operation of guarded) {
      for (const Cookie of cookies) expectProblem(await send(operation, { Cookie }), 'not-signed-in');
      expectProblem(await send(operation), 'not-signed-in');
    }
  });

  test('with the wrong role: 403', async () => {
    const tried: string[] = [];
    for (const route of routesOf()) {
      if (typeof route.access === 'string') continue;
      for (const role of roleSchema.options.filter((one) => !route.access.includes(one))) {
        expectProblem(await send(route, as(role)), 'not-allowed');
        tried.push(`${role} ${nameOf(route)}`);
      }
    }
    const shutOut = Object.values(access).map((who) => (typeof who === 'string' ? 0 : 3 - who.length));
    expect(tried).toHaveLength(shutOut.reduce((sum, roles) => sum + roles, 0));
  });

  test('with the right role, or on a public route: no 401 for want of a session and no 403', async () => {
    for (const operation of operations) {
      const who = access[nameOf(operation)] ?? [];
      for (const role of typeof who === 'string' ? roleSchema.options : who) {
        // Of the first quarter alone: test/api/plan.test.ts.
        if (role === 'administrator' && nameOf(operation) === 'PUT /api/v1/plan/{quarter}') continue;
        const cookie = await aSession(app, role);
        const reply = await send(operation, { Cookie: cookie });
        expect(['/problems/not-signed-in', '/problems/not-allowed']).not.toContain(slugOf(reply));
      }
    }
  });

  test('ends with the session, with its time and with the account', async () => {
    const cookie = await aSession(app, 'handler');
    const get = () => request(app.server).get('/api/v1/vocabulary').set('Cookie', cookie);
    await get().expect(200);
    await app.database.owner.query(`UPDATE desk.account SET disabled = true WHERE username = 'handler'`);
    expectProblem(await get(), 'not-signed-in');
    await app.database.owner.query(`UPDATE desk.account SET disabled = false WHERE username = 'handler'`);
    await get().expect(200);
    app.clock.set('2026-11-11T13:00:00Z');
    expectProblem(await get(), 'not-signed-in');
    app.clock.set('2026-11-11T12:00:00Z');
    await request(app.server).delete('/api/v1/session').set('Cookie', cookie).expect(204);
    expectProblem(await get(), 'not-signed-in');
  });
});

describe('a request that changes something', () => {
  const foreign: Record<string, string>[] = [
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
    { 'Sec-Fetch-Site': 'anything else' },
    { 'Sec-Fetch-Site': '' },
    { 'Sec-Fetch-Site': 'cross-site', Origin: 'http://tyst.example' },
    { Origin: 'http://elsewhere.example' },
    { Origin: 'http://tyst.example:8080' },
    { Origin: 'http://tyst.example.elsewhere.example' },
    { Origin: 'null' },
    { Origin: '' },
  ];
  const own: Record<string, string>[] = [
    {},
    { 'Sec-Fetch-Site': 'same-origin' },
    { 'Sec-Fetch-Site': 'none' },
    { Origin: 'http://tyst.example' },
    { 'Sec-Fetch-Site': 'same-origin', Origin: 'http://elsewhere.example' },
  ];
  const reply = async (operation: Operation, headers: Record<string, string>) => {
    const who = access[nameOf(operation)] ?? [];
    const cookie = await aSession(app, typeof who === 'string' ? 'handler' : (who[0] ?? 'handler'));
    return send(operation, {
      Host: 'tyst.example',
      Cookie: cookie,
      'X-Forwarded-For': '10.1.1.1',
      ...headers,
    });
  };

  test('is refused when it comes from another origin', async () => {
    expect(changing().map(nameOf).sort()).toEqual(
      Object.keys(access)
        .filter((name) => !name.startsWith('GET'))
        .sort(),
    );
    for (const operation of changing()) {
      for (const headers of foreign) expectProblem(await reply(operation, headers), 'cross-origin');
    }
  });

  test.each(own)('is not refused when it comes with %j', async (headers) => {
    for (const operation of changing())
      expect(slugOf(await reply(operation, headers))).not.toBe('/problems/cross-origin');
  });

  test('is one that reads nothing: a read from anywhere passes', async () => {
    await request(app.server).get('/api/v1/openapi.json').set('Sec-Fetch-Site', 'cross-site').expect(200);
  });
});

describe('an address where there is nothing', () => {
  const paths = [
    '/nothing',
    '/api',
    '/api/v1',
    '/api/v1/',
    '/api/v1/nothing',
    '/api/v1/calls',
    '/api/v1/calls/a/b',
    '/api/v1/Session',
    '/API/v1/session/x',
    '/api/v1/session%2F',
    '/api/v2/session',
    '/assets/nothing.js',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/../../etc/passwd',
    '/%2e%2e%2f%2e%2e%2fpackage.json',
    '/index.html%00',
    '/.env',
    '/%ZZ',
    '/%',
    '/%C3',
    '/%00',
    '/assets/%ZZ',
    '/api/v1/%ZZ',
    '/api/v1/calls/%ZZ',
    '/api/v1/calls/%E0%A4%A',
    '/api/v1/statistics/periods/%ZZ/tables',
    '/api/v1/releases/2026-Q3/%',
    '/metrics',
    '/api/v1//session',
    `/${'a'.repeat(15_000)}`,
    `/api/v1/${'%41'.repeat(4_000)}`,
    `/api/v1/${'../'.repeat(4_000)}`,
  ];
  test.each(paths)('%.60s', async (target) => {
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const request: RawRequest = { method, target, headers: [['Cookie', sessions.get('handler') ?? '']] };
      const { body, ...reply } = await sendRaw(app.server, request);
      expectProblem({ ...reply, body: JSON.parse(body) }, 'not-found');
    }
  });
});

describe('a method that a path does not take', () => {
  test('is answered with 405 and the ones it does take', async () => {
    const paths = [...new Set(operations.map(({ path }) => path))];
    for (const path of paths) {
      const taken = operations.filter((one) => one.path === path).map(({ method }) => method.toUpperCase());
      const allowed = taken.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
      const others = [
        'GET',
        'HEAD',
        'POST',
        'PUT',
        'PATCH',
        'DELETE',
        'OPTIONS',
        'TRACE',
        'PROPFIND',
        'QUERY',
      ];
      for (const method of others.filter((one) => !allowed.includes(one))) {
        const { body, ...reply } = await sendRaw(app.server, { method, target: samplePath({ path }) });
        expect([path, method, reply.status]).toEqual([path, method, 405]);
        if (method === 'HEAD') expect(body).toBe('');
        else expectProblem({ ...reply, body: JSON.parse(body) }, 'method-not-allowed');
        expect(reply.headers['allow']?.split(', ').sort()).toEqual(allowed.sort());
      }
    }
  });

  test('is refused on the pages of the web app too', async () => {
    for (const path of ['/', '/statistics']) {
      await request(app.server).get(path).expect(200);
      const reply = await request(app.server).post(path);
      expectProblem(reply, 'method-not-allowed');
      expect(reply.headers['allow']).toBe('GET, HEAD');
    }
  });
});

describe('HEAD', () => {
  test('is answered as GET is, without the body', async () => {
    for (const operation of operations.filter(({ method }) => method === 'get')) {
      const who = access[nameOf(operation)] ?? [];
      const Cookie = await aSession(app, typeof who === 'string' ? 'handler' : (who[0] ?? 'handler'));
      const get = await send(operation, { Cookie });
      const head = await send({ ...operation, method: 'head' }, { Cookie });
      expect([operation.path, head.status]).toEqual([operation.path, get.status]);
      expect(head.body).toEqual({});
      const { date: _, ...rest } = head.headers as Record<string, string>;
      expect(get.headers).toMatchObject(rest);
    }
  });
});

describe('the headers of every reply', () => {
  test('shut the browser off, and leave nothing behind', async () => {
    for (const operation of operations) {
      const who = access[nameOf(operation)] ?? [];
      const Cookie = await aSession(app, typeof who === 'string' ? 'handler' : (who[0] ?? 'handler'));
      const reply = await send(operation, { Cookie });
      expectSecurityHeaders(reply);
      const kept = operation.path === '/api/v1/vocabulary' ? 'private, no-cache' : 'no-store';
      expect([operation.path, reply.headers['cache-control']]).toEqual([operation.path, kept]);
    }
    expectSecurityHeaders(await request(app.server).get('/'));
    expectSecurityHeaders(await request(app.server).get('/favicon.svg').expect(200));
  });
});

describe('the limit for one address', () => {
  const attempt = (address: string, path = '/api/v1/session') =>
    request(app.server).post(path).set('X-Forwarded-For', address).type('json').send('{');

  test('is 100 failures over sign-in and invitations together, and stops nothing else', async () => {
    const invitation = `/api/v1/invitations/${'A'.repeat(43)}`;
    for (let round = 0; round < 50; round += 1) {
      await attempt('10.9.9.9').expect(400);
      await attempt('10.9.9.9', invitation).expect(400);
    }
    for (const path of ['/api/v1/session', invitation]) {
      const reply = await attempt('10.9.9.9', path);
      expectProblem(reply, 'too-many-requests');
      const wait = Number(reply.headers['retry-after']);
      expect(wait).toBeGreaterThan(800);
      expect(wait).toBeLessThanOrEqual(900);
      expect(Object.keys(reply.headers as object).filter((name) => /ratelimit/i.test(name))).toEqual([]);
    }
    await attempt('10.9.9.8').expect(400);
    await request(app.server)
      .get('/api/v1/vocabulary')
      .set({ ...as('handler'), 'X-Forwarded-For': '10.9.9.9' })
      .expect(200);
  });
});
