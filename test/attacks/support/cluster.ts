/** A cluster of its own with the settings of production and a key of the night, for attacks on its files. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import type { Plan } from '../../../src/contract/plan.js';
import type { KeyDirectory } from '../../../src/platform/key-directory.js';
import { prepareKey } from '../../../src/keeping/turn.js';
import { connect } from '../../../src/platform/database.js';
import { roleUrl, type Installation } from '../../../src/platform/installation.js';
import { ownInstallation } from '../../support/installation.js';
import { keepingOf } from '../../support/keeping.js';
import { QUARTER } from './line.js';

/** Connections to a cluster as the roles that an attack needs. */
export interface Pools {
  readonly intake: DataSource;
  readonly keeper: DataSource;
  readonly owner: DataSource;
  readonly disconnect: () => Promise<void>;
}

export async function poolsOf(installation: Installation): Promise<Pools> {
  const [intake, keeper, owner] = await Promise.all([
    connect({ url: roleUrl(installation, 'intake') }),
    connect({ url: roleUrl(installation, 'keeper') }),
    connect({ url: installation.ownerUrl, poolSize: 3 }),
  ]);
  const disconnect = async () => {
    await Promise.all([intake, keeper, owner].map((pool) => pool.destroy()));
  };
  return { intake, keeper, owner, disconnect };
}

export interface Cluster extends Pools {
  readonly dataDir: string;
  readonly installation: Installation;
  readonly keys: KeyDirectory;
  /** Disconnects, stops the server and removes every file. */
  readonly remove: () => Promise<void>;
}

/** Installed on 1 October 2026, with a plan for the quarter that begins then; the intake is open. */
export async function aCluster(plan: Plan): Promise<Cluster> {
  const { installation, dataDir, remove } = await ownInstallation();
  const keys = { path: join(dataDir, 'night'), named: false };
  const pools = await poolsOf(installation);
  await pools.owner.query('INSERT INTO desk.plan (quarter, plan) VALUES ($1, $2)', [
    QUARTER,
    JSON.stringify(plan),
  ]);
  await prepareKey(keepingOf({ ...pools, keys }, '2026-10-01'));
  return {
    ...pools,
    ...{ dataDir, installation, keys },
    remove: async () => {
      await pools.disconnect();
      await remove();
    },
  };
}

/** Every file below a folder. What goes away meanwhile is left out. */
export function* filesBelow(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const entry = statSync(path, { throwIfNoEntry: false });
    if (entry?.isDirectory() === true) yield* filesBelow(path);
    else if (entry?.isFile() === true) yield path;
  }
}
