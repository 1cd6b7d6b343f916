/**
 * The sealed tables: one for each month that has not been counted to the end, `sealed.calls_YYYY_MM`, with the
 * codes of its calls and nothing else. Such a table is only ever written anew and whole, sorted by its codes, by
 * one transaction: a sorted multiset carries no order, and neither key, position nor transaction tells the day.
 */
import type { EntityManager } from 'typeorm';
import type { Month } from '../contract/period.js';
import { keptDimensions, sealedSlots } from './layout.js';
import type { FrozenQuarter } from './quarter.js';

/** The name of a month's sealed table. The month has been checked by its schema: digits and a hyphen. */
export const sealedTable = (month: Month): string => `sealed.calls_${month.replace('-', '_')}`;

async function exists(manager: EntityManager, table: string): Promise<boolean> {
  const [row]: { found: boolean }[] = await manager.query('SELECT to_regclass($1) IS NOT NULL AS found', [
    table,
  ]);
  return row?.found === true;
}

/**
 * An empty table for a month's calls. No statistics before the first row arrives, and no vacuum: ANALYZE would
 * copy codes into the catalogue, where they outlive the table.
 */
async function createTable(manager: EntityManager, table: string, slots: number): Promise<void> {
  await manager.query(
    `CREATE TABLE ${table} (codes smallint[] NOT NULL CHECK (cardinality(codes) = ${slots}))
     WITH (autovacuum_enabled = false, toast.autovacuum_enabled = false)`,
  );
  await manager.query(`ALTER TABLE ${table} ALTER codes SET STATISTICS 0, ALTER codes SET STORAGE PLAIN`);
}

/** Makes sure that a month has a sealed table, with or without calls. */
export async function ensureSealed(
  manager: EntityManager,
  month: Month,
  quarter: FrozenQuarter,
): Promise<void> {
  const table = sealedTable(month);
  if (await exists(manager, table)) return;
  await createTable(manager, table, sealedSlots(keptDimensions(quarter.plan, quarter.vocabulary)));
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
  await createTable(manager, rewritten, sealedSlots(keptDimensions(quarter.plan, quarter.vocabulary)));
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
