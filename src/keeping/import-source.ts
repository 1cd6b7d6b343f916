/** Where a file of calls comes from: the path of one, or bytes that came from the web and are written nowhere. */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';

export type ImportSource = string | Buffer;

/** Bytes handed on at once. */
const CHUNK = 65_536;

function* slices(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK);
}

/** The bytes of a source in order, or the first `most` of them. Rejects with the system's error. */
export function chunksOf(source: ImportSource, most = Infinity): Readable {
  if (typeof source === 'string') return createReadStream(source, { end: most - 1 });
  return Readable.from(slices(most < source.length ? source.subarray(0, most) : source));
}

/** Whether there is a plain file at the path; bytes are as good as one. */
export async function isPlainFile(source: ImportSource): Promise<boolean> {
  return typeof source === 'string' ? (await stat(source)).isFile() : true;
}

export async function sizeOf(source: ImportSource): Promise<number> {
  return typeof source === 'string' ? (await stat(source)).size : source.length;
}

/** All bytes at once. */
export async function bytesOf(source: ImportSource): Promise<Buffer> {
  return typeof source === 'string' ? readFile(source) : source;
}
