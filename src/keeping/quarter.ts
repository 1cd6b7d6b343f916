/**
 * When a quarter begins, its plan, its vocabulary and the list of queries they compile to are frozen in
 * `published.quarter_plan` and never change again. What is counted and published of the quarter follows from that row
 * alone, and is read back from it, never compiled again.
 */
import { monthsOfQuarter, type Quarter } from '../contract/period.js';
import type { Plan } from '../contract/plan.js';
import { compileQueries } from '../contract/compile.js';
import type { Vocabulary } from '../contract/vocabulary.js';
import type { Database, Sql, Transaction } from '../platform/database.js';
import { lockUntilCommit } from '../platform/locks.js';
import type { Counted } from './count-call.js';
import type { FrozenQuarter } from './frozen-quarter.js';
import { begunUnfrozen, findQuarter, insertQuarter, publishedAmong } from './quarter-store.js';

/** The desk's word on a quarter that has not begun. */
export interface Desk {
  readonly planOf: (quarter: Quarter) => Promise<Plan>;
  readonly vocabularyOf: (quarter: Quarter) => Promise<Vocabulary>;
}

/** A quarter as it was frozen, or as it would be if it began now. */
export async function quarterAsItStands(keeper: Sql, quarter: Quarter, desk: Desk): Promise<Counted> {
  const begun = await findQuarter(keeper, quarter);
  if (begun !== null) return begun;
  const [plan, vocabulary] = [await desk.planOf(quarter), await desk.vocabularyOf(quarter)];
  return { quarter, plan, vocabulary, queries: compileQueries(plan, vocabulary, quarter) };
}

/**
 * The frozen quarter, frozen now if it had not begun: under the lock under which the desk sets a plan, so that nobody is
 * told that a plan was set which the quarter then does not have. One that has begun takes no lock: it does not change.
 */
export async function beginQuarter(
  transaction: Transaction,
  quarter: Quarter,
  desk: Desk,
): Promise<FrozenQuarter> {
  const begun = await findQuarter(transaction, quarter);
  if (begun !== null) return begun;
  await lockUntilCommit(transaction, 'plan');
  // Somebody else may have frozen it while this waited.
  if ((await findQuarter(transaction, quarter)) === null)
    await insertQuarter(transaction, await quarterAsItStands(transaction, quarter, desk));
  const frozen = await findQuarter(transaction, quarter);
  if (frozen === null) throw new Error('A quarter that was frozen is gone.');
  return frozen;
}

/** Freezes the quarters of which the desk has recorded that they have begun. Makes no counters: the night does. */
export async function freezeBegun(keeper: Database, desk: Desk): Promise<void> {
  for (const quarter of await begunUnfrozen(keeper))
    await keeper.transaction('READ COMMITTED', async (transaction) => {
      await beginQuarter(transaction, quarter, desk);
    });
}

/** The places of a quarter's queries that are not out yet, in order; none when the quarter itself is out. */
export async function openQueries(keeper: Sql, quarter: Counted): Promise<number[]> {
  const out = await publishedAmong(keeper, [...monthsOfQuarter(quarter.quarter), quarter.quarter]);
  if (out.has(quarter.quarter)) return [];
  return quarter.queries.flatMap(({ month }, index) => (month !== null && out.has(month) ? [] : [index]));
}
