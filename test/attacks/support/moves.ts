/** What calls do to a quarter's queries, by the function with which the keeper counts. */
import type { Plan } from '../../../src/contract/plan.js';
import { toNumber } from '../../../src/contract/plan.js';
import type { Query } from '../../../src/contract/queries.js';
import { callCounter } from '../../../src/keeping/count-call.js';
import { codesOf } from '../../support/calls.js';
import { sum } from './figures.js';
import { QUARTER, vocabulary, type Call } from './line.js';

/** By how much a call moves each query of a list. */
export type Moves = Float64Array;

/** The keeper's own, or another one that is to be tried. */
export type Counter = typeof callCounter;

/** Makes the function that tells by how much a call moves each query. */
export function movesUnder(
  plan: Plan,
  queries: readonly Query[],
  counterOf: Counter = callCounter,
): (call: Call) => Moves {
  const count = counterOf({ quarter: QUARTER, plan, vocabulary, queries });
  return ({ month, answers }) => {
    const moves = new Float64Array(queries.length);
    count({ month, codes: codesOf(answers) }, (query, by) => (moves[query] = (moves[query] ?? 0) + by));
    return moves;
  };
}

/** What it costs to tell two calls apart, or one from none, query by query: (difference)^2 / (2 sigma^2). */
export function costUnder(queries: readonly Query[]): (one: Moves, other?: Moves) => number {
  const prices = queries.map(({ sigma2 }) => 1 / (2 * toNumber(sigma2)));
  return (one, other) =>
    sum(prices.map((price, query) => price * ((one[query] ?? NaN) - (other?.[query] ?? 0)) ** 2));
}

/** What calls move together: the exact answers. */
export function addedUp(size: number, records: readonly Moves[]): Moves {
  const answers = new Float64Array(size);
  for (const record of records)
    for (let place = 0; place < size; place += 1)
      answers[place] = (answers[place] ?? 0) + (record[place] ?? NaN);
  return answers;
}
