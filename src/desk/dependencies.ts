/** What the desk's routes work with. */
import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/database.js';
import type { Passwords } from './sign-in/passwords.js';

export interface DeskDependencies {
  readonly desk: Database;
  /** What is published: the day of installation is part of it. */
  readonly reader: Database;
  readonly clock: Clock;
  readonly passwords: Passwords;
  /** Failures allowed from one address in a quarter of an hour, before each waits; where it is not the usual number. */
  readonly failuresPerAddress?: number;
}

/** Those that the wiring gives: passwords other than the real ones only in tests, which would wait long for them. */
export type GivenDependencies = Omit<DeskDependencies, 'passwords'> & Partial<DeskDependencies>;
