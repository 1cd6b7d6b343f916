/** The database of a running installation, seen by its owner. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { connect } from '../../src/platform/database.js';
import { findRunningServer } from '../../src/platform/embedded/index.js';
import { urlOf } from '../../src/platform/installation.js';
import { passwordOf } from '../../src/platform/roles.js';
import { until } from '../support/until.js';

/** Waits until the embedded server answers. */
export async function openOwner(dataDir: string): Promise<DataSource> {
  const secret = readFileSync(join(dataDir, 'secret'), 'utf8').trim();
  const find = () => findRunningServer(dataDir, passwordOf(secret, 'owner'));
  await until(async () => (await find()) !== null, 90);
  const address = await find();
  if (address === null) throw new Error('There is no database.');
  return connect({ url: urlOf(address, 'tyst'), poolSize: 1 });
}

/** Does some work as the owner. */
export async function asOwner<Result>(
  dataDir: string,
  work: (owner: DataSource) => Promise<Result>,
): Promise<Result> {
  const owner = await openOwner(dataDir);
  try {
    return await work(owner);
  } finally {
    await owner.destroy();
  }
}
