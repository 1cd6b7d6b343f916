/** Published quarters in a real database, and one plan with numbers chosen by hand. */
import { insertQuarter, publish as publishPeriod } from '../../src/keeping/quarter-store.js';
import type { PlannedQuarter } from '../../src/statistics/periods.js';
import type { TestDatabase } from '../support/database.js';
import { ownPlan, type Fill } from './builders.js';

/** The noisy answers of a period, in the order of its queries. */
function answersOf({ quarter, queries, closed }: PlannedQuarter, id: string): number[] {
  const tables = closed.get(id)?.tables;
  const asked = queries.filter(({ month }) => (month ?? quarter) === id);
  return asked.map(({ table, row, column }) => {
    const rows = tables?.get(table ?? '');
    // A month has one row of each of its tables.
    return rows?.[id === quarter ? (row ?? NaN) : 0]?.[column ?? NaN] ?? NaN;
  });
}

/** Stores a quarter as the keeper's role does, which may insert published numbers and never change them. */
export async function publish({ keeper }: TestDatabase, planned: PlannedQuarter): Promise<void> {
  const { quarter, closed } = planned;
  await keeper.transaction(async (transaction) => {
    await insertQuarter(transaction, planned);
    for (const [id, { publishedOn: today }] of closed) {
      const kind = id === quarter ? 'quarter' : 'month';
      await publishPeriod(transaction, { period: id, kind, quarter, today, noisy: answersOf(planned, id) });
    }
  });
}

// Cost 9, so sigma^2 is 9: step 1, threshold 10; of twice the variance, T(18) = 14.
export const plan = ownPlan([
  { id: 'month', rows: 'month' },
  { id: 'kind', rows: 'kind' },
  { id: 'month-by-contact', rows: 'month', columns: 'contact' },
  { id: 'caller_age-by-contact', rows: 'caller_age', columns: 'contact' },
  { id: 'caller_age', rows: 'caller_age' },
  { id: 'referral-top', rows: 'referral', level: 'top' },
  { id: 'outcome', rows: 'outcome' },
]);

export const numbers: Readonly<Record<string, readonly (readonly number[])[]>> = {
  month: [[401], [402], [403]],
  kind: [[903], [97], [99], [60], [9], [-3]],
  'month-by-contact': [
    [101, 102, 103],
    [48, 1, 0],
    [289, 12, 2],
  ],
  'caller_age-by-contact': [
    [301, 102, -5],
    [199, 11, 1],
    [20, 15, 15],
  ],
  caller_age: [[400], [212], [49]],
  'referral-top': [[310], [205], [104], [7], [10], [0]],
  outcome: [[153], [152], [151], [154], [149], [150]],
};
export const fill: Fill = (table, row, column) => numbers[table]?.[row]?.[column] ?? NaN;
