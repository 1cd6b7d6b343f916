/** People: their accounts, and the one-time links with which they choose their passwords. */
import type { EntityManager } from 'typeorm';
import {
  accountsSchema,
  changeUserSchema,
  invitationSchema,
  inviteSchema,
  newUserSchema,
  type UserChange,
} from '../contract/users.js';
import { usernameSchema } from '../contract/session.js';
import { ProblemError } from '../platform/problems.js';
import { route, type Route } from '../platform/routes.js';
import { insertAccount } from './account-store.js';
import { recordEvent } from './events.js';
import { insertInvitation } from './invitation-store.js';
import { bodyProblems, signedInProblems, type Room } from './room.js';
import { removeTwoFactor } from './two-factor-store.js';
import { changeAccount, listAccounts, lockAccount } from './user-store.js';

const access = ['administrator'] as const;
const problems = [...signedInProblems, 'not-allowed'] as const;

/** The name in an address. What cannot be a name is nobody's. */
function nameIn(params: Readonly<Record<string, string>>): string {
  const username = usernameSchema.safeParse(params['username']);
  if (!username.success) throw new ProblemError('unknown-user');
  return username.data;
}

/** Makes the changes, and an event for each that changes something: a repeated request leaves none. */
async function apply(
  manager: EntityManager,
  username: string,
  { role, disabled, resetTwoFactor }: UserChange,
  by: { readonly day: string; readonly actor: string },
): Promise<void> {
  const before = await changeAccount(manager, username, { role, disabled });
  const note = (kind: Parameters<typeof recordEvent>[1]['kind']) =>
    recordEvent(manager, { ...by, kind, subject: username });
  if (role !== undefined && role !== before.role) await note(`made-${role}`);
  if (disabled !== undefined && disabled !== before.disabled)
    await note(disabled ? 'account-disabled' : 'account-opened');
  if (resetTwoFactor === true && (await removeTwoFactor(manager, username))) await note('two-factor-reset');
}

function accountRoutes({ desk, clock }: Room): Route[] {
  const list = route({
    method: 'get',
    path: '/users',
    access,
    summary: 'Every account',
    replies: { 200: { description: 'The accounts, by name', schema: accountsSchema } },
    problems,
    handle: async () => ({ status: 200, body: { users: await listAccounts(desk) } }),
  });
  const add = route({
    method: 'post',
    path: '/users',
    access,
    summary: 'Add an account; its owner chooses a password by a link from POST /invitations',
    body: newUserSchema,
    replies: { 201: { description: 'Added, without a password' } },
    problems: [...problems, ...bodyProblems, 'username-taken'],
    async handle({ body, user }) {
      const account = { ...body, passwordHash: null };
      const by = { day: clock.local().day, actor: user?.username ?? '' };
      await desk.transaction(async (manager) => {
        if (!(await insertAccount(manager, account, by))) throw new ProblemError('username-taken');
      });
      return { status: 201 };
    },
  });
  const change = route({
    method: 'patch',
    path: '/users/:username',
    access,
    summary: 'Give an account another role, shut it or open it, or take its second factor away',
    body: changeUserSchema,
    replies: { 204: { description: 'Changed, or as it should be already' } },
    problems: [...problems, ...bodyProblems, 'unknown-user', 'last-administrator'],
    async handle({ params, body, user }) {
      const username = nameIn(params);
      if (Object.values(body).every((value) => value === undefined))
        throw new ProblemError('invalid-request', { errors: [{ path: '', code: 'missing' }] });
      const by = { day: clock.local().day, actor: user?.username ?? '' };
      await desk.transaction('READ COMMITTED', (manager) => apply(manager, username, body, by));
      return { status: 204 };
    },
  });
  return [list, add, change];
}

function invitationRoute({ desk, clock }: Room): Route {
  return route({
    method: 'post',
    path: '/invitations',
    access,
    summary: 'Make a one-time link to an account, for a new one or a forgotten password; earlier links end',
    body: inviteSchema,
    replies: { 201: { description: 'The link, valid once, for 24 hours', schema: invitationSchema } },
    problems: [...problems, ...bodyProblems, 'unknown-user', 'account-disabled'],
    async handle({ body: { username }, user }) {
      const token = await desk.transaction('READ COMMITTED', async (manager) => {
        if ((await lockAccount(manager, username)).disabled) throw new ProblemError('account-disabled');
        await manager.query('DELETE FROM desk.invitation WHERE username = $1', [username]);
        await recordEvent(manager, {
          day: clock.local().day,
          actor: user?.username ?? '',
          kind: 'invitation-made',
          subject: username,
        });
        return insertInvitation(manager, username, clock.now());
      });
      return { status: 201, body: { link: `/invitation#${token}` } };
    },
  });
}

/** /users and POST /invitations, for administrators. */
export const userRoutes = (room: Room): Route[] => [...accountRoutes(room), invitationRoute(room)];
