/** The second factor of one's own account. */
import {
  confirmTwoFactorSchema,
  proveItsYouSchema,
  recoveryCodesSchema,
  twoFactorSchema,
  twoFactorSecretSchema,
} from '../own-account.js';
import { endpoint } from './endpoint.js';

const path = '/api/v1/session/two-factor';
const access = 'signed-in';
const proof = {
  body: proveItsYouSchema,
  example: { password: 'a pass phrase of some length' },
} as const;
const proofProblems = ['wrong-credentials', 'too-many-requests'] as const;
const codes = {
  schema: recoveryCodesSchema,
  example: { recoveryCodes: ['7GK4-QW2M-9RTX', 'B3ND-6HPV-2YCE'] },
} as const;

export const getTwoFactor = endpoint({
  operationId: 'getTwoFactor',
  method: 'get',
  path,
  access,
  summary: 'Whether the account has a second factor, and how many recovery codes are left',
  replies: {
    200: {
      description: 'How it stands',
      schema: twoFactorSchema,
      example: { on: true, recoveryCodes: 9 },
    },
  },
  problems: [],
});

export const beginTwoFactor = endpoint({
  operationId: 'beginTwoFactor',
  method: 'post',
  path,
  access,
  summary: 'Make a secret for an authenticator app; it is in force once a code of it has been given',
  ...proof,
  replies: {
    201: {
      description: 'The secret, shown this once',
      schema: twoFactorSecretSchema,
      example: {
        secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
        address: 'otpauth://totp/Tyst:anna?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Tyst',
      },
    },
  },
  problems: proofProblems,
});

export const confirmTwoFactor = endpoint({
  operationId: 'confirmTwoFactor',
  method: 'put',
  path,
  access,
  summary: 'Put the secret in force with a code of the app; gives new recovery codes',
  body: confirmTwoFactorSchema,
  example: { code: '123456' },
  replies: {
    200: { description: 'In force; the recovery codes, shown this once', ...codes },
  },
  problems: ['two-factor-not-begun'],
});

/** POST, because a DELETE carries no body, and so no proof of who asks. */
export const removeTwoFactor = endpoint({
  operationId: 'removeTwoFactor',
  method: 'post',
  path: '/api/v1/session/two-factor/removal',
  access,
  summary: 'Take the second factor and its recovery codes away',
  ...proof,
  replies: { 204: { description: 'Taken away, or not there' } },
  problems: proofProblems,
});

export const renewRecoveryCodes = endpoint({
  operationId: 'renewRecoveryCodes',
  method: 'post',
  path: '/api/v1/session/two-factor/recovery-codes',
  access,
  summary: 'Make new recovery codes in place of those there are',
  ...proof,
  replies: { 201: { description: 'The codes, shown this once', ...codes } },
  problems: [...proofProblems, 'two-factor-not-begun'],
});
