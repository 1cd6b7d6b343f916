/** One way to the API. Every request is same-origin, kept by no cache, and carries nothing but what is given here. */
import { addressOf } from '../contract/api/address.js';
import type { AddressOf, Endpoint, InputOf, ResultOf } from '../contract/api/endpoint.js';
import { requestBody } from '../contract/api/padding.js';
import type { ProblemSlug } from '../contract/problem.js';

/**
 * `no-contact`: no answer came, or one that is not from Tyst (a gateway's error page). `closed-period`: a call was
 * refused for its month, not for an answer.
 */
export type Slug = ProblemSlug | 'no-contact' | 'closed-period';

export interface Problem {
  readonly slug: Slug;
  readonly errors: readonly { readonly path: string; readonly code: string }[];
  /** Seconds; null when the server named none. */
  readonly retryAfter: number | null;
}

export type Reply<Body> =
  | {
      readonly ok: true;
      readonly status: number;
      readonly body: Body;
      readonly headers?: Headers;
    }
  | { readonly ok: false; readonly problem: Problem };

interface Options {
  readonly signal?: AbortSignal;
  /** Milliseconds to wait for an answer, where one takes longer than usual. */
  readonly patience?: number;
}

/** What a call needs, which may be nothing. */
export type Input<E extends Endpoint> =
  object extends InputOf<E> ? [input?: InputOf<E> & Options] : [input: InputOf<E> & Options];

/** Longer than a slow mobile network needs, shorter than a handler waits in silence. */
const usualPatience = 15_000;
const noContact: Problem = { slug: 'no-contact', errors: [], retryAfter: null };

async function problemOf(response: Response): Promise<Problem> {
  if (!(response.headers.get('Content-Type') ?? '').startsWith('application/problem+json')) return noContact;
  const body = (await response.json()) as { type: string; errors?: Problem['errors'] };
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return {
    slug: body.type.replace('/problems/', '') as ProblemSlug,
    errors: body.errors ?? [],
    retryAfter: Number.isFinite(seconds) ? seconds : null,
  };
}

async function request<Body>(
  endpoint: Endpoint,
  address: string,
  {
    body,
    signal,
    patience = usualPatience,
    accept,
  }: Options & { readonly body?: unknown; readonly accept: string },
  read: (response: Response) => Promise<Body>,
): Promise<Reply<Body>> {
  const timeout = AbortSignal.timeout(patience);
  try {
    const sent = requestBody(endpoint, body);
    const response = await fetch(address, {
      method: endpoint.method.toUpperCase(),
      cache: 'no-store',
      redirect: 'error',
      headers: { Accept: accept, ...(sent === undefined ? {} : { 'Content-Type': 'application/json' }) },
      ...(sent === undefined ? {} : { body: sent }),
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
    });
    if (!response.ok) return { ok: false, problem: await problemOf(response) };
    return { ok: true, status: response.status, body: await read(response), headers: response.headers };
  } catch {
    return { ok: false, problem: noContact };
  }
}

/** What came, as the endpoint says. While the app is developed that is looked at; what is wrong stands in the console. */
async function readJson({ operationId, replies }: Endpoint, response: Response): Promise<unknown> {
  const text = await response.text();
  const body: unknown = text === '' ? undefined : JSON.parse(text);
  if (import.meta.env.DEV) {
    const wrong = replies[response.status]?.schema?.safeParse(body).error;
    if (wrong !== undefined) reportError(new Error(`${operationId}: ${wrong.message}`));
  }
  return body;
}

/** Calls an endpoint, and gives its reply as the contract has it. Never rejects. */
export function call<const E extends Endpoint>(endpoint: E, ...input: Input<E>): Promise<Reply<ResultOf<E>>>;
export function call(
  endpoint: Endpoint,
  { params, query, ...options }: AddressOf<Endpoint> & Options & { readonly body?: unknown } = {},
): Promise<Reply<unknown>> {
  const address = addressOf(endpoint, { params, query });
  return request(endpoint, address, { accept: 'application/json', ...options }, (response) =>
    readJson(endpoint, response),
  );
}

/** The reply as a file: of the media type that is asked for, where there is a choice. Never rejects. */
export const callForFile = <const E extends Endpoint>(
  endpoint: E,
  address: AddressOf<E>,
  accept = '*/*',
): Promise<Reply<Blob>> =>
  request(endpoint, addressOf(endpoint, address), { accept }, (response) => response.blob());
