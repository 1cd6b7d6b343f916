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
  const { quarter, plan, vocabulary, queries, displayRules, countedFrom, closed } = planned;
  await keeper.query(
    `INSERT INTO published.quarter_plan (quarter, plan, vocabulary, queries, display_rules, counted_from)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [
      quarter,
      JSON.stringify(plan),
      JSON.stringify(vocabulary),
      writeQueries(queries),
      displayRules,
      countedFrom,
    ],
  );
  for (const [id, { publishedOn, answers }] of closed) {
    const kind = id === quarter ? 'quarter' : 'month';
    await keeper.query('INSERT INTO published.period VALUES ($1, $2, $3, $4)', [
      id,
      kind,
      quarter,
      publishedOn,
    ]);
    await keeper.query(
      `INSERT INTO published.noisy_answer (period, query, noisy)
       SELECT $1, place - 1, noisy FROM unnest($2::bigint[]) WITH ORDINALITY AS answer (noisy, place)`,
      [id, answers],
    );
  }
}

/** A plan of one's own, with months, a cross table and several answers. */
export const plan = ownPlan([
  { id: 'month', rows: 'month' },
  { id: 'kind', rows: 'kind' },
  { id: 'month-by-contact', rows: 'month', columns: 'contact' },
  { id: 'caller_age-by-contact', rows: 'caller_age', columns: 'contact' },
  { id: 'caller_age', rows: 'caller_age' },
  { id: 'referral-top', rows: 'referral', level: 'top' },
  { id: 'outcome', rows: 'outcome' },
]);

/** How many calls are in the cells of its tables; each table has all contacts or all conversations in it. */
export const numbers: Readonly<Record<string, readonly (readonly number[])[]>> = {
  month: [[401], [202], [603]],
  kind: [[903], [97], [137], [60], [9], [0]],
  'month-by-contact': [
    [101, 102, 103],
    [48, 1, 0],
    [534, 12, 2],
  ],
  'caller_age-by-contact': [
    [400, 100, 100],
    [241, 11, 2],
    [42, 4, 3],
  ],
  caller_age: [[600], [254], [49]],
  'referral-top': [[310], [205], [104], [7], [10], [450]],
  outcome: [[153], [152], [151], [154], [149], [144]],
};
export const fill: Fill = (table, row, column) => numbers[table]?.[row]?.[column] ?? NaN;
