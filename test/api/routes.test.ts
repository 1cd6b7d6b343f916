/** The guard itself, on routes that no room has: what is not opened on purpose is shut. */
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import request from 'supertest';
import { z } from 'zod';
import { endpoint, type Endpoint } from '../../src/contract/api/endpoint.js';
import type { Role, User } from '../../src/contract/session.js';
import { describeError } from '../../src/platform/log.js';
import { ProblemError, sendProblem, toProblem } from '../../src/platform/problems.js';
import { guardedRouter, serve, type Authenticate, type Route } from '../../src/platform/routes.js';
import { aProblem } from '../support/app.js';
import { describe, expect, test } from '../support/jest.js';

const aUser = (role: string): User => ({ username: 'anna', role: role as Role, locale: 'sv' });
const signedIn =
  (role: string): Authenticate =>
  () =>
    Promise.resolve(aUser(role));
const nobody: Authenticate = () => Promise.resolve(null);

const aReply = { description: 'The thing', schema: z.unknown() };

/** A route that notes each run. */
function aRoute({
  handle,
  before = [],
  ...change
}: Partial<Pick<Route, 'handle' | 'before'>> & Record<string, unknown> = {}) {
  const runs: string[] = [];
  const endpoint = {
    operationId: 'getThing',
    method: 'get',
    path: '/thing',
    access: 'signed-in',
    summary: 'A thing',
    replies: { 200: aReply, 201: aReply, 204: { description: 'Nothing' } },
    problems: [],
    ...change,
  } as unknown as Endpoint;
  const note = ({ user }: { user: User | null }) => {
    runs.push(user?.username ?? 'nobody');
    return Promise.resolve({ status: 200, body: { done: true } });
  };
  const definition: Route = { endpoint, before, handle: handle ?? note };
  return { definition, runs };
}

function client(routes: readonly Route[], authenticate: Authenticate) {
  const app = express();
  app.use(guardedRouter(routes, authenticate));
  const answerErrors: ErrorRequestHandler = (error, incoming, response, _next) => {
    const { slug, extras } = toProblem(error);
    sendProblem(incoming, response, slug, extras);
  };
  app.use(answerErrors);
  return request(app);
}

describe('a route that says nothing, or something unknown, about who may', () => {
  const unknown: [string, unknown][] = [
    ['nothing', undefined],
    ['null', null],
    ['an empty word', ''],
    ['a word that is none', 'everyone'],
    ['a role where a list of roles goes', 'administrator'],
    ['true', true],
    ['an empty list', []],
    ['a list of what is no role', ['root', 'Administrator', undefined]],
    ['a list in a list', [['administrator']]],
    ['something that only looks like a list', { includes: () => true }],
    ['public in capitals', 'PUBLIC'],
    ['a list that says public', ['public', 'signed-in']],
  ];
  const roles = ['handler', 'supervisor', 'administrator', 'root', 'public', ''];

  test.each(unknown)('%s: 403 for everybody, and it never runs', async (_name, access) => {
    for (const method of ['get', 'put', 'post', 'patch', 'delete'] as const) {
      for (const role of roles.filter((one) => !Array.isArray(access) || !access.includes(one))) {
        const { definition, runs } = aRoute({ method, access });
        const reply = await client([definition], signedIn(role))[method]('/thing');
        expect(reply.body).toMatchObject(aProblem('not-allowed'));
        expect(runs).toEqual([]);
      }
      const { definition, runs } = aRoute({ method, access });
      expect((await client([definition], nobody)[method]('/thing')).status).toBe(401);
      expect(runs).toEqual([]);
    }
  });

  test('a property inherited from elsewhere opens nothing', async () => {
    const { definition, runs } = aRoute();
    const { access: _, ...rest } = definition.endpoint;
    const endpoint = Object.assign(Object.create({ access: ['root'] }) as object, rest) as Endpoint;
    expect((await client([{ ...definition, endpoint }], signedIn('handler')).get('/thing')).status).toBe(403);
    expect(runs).toEqual([]);
  });
});

