/** A quarter that has begun: how it is counted stands, and what stands is marked. */
import type { Counted } from './count-call.js';

/** What a quarter was frozen with when it began. */
export interface FrozenQuarter extends Counted {
  /** A hash of all of it, as it stands in the database. */
  readonly mark: string;
}
