/** Whether two places lie on one file system. */
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from './errors.js';

/** The number of the file system of a path, or of the nearest of its parents that is there; null where it cannot be known. */
async function fileSystemOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).dev;
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' || dirname(path) === path) return null;
    return fileSystemOf(dirname(path));
  }
}

/** False also where it cannot be known. What is not there yet is taken to be made where it is named. */
export async function shareFileSystem(one: string, other: string): Promise<boolean> {
  const [first, second] = [await fileSystemOf(one), await fileSystemOf(other)];
  return first !== null && first === second;
}
