/** Puts the files of a release into a folder. */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandError } from '../platform/command-error.js';
import { errorCode } from '../platform/errors.js';
import type { RenderedFile } from './files.js';

/** The bytes under a name; null when there is nothing. Anything that cannot be read counts as in the way. */
async function present(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw new CommandError('The folder holds something that cannot be read. Choose an empty folder.');
  }
}

/**
 * Writes a release's files, each whole or not at all, and makes the folder if need be. Files that are already
 * there with the same bytes are left alone.
 * @throws CommandError, before anything is written, when a file of that name has other bytes
 */
export async function writeRelease(files: readonly RenderedFile[], dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  const missing: RenderedFile[] = [];
  for (const file of files) {
    const bytes = await present(join(dir, file.name));
    if (bytes === null) missing.push(file);
    else if (!bytes.equals(file.bytes))
      throw new CommandError(`The folder already holds another ${file.name}. Choose an empty folder.`);
  }
  for (const { name, bytes } of missing) {
    const temporary = join(dir, `.${randomUUID()}.tmp`);
    try {
      await writeFile(temporary, bytes, { flag: 'wx', flush: true });
      await rename(temporary, join(dir, name));
    } finally {
      await rm(temporary, { force: true });
    }
  }
}
