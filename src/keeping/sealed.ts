/**
 * The sealed tables: one for each month that has not been counted to the end, `sealed.calls_YYYY_MM`, with the
 * codes of its calls and nothing else. Such a table is only ever written anew and whole, sorted by its codes, by
 * one transaction: a sorted multiset carries no order, and neither key, position nor transaction tells the day.
 */
import type { EntityManager } from 'typeorm';
import type { Month } from '../contract/period.js';
import { CommandError } from '../platform/command-error.js';
import { keptDimensions, sealedSlots } from './layout.js';
import type { FrozenQuarter } from './quarter.js';

/** The name of a month's sealed table. The month has been checked by its schema: digits and a hyphen. */
export const sealedTable = (month: Month): string => `sealed.calls_${month.replace('-', '_')}`;

/**
 * What a sealed table is marked with: the frozen plan and vocabulary that say what its slots hold and what its calls
 * may be counted for, as a hash of what stands in the database. A plan that is changed there after the quarter began,
 * by a table added by hand, say, would read the slots wrongly, and once a month of it is out would spend more than rho.
 */
async function markOf(manager: EntityManager, { quarter }: FrozenQuarter): Promise<string> {
  const [row]: { mark: string }[] = await manager.query(
    `SELECT encode(sha256(convert_to(plan::text || vocabulary::text, 'UTF8')), 'hex') AS mark
     FROM published.quarter_plan WHERE quarter = $1`,
    [quarter],
  );
  if (row === undefined) throw new RangeError('The quarter has not begun.');
  return row.mark;
}

/** The mark of a table; null when there is no such table. */
async function findMark(manager: EntityManager, table: string): Promise<string | null> {
  const rows: { mark: string | null }[] = await manager.query(
    `SELECT obj_description(oid, 'pg_class') AS mark FROM pg_class WHERE oid = to_regclass($1)`,
    [table],
  );
  const [row] = rows;
  return row === undefined ? null : (row.mark ?? '');
}

/**
 * An empty table for a month's calls, with its quarter's mark. No statistics before the first row arrives, and no
 * vacuum: ANALYZE would copy codes into the catalogue, where they outlive the table.
 */
async function createTable(manager: EntityManager, table: string, quarter: FrozenQuarter): Promise<void> {
  const slots = sealedSlots(keptDimensions(quarter.plan, quarter.vocabulary));
  await manager.query(
    `CREATE TABLE ${table} (codes smallint[] NOT NULL CHECK (cardinality(codes) = ${slots} AND array_position(codes, NULL) IS NULL))
     WITH (autovacuum_enabled = false, toast.autovacuum_enabled = false)`,
  );
  await manager.query(`ALTER TABLE ${table} ALTER codes SET STATISTICS 0, ALTER codes SET STORAGE PLAIN`);
  await manager.query(`COMMENT ON TABLE ${table} IS '${await markOf(manager, quarter)}'`);
}

/**
 * Makes sure that a month has a sealed table, with or without calls. Throws CommandError when it has one that was made
 * under another plan or vocabulary than the quarter's.
 */
export async function ensureSealed(
  manager: EntityManager,
  month: Month,
  quarter: FrozenQuarter,
): Promise<void> {
  const table = sealedTable(month);
  const mark = await findMark(manager, table);
  if (mark === null) return createTable(manager, table, quarter);
  if (mark !== (await markOf(manager, quarter)))
    throw new CommandError(
      `The plan or vocabulary of ${quarter.quarter} is not the one it began with; nothing is sealed or closed.`,
    );
}

/**
 * Writes a month's sealed table anew: its old rows and those of `source`, a SELECT of one column of sealed codes,
 * in the sorted order of the codes. Runs inside the caller's transaction.
 */
export async function rewriteSealed(
  manager: EntityManager,
  month: Month,
  quarter: FrozenQuarter,
  source: string,
  parameters: readonly unknown[] = [],
): Promise<void> {
  await ensureSealed(manager, month, quarter);
  const table = sealedTable(month);
  const rewritten = `${table}_rewritten`;
  await createTable(manager, rewritten, quarter);
  await manager.query(
    `INSERT INTO ${rewritten} SELECT codes FROM (SELECT codes FROM ${table} UNION ALL ${source}) AS calls(codes) ORDER BY codes`,
    [...parameters],
  );
  await manager.query(`DROP TABLE ${table}`);
  await manager.query(`ALTER TABLE ${rewritten} RENAME TO ${table.slice('sealed.'.length)}`);
}

/** Drops a month's sealed table, file and all. */
export async function dropSealed(manager: EntityManager, month: Month): Promise<void> {
  await manager.query(`DROP TABLE ${sealedTable(month)}`);
}
