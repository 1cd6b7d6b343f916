import { open, readFile, stat, type FileHandle } from 'node:fs/promises';
import { accepts, makeSocketDirectory, type ServerAddress } from './address.js';
import type { Binaries } from './binaries.js';
import { clusterArgument, type Directories } from './directories.js';
import { pause, tellingLine } from './errors.js';
import type { Identity } from './identity.js';
import { clearLeftovers, clusterMarker, readPostmasterFile } from './postmaster.js';
import { serverArguments, type Listening } from './settings.js';
import { supervise, type Supervision } from './supervisor.js';

/** Everything a server needs to be started, again and again, on a complete cluster. */
export interface ServerPlan {
  directories: Directories;
  binaries: Binaries;
  identity: Identity | null;
  listening: Listening;
  address: ServerAddress;
  fsync: boolean;
}

/** Recovery after a crash replays the write-ahead log; on a slow disk that takes its time. */
const READY_WITHIN = 300_000;

/** Processes of a killed server may hold its shared memory for seconds. */
const MEMORY_FREE_WITHIN = 60_000;

/** The log grows by a line per refused connection; it is begun anew when it has passed this many bytes. */
const LOG_LIMIT = 1_000_000;

/**
 * Starts the server and waits until it accepts a connection.
 * @returns its supervision; `ended` resolves only after the server, too, has ended
 * @throws Error with the server's own reason
 */
export async function runServer(plan: ServerPlan): Promise<Supervision> {
  const deadline = Date.now() + MEMORY_FREE_WITHIN;
  for (;;) {
    await clearLeftovers(plan.directories.cluster);
    const log = await openLog(plan.directories);
    try {
      const run = await startOnce(plan, log);
      if (await becomesReady(plan, run)) return run;
      const reason = await newLines(plan.directories.log, log.size);
      const temporary = /pre-existing shared memory block|lock file ".*" already exists/.test(reason);
      if (!temporary || Date.now() > deadline) throw startError(plan, reason);
    } finally {
      await log.handle.close();
    }
    await pause(500);
  }
}

async function startOnce(plan: ServerPlan, log: { handle: FileHandle }): Promise<Supervision> {
  const { cluster } = plan.directories;
  const socketDirectory = await makeSocketDirectory(plan.listening, plan.identity);
  const marker = await clusterMarker(cluster);
  const run = supervise({
    binaries: plan.binaries,
    args: serverArguments(clusterArgument(cluster), marker, plan.listening, plan.fsync),
    cluster,
    identity: plan.identity,
    log: log.handle.fd,
    socketDirectory,
  });
  // A supervisor that was killed leaves its server behind: it is ended here, so that `ended` means ended.
  // Where that fails, the next start tries again and says why.
  return { end: run.end, ended: run.ended.then(() => clearLeftovers(cluster)).catch(() => undefined) };
}

/** True when ready; false when the server ended. Throws, after ending it, on a wrong password or when it hangs. */
async function becomesReady(plan: ServerPlan, run: Supervision): Promise<boolean> {
  const state = { ended: false };
  const ended = run.ended.then(() => {
    state.ended = true;
  });
  const deadline = Date.now() + READY_WITHIN;
  try {
    while (!state.ended) {
      // Asked in its file first: connections that come too early would each leave a line in the log.
      const file = await readPostmasterFile(plan.directories.cluster);
      if (file?.ready === true && (await accepts(plan.address))) return true;
      if (Date.now() > deadline) throw startError(plan, 'it is not ready after 300 s');
      await Promise.race([ended, pause(15)]);
    }
    return false;
  } catch (error) {
    run.end();
    await ended;
    throw error;
  }
}

function startError(plan: ServerPlan, output: string): Error {
  const reason = tellingLine(output) || 'it ended without a word';
  return new Error(
    `The database server did not start (${reason}): remove the cause and start again; its log is ${plan.directories.log}.`,
  );
}

/** Opens the log for the server, owned like the data directory so that a start as root leaves no file of root's. */
async function openLog(directories: Directories): Promise<{ handle: FileHandle; size: number }> {
  const handle = await open(directories.log, 'a', 0o600);
  const owner = await stat(directories.data);
  if (process.getuid?.() === 0) await handle.chown(owner.uid, owner.gid);
  let { size } = await handle.stat();
  if (size > LOG_LIMIT) {
    await handle.truncate(0);
    size = 0;
  }
  return { handle, size };
}

async function newLines(log: string, from: number): Promise<string> {
  return (await readFile(log)).subarray(from).toString('utf8');
}
