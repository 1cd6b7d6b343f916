/** Published quarters for tests, as a close would leave them, and what issuing their releases takes. */
import { compileQueries } from '../../src/contract/queries.js';
import { insertQuarter, publish as publishPeriod } from '../../src/keeping/quarter-store.js';
import type { IssueDependencies } from '../../src/release/issue.js';
import { readPeriod } from '../../src/statistics/read.js';
import { standingClock, type TestDatabase } from '../support/database.js';
import { smallPlan, smallVocabulary } from '../support/small.js';

const plan = smallPlan('tiny');

/** Publishes a quarter with numbers that depend on nothing but their place. */
export async function publish({ owner }: TestDatabase, quarter: string): Promise<void> {
  const queries = compileQueries(plan, smallVocabulary, quarter);
  const noisy = queries.map(({ row, column }) => 40 - 9 * (row ?? NaN) + (column ?? NaN));
  await owner.transaction(async (transaction) => {
    await insertQuarter(transaction, { quarter, plan, vocabulary: smallVocabulary, queries });
    await publishPeriod(transaction, {
      ...{ period: quarter, kind: 'quarter', quarter },
      ...{ today: '2026-10-07', noisy },
    });
  });
}

/** What issuing takes, with a clock that stands on 9 October 2026. */
export const dependenciesOf = ({ keeper }: TestDatabase, dataDir: string): IssueDependencies => ({
  keeper,
  dataDir,
  clock: standingClock('2026-10-09T10:00:00Z'),
  readPeriod: (period) => readPeriod(keeper, period),
  softwareVersion: '0.1.0',
  readDesk: () => Promise.resolve({ organisation: null, unanswered: [] }),
});
