/** The envelopes of calls in files: in tables, in write-ahead log, in whatever is there; and who can open them. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { CALL_BYTES, callName } from '../../../src/contract/call.js';
import { envelopeBytes, recipientOf } from '../../../src/platform/envelope.js';
import { filesBelow } from './cluster.js';

const ENVELOPE = envelopeBytes(CALL_BYTES);

/** How a row ends before its envelope: the month, seven characters, and the envelope's own length with four bytes of header. */
const marker = (month: string): Buffer => {
  const header = Buffer.alloc(4);
  header.writeUInt32LE((ENVELOPE + 4) << 2);
  return Buffer.concat([Buffer.from([((month.length + 1) << 1) | 1]), Buffer.from(month), header]);
};

const PAGE = 8_192;
const [LONG_HEADER, SHORT_HEADER] = [40, 24];

/** A segment of the write-ahead log without the heads of its pages, which stand in the middle of what crosses them. */
function contiguous(path: string, bytes: Buffer): Buffer {
  if (!/^[0-9A-F]{24}$/.test(basename(path))) return bytes;
  const pages = Array.from({ length: Math.ceil(bytes.length / PAGE) }, (_, page) =>
    bytes.subarray(page * PAGE + (page === 0 ? LONG_HEADER : SHORT_HEADER), (page + 1) * PAGE),
  );
  return Buffer.concat(pages);
}

/** Every envelope of a call of a month below some folders, each once. */
export function envelopesBelow(folders: readonly string[], month: string): Buffer[] {
  const found = new Map<string, Buffer>();
  const sought = marker(month);
  for (const path of folders.flatMap((folder) => [...filesBelow(folder)])) {
    const bytes = contiguous(path, readFileSync(path));
    for (let at = bytes.indexOf(sought); at >= 0; at = bytes.indexOf(sought, at + 1)) {
      const envelope = bytes.subarray(at + sought.length, at + sought.length + ENVELOPE);
      if (envelope.length === ENVELOPE) found.set(envelope.toString('latin1'), Buffer.from(envelope));
    }
  }
  return [...found.values()];
}

export const hashOf = (receipt: string): string => createHash('sha256').update(receipt).digest('hex');

/** A private half and the name of its key. */
export interface Half {
  readonly id: string;
  readonly privateBytes: Uint8Array;
}

/**
 * The receipts whose calls a key opens among the envelopes, each tried under every receipt: an attacker may know them,
 * and the names that rows are sealed under.
 */
export function opened(
  envelopes: readonly Buffer[],
  { id, privateBytes }: Half,
  receipts: readonly string[],
  month: string,
): Set<string> {
  const recipient = recipientOf(privateBytes);
  const names = receipts.map((receipt) => [receipt, callName(hashOf(receipt), month, id)] as const);
  const found = new Set<string>();
  // Envelope by envelope: what two halves agree on is worked out once for each.
  for (const envelope of envelopes)
    for (const [receipt, name] of names)
      if (!found.has(receipt) && recipient.open(envelope, name) !== null) found.add(receipt);
  return found;
}
