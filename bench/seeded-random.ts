/** Randomness that can be had again, for the benches and the tests alone: in production noise has no seed. */
import { createCipheriv, createHash } from 'node:crypto';
import type { RandomSource } from '../src/keeping/noise.js';

/** A repeatable stream of good random bytes (AES-256-CTR keyed by the name). */
export function seededRandom(name: string): RandomSource {
  const key = createHash('sha256').update(name).digest();
  const stream = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  const zeros = Buffer.alloc(65_536);
  let buffer = Buffer.alloc(0);
  return (bytes) => {
    while (buffer.length < bytes) buffer = Buffer.concat([buffer, stream.update(zeros)]);
    const taken = buffer.subarray(0, bytes);
    buffer = buffer.subarray(bytes);
    return taken;
  };
}
