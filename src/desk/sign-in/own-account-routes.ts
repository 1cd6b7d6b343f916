/** What everybody may change about their own account: language, password and second factor. */
import * as api from '../../contract/api/session.js';
import * as twoFactor from '../../contract/api/two-factor.js';
import { ProblemError } from '../../platform/problems.js';
import { serve, type Route } from '../../platform/routes.js';
import { actorOf, recordEvent } from '../../platform/event-log.js';
import type { DeskDependencies } from '../dependencies.js';
import { tokenOf } from './session.js';
import { endOtherSessionsOf } from './session-store.js';
import { proveItsYou } from './sign-in.js';
import { base32, newSecret, otpAddress, stepOf } from './totp.js';
import {
  confirmPending,
  keepPending,
  lockPending,
  readTwoFactor,
  removeTwoFactor,
  replaceRecoveryCodes,
  useStep,
} from './two-factor-store.js';
import { lockAccount, replacePassword, setLocale } from '../people/account-store.js';
import { removeInvitations } from '../people/invitation-store.js';

function sessionRoutes(dependencies: DeskDependencies): Route[] {
  const { desk, clock, passwords } = dependencies;
  const language = serve(api.changeLanguage, async ({ body, user }) => {
    await setLocale(desk, user.username, body.locale);
    return { status: 204 };
  });
  const password = serve(api.changePassword, async ({ body, user, request }) => {
    const { username } = user;
    const known = await proveItsYou(dependencies, username, body.password);
    const chosen = await passwords.hash(body.newPassword);
    await desk.transaction('READ COMMITTED', async (manager) => {
      // Somebody else may have changed it in between.
      if (!(await replacePassword(manager, username, { known, chosen })))
        throw new ProblemError('wrong-credentials');
      await endOtherSessionsOf(manager, username, tokenOf(request) ?? '');
      await removeInvitations(manager, username);
      const { day } = clock.local();
      await recordEvent(manager, { day, actor: actorOf(user), kind: 'password-changed' });
    });
    return { status: 204 };
  });
  return [language, password];
}

function enrolmentRoutes(dependencies: DeskDependencies): Route[] {
  const { desk, clock } = dependencies;
  const show = serve(twoFactor.getTwoFactor, async ({ user }) => ({
    status: 200,
    body: await readTwoFactor(desk, user.username),
  }));
  const begin = serve(twoFactor.beginTwoFactor, async ({ body, user: { username } }) => {
    await proveItsYou(dependencies, username, body.password);
    const secret = newSecret();
    await keepPending(desk, username, secret);
    return { status: 201, body: { secret: base32(secret), address: otpAddress(username, secret) } };
  });
  const confirm = serve(twoFactor.confirmTwoFactor, async ({ body, user }) => {
    const { username } = user;
    const recoveryCodes = await desk.transaction('READ COMMITTED', async (manager) => {
      const secret = await lockPending(manager, username);
      if (secret === null) throw new ProblemError('two-factor-not-begun');
      const step = stepOf(secret, body.code, clock.now());
      if (step === null)
        throw new ProblemError('invalid-request', { errors: [{ path: 'code', code: 'wrong-code' }] });
      await confirmPending(manager, username);
      await useStep(manager, username, step);
      await recordEvent(manager, { day: clock.local().day, actor: actorOf(user), kind: 'two-factor-on' });
      return replaceRecoveryCodes(manager, username);
    });
    return { status: 200, body: { recoveryCodes } };
  });
  return [show, begin, confirm];
}

/** POST, because a DELETE carries no body, and so no proof of who asks. */
function removalRoutes(dependencies: DeskDependencies): Route[] {
  const { desk, clock } = dependencies;
  const off = serve(twoFactor.removeTwoFactor, async ({ body, user }) => {
    const { username } = user;
    await proveItsYou(dependencies, username, body.password);
    await desk.transaction(async (manager) => {
      if (!(await removeTwoFactor(manager, username))) return;
      await recordEvent(manager, { day: clock.local().day, actor: actorOf(user), kind: 'two-factor-off' });
    });
    return { status: 204 };
  });
  const renew = serve(twoFactor.renewRecoveryCodes, async ({ body, user }) => {
    const { username } = user;
    await proveItsYou(dependencies, username, body.password);
    const recoveryCodes = await desk.transaction('READ COMMITTED', async (manager) => {
      if ((await lockAccount(manager, username)) === null) throw new ProblemError('unknown-user');
      if (!(await readTwoFactor(manager, username)).on) throw new ProblemError('two-factor-not-begun');
      await recordEvent(manager, {
        day: clock.local().day,
        actor: actorOf(user),
        kind: 'recovery-codes-made',
      });
      return replaceRecoveryCodes(manager, username);
    });
    return { status: 201, body: { recoveryCodes } };
  });
  return [off, renew];
}

/** PATCH /session and what lies under it, for everybody who is signed in. */
export const ownAccountRoutes = (dependencies: DeskDependencies): Route[] => [
  ...sessionRoutes(dependencies),
  ...enrolmentRoutes(dependencies),
  ...removalRoutes(dependencies),
];
