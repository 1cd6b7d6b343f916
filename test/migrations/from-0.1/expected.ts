/** What version 0.1 itself said of the installation it left, and what it had been told; see make.md. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { z } from 'zod';

const read = <Held>(name: string, schema: z.ZodType<Held>): Held =>
  schema.parse(JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8')));

const byId = <Held extends z.ZodType>(held: Held) => z.record(z.string(), held);
const cells = z.array(z.array(z.int()));

/** A period as 0.1 told it, in today's shape: each total with the threshold, the step and the uncertainty that it had. */
const periodSchema = z
  .looseObject({
    id: z.string(),
    plan: z.strictObject({
      ...{ preset: z.string(), rho: z.number(), sigma2: z.number() },
      ...{ threshold: z.int(), step: z.int() },
    }),
    uncertainty: z.record(z.enum(['contacts', 'conversations']), z.int().nullable()),
  })
  .transform(({ plan: { preset, rho, threshold, step }, uncertainty, ...period }) => {
    const of = (known: number | null) => (known === null ? null : { threshold, step, uncertainty: known });
    const { contacts, conversations } = uncertainty;
    return {
      ...period,
      plan: { preset, rho },
      sureness: { contacts: of(contacts), conversations: of(conversations) },
    };
  });

/** A table as 0.1 told it, in today's shape, which has one line for all that is hidden. */
const tableSchema = z
  .looseObject({ columns: z.unknown(), remainders: z.array(z.unknown()).optional() })
  .transform(({ remainders = [], ...table }) => ({
    ...table,
    hidden: table.columns === null ? (remainders[0] ?? null) : null,
  }));

/** What it published. */
export const published01 = read(
  'published.json',
  z.strictObject({
    /** The reply of GET /statistics/periods. */
    periods: z.strictObject({ periods: z.array(periodSchema) }),
    /** By period and table the reply of GET /statistics/periods/{period}/tables/{table}, in the plan's order. */
    tables: byId(byId(tableSchema)),
    /** By period what `tyst audit` printed: the noisy integers. */
    audit: byId(
      z.looseObject({
        tables: z.array(z.strictObject({ id: z.string(), sigma2: z.number(), noisy: cells })),
      }),
    ),
    /** By period and file the SHA-256 of the bytes that GET /releases/{release}/{file} sent. */
    releases: byId(byId(z.string())),
  }),
);

/**
 * The true counts of the quarters that were not closed, by table of the plan, rows x columns: of the calls that were
 * sealed or logged before the last day, and of the last day's.
 */
export const trueCounts01 = read(
  'true-counts.json',
  byId(z.strictObject({ before: byId(cells), today: byId(cells) })),
);

/** How many rows each table held, and how many calls were open, by their day. */
export const rows01 = read('rows.json', z.strictObject({ tables: byId(z.int()), open: byId(z.int()) }));

/** The password of everybody, the Cookie header of the handler who is signed in, and the key of the release. */
export const people01 = read(
  'people.json',
  z.strictObject({ password: z.string(), handlerCookie: z.string(), publicKey: z.string() }),
);

/** By period and file the SHA-256 of the bytes of every release, as `published01.releases` has them. */
export async function releaseHashes(owner: DataSource): Promise<Record<string, Record<string, string>>> {
  const files: { period: string; name: string; bytes: Buffer }[] = await owner.query(
    'SELECT period, name, bytes FROM published.release_file',
  );
  const hashes: Record<string, Record<string, string>> = {};
  for (const { period, name, bytes } of files)
    (hashes[period] ??= {})[name] = createHash('sha256').update(bytes).digest('hex');
  return hashes;
}
