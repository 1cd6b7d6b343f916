/** A second server that is fed with the log of another one, as an operator would set it up. */
import { spawn } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { chooseIdentity, runAs } from '../../src/platform/embedded/identity.js';
import { copyFolder, giveTo } from '../support/second-server.js';
import { quietPort } from '../support/quiet-port.js';
import { until } from '../support/until.js';
import { flagsOf, type ExternalServer } from './external-server.js';
import type { Workshop } from './tyst.js';

/** Copies the files of a running server, between the two statements that a copy needs. */
async function copyOf({ cluster, port, password }: ExternalServer, copy: string): Promise<void> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', password, database: 'postgres' });
  await client.connect();
  try {
    await client.query(`SELECT pg_backup_start('a standby', true)`);
    copyFolder(cluster, copy, /(^|\/)(postmaster\.(pid|opts)|pg_replslot\/.+|pg_wal\/.+)$/);
    const { rows } = await client.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop(false)');
    writeFileSync(join(copy, 'backup_label'), rows[0]?.labelfile ?? '');
  } finally {
    await client.end();
  }
}

/** Makes a standby and waits until it is fed, from a slot of its own. Returns what ends it; the slot stays. */
export async function startStandby(
  { folder, track }: Workshop,
  programs: string,
  primary: ExternalServer,
  slot: string,
): Promise<() => Promise<void>> {
  const copy = join(folder, `standby-${readdirSync(folder).length}`);
  const identity = await chooseIdentity(folder, copy);
  await primary.query('postgres', `SELECT pg_create_physical_replication_slot('${slot}', true)`);
  await copyOf(primary, copy);
  writeFileSync(join(copy, 'standby.signal'), '');
  giveTo(identity, copy);
  const settings = {
    ...{ listen_addresses: '127.0.0.1', port: String(await quietPort()), unix_socket_directories: '' },
    primary_conninfo: `host=127.0.0.1 port=${primary.port} user=postgres password='${primary.password}'`,
    ...{ primary_slot_name: slot, fsync: 'off' },
  };
  const standby = spawn(join(programs, 'postgres'), ['-D', copy, ...flagsOf(settings)], {
    ...runAs(identity),
    ...{ cwd: copy, env: { PATH: process.env['PATH'] }, stdio: 'ignore' },
  });
  track(standby);
  const ended = new Promise((resolve) => standby.once('exit', resolve));
  const feeding = `SELECT 1 FROM pg_stat_replication WHERE state = 'streaming'`;
  await until(async () => (await primary.query('postgres', feeding)).length > 0, 60);
  return async () => {
    standby.kill('SIGINT');
    await ended;
  };
}
