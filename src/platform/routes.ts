/**
 * Guarded routes. An endpoint (src/contract/api) says who may use it; one that says nothing is shut. Each room exports
 * its routes as data, an endpoint with its handler each.
 */
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { z } from 'zod';
import {
  parameterNames,
  type BodyOf,
  type Endpoint,
  type ParamsOf,
  type QueryOf,
  type ReplyOf,
  type UserOf,
} from '../contract/api/endpoint.js';
import { padded } from '../contract/api/padding.js';
import { parameters, type Parameter } from '../contract/api/parameters.js';
import { problems, type FieldError, type Locale, type ProblemSlug } from '../contract/problem.js';
import type { User } from '../contract/session.js';
import { sameOrigin } from './origin.js';
import { fieldErrors, localeOf, ProblemError } from './problems.js';

/** What a route's handler is given. */
export interface Call<E extends Endpoint = Endpoint> {
  readonly params: ParamsOf<E>;
  readonly query: QueryOf<E>;
  readonly body: BodyOf<E>;
  /** Null on public endpoints only. */
  readonly user: UserOf<E>;
  readonly locale: Locale;
  readonly request: Request;
}

/** A reply, sent only after the handler is done, that is: after the commit. */
interface Reply {
  readonly status: number;
  /** Sent as JSON, unless it is bytes, or text with a content type among the headers. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** An endpoint and what serves it. */
export interface Route {
  readonly endpoint: Endpoint;
  /** Runs before the guard: rate limits. */
  readonly before: readonly RequestHandler[];
  // Of its own endpoint's calls; `serve` has made sure that it fits.
  readonly handle: (call: never) => Promise<Reply>;
}

/** Serves an endpoint: its handler gets what the endpoint says, and may answer with nothing else. */
export const serve = <const E extends Endpoint, const R extends Reply & ReplyOf<E>>(
  endpoint: E,
  handle: (call: Call<E>) => Promise<R>,
  before: readonly RequestHandler[] = [],
): Route => ({ endpoint, before, handle });

/** Who is signed in with a request; null when nobody is. */
export type Authenticate = (request: Request) => Promise<User | null>;

async function guard(
  { access }: Endpoint,
  request: Request,
  authenticate: Authenticate,
): Promise<User | null> {
  if (access === 'public') return null;
  const user = await authenticate(request);
  if (user === null) throw new ProblemError('not-signed-in');
  if (access === 'signed-in') return user;
  const roles: unknown = access;
  if (!Array.isArray(roles) || !roles.includes(user.role)) throw new ProblemError('not-allowed');
  return user;
}

/** The names a schema itself gives to keys, at any depth: the only ones an error's path may show. */
function keysOf(schema: z.ZodType): Set<string> {
  const keys = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('shape' in node && typeof node.shape === 'object' && node.shape !== null) {
      for (const [key, child] of Object.entries(node.shape)) {
        keys.add(key);
        visit(child);
      }
    }
    if ('unwrap' in node && typeof node.unwrap === 'function')
      visit((node as { unwrap: () => unknown }).unwrap());
    if ('element' in node) visit(node.element);
  };
  visit(schema);
  return keys;
}

const MAX_BYTES = 8 * 1024;

/** Readers by the most bytes they take. */
const readers = new Map<number, RequestHandler>();

