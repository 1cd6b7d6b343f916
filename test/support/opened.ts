/** Looking into what is sealed, with the key from the key directory, as whoever has both may. */
import { unpackCall } from '../../src/contract/call.js';
import type { Quarter } from '../../src/contract/period.js';
import { openCounters, type Counters } from '../../src/keeping/counters.js';
import { readCounters } from '../../src/keeping/counters-store.js';
import { findPublicKey, readInstallation } from '../../src/keeping/key-store.js';
import { readKey, type NightKey } from '../../src/keeping/keys.js';
import { openerOf, type Sealed } from '../../src/keeping/opener.js';
import { openQueries } from '../../src/keeping/quarter.js';
import { findQuarter } from '../../src/keeping/quarter-store.js';
import { turnKey, type Keeping } from '../../src/keeping/turn.js';
import { keepingOf, type Keepable } from './keeping.js';
import { solved } from './solved.js';

/** The key that the database names. */
export async function namedKey({ keeper, keys }: Keepable): Promise<NightKey> {
  const named = await findPublicKey(keeper);
  const { id } = await readInstallation(keeper);
  const key = named === null ? 'missing' : await readKey(keys, named.id, id);
  if (typeof key === 'string') throw new Error(`The key is ${key}.`);
  return key;
}

/** The counters of a quarter: by the place of its query, its first share of noise and what was counted. */
export async function openedCounters(database: Keepable, quarter: Quarter): Promise<Counters> {
  const { keeper } = database;
  const key = await namedKey(database);
  const frozen = await findQuarter(keeper, quarter);
  const locked = (await readCounters(keeper)).find((one) => one.quarter === quarter);
  if (frozen === null || locked === undefined) throw new Error(`${quarter} has no counters.`);
  const opened = openCounters(locked.blob, frozen, await openQueries(keeper, frozen), key);
  if (opened === null) throw new Error(`The counters of ${quarter} do not open.`);
  return opened;
}

/** Begins the counters of a quarter: first shares, and no call. */
export async function begunCounters(
  database: Keepable,
  day: string,
  quarter: Quarter,
  change: Partial<Keeping> = {},
): Promise<Counters> {
  await turnKey(keepingOf(database, day, change), {
    async before({ countersOf }) {
      await countersOf(quarter);
    },
    after: () => Promise.resolve(),
  });
  return openedCounters(database, quarter);
}

/** Exact counts of each table, rows x columns: what came into the counters between two looks at them. */
export function countedBetween(before: Counters, after: Counters): Record<string, number[][]> {
  const answers = new Map(
    [...after.values].flatMap(([place, to]) => {
      const from = before.values.get(place);
      return from === undefined ? [] : [[place, to - from] as const];
    }),
  );
  return solved({ ...after.quarter, answers });
}

/** The numbers of the calls that wait in intake, as far as they open. */
export async function openedIntake(database: Keepable): Promise<number[][]> {
  const rows: Sealed[] = await database.keeper.query(
    'SELECT receipt_hash AS "receiptHash", key_id AS "keyId", month, envelope FROM intake.call ORDER BY receipt_hash',
  );
  const packed = openerOf(await namedKey(database))(rows);
  return packed.flatMap((bytes) => (bytes === null ? [] : [unpackCall(bytes) ?? []]));
}
