/** The installation's secret: the one thing from which the passwords of all roles derive. */
import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
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

/** Makes names in a folder survive a power cut; not every system can. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/**
 * Makes the secret, unless another process was faster: the file appears whole, by a hard link. It is flushed to
 * the disk, for without it nobody gets into the database that is made next.
 */
async function makeSecret(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const temporary = `${file}.${randomBytes(6).toString('hex')}`;
  const handle = await open(temporary, 'wx', 0o600);
  try {
    await handle.writeFile(`${randomBytes(32).toString('base64url')}\n`);
    await handle.sync();
    await link(temporary, file);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    await handle.close();
    await rm(temporary);
  }
  await flushFolder(dirname(file));
}

/**
 * Reads the secret, making it the first time. Two processes that start at once agree on one.
 * @throws CommandError when it can be neither read nor made, or is too short to be one
 */
export async function ensureSecret(file: string): Promise<string> {
  try {
    const known = await readSecret(file);
    if (known !== null) return known;
    await makeSecret(file);
    const made = await readSecret(file);
    if (made !== null) return made;
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(
      `The secret file ${file} can be neither read nor made (${errorCode(error)}): give Tyst a data directory of its own, owned by the OS user that starts it.`,
    );
  }
  throw new CommandError('The secret file vanished while it was made. Start again.');
}
