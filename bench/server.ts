/** A PostgreSQL of its own for a measurement that needs one, with the template that fresh databases are copied from. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../src/platform/database.js';
import { startEmbeddedServer } from '../src/platform/embedded/index.js';
import { urlOf } from '../src/platform/installation.js';

/** Runs the work beside a server, for which `freshDatabase` of the tests works as it does in a test run. */
export async function withServer<T>(work: () => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tyst-bench-'));
  const server = await startEmbeddedServer({
    dataDir,
    ownerPassword: 'owner of the bench server',
    fsync: false,
  });
  try {
    const postgres = await connect({ url: urlOf(server.address, 'postgres'), poolSize: 1 });
    await postgres.query('CREATE DATABASE tyst_template');
    await postgres.destroy();
    const template = await connect({ url: urlOf(server.address, 'tyst_template'), poolSize: 1 });
    await template.runMigrations({ transaction: 'each' });
    await template.destroy();
    process.env['TYST_TEST_SERVER'] = urlOf(server.address, 'postgres');
    return await work();
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
