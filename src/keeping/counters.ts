/**
 * The counters of a quarter: the answers to the queries of its frozen plan so far, each with a first share of noise that
 * was drawn before the first call was counted. Nothing but "first share + calls" ever leaves this process, and that in
 * one blob, locked under a key that derives from the key of the night. Pure but for the crypto; no clock, no I/O.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { NightKey } from './keys.js';
import { drawShares, type RandomSource } from './noise.js';
import type { FrozenQuarter } from './frozen-quarter.js';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const COUNTER_BYTES = 8;

/** A quarter's counters, open. Those of months that are out are gone. */
export interface Counters {
  readonly quarter: FrozenQuarter;
  /** By the place of its query in the quarter's list. */
  readonly values: Map<number, number>;
}

/** Begins counters: a first share for each of the queries, and no call. */
export function beginCounters(
  quarter: FrozenQuarter,
  open: readonly number[],
  random: RandomSource,
): Counters {
  const shares = drawShares(
    open.map((index) => queryAt(quarter, index).sigma2),
    random,
  );
  return { quarter, values: new Map(open.map((index, place) => [index, shares[place] ?? NaN])) };
}

/** A query of a quarter by its place. */
export function queryAt({ queries }: FrozenQuarter, index: number) {
  const query = queries[index];
  if (query === undefined) throw new RangeError('There is no such query.');
  return query;
}

/** The places of the queries that are published with a month, or where it is null with the quarter. */
export const queriesOf = ({ queries }: FrozenQuarter, month: string | null): number[] =>
  queries.flatMap((query, index) => (query.month === month ? [index] : []));

function lockOf(key: NightKey, { quarter, mark }: FrozenQuarter) {
  const secret = Buffer.from(hkdfSync('sha256', key.privateBytes, Buffer.alloc(0), 'tyst counters', 32));
  return { secret, bound: Buffer.from(`${quarter} ${mark} ${key.id} ${key.number}`) };
}

/** Locks counters under a key: quarter, plan, key and the key's number are bound in. */
export function lockCounters({ quarter, values }: Counters, key: NightKey): Buffer {
  const plain = Buffer.alloc(values.size * COUNTER_BYTES);
  const inOrder = [...values].sort(([a], [b]) => a - b);
  for (const [place, [, value]] of inOrder.entries())
    plain.writeBigInt64BE(BigInt(value), place * COUNTER_BYTES);
  const { secret, bound } = lockOf(key, quarter);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', secret, nonce).setAAD(bound);
  const blob = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  for (const bytes of [plain, secret]) bytes.fill(0);
  return blob;
}

/**
 * Opens counters, which are those of the queries at `open`. Null where they are not: another quarter's, of another
 * plan or vocabulary, of an earlier night, or changed.
 */
export function openCounters(
  blob: Buffer,
  quarter: FrozenQuarter,
  open: readonly number[],
  key: NightKey,
): Counters | null {
  const { secret, bound } = lockOf(key, quarter);
  try {
    const decipher = createDecipheriv('aes-256-gcm', secret, blob.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    }).setAAD(bound);
    decipher.setAuthTag(blob.subarray(-TAG_BYTES));
    const plain = Buffer.concat([decipher.update(blob.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    if (plain.length !== open.length * COUNTER_BYTES) return null;
    const valueAt = (place: number) => Number(plain.readBigInt64BE(place * COUNTER_BYTES));
    return { quarter, values: new Map(open.map((index, place) => [index, valueAt(place)])) };
  } catch {
    return null;
  } finally {
    secret.fill(0);
  }
}
