import { codeAt, stepAt } from '../../src/desk/sign-in/totp.js';

/** Six digits that a secret does not make at this moment, nor one step before or after. */
export function wrongCode(secret: Buffer, now: Date): string {
  const taken = [-1, 0, 1].map((steps) => codeAt(secret, stepAt(now) + steps));
  return ['000000', '000001', '000002', '000003'].find((code) => !taken.includes(code)) ?? '';
}
