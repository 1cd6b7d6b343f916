import { addressOf, chooseListening, type ServerAddress } from './address.js';
import { findBinaries } from './binaries.js';
import { prepareDataDirectory, type Directories } from './directories.js';
import { chooseIdentity } from './identity.js';
import { ensureCluster } from './initialise.js';
import { lockDataDirectory, type DirectoryLock } from './lock.js';
import { runServer, type ServerPlan } from './server.js';
import type { Supervision } from './supervisor.js';

export { findRunningServer, type ServerAddress } from './address.js';
export { DataDirectoryInUse } from './lock.js';

/** A PostgreSQL of our own, held by this process. */
export interface EmbeddedServer {
  /** Stays the same through `restart`. */
  readonly address: ServerAddress;
  /** The cluster's directory. */
  readonly cluster: string;
  /** Resolves when the server has ended for any reason. After a `restart` it is a new promise: ask again. */
  readonly exited: Promise<void>;
  /** Starts the server again, after a crash or in mid-run, without letting go of the data directory. */
  restart(): Promise<void>;
  /** Ends the server (at most some 25 s) and gives the data directory back. Harmless when called twice. */
  stop(): Promise<void>;
}

/** What `startEmbeddedServer` needs. */
interface EmbeddedOptions {
  /** Made when missing; closed (0700) to everyone else. */
  dataDir: string;
  /** The password of the superuser `tyst_owner`: one line, the same at every start. */
  ownerPassword: string;
  /** False for tests alone: a power cut then loses data. */
  fsync?: boolean;
}

/**
 * Starts the embedded PostgreSQL of a data directory, creating its cluster the first time. The directory is
 * locked before anything in it is touched. The server ends with this process, `kill -9` included.
 * @throws DataDirectoryInUse when another Tyst holds the directory
 * @throws Error one line: what is wrong, and what to do
 */
export async function startEmbeddedServer(options: EmbeddedOptions): Promise<EmbeddedServer> {
  if (!/^[^\r\n\0]+$/.test(options.ownerPassword))
    throw new Error("The owner's password must be one line, not empty.");
  const directories = await prepareDataDirectory(options.dataDir);
  const lock = await lockDataDirectory(directories.data);
  try {
    const plan = await planServer(directories, options);
    return hold(plan, await runServer(plan), lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function planServer(directories: Directories, options: EmbeddedOptions): Promise<ServerPlan> {
  const { ownerPassword, fsync = true } = options;
  const identity = await chooseIdentity(directories.data, directories.cluster);
  const binaries = await findBinaries(identity, directories.data);
  await ensureCluster({ directories, binaries, identity, ownerPassword, fsync });
  const listening = await chooseListening(directories.cluster, identity);
  const address = addressOf(directories.cluster, listening, ownerPassword);
  return { directories, binaries, identity, listening, address, fsync };
}

function hold(plan: ServerPlan, first: Supervision, lock: DirectoryLock): EmbeddedServer {
  let run = first;
  let stopped: Promise<void> | undefined;
  // One at a time: a stop in the middle of a restart would give the directory back under a starting server.
  let last = Promise.resolve();
  const next = (step: () => Promise<void>): Promise<void> => {
    const turn = last.then(step);
    last = turn.catch(() => undefined);
    return turn;
  };
  const halt = async (): Promise<void> => {
    run.end();
    await run.ended;
  };
  return {
    address: plan.address,
    cluster: plan.directories.cluster,
    get exited() {
      return run.ended;
    },
    restart: () =>
      next(async () => {
        if (stopped !== undefined) throw new Error('The database server was stopped: start it anew.');
        await halt();
        run = await runServer(plan);
      }),
    stop: () => (stopped ??= next(() => halt().finally(() => lock.release()))),
  };
}
