/** What an installation holds of calls, opened with its key: the counters, and the rows of intake. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { unpackCall } from '../../../src/contract/call.js';
import { quarterOfMonth } from '../../../src/contract/period.js';
import { callCounter } from '../../../src/keeping/count-call.js';
import { readCounters } from '../../../src/keeping/counters-store.js';
import { openCounters } from '../../../src/keeping/counters.js';
import { findPublicKey, readInstallation } from '../../../src/keeping/key-store.js';
import { readKey, type NightKey } from '../../../src/keeping/keys.js';
import { openerOf } from '../../../src/keeping/opener.js';
import { findQuarter } from '../../../src/keeping/quarter-store.js';
import type { FrozenQuarter } from '../../../src/keeping/frozen-quarter.js';
import { openQueries } from '../../../src/keeping/quarter.js';
import type { TestDatabase } from '../../support/database.js';

/** By quarter, and by the place of the query in its list. */
export type Values = Map<string, Map<number, number>>;

export interface OpenRow {
  readonly receiptHash: Buffer;
  readonly keyId: string;
  readonly day: string;
  readonly month: string;
  readonly envelope: Buffer;
  readonly codes: ArrayLike<number> | null;
}

export interface Books {
  readonly counters: Values;
  readonly rows: readonly OpenRow[];
}

/** The names of everything in the key directory. */
export const filesOf = ({ keys }: Pick<TestDatabase, 'keys'>): string[] => readdirSync(keys.path).sort();

/** The path of the file of the key that the database names. */
export async function keyFile({ keeper, keys }: Pick<TestDatabase, 'keeper' | 'keys'>): Promise<string> {
  return join(keys.path, (await findPublicKey(keeper))?.id ?? 'none');
}

/** The key that the database names; throws where it does not open. */
export async function keyOf({ keeper, keys }: Pick<TestDatabase, 'keeper' | 'keys'>): Promise<NightKey> {
  const named = await findPublicKey(keeper);
  const { id } = await readInstallation(keeper);
  const key = named === null ? 'none' : await readKey(keys, named.id, id);
  if (typeof key === 'string') throw new Error(`The key that the database names is ${key}.`);
  return key;
}

/** Opens all there is. Throws where something does not open. */
export async function openBooks(database: TestDatabase): Promise<Books> {
  const { keeper, owner } = database;
  const key = await keyOf(database);
  const counters: Values = new Map();
  for (const { quarter, blob } of await readCounters(keeper)) {
    const frozen = await findQuarter(keeper, quarter);
    const opened =
      frozen === null ? null : openCounters(blob, frozen, await openQueries(keeper, frozen), key);
    if (opened === null) throw new Error(`The counters of ${quarter} do not open.`);
    counters.set(quarter, opened.values);
  }
  const found: Omit<OpenRow, 'codes'>[] = await owner.query(
    `SELECT receipt_hash AS "receiptHash", key_id AS "keyId", day::text, month, envelope FROM intake.call`,
  );
  const packed = openerOf(key)(found);
  const rows = found.map((row, index) => {
    const bytes = packed[index] ?? null;
    return { ...row, codes: bytes === null ? null : unpackCall(bytes) };
  });
  return { counters, rows };
}

/** Adds a call to some values, `by` times. */
export function addCall(
  values: Values,
  quarter: FrozenQuarter,
  call: { readonly month: string; readonly codes: ArrayLike<number> },
  by: number,
): void {
  const own = values.get(quarter.quarter) ?? new Map<number, number>();
  values.set(quarter.quarter, own);
  callCounter(quarter)(call, (query, amount) => {
    const value = own.get(query);
    if (value !== undefined) own.set(query, value + by * amount);
  });
}

/** The quarter of a month, as it was frozen. */
export async function frozenOf({ keeper }: TestDatabase, month: string): Promise<FrozenQuarter> {
  const frozen = await findQuarter(keeper, quarterOfMonth(month));
  if (frozen === null) throw new Error(`The quarter of ${month} has not begun.`);
  return frozen;
}

/** In how many queries two sets of values differ. */
export function differences(one: Values, other: Values): number {
  let count = 0;
  for (const quarter of new Set([...one.keys(), ...other.keys()])) {
    const [a, b] = [
      one.get(quarter) ?? new Map<number, number>(),
      other.get(quarter) ?? new Map<number, number>(),
    ];
    for (const query of new Set([...a.keys(), ...b.keys()])) if (a.get(query) !== b.get(query)) count += 1;
  }
  return count;
}
