/** Opening envelopes: in this thread, or where there are many on all processors. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { callName } from '../contract/call.js';
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

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Opens envelopes with a key, one after the other. */
export function openerOf(
  key: Pick<NightKey, 'privateBytes'>,
): (sealed: readonly Sealed[]) => (Uint8Array | null)[] {
  const recipient = recipientOf(key.privateBytes);
  return (sealed) =>
    sealed.map(
      ({ receiptHash, keyId, month, envelope }) =>
        recipient.open(Buffer.from(envelope), callName(hex(receiptHash), month, keyId))?.message ?? null,
    );
}

/** From how many envelopes on more than one thread is worth its start. */
const MANY = 2_000;

/** A thread, and who waits for its next answer. */
function startThread(key: NightKey) {
  const thread = new Worker(new URL('./opener-thread.js', import.meta.url), {
    workerData: Uint8Array.from(key.privateBytes),
  });
  const open = (sealed: readonly Sealed[]) =>
    new Promise<(Uint8Array | null)[]>((resolve, reject) => {
      const answered = (packed: (Uint8Array | null)[]) => {
        thread.off('error', failed);
        resolve(packed);
      };
      const failed = (error: Error) => {
        thread.off('message', answered);
        reject(error);
      };
      thread.once('message', answered).once('error', failed);
      thread.postMessage(sealed);
    });
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
