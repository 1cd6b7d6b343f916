/**
 * Passwords. bcrypt reads 72 bytes at most and stops at a zero byte, so it is given the base64 of a SHA-256 of
 * the password (44 bytes, none of them zero): every character of a long password counts. The password is brought
 * to Unicode form NFKC first, because keyboards differ in how they write å and é (NIST SP 800-63B, 3.1.1.2).
 */
import { createHash } from 'node:crypto';
import bcrypt from 'bcrypt';

/** 2^12 rounds: about a quarter of a second on an ordinary machine. */
const COST = 12;

export interface Passwords {
  /** What is stored of a password. */
  readonly hash: (password: string) => Promise<string>;
  /** Whether a password is the one that was stored; takes the same time when nothing was. */
  readonly matches: (password: string, stored: string | null) => Promise<boolean>;
}

const digest = (password: string): string =>
  createHash('sha256').update(password.normalize('NFKC'), 'utf8').digest('base64');

/** Passwords over an implementation of bcrypt, at a cost; a test passes one that counts, or costs less. */
export function passwordsWith(
  { hash, compare }: Pick<typeof bcrypt, 'hash' | 'compare'>,
  cost: number = COST,
): Passwords {
  // Compared with where there is no account, or none with a password, so that both take the same time.
  const nobodysHash = `$2b$${cost.toString().padStart(2, '0')}$${'.'.repeat(53)}`;
  return {
    hash: (password) => hash(digest(password), cost),
    async matches(password, stored) {
      const same = await compare(digest(password), stored ?? nobodysHash);
      return same && stored !== null;
    },
  };
}

export const passwords: Passwords = passwordsWith(bcrypt);
