/** The versions of the vocabulary in the database, each from its quarter on. */
import { z } from 'zod';
import type { Quarter } from '../../contract/period.js';
import { storedVocabularySchema, type StoredVocabulary } from '../../contract/vocabulary-draft.js';
import type { Sql, Transaction } from '../../platform/database.js';
import { affected, maybeOne } from '../../platform/statements.js';

/** A version and the quarter from which it holds. The first holds from before every quarter that can be named. */
const versionSchema = z.strictObject({ quarter: z.string(), vocabulary: storedVocabularySchema });
type VocabularyVersion = z.infer<typeof versionSchema>;

/** The version in effect in a quarter, with its retired codes. */
export async function versionOf(desk: Sql, quarter: Quarter): Promise<VocabularyVersion> {
  const version = await maybeOne(
    desk,
    versionSchema,
    `SELECT from_quarter AS quarter, document AS vocabulary FROM desk.vocabulary
     WHERE from_quarter COLLATE "C" <= $1 ORDER BY from_quarter COLLATE "C" DESC LIMIT 1`,
    [quarter],
  );
  if (version === null) throw new Error('There is no vocabulary: the installation is not whole.');
  return version;
}

/** Stores a quarter's version, in place of the one that was there. */
export async function setVersion(
  transaction: Transaction,
  quarter: Quarter,
  vocabulary: StoredVocabulary,
): Promise<void> {
  await affected(
    transaction,
    `INSERT INTO desk.vocabulary (version, from_quarter, document) VALUES ($1, $2, $3)
     ON CONFLICT (from_quarter) DO UPDATE SET document = excluded.document`,
    [vocabulary.version, quarter, JSON.stringify(vocabulary)],
  );
}

/** Stores the first version, where there is none yet. */
export async function addFirstVersion(
  desk: Sql,
  quarter: Quarter,
  vocabulary: StoredVocabulary,
): Promise<void> {
  await affected(
    desk,
    `INSERT INTO desk.vocabulary (version, from_quarter, document) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
    [vocabulary.version, quarter, JSON.stringify(vocabulary)],
  );
}
