/** Checking files against the line's public key. */
import type { Problem } from '../api.js';
import type { Checked } from './check-result.js';
import { loadKeys } from './keys.js';
import { canVerify, verifyFiles, type Files } from './verify.js';

/** Checks files with a key that is here already: nothing is asked of the server. */
export async function checkWith(key: string, files: Files): Promise<Checked> {
  if (!(await canVerify())) return { status: 'unable' };
  return { status: 'checked', files: files.size, findings: await verifyFiles(files, key) };
}

/** Checks files with the key that the line signs with now. `say` puts a problem into words. */
export async function check(files: Files, say: (problem: Problem) => string): Promise<Checked> {
  if (!(await canVerify())) return { status: 'unable' };
  const key = await loadKeys();
  return key.ok ? checkWith(key.body, files) : { status: 'failed', text: say(key.problem) };
}
