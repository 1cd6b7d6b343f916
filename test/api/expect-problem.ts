/** What every problem reply must be, whatever went wrong. */
import {
  fieldMessages,
  problems,
  type FieldProblem,
  type Locale,
  type ProblemSlug,
} from '../../src/contract/problem.js';
import { expect } from '../support/jest.js';

/** The one content security policy there is. */
export const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join(';');

export interface AnyReply {
  readonly status: number;
  readonly headers: unknown;
  readonly body: unknown;
}

export function expectSecurityHeaders({ headers }: Pick<AnyReply, 'headers'>): void {
  expect(headers).toMatchObject({
    'content-security-policy': CSP,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  expect(headers).not.toHaveProperty('x-powered-by');
}

interface Expected {
  readonly locale?: Locale;
  /** In order; messages follow from the codes. */
  readonly errors?: readonly (readonly [path: string, code: FieldProblem])[];
}

/** Expects this problem, whole and with nothing beside it. */
export function expectProblem(
  reply: AnyReply,
  slug: ProblemSlug,
  { locale = 'sv', errors }: Expected = {},
): void {
  const { status, title, detail } = problems[slug];
  expect(reply.body).toEqual({
    type: `/problems/${slug}`,
    title: title[locale],
    status,
    detail: detail[locale],
    ...(errors === undefined
      ? {}
      : { errors: errors.map(([path, code]) => ({ path, code, message: fieldMessages[code][locale] })) }),
  });
  expect(reply.status).toBe(status);
  expect(reply.headers).toMatchObject({
    'content-type': 'application/problem+json; charset=utf-8',
    'content-language': locale,
    'cache-control': 'no-store',
  });
  expectSecurityHeaders(reply);
}
