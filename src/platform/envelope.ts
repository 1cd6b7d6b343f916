/**
 * Envelopes: what one process leaves in the database for another so that nobody else can read it, then or ever.
 * X25519 between a key that the sender makes for this one message and the recipient's; HKDF-SHA-256; AES-256-GCM.
 * Once both private keys are forgotten, the bytes in the table, its dead rows and the write-ahead log are noise. The
 * size says little: what is inside is padded to a power of two.
 */
import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';

/** A public key, and a private one, as RFC 7748 has them. */
export const KEY_BYTES = 32;
const TAG_BYTES = 16;
const LENGTH_BYTES = 4;

/** What stands before the 32 bytes of a private key in PKCS #8. */
const PRIVATE_PREFIX = Buffer.from('302e020100300506032b656e04220420', 'hex');

/** A key and its one nonce. Each is used for one message: the pair of keys it comes from is never met again. */
interface KeyAndNonce {
  readonly key: Buffer;
  readonly nonce: Buffer;
}

type Direction = 'message' | 'reply';

interface Shared {
  readonly secret: Buffer;
  /** Both public keys, the sender's first. */
  readonly salt: Buffer;
  /** What the envelope is for: one that is put in another's place cannot be opened. */
  readonly name: string;
}

function deriveKey({ secret, salt, name }: Shared, direction: Direction): KeyAndNonce {
  const bytes = Buffer.from(hkdfSync('sha256', secret, salt, `tyst ${direction} ${name}`, 44));
  return { key: bytes.subarray(0, 32), nonce: bytes.subarray(32) };
}

/** The length, the message and zeros, a power of two and at least `least` bytes long. */
function padded(message: Uint8Array, least: number): Buffer {
  const needed = Math.max(least, message.length + LENGTH_BYTES);
  const whole = Buffer.alloc(2 ** Math.ceil(Math.log2(needed)));
  whole.writeUInt32BE(message.length);
  whole.set(message, LENGTH_BYTES);
  return whole;
}

/** How many bytes an envelope has around a message that is padded to `least`, a power of two. */
export const envelopeBytes = (least: number): number => KEY_BYTES + least + TAG_BYTES;

function lock(shared: Shared, direction: Direction, message: Uint8Array, least: number): Buffer {
  const { key, nonce } = deriveKey(shared, direction);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  return Buffer.concat([cipher.update(padded(message, least)), cipher.final(), cipher.getAuthTag()]);
}

/** What is locked in `bytes`; null when it was locked for something else, or changed. */
function unlock(shared: Shared, direction: Direction, bytes: Buffer): Buffer | null {
  const { key, nonce } = deriveKey(shared, direction);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    // In this mode all of it comes at once, and the end only checks the tag.
    const whole = decipher.update(bytes.subarray(0, -TAG_BYTES));
    decipher.final();
    return whole.subarray(LENGTH_BYTES, LENGTH_BYTES + whole.readUInt32BE());
  } catch {
    return null;
  }
}

function fromDer(bytes: Uint8Array): KeyObject {
  const key = Buffer.concat([PRIVATE_PREFIX, bytes]);
  try {
    return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  } finally {
    key.fill(0);
  }
}

/** As a web key, which is read six times as fast. Its public half has to be there and is not looked at. */
function fromWebKey(bytes: Uint8Array): KeyObject {
  const d = Buffer.from(bytes).toString('base64url');
  return createPrivateKey({ key: { kty: 'OKP', crv: 'X25519', d, x: d }, format: 'jwk' });
}

/** Whether this Node reads a web key so, and finds the same public half. */
function readsWebKeys(): boolean {
  const half = randomBytes(KEY_BYTES);
  try {
    return publicHalf(fromWebKey(half)).equals(publicHalf(fromDer(half)));
  } catch {
    return false;
  }
}

/**
 * A private key from its bytes. Not `generateKeyPairSync`: a pair that it makes can hang the process for ever when it is
 * exported or used while its garbage is collected (seen on Node 20: the job that made it locks the same key).
 */
let privateKeyOf = (bytes: Uint8Array): KeyObject => {
  privateKeyOf = readsWebKeys() ? fromWebKey : fromDer;
  return privateKeyOf(bytes);
};

function publicKeyOf(bytes: Uint8Array): KeyObject {
  // As a web key: the decoder of DER takes eight times as long.
  const x = Buffer.from(bytes).toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' });
}

const publicHalf = (privateKey: KeyObject): Buffer =>
  Buffer.from(createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '', 'base64url');

/** A message, and the way to answer it. */
export interface OpenedEnvelope {
  readonly message: Buffer;
  /** Locks an answer, padded to at least `least` bytes, for the sender alone. */
  readonly reply: (answer: Buffer, least: number) => Buffer;
}

