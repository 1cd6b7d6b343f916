/** Files that appear whole or not at all, for what nobody else may read. */
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncDirectory } from './embedded/directories.js';

interface WholeFile {
  /** The name under which it grows, in the same directory; nothing may be there. */
  readonly unfinished: string;
  /** Whom it is given to; whoever writes it unless given. */
  readonly owner?: { readonly uid: number; readonly gid: number };
}

/**
 * Writes a file, 0600, in place of an older one; when this resolves it is on the disk. Rejects with the system's error, and
 * leaves nothing unfinished behind.
 */
export async function writeWhole(
  file: string,
  text: string,
  { unfinished, owner }: WholeFile,
): Promise<void> {
  try {
    const handle = await open(unfinished, 'wx', 0o600);
    try {
      if (owner !== undefined) await handle.chown(owner.uid, owner.gid);
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(unfinished, file);
    await syncDirectory(dirname(file));
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw error;
  }
}
