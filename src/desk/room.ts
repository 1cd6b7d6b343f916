/** What the desk's routes work with, and the problems that most of them share. */
import type { DataSource } from 'typeorm';
import type { Clock } from '../platform/clock.js';
import type { Passwords } from './passwords.js';

export interface Room {
  readonly desk: DataSource;
  readonly clock: Clock;
  readonly passwords: Passwords;
}

/** Of a route that somebody has to be signed in for. */
export const signedInProblems = ['not-signed-in', 'unavailable'] as const;

/** Of a route that takes a body. */
export const bodyProblems = [
  'malformed-json',
  'wrong-content-type',
  'too-large',
  'invalid-request',
  'cross-origin',
] as const;