/** Somebody who can be sent envelopes, for as long as this object is held. */
export interface Recipient {
  readonly publicKey: Buffer;
  /** Opens an envelope by the name it was sealed with; null when it is for another key or name, or changed. */
  readonly open: (envelope: Buffer, name: string) => OpenedEnvelope | null;
}

/** How many senders a recipient remembers: the messages of one batch, which have one, mostly lie beside each other. */
const SENDERS = 64;

/** The recipient whose private key has these 32 bytes. Throws where they are no key. */
export function recipientOf(privateBytes: Uint8Array): Recipient {
  const privateKey = privateKeyOf(privateBytes);
  const own = publicHalf(privateKey);
  const secrets = new Map<string, Buffer>();
  const agree = (sender: Buffer): Buffer => {
    const name = sender.toString('latin1');
    const known = secrets.get(name);
    if (known !== undefined) return known;
    const secret = diffieHellman({ privateKey, publicKey: publicKeyOf(sender) });
    if (secrets.size >= SENDERS) secrets.clear();
    secrets.set(name, secret);
    return secret;
  };
  const open: Recipient['open'] = (envelope, name) => {
    const sender = envelope.subarray(0, KEY_BYTES);
    let secret: Buffer;
    try {
      secret = agree(sender);
    } catch {
      return null;
    }
    const shared = { secret, salt: Buffer.concat([sender, own]), name };
    const message = unlock(shared, 'message', envelope.subarray(KEY_BYTES));
    if (message === null) return null;
    return { message, reply: (answer, least) => lock(shared, 'reply', answer, least) };
  };
  return { publicKey: own, open };
}

/** Makes a recipient, whose private key is in memory alone. */
export const newRecipient = (): Recipient => recipientOf(randomBytes(KEY_BYTES));

/** An envelope, and what opens the answer to it; null where the answer is none. */
export interface SealedEnvelope {
  readonly envelope: Buffer;
  readonly openReply: (answer: Buffer) => Buffer | null;
}

interface Sealing {
  /** What the message is for; it opens under no other name. */
  readonly name: string;
  readonly least: number;
}

/** A key pair of a sender, and the secret it shares with a recipient. */
interface Sender {
  readonly publicKey: Buffer;
  readonly secret: Buffer;
}

function newSender(recipient: Buffer): Sender {
  const privateKey = privateKeyOf(randomBytes(KEY_BYTES));
  const secret = diffieHellman({ privateKey, publicKey: publicKeyOf(recipient) });
  return { publicKey: publicHalf(privateKey), secret };
}

function sealFrom(
  { publicKey, secret }: Sender,
  recipient: Buffer,
  message: Uint8Array,
  { name, least }: Sealing,
): SealedEnvelope {
  const shared = { secret, salt: Buffer.concat([publicKey, recipient]), name };
  const envelope = Buffer.concat([publicKey, lock(shared, 'message', message, least)]);
  return { envelope, openReply: (answer) => unlock(shared, 'reply', answer) };
}

/**
 * Seals a message to a recipient's public key under a name, padded to at least `least` bytes. The sender's private key
 * is forgotten at once: not even the sender can open it again.
 */
export const sealEnvelope = (recipient: Buffer, message: Uint8Array, sealing: Sealing): SealedEnvelope =>
  sealFrom(newSender(recipient), recipient, message, sealing);

/** Milliseconds for which one pair of keys seals what comes, and how many messages it seals at most. */
const BATCH_LIFE = 50;
const BATCH_SIZE = 1_000;

/**
 * Seals messages that come at the same time with one pair of keys: making the pair and agreeing on a secret is most of
 * what an envelope costs, at either end. The key that locks a message derives from its name as well, and one pair never
 * seals two messages of one name. Who compares envelopes learns which were sealed in the same twentieth of a second.
 */
export function batchSealer(): (recipient: Buffer, message: Uint8Array, sealing: Sealing) => Buffer {
  let batch: { sender: Sender; recipient: Buffer; until: number; names: Set<string> } | null = null;
  return (recipient, message, sealing) => {
    const fits =
      batch !== null &&
      performance.now() < batch.until &&
      batch.names.size < BATCH_SIZE &&
      !batch.names.has(sealing.name) &&
      batch.recipient.equals(recipient);
    if (batch === null || !fits)
      batch = {
        ...{ sender: newSender(recipient), recipient },
        ...{ until: performance.now() + BATCH_LIFE, names: new Set() },
      };
    batch.names.add(sealing.name);
    return sealFrom(batch.sender, recipient, message, sealing).envelope;
  };
}
