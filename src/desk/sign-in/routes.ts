/** Signing in and out, and taking up an invitation. */
import * as api from '../../contract/api/session.js';
import { serve, type Route } from '../../platform/routes.js';
import { takeInvitation } from '../people/invitations.js';
import type { DeskDependencies } from '../dependencies.js';
import { addressLimit, FAILURES_PER_ADDRESS } from './address-limit.js';
import { endSession, renewSession } from './session-store.js';
import { noSessionCookie, sessionCookie, tokenOf } from './session.js';
import { signIn } from './sign-in.js';

function sessionRoutes({ desk, clock }: DeskDependencies): Route[] {
  const show = serve(api.getSession, async ({ request, user }) => {
    const token = tokenOf(request);
    const left = token === null ? 0 : await renewSession(desk, token, clock.now());
    // A duration, so that the browser can tell its user in time; nothing here says what o'clock it is.
    return { status: 200, body: { user }, headers: { 'Tyst-Session-Seconds': String(left) } };
  });
  const end = serve(api.signOut, async ({ request }) => {
    const token = tokenOf(request);
    if (token !== null) await endSession(desk, token);
    return { status: 204, headers: noSessionCookie(request) };
  });
  return [show, end];
}

/** The two routes through which somebody who is not signed in may try something. */
function entranceRoutes(dependencies: DeskDependencies): Route[] {
  const before = [addressLimit(dependencies.failuresPerAddress ?? FAILURES_PER_ADDRESS)];
  const enter = serve(
    api.signIn,
    async ({ request, body }) => {
      const { token, user } = await signIn(dependencies, body, tokenOf(request));
      return { status: 200, body: { user }, headers: sessionCookie(request, token) };
    },
    before,
  );
  const accept = serve(
    api.acceptInvitation,
    async ({ params, body }) => ({
      status: 200,
      body: { user: await takeInvitation(dependencies, params.token, body) },
    }),
    before,
  );
  return [enter, accept];
}

/** /session, and POST /invitations/{token}. */
export const signInRoutes = (dependencies: DeskDependencies): Route[] => [
  ...sessionRoutes(dependencies),
  ...entranceRoutes(dependencies),
];
