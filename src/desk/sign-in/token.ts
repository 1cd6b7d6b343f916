/** Tokens that open something: 256 random bits given out once; the database keeps their SHA-256 alone. */
import { createHash, randomBytes } from 'node:crypto';

/** A new token: 43 characters of base64url. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** Whether a text has the form of a token; what has not, is not looked up. */
export const isToken = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text);

/** What is stored of a token: 32 bytes, from which it cannot be found again. */
export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token).digest();
