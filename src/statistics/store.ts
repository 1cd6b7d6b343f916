/** Published numbers in the database, as the role that can read nothing else. */
import { z } from 'zod';
import type { Quarter } from '../contract/period.js';
import type { Database } from '../platform/database.js';
import { one } from '../platform/statements.js';

/**
 * These quarters, or all when null, each with its plan, its vocabulary and its closed periods, as the text of a JSON
 * array. One statement a question, so that a period closing meanwhile is either there with all its tables or not there
 * at all. Text, because whoever asks again for the same need not read it again.
 */
export async function quartersAsText(reader: Database, quarters: readonly Quarter[] | null): Promise<string> {
  const { rows } = await one(
    reader,
    z.strictObject({ rows: z.string() }),
    `SELECT coalesce(jsonb_agg(jsonb_build_object(
       'quarter', q.quarter, 'plan', q.plan, 'vocabulary', q.vocabulary, 'closed', p.closed
     ) ORDER BY q.quarter), '[]')::text AS rows
     FROM published.quarter_plan q,
       LATERAL (
         SELECT jsonb_agg(jsonb_build_object(
           'id', p.id,
           'publishedOn', to_char(p.published_on, 'YYYY-MM-DD'),
           'tables', (SELECT coalesce(jsonb_object_agg(t.id, to_jsonb(t.noisy)), '{}')
                      FROM published.noisy_table t WHERE t.period = p.id)
         ) ORDER BY p.id) AS closed
         FROM published.period p WHERE p.quarter = q.quarter
       ) p
     WHERE p.closed IS NOT NULL AND ($1::text[] IS NULL OR q.quarter = ANY ($1))`,
    [quarters],
  );
  return rows;
}
