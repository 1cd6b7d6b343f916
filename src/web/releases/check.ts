/** Checking files against the line's public keys. */
import type { ReleaseKey } from '../../contract/release.js';
import type { Problem } from '../api.js';
import type { Checked } from './check-result.js';
import { loadKeys } from './keys.js';
import { canVerify, signerOf, verifyFiles, type Files } from './verify.js';

const inPem = (keys: readonly ReleaseKey[]) => keys.map(({ publicKey }) => publicKey).join('\n');

/**
 * Checks files with every key that the line ever signed with; they are here already, and nothing is asked of the server.
 * What a withdrawn key signed may be anybody's, and is told apart from what no key of the line's signed.
 */
export async function checkWith(keys: readonly ReleaseKey[], files: Files): Promise<Checked> {
  if (!(await canVerify())) return { status: 'unable' };
  const signer = await signerOf(files, keys);
  const believed = keys.filter(({ withdrawnOn }) => withdrawnOn === null);
  const findings = (await verifyFiles(files, inPem(believed))).map((finding) =>
    finding.problem === 'signature' && signer !== null
      ? { ...finding, problem: 'withdrawn' as const }
      : finding,
  );
  return { status: 'checked', files: files.size, findings, signer };
}

/** Fetches the line's keys and checks files with them. `say` puts a problem into words. */
export async function check(files: Files, say: (problem: Problem) => string): Promise<Checked> {
  if (!(await canVerify())) return { status: 'unable' };
  const reply = await loadKeys();
  return reply.ok ? checkWith(reply.body.keys, files) : { status: 'failed', text: say(reply.problem) };
}
