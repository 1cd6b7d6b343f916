/** Published quarters for tests, as a close would leave them, and what issuing their releases takes. */
import { tableShapes } from '../../src/contract/plan.js';
import type { IssueDependencies } from '../../src/release/issue.js';
import { readPeriod } from '../../src/statistics/read.js';
import { standingClock, type TestDatabase } from '../support/database.js';
import { smallPlan, smallVocabulary } from '../support/small.js';

const plan = smallPlan('tiny');

/** Publishes a quarter with numbers that depend on nothing but their place. */
export async function publish({ owner }: TestDatabase, quarter: string): Promise<void> {
  await owner.query('INSERT INTO published.quarter_plan (quarter, plan, vocabulary) VALUES ($1, $2, $3)', [
    quarter,
    JSON.stringify(plan),
    JSON.stringify(smallVocabulary),
  ]);
  await owner.query(
    `INSERT INTO published.period (id, kind, quarter, published_on) VALUES ($1, 'quarter', $1, '2026-10-07')`,
    [quarter],
  );
  for (const { id, rows, columns } of tableShapes(plan, smallVocabulary, quarter)) {
    const across = columns?.codes.map((_, column) => column) ?? [0];
    const noisy = rows.codes.map((_, row) => across.map((column) => 40 - 9 * row + column));
    await owner.query('INSERT INTO published.noisy_table (period, id, noisy) VALUES ($1, $2, $3)', [
      quarter,
      id,
      noisy,
    ]);
  }
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
