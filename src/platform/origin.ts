/**
 * Requests that change something must come from our own pages. A browser always says where a request comes from
 * in `Sec-Fetch-Site`, older ones in `Origin`; a request with neither header is not from a browser.
 */
import type { Request } from 'express';

export function sameOrigin(request: Request): boolean {
  const site = request.get('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const origin = request.get('origin');
  if (origin === undefined) return true;
  try {
    return new URL(origin).host === request.get('host');
  } catch {
    return false;
  }
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

/** Whether the cookie may go without Secure: plain http on this very machine. */
export function isPlainLoopback(request: Request): boolean {
  return request.protocol === 'http' && loopback.has(request.hostname);
}
