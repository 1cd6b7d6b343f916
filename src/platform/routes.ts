/**
 * Guarded routes. A route says who may use it; one that says nothing is shut. Each room exports its routes as
 * data, from which the server and the OpenAPI document are both made, so the document cannot drift.
 */
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { z } from 'zod';
import type { FieldError, Locale, ProblemSlug } from '../contract/problem.js';
import type { Role, User } from '../contract/session.js';
import { sameOrigin } from './origin.js';
import { fieldErrors, localeOf, ProblemError } from './problems.js';

export type Method = 'get' | 'put' | 'post' | 'patch' | 'delete';

/** What a route's handler is given. `user` is null on public routes only. */
export interface Call<Body = unknown> {
  readonly params: Readonly<Record<string, string>>;
  readonly body: Body;
  readonly user: User | null;
  readonly locale: Locale;
  readonly request: Request;
}

/** A reply, sent only after the handler is done, that is: after the commit. */
export interface Reply {
  readonly status: number;
  /** Sent as JSON, unless it is bytes or text with a content type among the headers. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Route<Body = unknown> {
  readonly method: Method;
  /** Below /api/v1, with Express's `:name` parameters. */
  readonly path: string;
  /** Who may: anybody, anybody signed in, or these roles. */
  readonly access: 'public' | 'signed-in' | readonly Role[];
  readonly summary: string;
  readonly body?: z.ZodType<Body>;
  /** The most bytes a body may have, where it is not 8 KiB. */
  readonly maxBytes?: number;
  /** What may stand in the address's query; the handler reads it with `readQuery`. */
  readonly query?: z.ZodObject;
  /** The problem a body that does not fit is answered with. */
  readonly invalid?: ProblemSlug;
  readonly replies: Readonly<
    Record<
      number,
      { readonly description: string; readonly schema?: z.ZodType; readonly contentType?: string }
    >
  >;
  readonly problems: readonly ProblemSlug[];
  /** Runs before the guard: rate limits. */
  readonly before?: readonly RequestHandler[];
  readonly handle: (call: Call<Body>) => Promise<Reply>;
}

/** Gives a route's handler the type of its body schema. */
export const route = <Body>(definition: Route<Body>): Route => definition as Route;

/** Who is signed in with a request; null when nobody is. */
export type Authenticate = (request: Request) => Promise<User | null>;

async function guard(definition: Route, request: Request, authenticate: Authenticate): Promise<User | null> {
  if (definition.access === 'public') return null;
  const user = await authenticate(request);
  if (user === null) throw new ProblemError('not-signed-in');
  if (definition.access === 'signed-in') return user;
  const roles: unknown = definition.access;
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

async function readBody(definition: Route, request: Request, response: Response): Promise<unknown> {
  if (definition.body === undefined) return undefined;
  const body = await readJson(request, response, definition.maxBytes ?? MAX_BYTES);
  const parsed = definition.body.safeParse(body);
  if (parsed.success) return parsed.data;
  const errors: FieldError[] = fieldErrors(parsed.error, body, keysOf(definition.body));
  throw new ProblemError(definition.invalid ?? 'invalid-request', { errors });
}

/** The query of a request, as its schema has it. Throws the problem invalid-request. */
export function readQuery<Query>(request: Request, schema: z.ZodType<Query>): Query {
  const parsed = schema.safeParse(request.query);
  if (parsed.success) return parsed.data;
  throw new ProblemError('invalid-request', {
    errors: fieldErrors(parsed.error, request.query, keysOf(schema)),
  });
}

function send(response: Response, reply: Reply): void {
  response.status(reply.status).set({ 'Cache-Control': 'no-store', ...reply.headers });
  if (reply.body === undefined) response.end();
  else if (typeof reply.body === 'string' || Buffer.isBuffer(reply.body)) response.send(reply.body);
  else response.json(reply.body);
}

const safeMethods = new Set<Method>(['get']);

function serve(definition: Route, authenticate: Authenticate): RequestHandler {
  return async (request, response) => {
    if (!safeMethods.has(definition.method) && !sameOrigin(request)) throw new ProblemError('cross-origin');
    const user = await guard(definition, request, authenticate);
    const body = await readBody(definition, request, response);
    const params = request.params as Record<string, string>;
    send(response, await definition.handle({ params, body, user, locale: localeOf(request), request }));
  };
}

/** The methods each path takes, as the Allow header lists them. */
function allowed(routes: readonly Route[]): Map<string, string> {
  const methods = new Map<string, string[]>();
  for (const { path, method } of routes) {
    const known = methods.get(path) ?? [];
    methods.set(path, [...known, method.toUpperCase(), ...(method === 'get' ? ['HEAD'] : [])]);
  }
  return new Map([...methods].map(([path, list]) => [path, list.join(', ')]));
}

/** A router that serves these routes, answers 405 for their other methods and leaves other paths alone. */
export function guardedRouter(routes: readonly Route[], authenticate: Authenticate): Router {
  const router = express.Router({ caseSensitive: true });
  for (const definition of routes) {
    router[definition.method](definition.path, ...(definition.before ?? []), serve(definition, authenticate));
  }
  for (const [path, allow] of allowed(routes)) {
    router.all(path, () => {
      throw new ProblemError('method-not-allowed', { headers: { Allow: allow } });
    });
  }
  return router;
}
