/**
 * The SQL of releases. The keeper may insert a release and its files and never change or delete one; the role
 * `reader` reads them; the role `desk` can only ask for one.
 */
import { z } from 'zod';
import { daySchema, quarterSchema, type Day, type Period, type Quarter } from '../contract/period.js';
import { queriesSchema } from '../contract/queries.js';
import {
  releaseFileSchema,
  releaseKeySchema,
  releaseName,
  type Release,
  type ReleaseKey,
} from '../contract/release.js';
import type { Database, Sql, Transaction } from '../platform/database.js';
import { recordEvent, type Actor } from '../platform/event-log.js';
import { lockUntilCommit } from '../platform/locks.js';
import { affected, all, bytesSchema, maybeOne, notify, one } from '../platform/statements.js';
import type { AskedOfQuarter } from './content.js';
import type { RenderedFile } from './files.js';
import type { SigningKey } from './key.js';

/** A foreword as it is stored: what was sent was checked then. */
const storedForewordSchema = z.strictObject({ sv: z.string().optional(), en: z.string().optional() });

const requestSchema = z.strictObject({
  period: z.string(),
  revision: z.int(),
  reason: z.string().nullable(),
  foreword: storedForewordSchema.nullable(),
  requestedBy: z.string(),
});
/** A wish for a release, filed by the web process and carried out by the keeper. */
export type ReleaseRequest = Readonly<z.infer<typeof requestSchema>>;

/** Where the web process says that there is a new request. */
export const REQUEST_CHANNEL = 'tyst_release_request';

const releaseRowSchema = z.strictObject({
  period: z.string(),
  revision: z.int(),
  issuedOn: daySchema,
  reason: z.string().nullable(),
  foreword: storedForewordSchema.nullable(),
  files: z.array(releaseFileSchema),
});

/** Both languages of a foreword as one value: null where there is none in either. */
const forewordOf = (table: string) =>
  `nullif(jsonb_strip_nulls(jsonb_build_object('sv', ${table}.foreword_sv, 'en', ${table}.foreword_en)), '{}')`;

const releaseQuery = `
  SELECT r.period, r.revision, to_char(r.issued_on, 'YYYY-MM-DD') AS "issuedOn", r.reason, ${forewordOf('r')} AS foreword,
    json_agg(json_build_object('name', f.name, 'bytes', octet_length(f.bytes),
      'sha256', encode(sha256(f.bytes), 'hex')) ORDER BY f.name COLLATE "C") AS files
  FROM published.release r JOIN published.release_file f USING (period, revision)`;

const toRelease = ({
  period,
  revision,
  issuedOn,
  reason,
  foreword,
  files,
}: z.infer<typeof releaseRowSchema>): Release => ({
  period,
  revision,
  issuedOn,
  ...(reason === null ? {} : { reason }),
  ...(foreword === null ? {} : { foreword }),
  files,
});

/** Every release, the latest period first, its latest revision first. */
export async function listReleases(database: Database): Promise<Release[]> {
  const rows = await all(
    database,
    releaseRowSchema,
    `${releaseQuery} GROUP BY r.period, r.revision ORDER BY r.period COLLATE "C" DESC, r.revision DESC`,
  );
  return rows.map(toRelease);
}

const factsSchema = z.strictObject({
  installedOn: daySchema,
  published: z.array(z.string()),
  issued: z.array(z.string()),
});

/** What is known of the installation's periods without looking at a number of any. */
export async function statusFacts(
  database: Database,
): Promise<{ installedOn: Day; published: Period[]; issued: Period[] }> {
  const row = await maybeOne(
    database,
    factsSchema,
    `SELECT to_char(installed_on, 'YYYY-MM-DD') AS "installedOn",
       (SELECT coalesce(json_agg(id), '[]') FROM published.period) AS published,
       (SELECT coalesce(json_agg(DISTINCT period), '[]') FROM published.release) AS issued
     FROM published.installation`,
  );
  if (row === null) throw new Error('The installation is not complete: run `tyst start`.');
  return row;
}

/** What each of these quarters was asked and is shown by, in the quarters' order. */
export async function askedOf(database: Sql, quarters: readonly Quarter[]): Promise<AskedOfQuarter[]> {
  return all(
    database,
    z.strictObject({ quarter: quarterSchema, queries: queriesSchema, displayRules: z.int() }),
    `SELECT quarter, queries, display_rules AS "displayRules" FROM published.quarter_plan WHERE quarter = ANY($1::text[])
     ORDER BY quarter COLLATE "C"`,
    [quarters],
  );
}

/** The name of every release, and the id of the key it is signed with. Reads no file. */
export async function issuedReleases(database: Database): Promise<{ name: string; key: string }[]> {
  const rows = await all(
    database,
    z.strictObject({ period: z.string(), revision: z.int(), key: z.string() }),
    'SELECT period, revision, release_key AS key FROM published.release',
  );
  return rows.map(({ period, revision, key }) => ({ name: releaseName(period, revision), key }));
}

/** One release; null when it is not issued. */
export async function findRelease(
  database: Database,
  period: string,
  revision: number,
): Promise<Release | null> {
  const row = await maybeOne(
    database,
    releaseRowSchema,
    `${releaseQuery} WHERE r.period = $1 AND r.revision = $2 GROUP BY r.period, r.revision`,
    [period, revision],
  );
  return row === null ? null : toRelease(row);
}

