/** One way to the API. Every request is same-origin, kept by no cache, and carries nothing but what is given here. */
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
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  readonly accept?: string;
  /** Milliseconds to wait for an answer, where one takes longer than usual. */
  readonly patience?: number;
}

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
  method: string,
  path: string,
  { body, signal, accept = 'application/json', patience = usualPatience }: Options,
  read: (response: Response) => Promise<Body>,
): Promise<Reply<Body>> {
  const timeout = AbortSignal.timeout(patience);
  try {
    const response = await fetch(`/api/v1${path}`, {
      method,
      cache: 'no-store',
      redirect: 'error',
      headers: { Accept: accept, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
    });
    if (!response.ok) return { ok: false, problem: await problemOf(response) };
    return { ok: true, status: response.status, body: await read(response), headers: response.headers };
  } catch {
    return { ok: false, problem: noContact };
  }
}

/** Calls the API and reads its JSON reply, whose shape the contract gives. Never rejects. */
export const api = <Body>(method: string, path: string, options: Options = {}): Promise<Reply<Body>> =>
  request(method, path, options, async (response) => {
    const text = await response.text();
    return (text === '' ? undefined : JSON.parse(text)) as Body;
  });

/** A reply as a file of the given media type. Never rejects. */
export const apiFile = (path: string, accept: string): Promise<Reply<Blob>> =>
  request('GET', path, { accept }, (response) => response.blob());
