/**
 * The key that signs releases: Ed25519, made on first use. It lies in `<dataDir>/keys/` (0700): `release-<id>.pem`
 * (PKCS#8, 0600), `release-<id>.public.pem` beside it, and `release-current`, which names the key in use. When it is
 * changed the old public key stays where verification looks for it, so that every old release can be verified; the
 * public key of one that leaked becomes `release-<id>.withdrawn.pem`, where nothing looks.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomUUID,
  sign,
  type KeyObject,
} from 'node:crypto';
import { chmod, link, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../platform/errors.js';

const CURRENT = 'release-current';
const keyFolder = (dataDir: string): string => join(dataDir, 'keys');

export interface SigningKey {
  /** The first 16 hexadecimal digits of the SHA-256 of the public key (SPKI, DER). */
  readonly id: string;
  /** PEM (SPKI). */
  readonly publicKey: string;
  /** The base64 Ed25519 signature of these very bytes: 88 characters, no line end. */
  readonly sign: (bytes: Buffer) => string;
}

function signingKeyOf(privateKey: KeyObject): SigningKey {
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error('The release key is not an Ed25519 key.');
  const publicKey = createPublicKey(privateKey);
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return {
    id: createHash('sha256').update(der).digest('hex').slice(0, 16),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sign: (bytes) => sign(null, bytes, privateKey).toString('base64'),
  };
}

/** Flushes a folder, so that a name in it survives a power cut; not every system can, and none needs to. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** Writes a file whole or not at all, flushed to disk. False when the name was already taken, by whoever. */
async function createOnce(folder: string, name: string, text: string, mode: number): Promise<boolean> {
  const temporary = join(folder, `.${randomUUID()}.tmp`);
  const file = await open(temporary, 'wx', mode);
  try {
    await file.writeFile(text);
    await file.sync();
    await file.close();
    await link(temporary, join(folder, name));
    await flushFolder(folder);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

async function namedKey(folder: string): Promise<string | null> {
  let id: string;
  try {
    id = (await readFile(join(folder, CURRENT), 'utf8')).trim();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
  if (!/^[0-9a-f]{16}$/.test(id)) throw new Error('The file release-current does not name a key.');
  return id;
}

async function readCurrent(folder: string): Promise<SigningKey | null> {
  const id = await namedKey(folder);
  if (id === null) return null;
  let secret: string;
  try {
    secret = await readFile(join(folder, `release-${id}.pem`), 'utf8');
  } catch (error) {
    // Changed between the two readings: the new one is there to be read.
    if (errorCode(error) === 'ENOENT' && (await namedKey(folder)) !== id) return readCurrent(folder);
    throw error;
  }
  const key = signingKeyOf(createPrivateKey(secret));
  if (key.id !== id) throw new Error('The release key is not the one its file name says.');
  return key;
}

async function ownFolder(dataDir: string): Promise<string> {
  const folder = keyFolder(dataDir);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  return folder;
}

/** Makes a key and stores both halves of it. It is not in use. */
export async function makeKey(dataDir: string): Promise<SigningKey> {
  const folder = await ownFolder(dataDir);
  const { privateKey } = generateKeyPairSync('ed25519');
  const made = signingKeyOf(privateKey);
  const secret = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  await createOnce(folder, `release-${made.id}.pem`, secret, 0o600);
  await createOnce(folder, `release-${made.id}.public.pem`, made.publicKey, 0o644);
  return made;
}

/**
 * The key in use, made now if there is none. Two processes that come at once agree: each makes a key, the first
 * to put `release-current` in place wins, and the other one's key, which never signed anything, is removed.
 * @throws when `release-current` names a key that is gone or damaged: a new one must be a decision, not a guess.
 */
export async function signingKey(dataDir: string): Promise<SigningKey> {
  const folder = await ownFolder(dataDir);
  const current = await readCurrent(folder);
  if (current !== null) return current;
  const made = await makeKey(dataDir);
  if (await createOnce(folder, CURRENT, `${made.id}\n`, 0o600)) return made;
  await rm(join(folder, `release-${made.id}.public.pem`), { force: true });
  await rm(join(folder, `release-${made.id}.pem`), { force: true });
  return signingKey(dataDir);
}

/** The id of the key in use; null when there is none. Whether its private half can be read is not asked. */
export const currentKeyId = (dataDir: string): Promise<string | null> => namedKey(keyFolder(dataDir));

/** Puts a key in the place of the one in use, in one step: at every moment one of them is. */
export async function putInUse(dataDir: string, id: string): Promise<void> {
  const folder = keyFolder(dataDir);
  const name = `.${randomUUID()}.tmp`;
  await createOnce(folder, name, `${id}\n`, 0o600);
  await rename(join(folder, name), join(folder, CURRENT));
  await flushFolder(folder);
}

/** Removes the private half of every key but the one in use, so that nobody can ever sign with them again. */
export async function forgetOldKeys(dataDir: string, inUse: string): Promise<void> {
  const folder = keyFolder(dataDir);
  const names = (await readdir(folder)).filter((name) => /^release-[0-9a-f]{16}\.pem$/.test(name));
  for (const name of names)
    if (name !== `release-${inUse}.pem`) await rm(join(folder, name), { force: true });
  await flushFolder(folder);
}

/** Takes a public key from where verification looks for it. */
export async function withdrawKey(dataDir: string, id: string): Promise<void> {
  const folder = keyFolder(dataDir);
  const rest = (kind: string) => join(folder, `release-${id}.${kind}.pem`);
  await rename(rest('public'), rest('withdrawn')).catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT') throw error;
  });
}

/** Every public key this installation signed with and stands by, PEM; empty when there is none, or no data directory. */
export async function installationKeys(dataDir: string): Promise<string[]> {
  const folder = keyFolder(dataDir);
  const names = await readdir(folder).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  });
  const files = names.filter((name) => /^release-[0-9a-f]{16}\.public\.pem$/.test(name)).sort();
  return Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
}
