/** People: their accounts, and the one-time links with which they choose their passwords. */
import * as api from '../../contract/api/people.js';
import type { EventKind } from '../../contract/event.js';
import type { UserChange } from '../../contract/users.js';
import type { Transaction } from '../../platform/database.js';
import { ProblemError } from '../../platform/problems.js';
import { serve, type Route } from '../../platform/routes.js';
import { changeAccount, insertAccount, listAccounts, lockAccount } from './account-store.js';
import { actorOf, recordEvent, type Actor } from '../../platform/event-log.js';
import { insertInvitation, removeInvitations } from './invitation-store.js';
import type { DeskDependencies } from '../dependencies.js';
import { removeTwoFactor } from '../sign-in/two-factor-store.js';

/** Makes the changes, and an event for each that changes something: a repeated request leaves none. */
async function apply(
  manager: Transaction,
  username: string,
  { role, disabled, resetTwoFactor }: UserChange,
  by: { readonly day: string; readonly actor: Actor },
): Promise<void> {
  const before = await changeAccount(manager, username, { role, disabled });
  if (typeof before === 'string') throw new ProblemError(before);
  const note = (kind: EventKind) => recordEvent(manager, { ...by, kind, subject: username });
  if (role !== undefined && role !== before.role) await note(`made-${role}`);
  if (disabled !== undefined && disabled !== before.disabled)
    await note(disabled ? 'account-disabled' : 'account-opened');
  if (resetTwoFactor === true && (await removeTwoFactor(manager, username))) await note('two-factor-reset');
}

function accountRoutes({ desk, clock }: DeskDependencies): Route[] {
  const list = serve(api.listUsers, async () => ({ status: 200, body: { users: await listAccounts(desk) } }));
  const add = serve(api.addUser, async ({ body, user }) => {
    const account = { ...body, passwordHash: null };
    const by = { day: clock.local().day, actor: actorOf(user) };
    await desk.transaction(async (manager) => {
      if (!(await insertAccount(manager, account, by))) throw new ProblemError('username-taken');
    });
    return { status: 201 };
  });
  const change = serve(api.changeUser, async ({ params, body, user }) => {
    const { username } = params;
    if (Object.values(body).every((value) => value === undefined))
      throw new ProblemError('invalid-request', { errors: [{ path: '', code: 'missing' }] });
    const by = { day: clock.local().day, actor: actorOf(user) };
    await desk.transaction('READ COMMITTED', (manager) => apply(manager, username, body, by));
    return { status: 204 };
  });
  return [list, add, change];
}

function invitationRoute({ desk, clock }: DeskDependencies): Route {
  return serve(api.makeInvitation, async ({ body: { username }, user }) => {
    const token = await desk.transaction('READ COMMITTED', async (manager) => {
      const account = await lockAccount(manager, username);
      if (account === null) throw new ProblemError('unknown-user');
      if (account.disabled) throw new ProblemError('account-disabled');
      await removeInvitations(manager, username);
      await recordEvent(manager, {
        day: clock.local().day,
        actor: actorOf(user),
        kind: 'invitation-made',
        subject: username,
      });
      return insertInvitation(manager, username, clock.now());
    });
    return { status: 201, body: { link: `/invitation#${token}` } };
  });
}

/** /users and POST /invitations, for administrators. */
export const userRoutes = (dependencies: DeskDependencies): Route[] => [
  ...accountRoutes(dependencies),
  invitationRoute(dependencies),
];
