/** An installation of 0.1 on its way to this version: migrated, and not yet met by the keeper. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { deskEntities } from '../../../src/desk/entities.js';
import { install } from '../../../src/install.js';
import { readCounters } from '../../../src/keeping/counters-store.js';
import type { KeyDirectory } from '../../../src/platform/key-directory.js';
import type { Query } from '../../../src/contract/queries.js';
import { connect } from '../../../src/platform/database.js';
import { roleUrl } from '../../../src/platform/installation.js';
import { standingClock } from '../../support/database.js';
import { openedCounters } from '../../support/opened.js';
import { emptyDatabase, type EmptyDatabase } from './empty-database.js';
import { begin01, load01 } from './load.js';

export interface Upgraded {
  readonly owner: DataSource;
  readonly intake: DataSource;
  readonly reader: DataSource;
  readonly desk: DataSource;
  readonly keeper: DataSource;
  readonly keys: KeyDirectory;
  /** The names in the key directory. */
  readonly keyFiles: () => string[];
  readonly destroy: () => Promise<void>;
}

interface Before {
  /** Whether 0.1 had been at work; else it was only installed. */
  readonly used?: boolean;
  /** What is done to the database of 0.1 before this version comes. */
  readonly change?: (database: EmptyDatabase) => Promise<void>;
}

/** Brings an installation of 0.1 to this version, as `tyst start` does at 02:40 on 2026-11-20. */
export async function upgraded({ used = true, change }: Before = {}): Promise<Upgraded> {
  const database = await emptyDatabase();
  const { owner, installation } = database;
  await (used ? load01 : begin01)(owner, installation);
  await change?.(database);
  await install(installation, standingClock('2026-11-20T01:40:00Z'));
  const login = (role: Parameters<typeof roleUrl>[1]) =>
    connect({ url: roleUrl(installation, role), entities: deskEntities, poolSize: 3 });
  const pools = {
    intake: await login('intake'),
    reader: await login('reader'),
    desk: await login('desk'),
    keeper: await login('keeper'),
  };
  const keys = { path: mkdtempSync(join(tmpdir(), 'tyst-keys-')), named: false };
  const destroy = async () => {
    await Promise.all(Object.values(pools).map((pool) => pool.destroy()));
    await database.destroy();
    rmSync(keys.path, { recursive: true, force: true });
  };
  return { owner, ...pools, keys, keyFiles: () => readdirSync(keys.path), destroy };
}

/** A query that is not out, and what its counter says. */
export interface Counter extends Query {
  readonly value: number;
}

/** What the counters of each quarter say, opened with the key file. */
export async function countersOf(
  database: Pick<Upgraded, 'keeper' | 'keys'>,
): Promise<Record<string, Counter[]>> {
  const found: Record<string, Counter[]> = {};
  for (const { quarter } of await readCounters(database.keeper)) {
    const counters = await openedCounters(database, quarter);
    found[quarter] = [...counters.values].flatMap(([place, value]) => {
      const query = counters.quarter.queries[place];
      return query === undefined ? [] : [{ ...query, value }];
    });
  }
  return found;
}
