/** The vocabulary of a quarter: the latest version that takes effect in it or before. */
import type { Quarter } from '../../contract/period.js';
import { vocabularyInUse } from '../../contract/draft-rules.js';
import type { Vocabulary } from '../../contract/vocabulary.js';
import type { Database, Sql } from '../../platform/database.js';
import { versionOf } from './vocabulary-store.js';

/** Milliseconds. A begun quarter's vocabulary never changes; a later quarter's may while it is a draft. */
const KEEP_FOR = 10_000;

/** Reads the vocabulary of a quarter from the database, without the codes that are retired in it. */
export async function readVocabulary(desk: Sql, quarter: Quarter): Promise<Vocabulary> {
  const { vocabulary } = await versionOf(desk, quarter);
  return vocabularyInUse(vocabulary);
}

/** Gives the vocabulary of a quarter, read anew when what is in memory is ten seconds old. */
export function vocabularyOf(desk: Database): (quarter: Quarter) => Promise<Vocabulary> {
  const kept = new Map<Quarter, { vocabulary: Vocabulary; until: number }>();
  return async (quarter) => {
    const known = kept.get(quarter);
    if (known !== undefined && performance.now() < known.until) return known.vocabulary;
    const vocabulary = await readVocabulary(desk, quarter);
    // Quarters can be asked for from outside: never keep more than a few.
    if (kept.size >= 16) kept.clear();
    kept.set(quarter, { vocabulary, until: performance.now() + KEEP_FOR });
    return vocabulary;
  };
}
