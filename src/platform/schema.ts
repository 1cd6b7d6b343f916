/** Which version of the software a database was made by, told by the names of its migrations. */
import { z } from 'zod';
import { migrations } from '../../migrations/index.js';
import { CommandError } from './command-error.js';
import type { Sql } from './database.js';
import { softwareVersion } from './project.js';
import { all, one } from './statements.js';

/** `newer` where it holds a migration that this software does not know; `older` where one is still to be run. */
export type SchemaState = 'current' | 'older' | 'newer';

const known = migrations.map(({ name }) => name);

/** Compares a database with this software. For the owner, the reader and the keeper; who may not look finds it older. */
export async function schemaState(sql: Sql): Promise<SchemaState> {
  const { readable } = await one(
    sql,
    z.strictObject({ readable: z.boolean() }),
    `SELECT coalesce(has_table_privilege(to_regclass('tyst_migration'), 'SELECT'), false) AS readable`,
  );
  if (!readable) return 'older';
  const rows = await all(sql, z.strictObject({ name: z.string() }), 'SELECT name FROM tyst_migration');
  const run = new Set(rows.map(({ name }) => name));
  if ([...run].some((name) => !known.includes(name))) return 'newer';
  return known.every((name) => run.has(name)) ? 'current' : 'older';
}

/**
 * Throws CommandError where a newer version has been here: what it keeps, and by which rules, is not known to this one. Else
 * gives the state.
 */
export async function refuseNewer(sql: Sql): Promise<Exclude<SchemaState, 'newer'>> {
  const state = await schemaState(sql);
  if (state === 'newer')
    throw new CommandError(
      `This data was made by a newer version of Tyst than ${softwareVersion}. Run that version again, or a later one; nothing was changed.`,
    );
  return state;
}

/** Throws CommandError where the database is not this version's: for whoever has not the owner's login to mend it. */
export async function refuseOther(sql: Sql): Promise<void> {
  if ((await refuseNewer(sql)) === 'older')
    throw new CommandError(
      'The database is not brought up to this version yet. Run `tyst migrate`, as its owner, and try again.',
    );
}
