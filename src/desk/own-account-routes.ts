/** What everybody may change about their own account: language, password and second factor. */
import {
  changePasswordSchema,
  changeSessionSchema,
  confirmTwoFactorSchema,
  proveItsYouSchema,
  recoveryCodesSchema,
  twoFactorSchema,
  twoFactorSecretSchema,
} from '../contract/own-account.js';
import { ProblemError } from '../platform/problems.js';
import { route, type Call, type Route } from '../platform/routes.js';
import { recordEvent } from './events.js';
import { bodyProblems, signedInProblems, type Room } from './room.js';
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
import { lockAccount } from './user-store.js';

const problems = [...signedInProblems, ...bodyProblems] as const;
const proofProblems = [...problems, 'wrong-credentials', 'too-many-requests'] as const;

/** The name of whoever is signed in. */
const nameOf = ({ user }: Pick<Call, 'user'>): string => user?.username ?? '';

function sessionRoutes(room: Room): Route[] {
  const { desk, clock, passwords } = room;
  const language = route({
    method: 'patch',
    path: '/session',
    access: 'signed-in',
    summary: 'Choose the language that one signs in to',
    body: changeSessionSchema,
    replies: { 204: { description: 'Chosen' } },
    problems,
    async handle({ body, ...call }) {
      await desk.query('UPDATE desk.account SET locale = $2 WHERE username = $1', [
        nameOf(call),
        body.locale,
      ]);
      return { status: 204 };
    },
  });
  const password = route({
    method: 'put',
    path: '/session/password',
    access: 'signed-in',
    summary: 'Change the password; every other session of the account and every link to it end',
    body: changePasswordSchema,
    replies: { 204: { description: 'Changed' } },
    problems: proofProblems,
    async handle({ body, ...call }) {
      const username = nameOf(call);
      const known = await proveItsYou(room, username, body.password);
      const hash = await passwords.hash(body.newPassword);
      await desk.transaction('READ COMMITTED', async (manager) => {
        const [, changed]: [unknown, number] = await manager.query(
          'UPDATE desk.account SET password_hash = $2 WHERE username = $1 AND password_hash = $3',
          [username, hash, known],
        );
        // Somebody else has changed it in between.
        if (changed === 0) throw new ProblemError('wrong-credentials');
        await endOtherSessionsOf(manager, username, tokenOf(call.request) ?? '');
        await manager.query('DELETE FROM desk.invitation WHERE username = $1', [username]);
        const { day } = clock.local();
        await recordEvent(manager, { day, actor: username, kind: 'password-changed' });
      });
      return { status: 204 };
    },
  });
  return [language, password];
}

function enrolmentRoutes(room: Room): Route[] {
  const { desk, clock } = room;
  const show = route({
    method: 'get',
    path: '/session/two-factor',
    access: 'signed-in',
    summary: 'Whether the account has a second factor, and how many recovery codes are left',
    replies: { 200: { description: 'How it stands', schema: twoFactorSchema } },
    problems: signedInProblems,
    handle: async (call) => ({ status: 200, body: await readTwoFactor(desk, nameOf(call)) }),
  });
  const begin = route({
    method: 'post',
    path: '/session/two-factor',
    access: 'signed-in',
    summary: 'Make a secret for an authenticator app; it is in force once a code of it has been given',
    body: proveItsYouSchema,
    replies: { 201: { description: 'The secret, shown this once', schema: twoFactorSecretSchema } },
    problems: proofProblems,
    async handle({ body, ...call }) {
      const username = nameOf(call);
      await proveItsYou(room, username, body.password);
      const secret = newSecret();
      await keepPending(desk, username, secret);
      return { status: 201, body: { secret: base32(secret), address: otpAddress(username, secret) } };
    },
  });
  const confirm = route({
    method: 'put',
    path: '/session/two-factor',
    access: 'signed-in',
    summary: 'Put the secret in force with a code of the app; gives new recovery codes',
    body: confirmTwoFactorSchema,
    replies: {
      200: { description: 'In force; the recovery codes, shown this once', schema: recoveryCodesSchema },
    },
    problems: [...problems, 'two-factor-not-begun'],
    async handle({ body, ...call }) {
      const username = nameOf(call);
      const recoveryCodes = await desk.transaction('READ COMMITTED', async (manager) => {
        const secret = await lockPending(manager, username);
        if (secret === null) throw new ProblemError('two-factor-not-begun');
        const step = stepOf(secret, body.code, clock.now());
        if (step === null)
          throw new ProblemError('invalid-request', { errors: [{ path: 'code', code: 'wrong-code' }] });
        await confirmPending(manager, username);
        await useStep(manager, username, step);
        await recordEvent(manager, { day: clock.local().day, actor: username, kind: 'two-factor-on' });
        return replaceRecoveryCodes(manager, username);
      });
      return { status: 200, body: { recoveryCodes } };
    },
  });
  return [show, begin, confirm];
}

/** POST, because a DELETE carries no body, and so no proof of who asks. */
function removalRoutes(room: Room): Route[] {
  const { desk, clock } = room;
  const off = route({
    method: 'post',
    path: '/session/two-factor/removal',
    access: 'signed-in',
    summary: 'Take the second factor and its recovery codes away',
    body: proveItsYouSchema,
    replies: { 204: { description: 'Taken away, or not there' } },
    problems: proofProblems,
    async handle({ body, ...call }) {
      const username = nameOf(call);
      await proveItsYou(room, username, body.password);
      await desk.transaction(async (manager) => {
        if (!(await removeTwoFactor(manager, username))) return;
        await recordEvent(manager, { day: clock.local().day, actor: username, kind: 'two-factor-off' });
      });
      return { status: 204 };
    },
  });
  const renew = route({
    method: 'post',
    path: '/session/two-factor/recovery-codes',
    access: 'signed-in',
    summary: 'Make new recovery codes in place of those there are',
    body: proveItsYouSchema,
    replies: { 201: { description: 'The codes, shown this once', schema: recoveryCodesSchema } },
    problems: [...proofProblems, 'two-factor-not-begun'],
    async handle({ body, ...call }) {
      const username = nameOf(call);
      await proveItsYou(room, username, body.password);
      const recoveryCodes = await desk.transaction('READ COMMITTED', async (manager) => {
        await lockAccount(manager, username);
        if (!(await readTwoFactor(manager, username)).on) throw new ProblemError('two-factor-not-begun');
        await recordEvent(manager, { day: clock.local().day, actor: username, kind: 'recovery-codes-made' });
        return replaceRecoveryCodes(manager, username);
      });
      return { status: 201, body: { recoveryCodes } };
    },
  });
  return [off, renew];
}

/** PATCH /session and what lies under it, for everybody who is signed in. */
export const ownAccountRoutes = (room: Room): Route[] => [
  ...sessionRoutes(room),
  ...enrolmentRoutes(room),
  ...removalRoutes(room),
];
