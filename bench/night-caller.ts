/** Sends calls one after the other until it is told to stop, and prints how long each waited, in ms. */
import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { storeCall } from '../src/intake/store.js';
import { connect } from '../src/platform/database.js';

const brief = z.object({ url: z.string(), day: z.string(), month: z.string() });
const { url, day, month } = brief.parse(JSON.parse(await text(process.stdin)));
const intake = await connect({ url, poolSize: 1 });
const stop = new AbortController();
process.on('SIGTERM', () => {
  stop.abort();
});
const codes = [1, 1, 1, ...new Array<number>(14).fill(0)];
process.stdout.write('ready\n');
while (!stop.signal.aborted) {
  const began = performance.now();
  await storeCall(intake, { receipt: randomBytes(16).toString('base64url'), day, month, codes });
  process.stdout.write(`${(performance.now() - began).toFixed(1)}\n`);
}
await intake.destroy();
