/**
 * Checks the files of a release in the browser, against their manifest and its signature: the same rules as
 * `tyst verify`, over files that somebody chose. Nothing in them is trusted.
 */
import { z } from 'zod';
import { fileNameSchema, MANIFEST, releaseFileSchema, SIGNATURE } from '../../contract/release.js';

export type FindingKind =
  | 'missing'
  | 'malformed'
  | 'size'
  | 'hash'
  | 'signature'
  | 'extra'
  /** Signed with a key that is not to be believed any more. */
  | 'withdrawn';

/** A file and what is wrong with it. */
export interface Finding {
  readonly file: string;
  readonly problem: FindingKind;
}

export type Files = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

// Other fields of a manifest may grow with later versions; a verifier needs these alone.
const manifestPart = z.object({ files: z.array(releaseFileSchema).max(100) });

const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

/** The signing keys of a PEM text, which may hold several. Rejects when one is none, or the browser knows no Ed25519. */
async function readKeys(pem: string): Promise<CryptoKey[]> {
  const blocks = pem.match(/-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g) ?? [];
  return Promise.all(
    blocks.map((block) =>
      crypto.subtle.importKey(
        'spki',
        fromBase64(block.replaceAll(/-----[^-]+-----|\s/g, '')),
        'Ed25519',
        false,
        ['verify'],
      ),
    ),
  );
}

/** Whether this browser can check an Ed25519 signature. */
export async function canVerify(): Promise<boolean> {
  try {
    // Node's and the browsers' names for it are the same; those that lack it refuse to make a key.
    await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
    return true;
  } catch {
    return false;
  }
}

function signatureBytes(file: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const text = new TextDecoder('latin1').decode(file);
  // Only the one spelling of 64 bytes counts, or a byte of the file could change unseen.
  if (!/^[A-Za-z0-9+/]{86}==$/.test(text)) return null;
  const bytes = fromBase64(text);
  return btoa(String.fromCharCode(...bytes)) === text ? bytes : null;
}

async function isSignedWith(
  manifest: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
  keys: readonly CryptoKey[],
): Promise<boolean> {
  const held = await Promise.all(
    keys.map((key) => crypto.subtle.verify('Ed25519', key, signature, manifest)),
  );
  return held.includes(true);
}

async function checkSignature(
  files: Files,
  manifest: Uint8Array<ArrayBuffer>,
  keys: readonly CryptoKey[],
): Promise<Finding[]> {
  const file = files.get(SIGNATURE);
  if (file === undefined) return [{ file: SIGNATURE, problem: 'missing' }];
  const signature = signatureBytes(file);
  if (signature === null) return [{ file: SIGNATURE, problem: 'malformed' }];
  if (await isSignedWith(manifest, signature, keys)) return [];
  return [{ file: SIGNATURE, problem: 'signature' }];
}

/**
 * Which of the keys, each in PEM, signed the manifest that is among the files; null when none did. Rejects when the
 * browser cannot check a signature.
 */
export async function signerOf<Key extends { readonly publicKey: string }>(
  files: Files,
  keys: readonly Key[],
): Promise<Key | null> {
  const manifest = files.get(MANIFEST);
  const signature = signatureBytes(files.get(SIGNATURE) ?? new Uint8Array());
  if (manifest === undefined || signature === null) return null;
  for (const key of keys)
    if (await isSignedWith(manifest, signature, await readKeys(key.publicKey))) return key;
  return null;
}

function listedIn(manifest: Uint8Array) {
  try {
    const { files } = manifestPart.parse(JSON.parse(new TextDecoder().decode(manifest)));
    const names = [MANIFEST, SIGNATURE, ...files.map(({ name }) => name)];
    const sound = names.every((name) => fileNameSchema.safeParse(name).success);
    return sound && new Set(names).size === names.length ? files : null;
  } catch {
    return null;
  }
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * What is wrong with the files of a release, by file; empty when it is exactly as it was issued and signed with one of
 * the keys in the text. Rejects when the browser cannot check the signature.
 */
export async function verifyFiles(files: Files, pem: string): Promise<Finding[]> {
  const keys = await readKeys(pem);
  const manifest = files.get(MANIFEST);
  if (manifest === undefined) return [{ file: MANIFEST, problem: 'missing' }];
  const signature = await checkSignature(files, manifest, keys);
  const listed = listedIn(manifest);
  if (listed === null) return [...signature, { file: MANIFEST, problem: 'malformed' }];
  const known = new Set([MANIFEST, SIGNATURE, ...listed.map(({ name }) => name)]);
  const contents = await Promise.all(
    listed.map(async ({ name, bytes, sha256: expected }): Promise<Finding[]> => {
      const file = files.get(name);
      if (file === undefined) return [{ file: name, problem: 'missing' }];
      if (file.length !== bytes) return [{ file: name, problem: 'size' }];
      return (await sha256(file)) === expected ? [] : [{ file: name, problem: 'hash' }];
    }),
  );
  const extra = [...files.keys()].filter((name) => !known.has(name));
  return [...signature, ...contents.flat(), ...extra.map((file): Finding => ({ file, problem: 'extra' }))];
}
