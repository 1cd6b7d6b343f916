/** Checking files against the line's public key. */
import { apiFile, type Problem } from '../api.js';
import type { Checked } from './check-result.js';
import { canVerify, verifyFiles, type Files } from './verify.js';

/** Checks files with the key that the line signs with now. `say` puts a problem into words. */
export async function check(files: Files, say: (problem: Problem) => string): Promise<Checked> {
  if (!(await canVerify())) return { status: 'unable' };
  const key = await apiFile('/release-key', 'application/x-pem-file');
  if (!key.ok) return { status: 'failed', text: say(key.problem) };
  const findings = await verifyFiles(files, await key.body.text());
  return { status: 'checked', files: files.size, findings };
}
