/** Accounts, and the one-time links with which their owners choose their passwords. For administrators. */
import { accountsSchema, changeUserSchema, invitationSchema, inviteSchema, newUserSchema } from '../users.js';
import { endpoint } from './endpoint.js';
import { parameters } from './parameters.js';

const path = '/api/v1/users';
const access = ['administrator'] as const;

export const listUsers = endpoint({
  operationId: 'listUsers',
  method: 'get',
  path,
  access,
  summary: 'Every account',
  replies: {
    200: {
      description: 'The accounts, by name',
      schema: accountsSchema,
      example: {
        users: [
          {
            username: 'anna',
            role: 'handler',
            locale: 'sv',
            disabled: false,
            ready: true,
            twoFactor: false,
          },
        ],
      },
    },
  },
  problems: [],
});

export const addUser = endpoint({
  operationId: 'addUser',
  method: 'post',
  path,
  access,
  summary: 'Add an account; its owner chooses a password by a link from POST /invitations',
  body: newUserSchema,
  example: { username: 'anna', role: 'handler' },
  replies: { 201: { description: 'Added, without a password' } },
  problems: ['username-taken'],
});

export const changeUser = endpoint({
  operationId: 'changeUser',
  method: 'patch',
  path: '/api/v1/users/:username',
  access,
  summary: 'Give an account another role, shut it or open it, or take its second factor away',
  body: changeUserSchema,
  example: { role: 'handler', disabled: false, resetTwoFactor: true },
  replies: { 204: { description: 'Changed, or as it should be already' } },
  problems: ['last-administrator'],
});

export const makeInvitation = endpoint({
  operationId: 'makeInvitation',
  method: 'post',
  path: '/api/v1/invitations',
  access,
  summary: 'Make a one-time link to an account, for a new one or a forgotten password; earlier links end',
  body: inviteSchema,
  example: { username: 'anna' },
  replies: {
    201: {
      description: 'The link, valid once, for 24 hours',
      schema: invitationSchema,
      example: { link: `/invitation#${parameters.token.example}` },
    },
  },
  problems: ['unknown-user', 'account-disabled'],
});
