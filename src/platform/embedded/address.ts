import { randomBytes } from 'node:crypto';
import { chown, mkdir, realpath } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import pg from 'pg';
import { directoriesOf } from './directories.js';
import { errorCode } from '../errors.js';
import type { Identity } from './identity.js';
import { OWNER } from './initialise.js';
import { readPostmasterFile, SOCKET_DIRECTORY_PREFIX, SOCKET_PORT } from './postmaster.js';
import type { Listening } from './settings.js';

/** How to reach a server as its owner. */
export interface ServerAddress {
  /** The directory of the unix socket, or 127.0.0.1 on Windows. */
  host: string;
  port: number;
  /** The superuser. */
  user: string;
  password: string;
}

/** The longest path of a unix socket, in bytes, that every program can connect to. */
const LONGEST_SOCKET_PATH = process.platform === 'darwin' ? 103 : 107;

/**
 * Decides where a server listens. Its socket lies in the cluster, which is 0700 already, and the server names
 * it '.', so it needs no way there. Clients need the whole path; where that is too long, a private directory
 * with a short one is made instead. PostgreSQL notes the place in postmaster.pid, and keeps its socket from
 * being swept away.
 */
export async function chooseListening(cluster: string, identity: Identity | null): Promise<Listening> {
  if (process.platform === 'win32') return { socketDirectory: null, port: await freePort() };
  if (fits(cluster)) return { socketDirectory: '.', port: SOCKET_PORT };
  const name = SOCKET_DIRECTORY_PREFIX + randomBytes(8).toString('hex');
  // root's temporary directory may be one that the server's user cannot enter.
  const base = identity === null && fits(join(tmpdir(), name)) ? tmpdir() : '/tmp';
  const socketDirectory = join(base, name);
  return { socketDirectory, port: SOCKET_PORT };
}

function fits(directory: string): boolean {
  return Buffer.byteLength(join(directory, `.s.PGSQL.${String(SOCKET_PORT)}`)) <= LONGEST_SOCKET_PATH;
}

/** Makes the socket directory when it is not the cluster; fails if the name is taken. Returns it, or null. */
export async function makeSocketDirectory(
  listening: Listening,
  identity: Identity | null,
): Promise<string | null> {
  const { socketDirectory } = listening;
  if (socketDirectory === null || !isAbsolute(socketDirectory)) return null;
  await mkdir(socketDirectory, { mode: 0o700 });
  if (identity !== null) await chown(socketDirectory, identity.uid, identity.gid);
  return socketDirectory;
}

/** The address under which a client finds a server that listens like this. */
export function addressOf(cluster: string, listening: Listening, password: string): ServerAddress {
  const { socketDirectory, port } = listening;
  const host =
    socketDirectory === null ? '127.0.0.1' : isAbsolute(socketDirectory) ? socketDirectory : cluster;
  return { host, port, user: OWNER, password };
}

/**
 * The running server of a data directory that another process holds, for command-line use beside a running
 * Tyst; null when none runs (or it has not finished starting).
 * @throws Error when the directory may not be read, or the server does not accept the password
 */
export async function findRunningServer(
  dataDir: string,
  ownerPassword: string,
): Promise<ServerAddress | null> {
  try {
    const { cluster } = directoriesOf(await realpath(dataDir));
    const file = await readPostmasterFile(cluster);
    if (file === null || !file.ready) return null;
    const socketDirectory = file.socketDirectory === '' ? null : file.socketDirectory;
    const address = addressOf(cluster, { socketDirectory, port: file.port }, ownerPassword);
    return (await accepts(address)) ? address : null;
  } catch (error) {
    const code = errorCode(error);
    if (['ENOENT', 'ENOTDIR'].includes(code)) return null;
    if (!['EACCES', 'EPERM'].includes(code)) throw error;
    throw new Error(
      `This OS user may not read the data directory ${dataDir}: run the command as the user that started Tyst.`,
      { cause: error },
    );
  }
}

/**
 * Connects once: true when the server answers, false when nobody does or it is starting or stopping.
 * @throws Error when it refuses the owner's password
 */
export async function accepts(address: ServerAddress): Promise<boolean> {
  const client = new pg.Client({ ...address, database: 'postgres', connectionTimeoutMillis: 10_000 });
  client.on('error', () => {
    // The server ended while we were saying goodbye.
  });
  try {
    await client.connect();
    return true;
  } catch (error) {
    const code = errorCode(error);
    if (code === '28P01') {
      throw new Error(
        'The database server refuses the password of its owner: the secret does not belong to this data directory; give back the one it was created with.',
        { cause: error },
      );
    }
    if (['ENOENT', 'ECONNREFUSED', 'ECONNRESET', '57P03'].includes(code)) return false;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const found = server.address();
      server.close(() => {
        resolve(typeof found === 'object' && found !== null ? found.port : 0);
      });
    });
  });
}
