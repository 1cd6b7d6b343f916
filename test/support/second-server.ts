/** Servers on clusters that are not the product's own to start: with other settings, or on a copy. */
import {
  chmodSync,
  chownSync,
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { accepts, addressOf, type ServerAddress } from '../../src/platform/embedded/address.js';
import { findBinaries } from '../../src/platform/embedded/binaries.js';
import { clusterArgument } from '../../src/platform/embedded/directories.js';
import type { Identity } from '../../src/platform/embedded/identity.js';
import { SOCKET_PORT } from '../../src/platform/embedded/postmaster.js';
import { serverArguments } from '../../src/platform/embedded/settings.js';
import { supervise } from '../../src/platform/embedded/supervisor.js';
import { onConnection } from '../../src/platform/session.js';
import { until } from './until.js';

export interface Running {
  readonly address: ServerAddress;
  /** Harmless when called twice. */
  readonly stop: () => Promise<void>;
}

/** Starts a server on a cluster, with settings that come after the product's own. */
export async function startServer(
  cluster: string,
  password: string,
  identity: Identity | null,
  settings: Readonly<Record<string, string>>,
): Promise<Running> {
  const listening = { socketDirectory: '.', port: SOCKET_PORT };
  const address = addressOf(cluster, listening, password);
  const more = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = openSync(join(cluster, 'second.log'), 'a');
  const run = supervise({
    binaries: await findBinaries(identity, cluster),
    args: [...serverArguments(clusterArgument(cluster), 'second', listening, false), ...more],
    cluster,
    identity,
    log,
    socketDirectory: null,
  });
  closeSync(log);
  const stop = async () => {
    run.end();
    await run.ended;
  };
  await until(() => accepts(address), 60).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { address, stop };
}

/** Makes a folder the server's own, with everything in it; its path. */
export function giveTo(identity: Identity | null, folder: string): string {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  const give = (path: string) => {
    if (identity !== null) chownSync(path, identity.uid, identity.gid);
    if (statSync(path).isDirectory()) for (const name of readdirSync(path)) give(join(path, name));
  };
  give(folder);
  return folder;
}

/** Copies the files of a cluster that may be running: what goes away meanwhile is left out, and what is named. */
export function copyFolder(from: string, to: string, leftOut: RegExp, below = ''): void {
  mkdirSync(join(to, below), { recursive: true, mode: 0o700 });
  for (const name of readdirSync(join(from, below))) {
    const path = join(below, name);
    const entry = statSync(join(from, path), { throwIfNoEntry: false });
    if (entry === undefined || leftOut.test(path)) continue;
    if (entry.isDirectory()) copyFolder(from, to, leftOut, path);
    else if (entry.isFile()) copyFileSync(join(from, path), join(to, path));
  }
}

/** Copies the files of a running server, as a base backup does, while something goes on. */
export async function baseCopy(
  owner: DataSource,
  [cluster, copy]: readonly [string, string],
  meanwhile: () => Promise<void>,
): Promise<void> {
  await onConnection(owner, async (connection) => {
    await connection.query(`SELECT pg_backup_start('a copy', true)`);
    await meanwhile();
    copyFolder(cluster, copy, /(^|\/)(postmaster\.(pid|opts)|\.s\.PGSQL.*|pg_wal\/.+)$/);
    const [stopped]: { labelfile: string }[] = await connection.query(
      'SELECT labelfile FROM pg_backup_stop(false)',
    );
    writeFileSync(join(copy, 'backup_label'), stopped?.labelfile ?? '');
  });
}
