/** What an attack measured, the bound it is held to, and whether it keeps it. */

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly bound: number;
  readonly side: 'at most' | 'at least';
  readonly passes: boolean;
}

/** A curve for the report: points in the unit square, from (0, 0) to (1, 1). */
export interface Curve {
  readonly name: string;
  readonly points: readonly (readonly [number, number])[];
}

export interface Findings {
  readonly figures: readonly Figure[];
  /** Sentences for the report: figures that have no bound, and what to know about those that have. */
  readonly notes?: readonly string[];
  readonly curves?: readonly Curve[];
}

/** `test` keeps the whole suite within a minute or two; `full` is what the report is written from. */
export type Size = 'test' | 'full';

/** One attack of the table in the design's protection rules. */
export interface Attack {
  readonly id: string;
  readonly title: string;
  /** What it does, in plain words. */
  readonly words: string;
  /** Null where production's own source of randomness is used. */
  readonly seed: string | null;
  readonly run: (size: Size) => Promise<Findings>;
}

export const atMost = (name: string, value: number, bound: number): Figure => ({
  name,
  value,
  bound,
  side: 'at most',
  passes: value <= bound,
});

export const atLeast = (name: string, value: number, bound: number): Figure => ({
  name,
  value,
  bound,
  side: 'at least',
  passes: value >= bound,
});

/** For what must never happen: how often it did. */
export const never = (name: string, times: number): Figure => atMost(name, times, 0);

/** The figures that fail, as a test prints them. */
export const failures = ({ figures }: Findings): string[] =>
  figures
    .filter(({ passes }) => !passes)
    .map(({ name, value, side, bound }) => `${name}: ${String(value)}, not ${side} ${String(bound)}`);

export const sum = (values: Iterable<number>): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};

export const mean = (values: readonly number[]): number => sum(values) / values.length;
