/** Published quarters in a real database, and one plan with numbers chosen by hand. */
import { writeQueries } from '../../src/contract/queries.js';
import type { PlannedQuarter } from '../../src/statistics/periods.js';
import type { TestDatabase } from '../support/database.js';
import { ownPlan, type Fill } from './builders.js';

/** Stores a quarter as the keeper's role does, which may insert published numbers and never change them. */
export async function publish(
  { keeper }: Pick<TestDatabase, 'keeper'>,
  planned: PlannedQuarter,
): Promise<void> {
  const { quarter, plan, vocabulary, queries, countedFrom, closed } = planned;
  await keeper.query(
    'INSERT INTO published.quarter_plan (quarter, plan, vocabulary, queries, counted_from) VALUES ($1, $2, $3, $4, $5)',
    [quarter, JSON.stringify(plan), JSON.stringify(vocabulary), writeQueries(queries), countedFrom],
  );
  for (const [id, { publishedOn, tables }] of closed) {
    const kind = id === quarter ? 'quarter' : 'month';
    await keeper.query('INSERT INTO published.period VALUES ($1, $2, $3, $4)', [
      id,
      kind,
      quarter,
      publishedOn,
    ]);
    const answers = queries
      .filter(({ month }) => month === (id === quarter ? null : id))
      .map(
        ({ table, row, column }) => tables.get(table ?? '')?.[id === quarter ? (row ?? 0) : 0]?.[column ?? 0],
      );
    await keeper.query(
      `INSERT INTO published.noisy_answer (period, query, noisy)
       SELECT $1, place - 1, noisy FROM unnest($2::bigint[]) WITH ORDINALITY AS answer (noisy, place)`,
      [id, answers],
    );
  }
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
