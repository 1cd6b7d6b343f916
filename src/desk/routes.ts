/** Signing in and out, invitations, and the vocabulary: for those who work here, and for anybody. All of the desk's. */
import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { monthOfDay, quarterOfMonth } from '../contract/period.js';
import {
  acceptInvitationSchema,
  invitationAcceptedSchema,
  sessionSchema,
  signInSchema,
} from '../contract/session.js';
import { aboutSchema, vocabularySchema } from '../contract/vocabulary.js';
import type { Clock } from '../platform/clock.js';
import { route, type Route } from '../platform/routes.js';
import { addressLimit, FAILURES_PER_ADDRESS } from './address-limit.js';
import { eventRoutes } from './event-routes.js';
import { takeInvitation } from './invitations.js';
import { ownAccountRoutes } from './own-account-routes.js';
import { passwords as realPasswords, type Passwords } from './passwords.js';
import { settingRoutes } from './setting-routes.js';
import { readSettings } from './setting-store.js';
import { endSession, renewSession } from './session-store.js';
import { noSessionCookie, sessionCookie, tokenOf } from './session.js';
import { signIn } from './sign-in.js';
import { userRoutes } from './user-routes.js';
import { vocabularyDraftRoutes } from './vocabulary-draft-routes.js';
import { vocabularyOf } from './vocabulary.js';

export interface DeskOptions {
  readonly desk: DataSource;
  readonly clock: Clock;
  /** Failures allowed from one address in a quarter of an hour, before each waits. */
  readonly failuresPerAddress?: number;
  readonly passwords?: Passwords;
}

type Room = Required<DeskOptions>;

const bodyProblems = ['malformed-json', 'wrong-content-type', 'too-large', 'invalid-request'] as const;
const entranceProblems = [...bodyProblems, 'cross-origin', 'too-many-requests', 'unavailable'] as const;

function sessionRoutes({ desk, clock }: Room): Route[] {
  const show = route({
    method: 'get',
    path: '/session',
    access: 'signed-in',
    summary:
      'Who is signed in; gives the session another half hour, within twelve hours of the sign-in. Tyst-Session-Seconds says how long it has left',
    replies: { 200: { description: 'Signed in', schema: sessionSchema } },
    problems: ['not-signed-in', 'unavailable'],
    async handle({ request, user }) {
      const token = tokenOf(request);
      const left = token === null ? 0 : await renewSession(desk, token, clock.now());
      // A duration, so that the browser can tell its user in time; nothing here says what o'clock it is.
      return { status: 200, body: { user }, headers: { 'Tyst-Session-Seconds': String(left) } };
    },
  });
  const end = route({
    method: 'delete',
    path: '/session',
    access: 'signed-in',
    summary: 'Sign out',
    replies: { 204: { description: 'Signed out' } },
    problems: ['not-signed-in', 'cross-origin', 'unavailable'],
    async handle({ request }) {
      const token = tokenOf(request);
      if (token !== null) await endSession(desk, token);
      return { status: 204, headers: noSessionCookie(request) };
    },
  });
  return [show, end];
}

/** The two routes through which somebody who is not signed in may try something. */
function entranceRoutes(room: Room): Route[] {
  const before = [addressLimit(room.failuresPerAddress)];
  const enter = route({
    method: 'post',
    path: '/session',
    access: 'public',
    summary: 'Sign in',
    body: signInSchema,
    before,
    replies: { 200: { description: 'Signed in; the cookie tyst_session is set', schema: sessionSchema } },
    problems: [...entranceProblems, 'wrong-credentials', 'code-required'],
    async handle({ request, body }) {
      const { token, user } = await signIn(room, body, tokenOf(request));
      return { status: 200, body: { user }, headers: sessionCookie(request, token) };
    },
  });
  const accept = route({
    method: 'post',
    path: '/invitations/:token',
    access: 'public',
    summary: 'Take up an invitation: choose a password and a language. Signs nobody in',
    body: acceptInvitationSchema,
    before,
    replies: { 200: { description: 'The account is ready', schema: invitationAcceptedSchema } },
    problems: [...entranceProblems, 'unknown-invitation'],
    async handle({ params, body }) {
      return { status: 200, body: { user: await takeInvitation(room, params['token'] ?? '', body) } };
    },
  });
  return [enter, accept];
}

function vocabularyRoutes({ desk, clock }: Room): Route[] {
  const read = vocabularyOf(desk);
  const current = () => read(quarterOfMonth(monthOfDay(clock.local().day)));
  const vocabulary = route({
    method: 'get',
    path: '/vocabulary',
    access: 'signed-in',
    summary: 'The vocabulary of the current quarter',
    replies: {
      200: { description: 'The vocabulary, with an ETag', schema: vocabularySchema },
      304: { description: 'The same as the one If-None-Match names' },
    },
    problems: ['not-signed-in', 'unavailable'],
    async handle() {
      const body = await current();
      const tag = createHash('sha256').update(JSON.stringify(body)).digest('base64url');
      // Express itself answers 304 when If-None-Match has this tag.
      return {
        status: 200,
        body,
        headers: { ETag: `"${tag}"`, 'Cache-Control': 'private, no-cache' },
      };
    },
  });
  const about = route({
    method: 'get',
    path: '/about',
    access: 'public',
    summary: 'Everything that can ever be stored about a call, for whoever wants to know',
    replies: {
      200: {
        description: 'The vocabulary of the current quarter, and whose line it is',
        schema: aboutSchema,
      },
    },
    problems: ['unavailable'],
    async handle() {
      const { organisation } = await readSettings(desk);
      return { status: 200, body: { vocabulary: await current(), organisation } };
    },
  });
  return [vocabulary, about];
}

/** The desk's routes. */
export function deskRoutes({
  desk,
  clock,
  failuresPerAddress = FAILURES_PER_ADDRESS,
  passwords = realPasswords,
}: DeskOptions): Route[] {
  const room = { desk, clock, failuresPerAddress, passwords };
  return [
    ...sessionRoutes(room),
    ...entranceRoutes(room),
    ...ownAccountRoutes(room),
    ...vocabularyRoutes(room),
    ...vocabularyDraftRoutes(room),
    ...userRoutes(room),
    ...settingRoutes(room),
    ...eventRoutes(room),
  ];
}
