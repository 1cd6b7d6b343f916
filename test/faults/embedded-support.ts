import type { ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import {
  startEmbeddedServer,
  type EmbeddedServer,
  type ServerAddress,
} from '../../src/platform/embedded/index.js';
import { afterAll, beforeAll } from '../support/jest.js';
import { makeCheckout, startTyst, type Driver } from './embedded-checkout.js';

export const PASSWORD = 'test only: å "quoted" \\ word';
export const isRoot = process.getuid?.() === 0;

/** The world of a test file: it is made before its first test and gone after its last. */
export interface Scene {
  work: string;
  checkout: string;
  /** The data directory that most tests share; its name has spaces and an å. */
  main: string;
  /** Processes to end with the file, whatever happened. */
  children: ChildProcess[];
  /** A Tyst in a process of its own, from the checkout. */
  drive: (dataDir: string, user?: { uid: number; gid: number }) => Promise<Driver>;
}

/** Sets the scene; call it once at the top of a test file. */
export function setScene(): Scene {
  const work = realpathSync(mkdtempSync(join(tmpdir(), 'tyst-embedded-')));
  const checkout = join(work, 'checkout');
  const children: ChildProcess[] = [];
  beforeAll(async () => {
    chmodSync(work, 0o755);
    await makeCheckout(checkout);
  });
  afterAll(() => {
    for (const child of children) child.kill('SIGKILL');
    rmSync(work, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });
  const drive = async (dataDir: string, user?: { uid: number; gid: number }): Promise<Driver> => {
    const driver = await startTyst(checkout, dataDir, PASSWORD, user);
    children.push(driver.child);
    return driver;
  };
  return { work, checkout, main: join(work, 'with spaces and å', 'data'), children, drive };
}

/** Starts a server in this process. */
export const start = (dataDir: string): Promise<EmbeddedServer> =>
  startEmbeddedServer({ dataDir, ownerPassword: PASSWORD, fsync: false });

/** Runs one statement as the owner, on a connection of its own. */
export async function query(address: ServerAddress, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ ...address, database: 'postgres' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The lines of postmaster.pid; the first is the server's process number. */
export const postmasterLines = (dataDir: string): string[] =>
  readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n');
export const postmasterOf = (dataDir: string): number => Number(postmasterLines(dataDir)[0]);

/** A process's parent: field 4 of /proc/<pid>/stat. */
export function parentOf(pid: number): number {
  const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

/** A zombie does not run. */
export function runs(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${String(pid)}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}
