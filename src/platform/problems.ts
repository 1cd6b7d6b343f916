/** Problems as they leave the server: application/problem+json, in the reader's language, repeating nothing sent. */
import type { Request, Response } from 'express';
import type { z } from 'zod';
import {
  fieldMessages,
  locales,
  problems,
  type FieldError,
  type FieldProblem,
  type Locale,
  type ProblemSlug,
} from '../contract/problem.js';
import { isUnavailable } from './database.js';

interface Extras {
  readonly errors?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown anywhere below a route; becomes the reply. */
export class ProblemError extends Error {
  constructor(
    readonly slug: ProblemSlug,
    readonly extras: Extras = {},
  ) {
    super(slug);
  }
}

/** The language of a reply: the first of sv and en that the client accepts, Swedish when it does not say. */
export function localeOf(request: Request): Locale {
  const accepted = request.acceptsLanguages(...locales);
  return accepted === 'en' ? 'en' : 'sv';
}

export function sendProblem(
  request: Request,
  response: Response,
  slug: ProblemSlug,
  extras: Extras = {},
): void {
  const locale = localeOf(request);
  const { status, title, detail } = problems[slug];
  const errors = extras.errors?.map((error) => ({ ...error, message: fieldMessages[error.code][locale] }));
  response
    .status(status)
    .set({
      'Cache-Control': 'no-store',
      'Content-Language': locale,
      Vary: 'Accept-Language',
      ...extras.headers,
    })
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: `/problems/${slug}`,
        title: title[locale],
        status,
        detail: detail[locale],
        ...(errors === undefined ? {} : { errors }),
      }),
    );
}

function fieldProblem(issue: z.core.$ZodIssue, body: unknown): FieldProblem {
  if (issue.code === 'unrecognized_keys') return 'unknown-field';
  // JSON has no undefined: where that is found, nothing was sent.
  if (valueAt(body, issue.path) === undefined) return 'missing';
  if (issue.code === 'too_small') return 'too-short';
  return issue.code === 'too_big' ? 'too-long' : 'wrong-type';
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  const within = (value: unknown, key: PropertyKey): unknown =>
    typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined;
  return path.reduce(within, body);
}

/**
 * Zod's issues with a body as the contract's errors, one at each place. A path is cut at the first key that is
 * not the contract's own word, because a key of a record is something that was sent.
 */
export function fieldErrors(error: z.ZodError, body: unknown, ownKeys: ReadonlySet<string>): FieldError[] {
  const found = new Map<string, FieldError>();
  for (const issue of error.issues) {
    const cut = issue.path.findIndex((key) => typeof key !== 'number' && !ownKeys.has(String(key)));
    const own = cut === -1 ? issue.path : issue.path.slice(0, cut);
    const path = own.map(String).join('.');
    if (!found.has(path)) found.set(path, { path, code: fieldProblem(issue, body) });
  }
  return [...found.values()];
}

/** Any error as a problem. What is not known to be something else is our own fault. */
export function toProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  return isUnavailable(error)
    ? new ProblemError('unavailable', { headers: { 'Retry-After': '5' } })
    : new ProblemError('internal');
}
