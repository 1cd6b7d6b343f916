/**
 * Messages and files of a release: the frozen, signed files of one published quarter or year. A release is known
 * by its period and revision; `{period}` alone always names revision 1, so that an address never changes what it
 * answers, and `{period}.r2`, `.r3`, ... name the later ones.
 */
import { z } from 'zod';
import { forewordSchema } from './foreword.js';
import { lineText } from './line.js';
import { daySchema, monthSchema, quarterSchema } from './period.js';
import { universes } from './queries.js';
import { begunAnewSchema, surenessSchema } from './statistics.js';

/** A quarter or a year; one pattern, so that a missing period is reported as missing. */
export const releasePeriodSchema = z.string().regex(/^(19|20)\d{2}(-Q[1-4])?$/);

/** Why a period is issued once more; it is printed in the files, so a line of text without control characters. */
const reasonSchema = z.string().regex(lineText).trim().min(1).max(200);

export const issueReleaseSchema = z.strictObject({
  period: releasePeriodSchema,
  reason: reasonSchema.optional(),
  foreword: forewordSchema.optional(),
});

export const MANIFEST = 'manifest.json';
export const SIGNATURE = 'manifest.json.sig';

/** A plain file name: no folder, no hidden file, nothing that a file system reads as something else. */
export const fileNameSchema = z
  .string()
  .max(64)
  .regex(/^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$/);

export const releaseFileSchema = z.strictObject({
  name: fileNameSchema,
  bytes: z.int().min(0),
  /** Hexadecimal, lower case. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type ReleaseFile = z.infer<typeof releaseFileSchema>;

export const releaseSchema = z.strictObject({
  period: releasePeriodSchema,
  revision: z.int().min(1),
  issuedOn: daySchema,
  reason: z.string().optional(),
  /** As it stands in the reports, so that a revision can begin with it. */
  foreword: forewordSchema.optional(),
  files: z.array(releaseFileSchema),
});
export type Release = z.infer<typeof releaseSchema>;

export const releaseListSchema = z.array(releaseSchema);

/** A public key that releases are or were signed with. */
export const releaseKeySchema = z.strictObject({
  /** The first 16 hexadecimal digits of the SHA-256 of the key (SPKI, DER). */
  id: z.string(),
  /** Ed25519, PEM. */
  publicKey: z.string(),
  /** Whether the next release is signed with it. */
  inUse: z.boolean(),
  /** The day from which nothing that it signed is to be believed, because it may be in other hands. */
  withdrawnOn: daySchema.nullable(),
});
export type ReleaseKey = z.infer<typeof releaseKeySchema>;

/** The newest last. */
export const releaseKeysSchema = z.strictObject({ keys: z.array(releaseKeySchema) });

const placeSchema = z.int().min(0).nullable();

/**
 * A query that the numbers come from, as `tyst audit` writes it, without its answer: `cell` x (calls in that cell of the
 * table) + `margin` x (calls in that row; left out where 0) + `universe` x (calls of `of`) + noise of variance `sigma2`.
 */
const manifestQuerySchema = z.strictObject({
  /** In the release of a year, the quarter that it was asked of. */
  quarter: quarterSchema.optional(),
  /** The month that it was asked of and published with; the whole quarter where it is left out. */
  month: monthSchema.optional(),
  table: z.string().nullable(),
  row: placeSchema,
  column: placeSchema,
  cell: z.int(),
  margin: z.int().optional(),
  universe: z.int(),
  of: z.enum(universes),
  sigma2: z.number().positive(),
});
export type ManifestQuery = z.infer<typeof manifestQuerySchema>;

/**
 * `manifest.json`. The key `quarter` holds the id of the period, also when that is a year. `plan.tables` are the
 * ids of the published tables in order; `files` is every file of the release but the manifest and its signature.
 */
export const manifestSchema = z.strictObject({
  quarter: releasePeriodSchema,
  organisation: z.string().nullable(),
  plan: z.strictObject({ preset: z.string(), tables: z.array(z.string()) }),
  rho: z.number(),
  /** How the totals are shown; null for one that the plan does not give. */
  totals: z.strictObject({ contacts: surenessSchema.nullable(), conversations: surenessSchema.nullable() }),
  /** How the numbers of each table are shown, in the order of `plan.tables`. */
  tables: z.array(z.strictObject({ table: z.string(), ...surenessSchema.shape })),
  vocabularyVersion: z.int(),
  softwareVersion: z.string(),
  issuedOn: daySchema,
  revision: z.int().min(1),
  reason: z.string().optional(),
  /** As in the API: from when the quarter was counted, where its counters had to begin anew. */
  countedFrom: daySchema.nullable(),
  /** The quarters of the release of which that is so. */
  begunAnew: z.array(begunAnewSchema),
  queries: z.array(manifestQuerySchema),
  files: z.array(releaseFileSchema),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** A release as it is named in an address and in the event log. */
export const releaseName = (period: string, revision: number): string =>
  revision === 1 ? period : `${period}.r${String(revision)}`;

/** The period and revision that an address names; null when it names no release. */
export function parseReleaseName(name: string): { period: string; revision: number } | null {
  const match = /^(?<period>[^.]+)(?:\.r(?<revision>[1-9]\d{0,3}))?$/.exec(name);
  const period = match?.groups?.['period'] ?? '';
  if (!releasePeriodSchema.safeParse(period).success) return null;
  return { period, revision: Number(match?.groups?.['revision'] ?? '1') };
}
