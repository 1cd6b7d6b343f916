/** The hashes of every file of the golden releases, as they are made now and as they are written down. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/platform/project.js';
import type { ReleaseContent } from '../../src/release/content.js';
import { releaseFiles } from '../../src/release/files.js';
import { lines, releaseOf, yearOf } from './lines.js';

/** SHA-256 by the names of the files. */
export type Hashes = Readonly<Record<string, string>>;

export const GOLDEN = 'test/release/golden.json';

export const goldenHashes = () =>
  JSON.parse(readFileSync(join(projectRoot, GOLDEN), 'utf8')) as Readonly<Record<string, Hashes>>;

/** The releases, by what they are called in the file. */
export const goldenReleases: readonly (readonly [name: string, content: () => ReleaseContent])[] = [
  ...lines.map((line) => [line.preset, () => releaseOf(line)] as const),
  ['year', () => yearOf({ preset: 'small', calls: 130 })],
];

export async function hashesOf(content: ReleaseContent): Promise<Hashes> {
  const files = await releaseFiles(content);
  return Object.fromEntries(
    files.map(({ name, bytes }) => [name, createHash('sha256').update(bytes).digest('hex')]),
  );
}
