/** A folder on another file system than that of temporary files, where this machine has one. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '../support/jest.js';

const IN_MEMORY = '/dev/shm';

/** Call it once at the top of a test file, after whose last test the folder is gone. Null where there is no other. */
export function folderElsewhere(): string | null {
  const other = statSync(IN_MEMORY, { throwIfNoEntry: false });
  if (other === undefined || other.dev === statSync(tmpdir()).dev) {
    process.stderr.write(`Skipped: ${IN_MEMORY} is no file system of its own.\n`);
    return null;
  }
  const folder = mkdtempSync(join(IN_MEMORY, 'tyst-faults-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
