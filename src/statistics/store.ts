/** Published numbers in the database, as the role that can read nothing else. */
import { z } from 'zod';
import type { Period, Quarter } from '../contract/period.js';
import { queriesSchema, type Query } from '../contract/queries.js';
import type { Database } from '../platform/database.js';
import { all, one } from '../platform/statements.js';

/** Quarters as text, and which they are. */
const textSchema = z.strictObject({ rows: z.string(), quarters: z.array(z.string()) });

/**
 * These quarters, or all when null, each with its plan, its vocabulary and its closed periods, as the text of a JSON
 * array. One statement a question, so that a period closing meanwhile is either there with all its answers or not there
 * at all. Text, because whoever asks again for the same need not read it again.
 */
export function quartersAsText(
  reader: Database,
  quarters: readonly Quarter[] | null,
): Promise<z.infer<typeof textSchema>> {
  return one(
    reader,
    textSchema,
    `SELECT coalesce(jsonb_agg(jsonb_build_object(
       'quarter', q.quarter, 'plan', q.plan, 'vocabulary', q.vocabulary, 'closed', p.closed,
       'displayRules', q.display_rules,
       'countedFrom', to_char(q.counted_from, 'YYYY-MM-DD')
     ) ORDER BY q.quarter), '[]')::text AS rows, coalesce(array_agg(q.quarter), '{}') AS quarters
     FROM published.quarter_plan q,
       LATERAL (
         SELECT jsonb_agg(jsonb_build_object(
           'id', p.id,
           'publishedOn', to_char(p.published_on, 'YYYY-MM-DD'),
           'noisy', (SELECT coalesce(jsonb_agg(a.noisy ORDER BY a.query), '[]')
                     FROM published.noisy_answer a WHERE a.period = p.id)
         ) ORDER BY p.id) AS closed
         FROM published.period p WHERE p.quarter = q.quarter
       ) p
     WHERE p.closed IS NOT NULL AND ($1::text[] IS NULL OR q.quarter = ANY ($1))`,
    [quarters],
  );
}

type Queries = ReadonlyMap<Quarter, readonly Query[]>;

/** The frozen queries of quarters of which something is out: they never change again, and are read once by a process. */
const known = new WeakMap<Database, Map<Quarter, readonly Query[]>>();

/** The queries that quarters were frozen with. Only for quarters of which something is out. */
export async function queriesOfQuarters(reader: Database, quarters: readonly Quarter[]): Promise<Queries> {
  const kept = known.get(reader) ?? new Map<Quarter, readonly Query[]>();
  known.set(reader, kept);
  const missing = quarters.filter((quarter) => !kept.has(quarter));
  if (missing.length > 0) {
    const rows = await all(
      reader,
      z.strictObject({ quarter: z.string(), queries: queriesSchema }),
      'SELECT quarter, queries FROM published.quarter_plan WHERE quarter = ANY($1::text[])',
      [missing],
    );
    for (const { quarter, queries } of rows) kept.set(quarter, queries);
  }
  return kept;
}

/** The noisy answers of each of these periods that is out, in the order of its queries. */
export async function answersOf(
  reader: Database,
  periods: readonly Period[],
): Promise<ReadonlyMap<Period, readonly number[]>> {
  const rows = await all(
    reader,
    z.strictObject({ id: z.string(), noisy: z.array(z.int()) }),
    `SELECT p.id, (SELECT coalesce(jsonb_agg(a.noisy ORDER BY a.query), '[]')
                   FROM published.noisy_answer a WHERE a.period = p.id) AS noisy
     FROM published.period p WHERE p.id = ANY($1::text[])`,
    [periods],
  );
  return new Map(rows.map(({ id, noisy }) => [id, noisy]));
}
