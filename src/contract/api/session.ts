/** Signing in and out, what everybody may change about their own account, and taking up an invitation. */
import { changePasswordSchema, changeSessionSchema } from '../own-account.js';
import { acceptInvitationSchema, invitationAcceptedSchema, sessionSchema, signInSchema } from '../session.js';
import { endpoint } from './endpoint.js';

const path = '/api/v1/session';
const example = { user: { username: 'anna', role: 'handler', locale: 'sv' } };

export const signIn = endpoint({
  operationId: 'signIn',
  method: 'post',
  path,
  access: 'public',
  summary: 'Sign in',
  body: signInSchema,
  example: { username: 'anna', password: 'a pass phrase of some length', code: '123456' },
  replies: {
    200: { description: 'Signed in; the cookie tyst_session is set', schema: sessionSchema, example },
  },
  problems: ['too-many-requests', 'unavailable', 'wrong-credentials', 'code-required'],
});

export const getSession = endpoint({
  operationId: 'getSession',
  method: 'get',
  path,
  access: 'signed-in',
  summary:
    'Who is signed in; gives the session another half hour, within twelve hours of the sign-in. Tyst-Session-Seconds says how long it has left',
  replies: { 200: { description: 'Signed in', schema: sessionSchema, example } },
  problems: [],
});

export const signOut = endpoint({
  operationId: 'signOut',
  method: 'delete',
  path,
  access: 'signed-in',
  summary: 'Sign out',
  replies: { 204: { description: 'Signed out' } },
  problems: [],
});

export const changeLanguage = endpoint({
  operationId: 'changeLanguage',
  method: 'patch',
  path,
  access: 'signed-in',
  summary: 'Choose the language that one signs in to',
  body: changeSessionSchema,
  example: { locale: 'sv' },
  replies: { 204: { description: 'Chosen' } },
  problems: [],
});

export const changePassword = endpoint({
  operationId: 'changePassword',
  method: 'put',
  path: '/api/v1/session/password',
  access: 'signed-in',
  summary: 'Change the password; every other session of the account and every link to it end',
  body: changePasswordSchema,
  example: { password: 'a pass phrase of some length', newPassword: 'another long password' },
  replies: { 204: { description: 'Changed' } },
  problems: ['wrong-credentials', 'too-many-requests'],
});

export const acceptInvitation = endpoint({
  operationId: 'acceptInvitation',
  method: 'post',
  path: '/api/v1/invitations/:token',
  access: 'public',
  summary: 'Take up an invitation: choose a password and a language. Signs nobody in',
  body: acceptInvitationSchema,
  example: { password: 'a pass phrase of some length', locale: 'en' },
  replies: { 200: { description: 'The account is ready', schema: invitationAcceptedSchema, example } },
  problems: ['too-many-requests', 'unavailable', 'unknown-invitation'],
});
