import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { open, readFile, rm, stat } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import { errorCode } from '../errors.js';
import { pause } from './errors.js';

/** The start of the name of a socket directory outside the cluster. */
export const SOCKET_DIRECTORY_PREFIX = 'tyst-socket-';

/** PostgreSQL's port; for a unix socket it is part of the socket's name. */
export const SOCKET_PORT = 5432;

/** No process has this number: Linux stops at 4194304. */
const NOBODY = 99_999_999;

/** What a server says about itself in postmaster.pid. */
interface PostmasterFile {
  pid: number;
  port: number;
  /** '.' is the cluster itself; empty on Windows. */
  socketDirectory: string;
  ready: boolean;
}

/** Reads a cluster's postmaster.pid; null when there is none, so no server runs. */
export async function readPostmasterFile(cluster: string): Promise<PostmasterFile | null> {
  const text = await readOrNull(join(cluster, 'postmaster.pid'));
  if (text === null) return null;
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0] ?? 0);
  return {
    pid,
    port: Number(lines[3] ?? 0),
    socketDirectory: lines[4] ?? '',
    ready: pid > 0 && pid !== NOBODY && lines[7] === 'ready',
  };
}

/** A name for the server of this very directory; the inode stays when the directory is moved. */
export async function clusterMarker(cluster: string): Promise<string> {
  const { dev, ino } = await stat(cluster, { bigint: true });
  return `tyst-${dev.toString(36)}-${ino.toString(36)}`;
}

/**
 * Clears the way for a new server on a cluster: ends a server that lost its supervisor or is still shutting
 * down, and takes the process number out of stale lock files, because that number may be a stranger's by now
 * and PostgreSQL would refuse to start. The files stay, with the rest of their lines: by them PostgreSQL
 * itself finds out whether a process of an earlier server still uses the shared memory. The caller holds the
 * lock of the data directory.
 * @throws Error when the old server does not end within 60 s
 */
export async function clearLeftovers(cluster: string): Promise<void> {
  const file = await readPostmasterFile(cluster);
  if (file === null || process.platform === 'win32') return;
  await endServer(file.pid, await clusterMarker(cluster));
  await disownLockFile(join(cluster, 'postmaster.pid'));
  await disownLockFile(join(cluster, `.s.PGSQL.${String(SOCKET_PORT)}.lock`));
  const { socketDirectory } = file;
  if (isAbsolute(socketDirectory) && basename(socketDirectory).startsWith(SOCKET_DIRECTORY_PREFIX)) {
    await rm(socketDirectory, { recursive: true, force: true });
  }
}

/** Fast shutdown first; it keeps every committed row, as do the harder ways, only quicker to start again. */
async function endServer(pid: number, marker: string): Promise<void> {
  const steps: [number, NodeJS.Signals][] = [
    [0, 'SIGINT'],
    [15_000, 'SIGQUIT'],
    [30_000, 'SIGKILL'],
  ];
  const began = Date.now();
  while (await isServerOf(pid, marker)) {
    const waited = Date.now() - began;
    if (waited > 60_000) {
      throw new Error(
        `The previous database server (process ${String(pid)}) does not end: end it, then start again.`,
      );
    }
    if (steps[0] !== undefined && waited >= steps[0][0]) signal(pid, steps.shift()?.[1]);
    await pause(50);
  }
}

function signal(pid: number, name: NodeJS.Signals | undefined): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

/** The number alone proves nothing. A zombie has no command line, and so counts as gone. */
async function isServerOf(pid: number, marker: string): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 1 || pid === NOBODY) return false;
  const name = `cluster_name=${marker}`;
  if (existsSync('/proc/self/cmdline')) {
    const line = await readOrNull(`/proc/${String(pid)}/cmdline`);
    return line?.split('\0').includes(name) ?? false;
  }
  return new Promise((resolve) => {
    execFile('ps', ['-ww', '-o', 'command=', '-p', String(pid)], (_error, output) => {
      resolve(output.split(/\s/).includes(name));
    });
  });
}

/** Written over in place, and never shorter than before: at no moment is the file empty or another user's. */
async function disownLockFile(path: string): Promise<void> {
  const text = await readOrNull(path);
  if (text === null) return;
  const end = text.indexOf('\n');
  const rest = end < 0 ? '\n' : text.slice(end);
  const handle = await open(path, 'r+');
  try {
    await handle.write(`${String(NOBODY)}${rest}`, 0);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function readOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    // ESRCH: a process that ended while its entry in /proc was being read.
    if (['ENOENT', 'ESRCH'].includes(errorCode(error))) return null;
    throw error;
  }
}
