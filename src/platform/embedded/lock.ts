import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, open, readdir, realpath, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { errorCode } from '../errors.js';

/** Another Tyst runs on the data directory. The message is one line and says what to do. */
export class DataDirectoryInUse extends Error {
  constructor(dataDir: string) {
    super(`Another Tyst is running on ${dataDir}: stop it first, or choose another data directory.`);
    this.name = 'DataDirectoryInUse';
  }
}

/** The exclusive right to a data directory. */
export interface DirectoryLock {
  /** Gives the directory back. Harmless when called twice. */
  release(): Promise<void>;
}

/*
 * Node has no flock(). A file with a process id in it needs a judgement about whether that process is alive,
 * which is wrong in another container, and somebody has to take the stale file away, which is a race. So the
 * holder listens on a unix socket in the directory itself. The kernel answers whether it lives (a connection
 * is refused the moment the holder is gone, kill -9 included), for every OS user, through every symlink and
 * from every container that shares the volume.
 *
 * Who comes next is decided by numbers that only grow. The sockets are lock.1, lock.2 and so on, and the
 * highest number counts. A starter that finds the highest, n, dead puts its own *listening* socket in place
 * as lock.(n+1) with link(), which fails if the name exists, so one of many starters gets it. It then looks
 * once more: a starter that was asleep since its first look may have linked a number that was used up long
 * ago, and sees a higher one now. The highest file is never removed, not on release either, so no number
 * comes back. The winner sweeps away lower ones.
 */
const NAME = /^lock\.(\d+)$/;
const CLAIM = 'lock.claim.';

/**
 * Takes the exclusive lock of a data directory. It frees itself when this process ends for any reason.
 * @param dataDir an existing directory; any path to it will do
 * @throws DataDirectoryInUse when another holder lives, in this process or another one
 */
export async function lockDataDirectory(dataDir: string): Promise<DirectoryLock> {
  const directory = await realpath(dataDir);
  return process.platform === 'win32' ? lockWithPipe(directory) : lockWithSockets(directory);
}

async function lockWithSockets(directory: string): Promise<DirectoryLock> {
  const handle = await open(directory, 'r');
  // A socket's path is limited to 107 bytes; through the descriptor it is short wherever the directory lies.
  const throughDescriptor = existsSync('/proc/self/fd');
  const at = (name: string): string =>
    throughDescriptor ? `/proc/self/fd/${String(handle.fd)}/${name}` : join(directory, name);
  try {
    for (;;) {
      const newest = await highestNumber(directory);
      if (newest > 0 && (await somebodyListens(at(`lock.${String(newest)}`)))) {
        throw new DataDirectoryInUse(directory);
      }
      const server = await claim(directory, at, newest + 1);
      if (server !== null) return heldBy(server);
    }
  } finally {
    await handle.close();
  }
}

/** Tries to become holder number `mine`; null when another starter was faster. */
async function claim(directory: string, at: (name: string) => string, mine: number): Promise<Server | null> {
  const ticket = CLAIM + randomUUID();
  let server: Server | null = null;
  try {
    server = await listen(at(ticket));
    // Linked only once it listens: a name that does not answer yet would pass for dead.
    await link(at(ticket), at(`lock.${String(mine)}`));
    if ((await highestNumber(directory)) === mine) {
      await sweep(directory, mine);
      return server;
    }
    await close(server);
  } catch (error) {
    if (server !== null) await close(server);
    // ENOENT: a winner swept our ticket away, at any moment from its first.
    if (!['EEXIST', 'ENOENT'].includes(errorCode(error))) throw error;
  }
  await rm(at(ticket), { force: true });
  return null;
}

async function highestNumber(directory: string): Promise<number> {
  const numbers = (await readdir(directory)).map((name) => Number(NAME.exec(name)?.[1] ?? 0));
  return Math.max(0, ...numbers);
}

async function sweep(directory: string, mine: number): Promise<void> {
  for (const name of await readdir(directory)) {
    const number = NAME.exec(name)?.[1];
    const old = number === undefined ? name.startsWith(CLAIM) : Number(number) < mine;
    if (old) await rm(join(directory, name), { force: true });
  }
}

/** Only a refused connection (or a name that is gone) proves that nobody holds it; any doubt counts as held. */
function somebodyListens(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error) => {
      resolve(!['ECONNREFUSED', 'ENOENT'].includes(errorCode(error)));
    });
  });
}

async function lockWithPipe(directory: string): Promise<DirectoryLock> {
  // Windows gives the first instance of a named pipe to one process alone, and takes it back when that one
  // ends.
  const name = createHash('sha256').update(directory.toLowerCase()).digest('hex').slice(0, 32);
  try {
    return heldBy(await listen(`\\\\.\\pipe\\tyst-${name}`));
  } catch (error) {
    if (errorCode(error) === 'EADDRINUSE') throw new DataDirectoryInUse(directory);
    throw error;
  }
}

function heldBy(server: Server): DirectoryLock {
  let released: Promise<void> | undefined;
  return { release: () => (released ??= close(server)) };
}

function listen(path: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.destroy();
    });
    server.once('error', reject);
    // Any OS user that may enter the directory must be able to ask whether the holder lives.
    server.listen({ path, exclusive: true, readableAll: true, writableAll: true }, () => {
      server.unref();
      resolve(server);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}
