/**
 * The keys of the night: the private halves, one file each in a directory of their own. Nothing else of the keeper is
 * ever as dear: whoever has one, and a copy of the database of the same day, can read that day.
 *
 * A key file appears whole or not at all, is on the disk before anything is sealed to it, and is written over before it
 * is unlinked. On modern disks that is best effort; what holds against a stolen disk is an encrypted volume.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { CommandError } from '../platform/command-error.js';
import { KEY_BYTES } from '../platform/envelope.js';
import { errorCode } from '../platform/errors.js';
import { syncDirectory } from '../platform/embedded/directories.js';
import type { KeyDirectory } from '../platform/key-directory.js';
import { writeWhole } from '../platform/whole-file.js';

/** A key of the night. `number` counts the keys of the installation up: an old blob is not of this number. */
export interface NightKey {
  readonly id: string;
  readonly number: number;
  readonly privateBytes: Buffer;
}

const fileSchema = z.strictObject({
  installation: z.string(),
  number: z.int().min(1),
  key: z.string().transform((text, context) => {
    const bytes = Buffer.from(text, 'base64url');
    if (bytes.length !== KEY_BYTES) context.addIssue({ code: 'custom', message: 'no key' });
    return bytes;
  }),
});

/** A key file, or what is left of the making of one; whatever else lies there is left alone. */
const KEY_FILE = /^[0-9a-f]{32}(\.new)?$/;

const refused = (message: string) => new CommandError(message);

/** What can be wrong with the directory itself, in words. */
function directoryError({ path, named }: KeyDirectory, error: unknown): CommandError {
  const code = errorCode(error);
  if (code === 'ENOENT' && named)
    return refused(
      `The key directory ${path} is not there. Mount it, or correct TYST_KEY_DIR; nothing was changed.`,
    );
  return refused(
    `The key directory ${path} cannot be used (${code}). Give it room and the right owner; nothing was changed.`,
  );
}

/** The names of the key files in the directory. Makes the default directory; throws CommandError where a named one is missing. */
export async function listKeys(keys: KeyDirectory): Promise<string[]> {
  try {
    if (!keys.named && (await mkdir(keys.path, { recursive: true, mode: 0o700 })) !== undefined)
      await syncDirectory(dirname(keys.path));
    return (await readdir(keys.path)).filter((name) => KEY_FILE.test(name)).sort();
  } catch (error) {
    throw directoryError(keys, error);
  }
}

/** What a key file holds, or why it holds none: it is missing, another installation's, or cannot be read as a key. */
export type FoundKey = NightKey | 'missing' | 'foreign' | 'unreadable';

/** Reads a key of the installation. */
export async function readKey({ path }: KeyDirectory, id: string, installation: string): Promise<FoundKey> {
  let text: string;
  try {
    text = await readFile(join(path, id), 'utf8');
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? 'missing' : 'unreadable';
  }
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return 'unreadable';
  }
  const { data } = fileSchema.safeParse(document);
  if (data === undefined) return 'unreadable';
  if (data.installation !== installation) return 'foreign';
  return { id, number: data.number, privateBytes: data.key };
}

/** Makes a new key. Throws CommandError, with nothing changed, where it cannot be brought to the disk. */
export async function makeKey(keys: KeyDirectory, installation: string, number: number): Promise<NightKey> {
  const key = { id: randomBytes(16).toString('hex'), number, privateBytes: randomBytes(KEY_BYTES) };
  const text = JSON.stringify({ installation, number, key: key.privateBytes.toString('base64url') });
  const file = join(keys.path, key.id);
  try {
    await writeWhole(file, text, { unfinished: `${file}.new` });
  } catch (error) {
    throw directoryError(keys, error);
  }
  return key;
}

/** Destroys a key file: writes over it, and unlinks it. Harmless when it is gone already. */
export async function destroyKey({ path }: KeyDirectory, name: string): Promise<void> {
  const file = join(path, name);
  try {
    const { size } = await stat(file);
    const handle = await open(file, 'r+');
    try {
      await handle.write(randomBytes(size), 0, size, 0);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rm(file);
    await syncDirectory(path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}
