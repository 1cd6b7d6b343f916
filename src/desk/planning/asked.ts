/** What is asked of a call: the vocabulary of its quarter, as the quarter's plan counts it. */
import { askedUnder } from '../../contract/counted.js';
import type { Quarter } from '../../contract/period.js';
import type { AskedVocabulary } from '../../contract/vocabulary.js';
import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database.js';
import { rememberedPlanOf } from './plan.js';
import { vocabularyOf } from './vocabulary.js';

export type AskedOf = (quarter: Quarter) => Promise<AskedVocabulary>;

/** Gives what is asked in a quarter. What has been read of one that has begun is kept for some seconds. */
export function askedOf(dependencies: {
  readonly desk: Database;
  readonly reader: Database;
  readonly clock: Clock;
}): AskedOf {
  const [vocabularyIn, planIn] = [vocabularyOf(dependencies.desk), rememberedPlanOf(dependencies)];
  return async (quarter) => {
    const [vocabulary, plan] = await Promise.all([vocabularyIn(quarter), planIn(quarter)]);
    return askedUnder(plan, vocabulary);
  };
}
