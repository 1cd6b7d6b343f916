import { existsSync } from 'node:fs';
import { chmod, mkdir, open, realpath, stat } from 'node:fs/promises';
import { dirname, join, parse, resolve } from 'node:path';
import { errorMessage } from './errors.js';

/** Where the parts of an embedded server lie. All paths are absolute and free of symlinks. */
export interface Directories {
  data: string;
  /** PostgreSQL's own directory; it exists only once it is complete. */
  cluster: string;
  /** Where a new cluster grows before it is renamed; what is left of it after a crash is worthless. */
  unfinished: string;
  log: string;
}

/** Names the parts of a data directory, without touching it. */
export function directoriesOf(data: string): Directories {
  return {
    data,
    cluster: join(data, 'postgres'),
    unfinished: join(data, 'postgres.init'),
    log: join(data, 'postgres.log'),
  };
}

/*
 * How PostgreSQL is told where its cluster is. It is started with the cluster as its working directory and
 * stays there with all its processes, so on Linux /proc/self/cwd names the cluster without a walk through the
 * parents. Started by root, the launcher opens the way (the child changes directory before it changes user)
 * and the server, as user postgres, lives in /root/anything/data/postgres without being let into /root or the
 * data directory.
 */
export function clusterArgument(cluster: string): string {
  return existsSync('/proc/self/cwd') ? '/proc/self/cwd' : cluster;
}

/**
 * Makes the data directory if needed and closes it to everyone else.
 * @throws Error when it cannot be made or belongs to somebody else, or is a directory that others share
 */
export async function prepareDataDirectory(dataDir: string): Promise<Directories> {
  const wanted = resolve(dataDir);
  try {
    if ((await mkdir(wanted, { recursive: true, mode: 0o700 })) !== undefined) {
      await syncDirectory(dirname(wanted));
    }
    const data = await realpath(wanted);
    const { mode } = await stat(data);
    // Closing such a directory (/, /tmp) would take it from everyone on the machine.
    if (data === parse(data).root || (mode & 0o1000) !== 0)
      throw new Error('it is shared by the whole system');
    if ((mode & 0o777) !== closedMode()) await chmod(data, closedMode());
    return directoriesOf(data);
  } catch (error) {
    const reason = errorMessage(error);
    throw new Error(
      `The data directory ${wanted} cannot be used (${reason}): give Tyst a directory of its own, owned by the OS user that starts it.`,
      { cause: error },
    );
  }
}

/** Without /proc, a server that root starts as another user has to walk through the data directory. */
function closedMode(): number {
  return process.getuid?.() === 0 && !existsSync('/proc/self/cwd') ? 0o711 : 0o700;
}

/** Makes the names in a directory survive a power cut. */
export async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
