/** The installation's secret: the one thing from which the passwords of all roles derive. */
import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CommandError } from './command-error.js';
import { errorCode } from './errors.js';

async function readSecret(file: string): Promise<string | null> {
  try {
    const secret = (await readFile(file, 'utf8')).trim();
    if (secret.length < 32)
      throw new CommandError('The secret file holds fewer than 32 characters. Put back the right one.');
    return secret;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Reads the secret, making it the first time. Two processes that start at once agree on one: the file appears
 * whole, by a hard link, and whoever comes second reads the other's.
 */
export async function ensureSecret(file: string): Promise<string> {
  const known = await readSecret(file);
  if (known !== null) return known;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const temporary = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(temporary, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    await link(temporary, file);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    await rm(temporary);
  }
  const made = await readSecret(file);
  if (made === null) throw new CommandError('The secret file vanished while it was made. Start again.');
  return made;
}
