/** Byte patterns of what must not be found, and the search for them in files. */
import { readFileSync } from 'node:fs';
import { packCall } from '../../../src/contract/call.js';
import { filesBelow } from './cluster.js';

/** A byte pattern and what it is the trace of. */
export interface Trace {
  readonly of: string;
  readonly bytes: Buffer;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: NodeJS.TypedArray): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);
/** In the order of the network, as packings have it; typed arrays have the other one on every machine of ours. */
const swapped = (bytes: Buffer, width: 16 | 64): Buffer =>
  width === 16 ? Buffer.from(bytes).swap16() : Buffer.from(bytes).swap64();

const texts = (numbers: readonly number[]): Buffer[] =>
  [',', ', ', ' ', '\n', '},{'].map((between) => Buffer.from(numbers.join(between)));

/** The ways in which a list of counts might be written: integers of any size, either way round, and as text. */
export function tracesOfCounts(of: string, counts: readonly number[]): Trace[] {
  const int64 = bytesOf(BigInt64Array.from(counts.map(BigInt)));
  return [bytesOf(Int32Array.from(counts)), int64, swapped(int64, 64), ...texts(counts)].map((bytes) => ({
    of,
    bytes,
  }));
}

/** The likeliest ways in which the numbers of a call might be written: as it is packed, as an array of small integers, as text. */
export function likelyTraces(of: string, codes: readonly number[]): Trace[] {
  const int16 = bytesOf(Int16Array.from(codes));
  return [swapped(int16, 16), int16, Buffer.from(codes.join(','))].map((bytes) => ({ of, bytes }));
}

/** All of them. */
export function tracesOfCall(of: string, codes: readonly number[]): Trace[] {
  const int16 = bytesOf(Int16Array.from(codes));
  const packed = Buffer.from(packCall(codes)).subarray(0, 1 + 2 * codes.length);
  return [packed, int16, swapped(int16, 16), bytesOf(Int32Array.from(codes)), ...texts(codes)].map(
    (bytes) => ({
      of,
      bytes,
    }),
  );
}

const PAGE = 8_192;
const EMPTY = Buffer.alloc(PAGE);

/** A file without its empty pages, of which a segment of the log has a thousand; no trace lies in one. */
function written(path: string): Buffer {
  const bytes = readFileSync(path);
  const pages = Array.from({ length: Math.ceil(bytes.length / PAGE) }, (_, page) =>
    bytes.subarray(page * PAGE, (page + 1) * PAGE),
  );
  return Buffer.concat(pages.filter((page) => !page.equals(EMPTY)));
}

/** Bytes of a trace by which it is found. */
const ANCHOR = 4;
const SLOTS = 2 ** 16;

/** Spreads four bytes over the slots; the factor is 2^32 over the golden ratio. */
const slotOf = (word: number): number => Math.imul(word, 0x9e3779b1) >>> 16;

interface Anchored {
  readonly trace: Trace;
  readonly at: number;
}

/** Where four bytes of a trace differ most from each other: zeros are everywhere in the files of a database. */
function anchored(trace: Trace): Anchored {
  const { bytes } = trace;
  const places = Array.from({ length: bytes.length - ANCHOR + 1 }, (_, at) => at);
  const variety = (at: number) => new Set(bytes.subarray(at, at + ANCHOR)).size;
  return { trace, at: places.reduce((best, at) => (variety(at) > variety(best) ? at : best), 0) };
}

/** Finds many traces in one pass over some bytes. */
function finder(wanted: readonly Trace[]): (bytes: Buffer) => Trace[] {
  const short = wanted.filter(({ bytes }) => bytes.length < ANCHOR);
  const slots = new Uint8Array(SLOTS);
  const bySlot = new Map<number, Anchored[]>();
  for (const one of wanted.filter(({ bytes }) => bytes.length >= ANCHOR).map(anchored)) {
    const slot = slotOf(one.trace.bytes.readInt32LE(one.at));
    slots[slot] = 1;
    bySlot.set(slot, [...(bySlot.get(slot) ?? []), one]);
  }
  return (bytes) => {
    const found = new Set(short.filter((trace) => bytes.includes(trace.bytes)));
    let word = 0;
    for (let end = 0; end < bytes.length; end += 1) {
      word = (word >>> 8) | ((bytes[end] ?? 0) << 24);
      const slot = slotOf(word);
      if (slots[slot] === 0) continue;
      const start = end - ANCHOR + 1;
      for (const { trace, at } of bySlot.get(slot) ?? []) {
        const from = start - at;
        if (from >= 0 && trace.bytes.equals(bytes.subarray(from, from + trace.bytes.length)))
          found.add(trace);
      }
    }
    return [...found];
  };
}

/** Which of the traces is in which file below a folder: tables, catalogue, log, WAL, temporary files, all. */
export function search(folder: string, wanted: readonly Trace[]): string[] {
  const find = finder(wanted);
  return [...filesBelow(folder)].flatMap((path) => {
    const found = find(written(path)).map(({ of }) => of);
    return [...new Set(found)].map((of) => `${of} in ${path.slice(folder.length + 1)}`);
  });
}
