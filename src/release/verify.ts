/**
 * Checks the files of a release against their manifest and its signature. Works on a folder that came from
 * anywhere: nothing in it is trusted, and nothing outside it is opened, whatever a manifest says.
 */
import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { fileNameSchema, MANIFEST, releaseFileSchema, SIGNATURE } from '../contract/release.js';

/** What can be wrong with a file, and how it is said. */
export const problemWords = {
  missing: 'is missing',
  'not-a-file': 'is not a plain file',
  'too-large': 'is larger than such a file can be',
  malformed: 'cannot be read as what it should be',
  'unsafe-name': 'lists a file whose name is not allowed, or lists one twice',
  size: 'does not have the size in the manifest',
  hash: 'does not have the content in the manifest',
  signature: 'do not belong together: the signature does not hold under any known key',
  extra: 'is not part of the release',
} as const;
type VerificationProblem = keyof typeof problemWords;

/** A file of the release, or beside it, and what is wrong with it. */
export interface Finding {
  readonly file: string;
  readonly problem: VerificationProblem;
}

// Other fields of a manifest may grow with later versions; a verifier needs these alone.
const verifiedPart = z.object({ files: z.array(releaseFileSchema.extend({ name: z.string() })).max(100) });
type ListedFile = z.infer<typeof releaseFileSchema>;

/** Far more than any manifest needs; guards against a file that would fill the memory. */
const MANIFEST_LIMIT = 1024 * 1024;

/** Reads a plain file of at most (or exactly) some bytes, or says why not; a link or a pipe is not followed. */
async function readPlain(
  path: string,
  size: { most: number } | { exactly: number },
): Promise<Buffer | VerificationProblem> {
  const status = await lstat(path).catch(() => null);
  if (status === null) return 'missing';
  if (!status.isFile()) return 'not-a-file';
  if ('exactly' in size && status.size !== size.exactly) return 'size';
  if ('most' in size && status.size > size.most) return 'too-large';
  return readFile(path);
}

/** The Ed25519 public keys in these texts, each of which may hold several. Throws when one is not such a key. */
export function readKeys(publicKeys: readonly string[]): KeyObject[] {
  const blocks = publicKeys.flatMap(
    (text) => text.match(/-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g) ?? [],
  );
  return blocks.map((block) => {
    const key = createPublicKey(block);
    if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('not an Ed25519 public key');
    return key;
  });
}

function signatureFindings(manifest: Buffer, signature: Buffer, keys: readonly KeyObject[]): Finding[] {
  const text = signature.toString('latin1');
  const bytes = Buffer.from(text, 'base64');
  // Only the one spelling of 64 bytes counts, or a byte of the file could change unseen.
  if (bytes.length !== 64 || bytes.toString('base64') !== text)
    return [{ file: SIGNATURE, problem: 'malformed' }];
  if (keys.some((key) => verify(null, manifest, key, bytes))) return [];
  // Either of the two may be the changed one: nothing can tell which.
  return [MANIFEST, SIGNATURE].map((file) => ({ file, problem: 'signature' }));
}

async function checkSignature(dir: string, manifest: Buffer, keys: readonly KeyObject[]): Promise<Finding[]> {
  const signature = await readPlain(join(dir, SIGNATURE), { most: 1024 });
  if (typeof signature === 'string') return [{ file: SIGNATURE, problem: signature }];
  return signatureFindings(manifest, signature, keys);
}

function parseManifest(bytes: Buffer): ListedFile[] | VerificationProblem {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    return 'malformed';
  }
  const parsed = verifiedPart.safeParse(value);
  if (!parsed.success) return 'malformed';
  const names = parsed.data.files.map((file) => file.name);
  const own = [MANIFEST, SIGNATURE, ...names].map((name) => name.toLowerCase());
  const safe = names.every((name) => fileNameSchema.safeParse(name).success);
  return safe && new Set(own).size === own.length ? parsed.data.files : 'unsafe-name';
}

async function checkFile(dir: string, file: ListedFile): Promise<Finding[]> {
  const content = await readPlain(join(dir, file.name), { exactly: file.bytes });
  if (typeof content === 'string') return [{ file: file.name, problem: content }];
  const hash = createHash('sha256').update(content).digest('hex');
  return hash === file.sha256 ? [] : [{ file: file.name, problem: 'hash' }];
}

async function checkFiles(dir: string, manifest: Buffer): Promise<Finding[]> {
  const files = parseManifest(manifest);
  if (typeof files === 'string') return [{ file: MANIFEST, problem: files }];
  const findings = await Promise.all(files.map((file) => checkFile(dir, file)));
  const known = new Set([MANIFEST, SIGNATURE, ...files.map((file) => file.name)]);
  const extra = (await readdir(dir)).filter((name) => !known.has(name)).sort();
  return [...findings.flat(), ...extra.map((file): Finding => ({ file, problem: 'extra' }))];
}

/**
 * Verifies the release in a folder: every size and hash, that nothing is missing or added, and the signature over
 * the exact bytes of the manifest with any of these keys (PEM; rotated keys stay good for old releases).
 * @returns what is wrong, by file; empty when the release is exactly as it was issued
 * @throws TypeError or the crypto library's error when a text in `publicKeys` is not an Ed25519 public key
 */
export async function verifyRelease(dir: string, publicKeys: readonly string[]): Promise<Finding[]> {
  const keys = readKeys(publicKeys);
  const manifest = await readPlain(join(dir, MANIFEST), { most: MANIFEST_LIMIT });
  if (typeof manifest === 'string') return [{ file: MANIFEST, problem: manifest }];
  return [...(await checkSignature(dir, manifest, keys)), ...(await checkFiles(dir, manifest))];
}
