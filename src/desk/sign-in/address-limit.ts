/**
 * A limit on failed attempts from one address, over sign-in and invitations together. Addresses are in this
 * process's memory for the length of the window and nowhere else: not in a table, a header or the log.
 */
import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, MemoryStore, rateLimit } from 'express-rate-limit';
import { sendProblem } from '../../platform/problems.js';

const WINDOW_SECONDS = 15 * 60;

/** A whole office may share an address, so only failures count, and there is room for a morning's mistakes. */
export const FAILURES_PER_ADDRESS = 100;

/** How long until the address's window ends; the library leaves that on the request. */
function secondsLeft(request: Request & { rateLimit?: { resetTime?: Date | undefined } }): number {
  const ends = request.rateLimit?.resetTime?.getTime();
  return ends === undefined ? WINDOW_SECONDS : Math.max(1, Math.ceil((ends - Date.now()) / 1000));
}

/** Refuses with 429 once an address has had `limit` failures within a quarter of an hour. */
export function addressLimit(limit: number): RequestHandler {
  return rateLimit({
    windowMs: WINDOW_SECONDS * 1000,
    limit,
    store: new MemoryStore(),
    // Each of these headers tells how others at the same address fare.
    standardHeaders: false,
    legacyHeaders: false,
    // The library's own warnings can carry an address.
    validate: false,
    keyGenerator: (request) => (request.ip === undefined ? 'no address' : ipKeyGenerator(request.ip)),
    skipSuccessfulRequests: true,
    // A fault of ours is nobody's failed attempt.
    requestWasSuccessful: (_request, response) => response.statusCode < 400 || response.statusCode >= 500,
    handler: (request, response) => {
      sendProblem(request, response, 'too-many-requests', {
        headers: { 'Retry-After': secondsLeft(request).toString(), 'Cache-Control': 'no-store' },
      });
    },
  });
}
