/** What keeping takes, and what goes on within one turn of the key. */
import type { Day, Quarter } from '../contract/period.js';
import type { Database, Transaction } from '../platform/database.js';
import type { Log } from '../platform/log.js';
import type { Counters } from './counters.js';
import type { FrozenQuarter } from './frozen-quarter.js';
import type { Finished } from './intake-store.js';
import type { KeyDirectory } from '../platform/key-directory.js';
import type { RandomSource } from './noise.js';
import type { Desk } from './quarter.js';

/** What all keeping takes. */
export interface Keeping {
  readonly keeper: Database;
  readonly desk: Desk;
  readonly keys: KeyDirectory;
  readonly today: Day;
  readonly log: Log;
  /** Other than the operating system's only in tests. */
  readonly random?: RandomSource;
}

/** What goes on within the one transaction. */
export interface Turn {
  readonly transaction: Transaction;
  readonly today: Day;
  readonly random: RandomSource;
  /** The public half of the new key. */
  readonly next: { readonly id: string; readonly publicKey: Buffer };
  /** A quarter as it was frozen; it begins if it had not. */
  readonly begin: (quarter: Quarter) => Promise<FrozenQuarter>;
  /** A quarter's counters; begun, with their first share of noise, if there were none. */
  readonly countersOf: (quarter: Quarter) => Promise<Counters>;
  /** Forgets a quarter's counters. */
  readonly forget: (quarter: Quarter) => void;
}

/** What a turn is for. */
export interface Work<Result> {
  /** The rows of intake that are counted; none where that is left out. */
  readonly finished?: Finished;
  /** Done before anybody has to wait: checks, draws, what is counted from elsewhere. */
  readonly before?: (turn: Turn) => Promise<void>;
  /** Done when all finished rows are counted, while the intake waits. */
  readonly after: (turn: Turn) => Promise<Result>;
}
