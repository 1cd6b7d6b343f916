/** The counters of a database, opened with the key of the night: what somebody finds who looks at the whole machine. */
import type { Quarter } from '../../../src/contract/period.js';
import { beginCounters, openCounters } from '../../../src/keeping/counters.js';
import { readCounters } from '../../../src/keeping/counters-store.js';
import { findPublicKey, readInstallation } from '../../../src/keeping/key-store.js';
import { readKey, type NightKey } from '../../../src/keeping/keys.js';
import type { RandomSource } from '../../../src/keeping/noise.js';
import { openQueries } from '../../../src/keeping/quarter.js';
import { findQuarter } from '../../../src/keeping/quarter-store.js';
import type { TestDatabase } from '../../support/database.js';

/** By the place of its query in the quarter's list. */
export type Opened = ReadonlyMap<number, number>;

type Machine = Pick<TestDatabase, 'keeper' | 'keys'>;

/** The key that the database names. */
export async function keyOf({ keeper, keys }: Machine): Promise<NightKey> {
  const [named, { id: installation }] = [await findPublicKey(keeper), await readInstallation(keeper)];
  const key = await readKey(keys, named?.id ?? '', installation);
  if (typeof key === 'string') throw new Error(`The key of the night is ${key}.`);
  return key;
}

/** Every quarter's counters. Throws where something does not open. */
export async function openedCounters(machine: Machine): Promise<ReadonlyMap<Quarter, Opened>> {
  const { keeper } = machine;
  const key = await keyOf(machine);
  const opened = new Map<Quarter, Opened>();
  for (const { quarter, blob } of await readCounters(keeper)) {
    const frozen = await findQuarter(keeper, quarter);
    const open = frozen === null ? [] : await openQueries(keeper, frozen);
    const counters = frozen === null ? null : openCounters(blob, frozen, open, key);
    if (counters === null) throw new Error(`The counters of ${quarter} do not open.`);
    opened.set(quarter, counters.values);
  }
  return opened;
}

/** One quarter's, which no month is out of. Throws where there are none. */
export async function openedQuarter(machine: Machine, quarter: Quarter): Promise<Opened> {
  const opened = (await openedCounters(machine)).get(quarter);
  if (opened === undefined) throw new Error(`There are no counters of ${quarter}.`);
  return opened;
}

/**
 * What was counted exactly: the counters less the first share, for a test that knows the source from which it was drawn.
 * The quarter's counters were the first that were begun with that source.
 */
export async function countedIn(machine: Machine, quarter: Quarter, random: RandomSource): Promise<number[]> {
  const frozen = await findQuarter(machine.keeper, quarter);
  if (frozen === null) throw new Error(`${quarter} has not begun.`);
  const opened = await openedQuarter(machine, quarter);
  const { values: shares } = beginCounters(frozen, [...frozen.queries.keys()], random);
  return frozen.queries.map((_, query) => (opened.get(query) ?? NaN) - (shares.get(query) ?? NaN));
}
