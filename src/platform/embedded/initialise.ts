import { spawn } from 'node:child_process';
import { chown, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Binaries } from './binaries.js';
import { clusterArgument, syncDirectory, type Directories } from './directories.js';
import { tellingLine } from './errors.js';
import { cleanEnvironment, runAs, type Identity } from './identity.js';

/** The superuser of the embedded server. */
export const OWNER = 'tyst_owner';

/** What a new cluster needs to know. */
interface NewCluster {
  directories: Directories;
  binaries: Binaries;
  identity: Identity | null;
  ownerPassword: string;
  fsync: boolean;
}

/**
 * Creates the cluster unless there is one. It grows under another name and is renamed when complete, so a
 * start that was interrupted leaves nothing that looks like a cluster. The caller holds the lock of the data
 * directory.
 * @throws Error with initdb's own reason
 */
export async function ensureCluster(plan: NewCluster): Promise<void> {
  const { data, cluster, unfinished } = plan.directories;
  // Retries: an initdb whose starter was killed may still be writing there for a moment.
  await rm(unfinished, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  if (existsSync(cluster)) return;
  const passwordFile = join(unfinished, 'password');
  try {
    await mkdir(unfinished, { mode: 0o700 });
    // A name of its own: an initdb that failed empties its directory, and it must not be this one.
    const growing = await mkdtemp(join(unfinished, 'cluster-'));
    await writeFile(passwordFile, `${plan.ownerPassword}\n`, { mode: 0o600 });
    await giveTo(plan.identity, [unfinished, growing, passwordFile]);
    await runInitdb(plan, growing);
    await rm(passwordFile);
    await rename(growing, cluster);
    await syncDirectory(data);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function giveTo(identity: Identity | null, paths: string[]): Promise<void> {
  if (identity === null) return;
  for (const path of paths) await chown(path, identity.uid, identity.gid);
}

function initdbArguments(growing: string, fsync: boolean): string[] {
  return [
    ...['-D', clusterArgument(growing), '-U', OWNER, '-E', 'UTF8'],
    // A password even on the socket: the web process must not become another role by asking for it.
    ...['--auth=scram-sha-256', '--pwfile=../password'],
    // C for the system's own order and messages; ICU's Swedish sorts Å Ä Ö after Z wherever the server runs.
    ...['--locale=C', '--locale-provider=icu', '--icu-locale=sv-SE', '--no-instructions'],
    ...(fsync ? [] : ['--no-sync']),
  ];
}

function runInitdb(plan: NewCluster, growing: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(plan.binaries.initdb, initdbArguments(growing, plan.fsync), {
      ...runAs(plan.identity),
      cwd: growing,
      env: cleanEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe'],
      windowsHide: true,
    });
    let output = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) {
        resolve();
        return;
      }
      const reason = tellingLine(output) || `exit code ${String(code)}`;
      reject(
        new Error(
          `The database could not be created in ${plan.directories.data} (${reason}): remove the cause and start again.`,
        ),
      );
    });
  });
}
