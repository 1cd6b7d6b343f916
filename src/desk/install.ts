/** What the desk of a new installation holds: the vocabulary that comes with the software. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { vocabularySchema, type Vocabulary } from '../contract/vocabulary.js';
import { projectRoot } from '../platform/project.js';

/** The first version holds from before every quarter that can be named, so that earlier calls can be imported. */
const FIRST_QUARTER = '0001-Q1';

/** The vocabulary that comes with the software, without the file's notes for people. */
export function defaultVocabulary(): Vocabulary {
  const file = z
    .object({ version: z.unknown(), dimensions: z.unknown() })
    .parse(JSON.parse(readFileSync(join(projectRoot, 'vocabulary', 'default.json'), 'utf8')));
  return vocabularySchema.parse(file);
}

/** Gives a new installation its vocabulary; leaves an existing one alone. Takes the owner's or the desk's pool. */
export async function installDesk(desk: DataSource): Promise<void> {
  const vocabulary = defaultVocabulary();
  await desk.query(
    `INSERT INTO desk.vocabulary (version, from_quarter, document) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
    [vocabulary.version, FIRST_QUARTER, JSON.stringify(vocabulary)],
  );
}