/** The greatest revision of a period that is issued; 0 when there is none. */
export async function latestRevision(database: Sql, period: string): Promise<number> {
  const { latest } = await one(
    database,
    z.strictObject({ latest: z.int() }),
    'SELECT coalesce(max(revision), 0)::integer AS latest FROM published.release WHERE period = $1',
    [period],
  );
  return latest;
}

/** The files of one release with their frozen bytes, the signature among them, by name. */
export async function releasedFiles(
  database: Database,
  period: string,
  revision: number,
): Promise<RenderedFile[]> {
  return all(
    database,
    z.strictObject({ name: z.string(), bytes: bytesSchema }),
    `SELECT name, bytes FROM published.release_file WHERE period = $1 AND revision = $2
     ORDER BY name COLLATE "C"`,
    [period, revision],
  );
}

/** The frozen bytes of one file; null when there is no such release or file. */
export async function findFile(
  database: Database,
  { period, revision }: { readonly period: string; readonly revision: number },
  name: string,
): Promise<Buffer | null> {
  const row = await maybeOne(
    database,
    z.strictObject({ bytes: bytesSchema }),
    'SELECT bytes FROM published.release_file WHERE period = $1 AND revision = $2 AND name = $3',
    [period, revision, name],
  );
  return row?.bytes ?? null;
}

/** The public key (PEM) that came last; null before the keeper's first start. */
export async function newestPublicKey(database: Database): Promise<string | null> {
  const row = await maybeOne(
    database,
    z.strictObject({ key: z.string() }),
    'SELECT public_key AS key FROM published.release_key ORDER BY number DESC LIMIT 1',
  );
  return row?.key ?? null;
}

/** Every public key, the newest last. */
export async function listKeys(database: Sql): Promise<ReleaseKey[]> {
  return all(
    database,
    releaseKeySchema,
    `SELECT k.id, k.public_key AS "publicKey", k.number = max(k.number) OVER () AS "inUse",
       to_char(w.withdrawn_on, 'YYYY-MM-DD') AS "withdrawnOn"
     FROM published.release_key k LEFT JOIN published.release_key_withdrawal w USING (id) ORDER BY k.number`,
  );
}

/** Says of a key that what it signed is not to be believed. */
export async function insertWithdrawal(transaction: Transaction, id: string, day: Day): Promise<void> {
  await transaction.query('INSERT INTO published.release_key_withdrawal (id, withdrawn_on) VALUES ($1, $2)', [
    id,
    day,
  ]);
}

/** Makes a public key known to readers, once. */
export async function registerKey(database: Sql, key: SigningKey): Promise<void> {
  // Not left to ON CONFLICT alone: each conflict would use up a number.
  await affected(
    database,
    `INSERT INTO published.release_key (id, public_key)
     SELECT $1, $2 WHERE NOT EXISTS (SELECT 1 FROM published.release_key WHERE id = $1)
     ON CONFLICT (id) DO NOTHING`,
    [key.id, key.publicKey],
  );
}

/** One issue at a time, until the transaction ends; the keeper has no right to lock the table itself. */
export async function lockReleases(transaction: Transaction): Promise<void> {
  await lockUntilCommit(transaction, 'publish');
}

/** Freezes a release: its row, every file, and the event that says who issued it. */
export async function insertRelease(
  transaction: Transaction,
  release: Omit<ReleaseRequest, 'requestedBy'> & {
    readonly issuedOn: Day;
    readonly actor: Actor;
    readonly key: string;
  },
  files: readonly RenderedFile[],
): Promise<void> {
  const { period, revision, reason, foreword, issuedOn, actor, key } = release;
  await transaction.query(
    `INSERT INTO published.release (period, revision, reason, issued_on, release_key, foreword_sv, foreword_en)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [period, revision, reason, issuedOn, key, foreword?.sv, foreword?.en],
  );
  for (const { name, bytes } of files) {
    await transaction.query(
      'INSERT INTO published.release_file (period, revision, name, bytes) VALUES ($1, $2, $3, $4)',
      [period, revision, name, bytes],
    );
  }
  const subject = releaseName(period, revision);
  await recordEvent(transaction, { day: issuedOn, actor, kind: 'release-issued', subject });
}

/** Files a request and wakes the keeper. False when the same release was asked for before. */
export async function fileRequest(desk: Database, request: ReleaseRequest): Promise<boolean> {
  const { period, revision, reason, foreword, requestedBy } = request;
  const filed = await affected(
    desk,
    `INSERT INTO desk.release_request (period, revision, reason, requested_by, foreword_sv, foreword_en)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (period, revision) DO NOTHING`,
    [period, revision, reason, requestedBy, foreword?.sv, foreword?.en],
  );
  // Again for a request that has waited: the keeper may have missed the first call.
  await notify(desk, REQUEST_CHANNEL);
  return filed > 0;
}

/** Every request that has no release yet, earlier revisions first. */
export async function pendingRequests(keeper: Database): Promise<ReleaseRequest[]> {
  return all(
    keeper,
    requestSchema,
    `SELECT q.period, q.revision, q.reason, q.requested_by AS "requestedBy", ${forewordOf('q')} AS foreword
     FROM desk.release_request q
     WHERE NOT EXISTS (SELECT 1 FROM published.release r WHERE r.period = q.period AND r.revision = q.revision)
     ORDER BY q.period, q.revision`,
  );
}
