/**
 * Beginning a quarter: its plan and its vocabulary are written down in `published.quarter_plan` and never change
 * again. What is sealed, counted and published in the quarter follows from that row alone.
 */
import type { EntityManager } from 'typeorm';
import type { Quarter } from '../contract/period.js';
import { planSchema, type Plan } from '../contract/plan.js';
import { vocabularySchema, type Vocabulary } from '../contract/vocabulary.js';
import { locks } from '../platform/locks.js';

/** The desk's word on a quarter that has not begun. */
export interface Desk {
  readonly planOf: (quarter: Quarter) => Promise<Plan>;
  readonly vocabularyOf: (quarter: Quarter) => Promise<Vocabulary>;
}

/** What a quarter was frozen with when it began. */
export interface FrozenQuarter {
  readonly quarter: Quarter;
  readonly plan: Plan;
  readonly vocabulary: Vocabulary;
}

async function findQuarter(manager: EntityManager, quarter: Quarter): Promise<FrozenQuarter | null> {
  const rows: { plan: unknown; vocabulary: unknown }[] = await manager.query(
    'SELECT plan, vocabulary FROM published.quarter_plan WHERE quarter = $1',
    [quarter],
  );
  const [row] = rows;
  if (row === undefined) return null;
  return { quarter, plan: planSchema.parse(row.plan), vocabulary: vocabularySchema.parse(row.vocabulary) };
}

/**
 * The frozen quarter, frozen now if it had not begun. The lock is the one under which the desk sets a plan, so
 * nobody is told that a plan was set which the quarter then does not have.
 */
export async function beginQuarter(
  manager: EntityManager,
  quarter: Quarter,
  desk: Desk,
): Promise<FrozenQuarter> {
  await manager.query('SELECT pg_advisory_xact_lock($1)', [locks.plan]);
  const begun = await findQuarter(manager, quarter);
  if (begun !== null) return begun;
  const frozen = { quarter, plan: await desk.planOf(quarter), vocabulary: await desk.vocabularyOf(quarter) };
  await manager.query('INSERT INTO published.quarter_plan (quarter, plan, vocabulary) VALUES ($1, $2, $3)', [
    quarter,
    JSON.stringify(frozen.plan),
    JSON.stringify(frozen.vocabulary),
  ]);
  return frozen;
}
