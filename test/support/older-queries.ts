/** The queries of quarters that ask for each cell once, as those do that an earlier version began. */
import { compileOlderQueries } from '../../src/contract/compile.js';
import type { Quarter } from '../../src/contract/period.js';
import { planSigma2, type Plan, type Rational } from '../../src/contract/plan.js';
import { forTwoShares, type Query } from '../../src/contract/queries.js';
import type { Vocabulary } from '../../src/contract/vocabulary.js';

/** The one variance of such a quarter, enough for two shares. */
export const olderSigma2 = (plan: Plan, vocabulary: Vocabulary): Rational =>
  forTwoShares(planSigma2(plan, vocabulary));

export const olderQueries = (plan: Plan, vocabulary: Vocabulary, quarter: Quarter): Query[] =>
  compileOlderQueries(plan, vocabulary, quarter, olderSigma2(plan, vocabulary));
