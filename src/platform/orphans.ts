/**
 * Files that a killed server leaves behind. A table that a transaction was writing when the server was killed has
 * a file but no entry in the catalogue; PostgreSQL never removes it, and after a seal it would hold calls for ever.
 */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Database } from './database.js';
import { locks } from './locks.js';
import { one } from './statements.js';

/** A relation's files: its number, then a further segment or a fork. Temporary tables' names begin with t. */
const RELATION_FILE = /^(\d+)(\.\d+|_(fsm|vm|init)(\.\d+)?)?$/;

/**
 * Removes the files of our database that belong to no table. For the embedded server only; `cluster` is its
 * directory. Takes the locks under which anything of ours makes a table, so no file in the making is touched.
 * @returns how many files were removed
 */
export async function removeOrphanFiles(owner: Database, cluster: string): Promise<number> {
  const runner = owner.createQueryRunner();
  try {
    // In the order in which a seal takes them, so that the two cannot wait for each other.
    for (const lock of [locks.close, locks.plan]) await runner.query('SELECT pg_advisory_lock($1)', [lock]);
    // Files of tables dropped in good order go with the next checkpoint: then only orphans are left to find.
    await runner.query('CHECKPOINT');
    const row = await one(
      runner.manager,
      z.strictObject({ folder: z.string(), nodes: z.array(z.string()) }),
      `SELECT 'base/' || (SELECT oid FROM pg_database WHERE datname = current_database()) AS folder,
              array_agg(pg_relation_filenode(oid)::text) AS nodes
       FROM pg_class WHERE pg_relation_filenode(oid) IS NOT NULL`,
    );
    const known = new Set(row.nodes);
    const folder = join(cluster, row.folder);
    const orphans = (await readdir(folder)).filter((name) => {
      const node = RELATION_FILE.exec(name)?.[1];
      return node !== undefined && !known.has(node);
    });
    for (const name of orphans) await rm(join(folder, name), { force: true });
    return orphans.length;
  } finally {
    await runner.query('SELECT pg_advisory_unlock_all()');
    await runner.release();
  }
}