describe('a route that says who may', () => {
  test('runs for these roles and no other', async () => {
    const { definition, runs } = aRoute({ access: ['supervisor', 'administrator'] });
    await client([definition], signedIn('supervisor')).get('/thing').expect(200, { done: true });
    await client([definition], signedIn('administrator')).get('/thing').expect(200);
    for (const role of ['handler', 'Supervisor', 'toString', ''])
      await client([definition], signedIn(role)).get('/thing').expect(403);
    await client([definition], nobody).get('/thing').expect(401);
    expect(runs).toEqual(['anna', 'anna']);
  });

  test('runs for whoever is signed in, and for nobody else', async () => {
    const { definition, runs } = aRoute({ access: 'signed-in' });
    await client([definition], signedIn('handler')).get('/thing').expect(200);
    await client([definition], nobody).get('/thing').expect(401);
    expect(runs).toEqual(['anna']);
  });

  test('public: runs for anybody, and does not even ask who it is', async () => {
    const { definition, runs } = aRoute({ access: 'public' });
    let asked = 0;
    const authenticate: Authenticate = () => {
      asked += 1;
      return Promise.resolve(aUser('handler'));
    };
    await client([definition], authenticate).get('/thing').expect(200);
    expect([runs, asked]).toEqual([['nobody'], 0]);
  });

  test('does not run when nobody can say who it is', async () => {
    const { definition, runs } = aRoute();
    const broken: Authenticate = () => Promise.reject(new Error('the database is odd'));
    await client([definition], broken).get('/thing').expect(500);
    expect(runs).toEqual([]);
  });

  test('does not run when what stands before it refuses', async () => {
    const refuse: RequestHandler = () => {
      throw new ProblemError('too-many-requests');
    };
    const { definition, runs } = aRoute({ before: [refuse], access: 'public' });
    await client([definition], nobody).get('/thing').expect(429);
    expect(runs).toEqual([]);
  });

  test('does not run from another origin, except to read', async () => {
    for (const [method, status] of [
      ['get', 200],
      ['put', 403],
      ['post', 403],
      ['patch', 403],
      ['delete', 403],
    ] as const) {
      const { definition, runs } = aRoute({ method, access: 'public' });
      await client([definition], nobody)[method]('/thing').set('Sec-Fetch-Site', 'cross-site').expect(status);
      expect(runs).toHaveLength(status === 200 ? 1 : 0);
    }
  });
});

describe('a body', () => {
  const schema = z.strictObject({
    name: z.enum(['a', 'b']),
    words: z.record(z.string(), z.string()).optional(),
    list: z.array(z.strictObject({ size: z.int().min(1).max(9) })).optional(),
  });
  const seen: unknown[] = [];
  const takeThing = endpoint({
    operationId: 'takeThing',
    method: 'post',
    path: '/thing',
    access: ['handler'],
    summary: 'A thing',
    body: schema,
    replies: { 204: { description: 'Taken' } },
    problems: [],
  });
  const taking = serve(takeThing, ({ body }) => {
    seen.push(body);
    return Promise.resolve({ status: 204 });
  });
  const post = (body: object, role = 'handler') => client([taking], signedIn(role)).post('/thing').send(body);

  test('gets to the route as the schema gives it', async () => {
    await post({ name: 'a', words: { x: 'y' } }).expect(204);
    expect(seen.splice(0)).toEqual([{ name: 'a', words: { x: 'y' } }]);
  });

  test('that does not fit is answered with the places where it does not, by names of our own alone', async () => {
    const cases: [object, [string, string][]][] = [
      [{}, [['name', 'missing']]],
      [{ name: 'c' }, [['name', 'wrong-type']]],
      [{ name: 'a', secret: 1 }, [['', 'unknown-field']]],
      [{ name: 'a', words: { secret: 1, other: 2 } }, [['words', 'wrong-type']]],
      [
        { name: 'a', list: [{ size: 0 }, { size: 10 }, {}, { size: 1, secret: 2 }] },
        [
          ['list.0.size', 'too-short'],
          ['list.1.size', 'too-long'],
          ['list.2.size', 'missing'],
          ['list.3', 'unknown-field'],
        ],
      ],
    ];
    for (const [body, errors] of cases) {
      const reply = await post(body);
      expect(reply.body).toMatchObject({
        type: '/problems/invalid-request',
        errors: errors.map(([path, code]) => ({ path, code })),
      });
      expect(reply.text).not.toContain('secret');
    }
    expect(seen).toEqual([]);
  });

  test('of somebody who may not is not looked at', async () => {
    expect((await post({ nonsense: true }, 'supervisor')).status).toBe(403);
  });
});

