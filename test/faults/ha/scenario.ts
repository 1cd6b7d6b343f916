/** One thing that is tried, and what came of it. */
import type { Figure } from '../../attacks/support/figures.js';

/** A figure that no bound is set to. */
export interface Measured {
  readonly name: string;
  readonly value: string;
}

export interface Tried {
  readonly figures: readonly Figure[];
  readonly measured: readonly Measured[];
  readonly notes?: readonly string[];
}

export interface Scenario {
  readonly title: string;
  /** What is done, in plain words. */
  readonly words: string;
  /** What it shows, and what it does not. */
  readonly shows: string;
  readonly run: () => Promise<Tried>;
}
