/**
 * Sealing: finished days go from intake to the month's sealed table, where nothing tells them apart any more.
 */
import type { DataSource, EntityManager } from 'typeorm';
import { addDays, addMonths, monthOfDay, quarterOfMonth, type Day, type Month } from '../contract/period.js';
import { locks } from '../platform/locks.js';
import { keptDimensions, sealExpression } from './layout.js';
import { beginQuarter, type Desk, type FrozenQuarter } from './quarter.js';
import { forgetLog } from './residue.js';
import { ensureSealed, rewriteSealed } from './sealed.js';

/** How many days a sealed call's receipt is remembered, so that a late retry is not counted twice. */
const RECEIPT_DAYS = 7;

/** Memory for one sort or count, so that no call is spilled to a temporary file. */
const WORK_MEMORY = '256MB';

/** The rows to move: by SQL over intake.call, with one parameter. */
interface Finished {
  readonly condition: string;
  readonly parameter: Day | readonly Month[];
}

/** What every keeping transaction begins with: one at a time, and memory for its sorts and counts. */
export async function takeTurn(manager: EntityManager): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock($1)', [locks.close]);
  await manager.query(`SET LOCAL work_mem = '${WORK_MEMORY}'`);
}

/**
 * Takes the turn, and intake to itself. The intake lock comes before every other table's, in the order in which a
 * write takes them, so the two cannot wait for each other.
 */
export async function lockIntake(manager: EntityManager): Promise<void> {
  await takeTurn(manager);
  await manager.query('LOCK TABLE intake.call IN ACCESS EXCLUSIVE MODE');
}

/**
 * Writes a table of intake anew, sorted by receipt hash: a hash is random, so the order says nothing, and the
 * old file goes with every dead row in it.
 */
async function rewriteIntake(
  manager: EntityManager,
  table: string,
  columns: string,
  stays: string,
  parameters: unknown[],
): Promise<void> {
  await manager.query(
    `CREATE TEMPORARY TABLE aside ON COMMIT DROP AS SELECT ${columns} FROM ${table} WHERE ${stays}`,
    parameters,
  );
  await manager.query(`TRUNCATE ${table}`);
  await manager.query(
    `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM pg_temp.aside ORDER BY receipt_hash`,
  );
  await manager.query('DROP TABLE pg_temp.aside');
}

async function rememberReceipts(
  manager: EntityManager,
  { condition, parameter }: Finished,
  today: Day,
): Promise<void> {
  await manager.query(
    `INSERT INTO intake.receipt_memory (receipt_hash, forget_on)
     SELECT receipt_hash, $2::date FROM intake.call WHERE ${condition} ON CONFLICT (receipt_hash) DO NOTHING`,
    [parameter, addDays(today, RECEIPT_DAYS)],
  );
  await rewriteIntake(manager, 'intake.receipt_memory', 'receipt_hash, forget_on', 'forget_on > $1::date', [
    today,
  ]);
}

/**
 * Moves the finished rows of intake within the caller's transaction, which holds the intake lock. Every step is
 * taken whether or not there is a row to move.
 */
export async function moveFinished(
  manager: EntityManager,
  finished: Finished,
  today: Day,
  quarterOf: (month: Month) => Promise<FrozenQuarter>,
): Promise<void> {
  const { condition, parameter } = finished;
  const months: { month: Month }[] = await manager.query(
    `SELECT DISTINCT month FROM intake.call WHERE ${condition} ORDER BY month`,
    [parameter],
  );
  for (const { month } of months) {
    const quarter = await quarterOf(month);
    const codes = sealExpression(keptDimensions(quarter.plan, quarter.vocabulary));
    await rewriteSealed(
      manager,
      month,
      quarter,
      `SELECT ${codes} FROM intake.call WHERE ${condition} AND month = $2`,
      [parameter, month],
    );
  }
  await rememberReceipts(manager, finished, today);
  await rewriteIntake(manager, 'intake.call', 'receipt_hash, day, month, codes', `NOT (${condition})`, [
    parameter,
  ]);
}

/** Rows whose day is over. */
const beforeDay = (day: Day): Finished => ({ condition: 'day < $1::date', parameter: day });

/** Rows of these months, today's too. */
export const ofMonths = (months: readonly Month[]): Finished => ({
  condition: 'month = ANY($1::text[])',
  parameter: months,
});

/**
 * Seals every day before `before`. The current quarter, and that of the month before, begin if they had not, and
 * get their tables, whether or not there are calls.
 */
export async function seal(keeper: DataSource, desk: Desk, before: Day, today: Day): Promise<void> {
  await keeper.transaction('READ COMMITTED', async (manager) => {
    await lockIntake(manager);
    const current = monthOfDay(today);
    for (const month of [addMonths(current, -1), current]) {
      const quarter = await beginQuarter(manager, quarterOfMonth(month), desk);
      if (!(await isPublished(manager, quarterOfMonth(month)))) await ensureSealed(manager, month, quarter);
    }
    await moveFinished(manager, beforeDay(before), today, (month) =>
      beginQuarter(manager, quarterOfMonth(month), desk),
    );
  });
  await forgetLog(keeper);
}

/** Whether a month's or a quarter's numbers are out. */
export async function isPublished(manager: EntityManager, period: string): Promise<boolean> {
  const rows: unknown[] = await manager.query('SELECT 1 FROM published.period WHERE id = $1', [period]);
  return rows.length > 0;
}
