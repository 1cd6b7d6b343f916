/** A database without a table on the server of the tests, for what begins before the first migration. */
import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { connect } from '../../../src/platform/database.js';
import type { Installation } from '../../../src/platform/installation.js';
import { serverUrl } from '../../support/database.js';

export interface EmptyDatabase {
  readonly installation: Installation;
  readonly owner: DataSource;
  /** Closes the owner's pool and drops the database. */
  readonly destroy: () => Promise<void>;
}

async function onServer(statement: string): Promise<void> {
  const server = await connect({ url: serverUrl(), poolSize: 1 });
  try {
    await server.query(statement);
  } finally {
    await server.destroy();
  }
}

export async function emptyDatabase(): Promise<EmptyDatabase> {
  const name = `t_${randomBytes(6).toString('hex')}`;
  await onServer(`CREATE DATABASE ${name}`);
  const installation = { ownerUrl: serverUrl(name), secret: 'the secret of the test server', server: null };
  const owner = await connect({ url: installation.ownerUrl, poolSize: 4 });
  const destroy = async () => {
    await owner.destroy();
    await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
  };
  return { installation, owner, destroy };
}
