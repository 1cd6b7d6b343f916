/** Recovery codes: each opens an account once in place of a one-time code. Only their hashes are stored. */
import { createHash, randomInt } from 'node:crypto';

const HOW_MANY = 10;

/** Without those that look alike. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/** Four groups of four letters and digits: 80 random bits, too many to try, so a fast hash is enough. */
function newCode(): string {
  const group = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return Array.from({ length: 4 }, group).join('-');
}

/** Ten new ones. */
export const newRecoveryCodes = (): string[] => Array.from({ length: HOW_MANY }, newCode);

/** What is stored of a code, however it was typed: 32 bytes, from which it cannot be found again. */
export const hashOfCode = (code: string): Buffer =>
  createHash('sha256')
    .update(code.toLowerCase().replaceAll(/[^a-z0-9]/g, ''))
    .digest();