describe('a reply that is not as its endpoint says', () => {
  const SECRET = 'jwXg1b3K0S7m2y9QpRt4Lw';
  const unfit: [string, Record<string, unknown>][] = [
    ['a field of another type', { status: 200, body: { size: SECRET } }],
    ['a field that is missing', { status: 200, body: {} }],
    ['a field that is not named', { status: 200, body: { size: 1, [SECRET]: 1 } }],
    ['no body where there is one', { status: 200 }],
    ['a body where there is none', { status: 204, body: SECRET }],
    ['a status that is not named', { status: 202, body: { size: 1 } }],
  ];
  const replies = {
    200: { description: 'A thing', schema: z.strictObject({ size: z.int() }) },
    204: { description: 'Nothing' },
  };
  const answering = (reply: unknown) =>
    aRoute({ access: 'public', replies, handle: () => Promise.resolve(reply) } as never).definition;

  async function under(environment: string, work: () => Promise<void>): Promise<void> {
    const before = process.env['NODE_ENV'];
    process.env['NODE_ENV'] = environment;
    try {
      await work();
    } finally {
      process.env['NODE_ENV'] = before;
    }
  }

  test.each(unfit)('%s: is found in tests and development, and nothing of it gets out', async (_, reply) => {
    for (const environment of ['test', 'development']) {
      await under(environment, async () => {
        const { status, body, text } = await client([answering(reply)], nobody).get('/thing');
        expect(status).toBe(500);
        expect(body).toMatchObject(aProblem('internal'));
        expect(text).not.toContain(SECRET);
      });
    }
  });

  test('is not even looked at in production', async () => {
    await under('production', async () => {
      for (const [, reply] of unfit) {
        const { status } = await client([answering(reply)], nobody).get('/thing');
        expect(status).toBe(reply['status']);
      }
    });
  });

  test('is one thing in the log: its class', () => {
    const { error } = replies[200].schema.safeParse({ size: SECRET, [SECRET]: 1 });
    expect(error?.message).toContain(SECRET);
    expect(describeError(error)).toEqual({ error: 'ZodError' });
  });

  test('is let through where it fits', async () => {
    const route = answering({ status: 200, body: { size: 1 } });
    await client([route], nobody).get('/thing').expect(200, { size: 1 });
  });
});

describe('a reply', () => {
  test('is sent when the work is done, not before', async () => {
    let committed = false;
    const { definition } = aRoute({
      access: 'public',
      async handle() {
        await new Promise((resolve) => setTimeout(resolve, 30));
        committed = true;
        return { status: 201, body: { committed } };
      },
    });
    await client([definition], nobody).get('/thing').expect(201, { committed: true });
  });

  test('of bytes, text or nothing is sent as it is, and is kept by nobody unless the route says so', async () => {
    const replies: Route[] = (
      [
        ['/bytes', { status: 200, body: Buffer.from([1, 2, 3]) }],
        ['/text', { status: 200, body: 'a,b\r\n', headers: { 'Content-Type': 'text/csv; charset=utf-8' } }],
        ['/nothing', { status: 204 }],
        ['/kept', { status: 200, body: 1, headers: { 'Cache-Control': 'private' } }],
      ] as const
    ).map(
      ([path, reply]) => aRoute({ path, access: 'public', handle: () => Promise.resolve(reply) }).definition,
    );
    const thing = client(replies, nobody);
    const bytes = await thing.get('/bytes').expect(200);
    expect([bytes.headers['cache-control'], bytes.body]).toEqual(['no-store', Buffer.from([1, 2, 3])]);
    const text = await thing.get('/text').expect('Content-Type', 'text/csv; charset=utf-8');
    expect(text.text).toBe('a,b\r\n');
    const nothing = await thing.get('/nothing').expect(204);
    expect([nothing.text, nothing.headers['cache-control']]).toEqual(['', 'no-store']);
    await thing.get('/kept').expect('Cache-Control', 'private');
  });

  test('to a path with other methods names them all, in whatever order they were given', async () => {
    const routes = (['put', 'get', 'delete'] as const).map((method) => aRoute({ method }).definition);
    const reply = await client(routes, signedIn('handler')).post('/thing').expect(405);
    expect(reply.headers['allow']).toBe('PUT, GET, HEAD, DELETE');
  });
});
