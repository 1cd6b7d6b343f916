/** One PostgreSQL for the whole run, with fsync off, and in it a template database with the schema. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../src/platform/database.js';
import { startEmbeddedServer } from '../../src/platform/embedded/index.js';
import { urlOf } from '../../src/platform/installation.js';

/** Starts it, tells the processes of the tests where it is, and returns what ends it. */
export async function startTestServer(): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tyst-test-'));
  const server = await startEmbeddedServer({
    dataDir,
    ownerPassword: 'owner of the test server',
    fsync: false,
  });
  const postgres = await connect({ url: urlOf(server.address, 'postgres'), poolSize: 1 });
  await postgres.query('CREATE DATABASE tyst_template');
  const template = await connect({ url: urlOf(server.address, 'tyst_template'), poolSize: 1 });
  await template.runMigrations({ transaction: 'each' });
  await template.destroy();
  await postgres.destroy();
  process.env['TYST_TEST_SERVER'] = urlOf(server.address, 'postgres');
  process.env['TYST_TEST_DATA_DIR'] = dataDir;
  return async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
