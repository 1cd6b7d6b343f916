/** A thread that opens envelopes. It is told the key as it starts, and lives as long as one turn of the key. */
import { parentPort, workerData } from 'node:worker_threads';
import { openerOf, type Sealed } from './opener.js';

const open = openerOf({ privateBytes: Buffer.from(workerData as Uint8Array) });
parentPort?.on('message', (sealed: readonly Sealed[]) => {
  parentPort?.postMessage(open(sealed));
});
