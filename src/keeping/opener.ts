/** Opening envelopes: in this thread, or where there are many on all processors. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { callName, PACKED_BYTES } from '../contract/call.js';
import { recipientOf } from '../platform/envelope.js';
import type { NightKey } from './keys.js';

/** An envelope, and what it is bound to. */
export interface Sealed {
  readonly receiptHash: Uint8Array;
  readonly keyId: string;
  readonly month: string;
  readonly envelope: Uint8Array;
}

/** The packed calls of some envelopes, in their order; null for one that does not open. */
export type Open = (sealed: readonly Sealed[]) => Promise<(Uint8Array | null)[]>;

const nameOf = ({ receiptHash, month, keyId }: Sealed): string =>
  callName(Buffer.from(receiptHash).toString('hex'), month, keyId);

/** Opens envelopes with a key, one after the other. */
export function openerOf(
  key: Pick<NightKey, 'privateBytes'>,
): (sealed: readonly Sealed[]) => (Uint8Array | null)[] {
  const recipient = recipientOf(key.privateBytes);
  return (sealed) =>
    sealed.map((one) => recipient.open(Buffer.from(one.envelope), nameOf(one))?.message ?? null);
}

/** Envelopes and their names on their way to a thread: all bytes in one piece, which is handed over and not copied. */
export interface Parcel {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly names: readonly string[];
}

/** What comes back: the messages, one beside the other, and which of them there are. */
export interface OpenedParcel {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly opened: readonly boolean[];
}

/** Opens a parcel with a key; what does not open leaves its place empty. */
export function parcelOpener(privateBytes: Buffer): (parcel: Parcel) => OpenedParcel {
  const recipient = recipientOf(privateBytes);
  return ({ bytes, names }) => {
    const size = bytes.length / names.length;
    const packed = new Uint8Array(names.length * PACKED_BYTES);
    const opened = names.map((name, index) => {
      const envelope = Buffer.from(bytes.buffer, index * size, size);
      const message = recipient.open(envelope, name)?.message;
      if (message?.length !== PACKED_BYTES) return false;
      packed.set(message, index * PACKED_BYTES);
      return true;
    });
    return { bytes: packed, opened };
  };
}

/** Puts envelopes into a parcel. */
function parcelOf(sealed: readonly Sealed[]): Parcel {
  const size = sealed[0]?.envelope.length ?? 0;
  const bytes = new Uint8Array(sealed.length * size);
  for (const [index, { envelope }] of sealed.entries()) bytes.set(envelope, index * size);
  return { bytes, names: sealed.map(nameOf) };
}

/** From how many envelopes on more than one thread is worth its start. */
const MANY = 2_000;

/** Who waits for an answer of a thread. */
interface Waiting {
  readonly resolve: (opened: OpenedParcel) => void;
  readonly reject: (error: Error) => void;
}

/** A thread. It answers in the order in which it is asked, and may be asked for more before it has answered. */
function startThread(key: NightKey) {
  const thread = new Worker(new URL('./opener-thread.js', import.meta.url), {
    workerData: Uint8Array.from(key.privateBytes),
  });
  const waiting: Waiting[] = [];
  thread.on('message', (opened: OpenedParcel) => waiting.shift()?.resolve(opened));
  thread.on('error', (error) => {
    for (const { reject } of waiting.splice(0)) reject(error);
  });
  const open = async (sealed: readonly Sealed[]) => {
    const { bytes, opened } = await new Promise<OpenedParcel>((resolve, reject) => {
      const parcel = parcelOf(sealed);
      waiting.push({ resolve, reject });
      thread.postMessage(parcel, [parcel.bytes.buffer]);
    });
    const at = (index: number) => bytes.subarray(index * PACKED_BYTES, (index + 1) * PACKED_BYTES);
    return opened.map((there, index) => (there ? at(index) : null));
  };
  return { open, end: () => thread.terminate() };
}

/** An opener that starts threads when it first meets many envelopes. `end` ends them. */
export function parallelOpener(key: NightKey): { readonly open: Open; readonly end: () => Promise<void> } {
  const here = openerOf(key);
  let threads: ReturnType<typeof startThread>[] | null = null;
  const open: Open = async (sealed) => {
    if (sealed.length < MANY) return here(sealed);
    threads ??= Array.from({ length: Math.min(4, availableParallelism()) }, () => startThread(key));
    const part = Math.ceil(sealed.length / threads.length);
    const parts = await Promise.all(
      threads.map((thread, index) => thread.open(sealed.slice(index * part, (index + 1) * part))),
    );
    return parts.flat();
  };
  return {
    open,
    end: async () => {
      await Promise.all((threads ?? []).map((thread) => thread.end()));
    },
  };
}
