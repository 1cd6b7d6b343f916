/** A thread that opens envelopes. It is told the key as it starts, and lives as long as one turn of the key. */
import { parentPort, workerData } from 'node:worker_threads';
import { parcelOpener, type Parcel } from './opener.js';

const open = parcelOpener(Buffer.from(workerData as Uint8Array));
parentPort?.on('message', (parcel: Parcel) => {
  const opened = open(parcel);
  parentPort?.postMessage(opened, [opened.bytes.buffer]);
});
