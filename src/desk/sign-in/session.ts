/** The session cookie, and who is signed in with a request. */
import { parseCookie, stringifySetCookie } from 'cookie';
import type { Request } from 'express';
import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database.js';
import { isPlainLoopback } from '../../platform/origin.js';
import type { Authenticate } from '../../platform/routes.js';
import { findUser } from './session-store.js';
import { isToken } from './token.js';

const COOKIE = 'tyst_session';

const setCookie = (request: Request, value: string, maxAge?: number): Record<string, string> => ({
  'Set-Cookie': stringifySetCookie({
    name: COOKIE,
    value,
    httpOnly: true,
    sameSite: 'strict',
    path: '/',
    secure: !isPlainLoopback(request),
    ...(maxAge === undefined ? {} : { maxAge }),
  }),
});

/** The header that gives the browser its token; the cookie goes when the browser closes. */
export const sessionCookie = (request: Request, token: string): Record<string, string> =>
  setCookie(request, token);

/** The header that takes the token back. */
export const noSessionCookie = (request: Request): Record<string, string> => setCookie(request, '', 0);

/** The token a request carries; null when it carries none that could be ours. */
export function tokenOf(request: Request): string | null {
  const token = parseCookie(request.get('cookie') ?? '')[COOKIE];
  return token !== undefined && isToken(token) ? token : null;
}

/** Finds who is signed in. Writes nothing: a session is renewed by GET /session alone, never by logging a call. */
export function authenticate(desk: Database, clock: Clock): Authenticate {
  return async (request) => {
    const token = tokenOf(request);
    return token === null ? null : findUser(desk, token, clock.now());
  };
}
