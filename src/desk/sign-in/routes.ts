/** Signing in and out, and taking up an invitation. */
import * as api from '../../contract/api/session.js';
import { serve, type Route } from '../../platform/routes.js';
import { takeInvitation } from '../people/invitations.js';
import type { Room } from '../room.js';
import { addressLimit, FAILURES_PER_ADDRESS } from './address-limit.js';
import { endSession, renewSession } from './session-store.js';
import { noSessionCookie, sessionCookie, tokenOf } from './session.js';
import { signIn } from './sign-in.js';

function sessionRoutes({ desk, clock }: Room): Route[] {
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
function entranceRoutes(room: Room): Route[] {
  const before = [addressLimit(room.failuresPerAddress ?? FAILURES_PER_ADDRESS)];
  const enter = serve(
    api.signIn,
    async ({ request, body }) => {
      const { token, user } = await signIn(room, body, tokenOf(request));
      return { status: 200, body: { user }, headers: sessionCookie(request, token) };
    },
    before,
  );
  const accept = serve(
    api.acceptInvitation,
    async ({ params, body }) => ({
      status: 200,
      body: { user: await takeInvitation(room, params.token, body) },
    }),
    before,
  );
  return [enter, accept];
}

/** /session, and POST /invitations/{token}. */
export const signInRoutes = (room: Room): Route[] => [...sessionRoutes(room), ...entranceRoutes(room)];
