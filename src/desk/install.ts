/** What the desk of a new installation holds: the vocabulary and the directory that come with the software. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { suppliedOrganisationSchema } from '../contract/directory.js';
import { vocabularySchema, type Vocabulary } from '../contract/vocabulary.js';
import type { Database } from '../platform/database.js';
import { projectRoot } from '../platform/project.js';
import { addNewOrganisations } from './directory/directory-store.js';
import { addFirstVersion } from './planning/vocabulary-store.js';

/** The first version holds from before every quarter that can be named, so that earlier calls can be imported. */
const FIRST_QUARTER = '0001-Q1';

const readShipped = (name: string): unknown =>
  JSON.parse(readFileSync(join(projectRoot, 'vocabulary', name), 'utf8'));

/** The vocabulary that comes with the software, without the file's notes for people. */
export function defaultVocabulary(): Vocabulary {
  const file = z.object({ version: z.unknown(), dimensions: z.unknown() }).parse(readShipped('default.json'));
  return vocabularySchema.parse(file);
}

/**
 * Puts the organisations that come with the software into the directory: all of them in a new installation, those
 * that a new version has added in an older one. What an administrator has changed or removed is left alone.
 */
async function installDirectory(desk: Database): Promise<void> {
  const file = z.object({ organisations: z.array(suppliedOrganisationSchema) });
  await addNewOrganisations(desk, file.parse(readShipped('directory.json')).organisations);
}

/** Gives a new installation its vocabulary and its directory; leaves what is there alone. Takes the owner's or the desk's pool. */
export async function installDesk(desk: Database): Promise<void> {
  await addFirstVersion(desk, FIRST_QUARTER, defaultVocabulary());
  await installDirectory(desk);
}
