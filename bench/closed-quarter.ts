/**
 * A quarter closed as the keeper closes it, without a database: each query's answer with two shares of noise, months as
 * they end and the rest at the end.
 */
import { monthsOfQuarter, type Quarter } from '../src/contract/period.js';
import type { Plan } from '../src/contract/plan.js';
import type { Query } from '../src/contract/queries.js';
import type { Vocabulary } from '../src/contract/vocabulary.js';
import { drawShares, type RandomSource } from '../src/keeping/noise.js';
import type { ClosedPeriod, DisplayRules, PlannedQuarter } from '../src/statistics/periods.js';

/** What a quarter is frozen with. */
export interface Frozen {
  readonly quarter: Quarter;
  readonly plan: Plan;
  readonly vocabulary: Vocabulary;
  readonly queries: readonly Query[];
  readonly displayRules: DisplayRules;
}

/** The quarter as it is published, from the exact answer of each query, with noise drawn anew. */
export function closedWith(frozen: Frozen, exact: readonly number[], random: RandomSource): PlannedQuarter {
  const { quarter, queries } = frozen;
  const variances = queries.map(({ sigma2 }) => sigma2);
  const [first, second] = [drawShares(variances, random), drawShares(variances, random)];
  const noisy = exact.map((answer, place) => (first[place] ?? NaN) + answer + (second[place] ?? NaN));
  const closed = [...monthsOfQuarter(quarter), quarter].map((id): [string, ClosedPeriod] => {
    const month = id === quarter ? null : id;
    const answers = noisy.filter((_, place) => queries[place]?.month === month);
    return [id, { publishedOn: '2027-01-07', answers }];
  });
  return { ...frozen, countedFrom: null, closed: new Map(closed) };
}
