/** What the desk's routes work with. */
import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/database.js';
import type { Passwords } from './sign-in/passwords.js';

export interface Room {
  readonly desk: Database;
  readonly clock: Clock;
  readonly passwords: Passwords;
  /** Failures allowed from one address in a quarter of an hour, before each waits; where it is not the usual number. */
  readonly failuresPerAddress?: number;
}
