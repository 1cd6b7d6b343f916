/** What an installation has written down of itself, as the role that sees published numbers alone may read it. */
import { z } from 'zod';
import type { Kept } from '../contract/kept.js';
import { daySchema } from '../contract/period.js';
import { begunAnewSchema, type BegunAnew } from '../contract/statistics.js';
import type { Database } from './database.js';
import { all, maybeOne, one } from './statements.js';

/** Since when an installation keeps, and when its days were last sealed. */
export async function readKept(reader: Database): Promise<Kept> {
  const kept = await maybeOne(
    reader,
    z.strictObject({ installedOn: daySchema, sealedOn: daySchema.nullable() }),
    `SELECT to_char(installed_on, 'YYYY-MM-DD') AS "installedOn", to_char(sealed_on, 'YYYY-MM-DD') AS "sealedOn"
     FROM published.installation`,
  );
  if (kept === null) throw new Error('The installation is not complete: run `tyst start`.');
  return kept;
}

/** Which installation a database holds; a standby of it says the same. */
export async function readInstallationId(reader: Database): Promise<string> {
  const { id } = await one(
    reader,
    z.strictObject({ id: z.string() }),
    'SELECT id::text AS id FROM published.installation',
  );
  return id;
}

/** The quarters whose counters had to begin anew, in their order. */
export function readBegunAnew(reader: Database, which: 'all' | 'unpublished'): Promise<BegunAnew[]> {
  return all(
    reader,
    begunAnewSchema,
    `SELECT quarter, to_char(counted_from, 'YYYY-MM-DD') AS "countedFrom" FROM published.quarter_plan q
     WHERE counted_from IS NOT NULL
       AND ($1 = 'all' OR NOT EXISTS (SELECT 1 FROM published.period p WHERE p.id = q.quarter))
     ORDER BY quarter`,
    [which],
  );
}
