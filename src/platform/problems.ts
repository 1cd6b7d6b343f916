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
    .set({ 'Content-Language': locale, Vary: 'Accept-Language', ...extras.headers })
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

function fieldProblem(issue: z.core.$ZodIssue): FieldProblem {
  if (issue.code === 'unrecognized_keys') return 'unknown-field';
  // `reportInput` is off, so the only sign of an absent field is zod's own word for what it met.
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) return 'missing';
  if (issue.code === 'too_small') return 'too-short';
  return issue.code === 'too_big' ? 'too-long' : 'wrong-type';
}

/**
 * Zod's issues as the contract's errors. A path is cut at the first key that is not the contract's own word,
 * because a key of a record is something that was sent.
 */
export function fieldErrors(error: z.ZodError, ownKeys: ReadonlySet<string>): FieldError[] {
  return error.issues.map((issue) => {
    const cut = issue.path.findIndex((key) => typeof key !== 'number' && !ownKeys.has(String(key)));
    const path = cut === -1 ? issue.path : issue.path.slice(0, cut);
    return { path: path.map(String).join('.'), code: fieldProblem(issue) };
  });
}

/** Any error as a problem. What is not known to be something else is our own fault. */
export function toProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  return isUnavailable(error)
    ? new ProblemError('unavailable', { headers: { 'Retry-After': '5' } })
    : new ProblemError('internal');
}
