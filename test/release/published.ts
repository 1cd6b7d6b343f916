/** Published quarters for tests, as a close would leave them, and what issuing their releases takes. */
import type { IssueDependencies } from '../../src/release/issue.js';
import { readPeriod } from '../../src/statistics/read.js';
import { standingClock, type TestDatabase } from '../support/database.js';
import { compileQueries } from '../../src/contract/compile.js';
import { smallPlan, smallVocabulary } from '../support/small.js';
import { aQuarter } from '../statistics/builders.js';
import { publish as publishQuarter } from '../statistics/published.js';

const plan = smallPlan('tiny');

/** What a quarter that these tests publish was asked. */
export const queriesOf = (quarter: string) => compileQueries(plan, smallVocabulary, quarter);

/** Publishes a quarter with numbers that depend on nothing but their place. */
export const publish = (
  { owner }: TestDatabase,
  quarter: string,
  countedFrom: string | null = null,
): Promise<void> =>
  publishQuarter(
    { keeper: owner },
    aQuarter({
      ...{ quarter, plan, countedFrom, closed: [quarter], publishedOn: '2026-10-07' },
      fill: (_table, row, column) => 40 - 9 * row + column,
    }),
  );

/** What issuing takes, with a clock that stands on 9 October 2026. */
export const dependenciesOf = ({ keeper }: TestDatabase, dataDir: string): IssueDependencies => ({
  keeper,
  dataDir,
  clock: standingClock('2026-10-09T10:00:00Z'),
  readPeriod: (period) => readPeriod(keeper, period),
  softwareVersion: '0.1.0',
  readDesk: () => Promise.resolve({ organisation: null, unanswered: [] }),
});