function readerOf(limit: number): RequestHandler {
  const reader = readers.get(limit) ?? express.raw({ type: () => true, limit });
  readers.set(limit, reader);
  return reader;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Whether a body is said to be JSON in UTF-8, the only form there is. */
function isJson(request: Request): boolean {
  const [media, ...parameters] = (request.get('content-type') ?? '').toLowerCase().split(';');
  const charsets = parameters
    .map((parameter) => parameter.trim())
    .filter((text) => text.startsWith('charset'));
  return media?.trim() === 'application/json' && charsets.every((text) => /^charset="?utf-8"?$/.test(text));
}

/** The body as JSON, read only once the guard has let the request in. No parser's error, which may quote it, gets out. */
async function readJson(request: Request, response: Response, maxBytes: number): Promise<unknown> {
  if (!isJson(request)) throw new ProblemError('wrong-content-type');
  const takeBytes = readerOf(maxBytes);
  await new Promise<void>((resolve, reject) => {
    void takeBytes(request, response, (error?: unknown) => {
      if (error === undefined) resolve();
      else reject(new ProblemError(slugOfReaderError(error)));
    });
  });
  try {
    return JSON.parse(utf8.decode(request.body as Buffer)) as unknown;
  } catch {
    throw new ProblemError('malformed-json');
  }
}

function slugOfReaderError(error: unknown): ProblemSlug {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : 400;
  if (status === 413) return 'too-large';
  return status === 415 ? 'wrong-content-type' : 'malformed-json';
}

async function readBody(endpoint: Endpoint, request: Request, response: Response): Promise<unknown> {
  if (endpoint.body === undefined) return undefined;
  const body = await readJson(request, response, endpoint.maxBytes ?? MAX_BYTES);
  const parsed = endpoint.body.safeParse(body);
  if (parsed.success) return parsed.data;
  const errors: FieldError[] = fieldErrors(parsed.error, body, keysOf(endpoint.body));
  throw new ProblemError(endpoint.invalid ?? 'invalid-request', { errors });
}

/** The parameters of a path. What cannot be one is nobody's and nothing's. */
function readParams({ path }: Endpoint, request: Request): Record<string, string> {
  return Object.fromEntries(
    parameterNames(path).map((name) => {
      const parameter: Parameter = parameters[name];
      const parsed = parameter.schema.safeParse(request.params[name]);
      if (parsed.success) return [name, parsed.data];
      const slug = parameter.unfit ?? 'not-found';
      const errors: FieldError[] = [{ path: name, code: 'wrong-type' }];
      throw new ProblemError(slug, problems[slug].status === 422 ? { errors } : {});
    }),
  );
}

function readQuery({ query: schema }: Endpoint, request: Request): unknown {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(request.query);
  if (parsed.success) return parsed.data;
  throw new ProblemError('invalid-request', {
    errors: fieldErrors(parsed.error, request.query, keysOf(schema)),
  });
}

/** In tests and development a reply that is not as the endpoint says is a fault; elsewhere it goes out as it is. */
const checksReplies = () => ['test', 'development'].includes(process.env['NODE_ENV'] ?? '');

function checkReply({ operationId, replies }: Endpoint, { status, body, headers = {} }: Reply): void {
  const description = replies[status];
  if (description === undefined) throw new Error(`${operationId} does not say that it answers ${status}.`);
  const { schema, contentType, orAs } = description;
  if (contentType !== undefined || (orAs !== undefined && headers['Content-Type']?.startsWith(orAs) === true))
    return;
  if (schema === undefined && body !== undefined)
    throw new Error(`${operationId} answers ${status} with nothing.`);
  schema?.parse(body);
}

function send(response: Response, { replies }: Endpoint, reply: Reply): void {
  const { bodyBytes, reason } = replies[reply.status] ?? {};
  if (reason !== undefined) response.statusMessage = reason;
  response.status(reply.status).set({ 'Cache-Control': 'no-store', ...reply.headers });
  if (reply.body === undefined) response.end();
  else if (typeof reply.body === 'string' || Buffer.isBuffer(reply.body)) response.send(reply.body);
  else if (bodyBytes === undefined) response.json(reply.body);
  else response.type('application/json').send(padded(JSON.stringify(reply.body), bodyBytes));
}

function handlerOf(route: Route, authenticate: Authenticate): RequestHandler {
  const { endpoint } = route;
  return async (request, response) => {
    if (endpoint.method !== 'get' && !sameOrigin(request)) throw new ProblemError('cross-origin');
    const user = await guard(endpoint, request, authenticate);
    const body = await readBody(endpoint, request, response);
    const params = readParams(endpoint, request);
    const query = readQuery(endpoint, request);
    const call = { params, query, body, user, locale: localeOf(request), request };
    const reply = await route.handle(call as never);
    if (checksReplies()) checkReply(endpoint, reply);
    send(response, endpoint, reply);
  };
}

/** The methods each path takes, as the Allow header lists them. */
function allowed(routes: readonly Route[]): Map<string, string> {
  const methods = new Map<string, string[]>();
  for (const {
    endpoint: { path, method },
  } of routes) {
    const known = methods.get(path) ?? [];
    methods.set(path, [...known, method.toUpperCase(), ...(method === 'get' ? ['HEAD'] : [])]);
  }
  return new Map([...methods].map(([path, list]) => [path, list.join(', ')]));
}

/** A router that serves these routes, answers 405 for their other methods and leaves other paths alone. */
export function guardedRouter(routes: readonly Route[], authenticate: Authenticate): Router {
  const router = express.Router({ caseSensitive: true });
  for (const route of routes) {
    const { method, path } = route.endpoint;
    router[method](path, ...route.before, handlerOf(route, authenticate));
  }
  for (const [path, allow] of allowed(routes)) {
    router.all(path, () => {
      throw new ProblemError('method-not-allowed', { headers: { Allow: allow } });
    });
  }
  return router;
}
