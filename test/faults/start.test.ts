/* `tyst start` as a process: what it prints, refuses, survives and leaves behind. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { locks } from '../../src/platform/locks.js';
import { roleUrl } from '../../src/platform/installation.js';
import { projectRoot } from '../../src/platform/project.js';
import { freshDatabase, type TestDatabase } from '../support/database.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';
import { quietPort } from '../support/quiet-port.js';
import { until } from '../support/until.js';
import { haveAsked, showStatements } from '../support/waiters.js';
import { isRoot, postmasterOf } from './embedded-support.js';
import { folderElsewhere } from './other-file-system.js';
import {
  childOf,
  familyOf,
  KEYS_BESIDE,
  NOON,
  PASSWORD,
  send,
  setWorkshop,
  signIn,
  stillRunning,
  type RunningTyst,
} from './tyst.js';

const workshop = setWorkshop();
const elsewhere = folderElsewhere();
const dataDir = join(workshop.folder, 'med mellanslag och å', 'data');
const environment = { TYST_DATA_DIR: dataDir };
const readyPath = '/health/ready';
const entry = join(projectRoot, 'dist/server/app/main.js');

const isReady = async (url: string) => (await send(url, 'GET', readyPath).catch(() => null))?.status === 200;
const portOf = (url: string) => new URL(url).port;

async function start(): Promise<RunningTyst> {
  return workshop.start(environment);
}

async function expectGone(pids: readonly number[], seconds = 30): Promise<void> {
  await until(() => stillRunning(pids).length === 0, seconds);
}

describe('the first start', () => {
  let tyst: RunningTyst;
  beforeAll(async () => {
    // There is nothing that strictness could mind in the embedded server.
    tyst = await workshop.start({ ...environment, TYST_STRICT: 'yes' }, { link: true });
  });

  test('prints its address and a set-up link that works once', async () => {
    expect(tyst.stdout()).toMatch(
      /^\nTyst is running at http:\/\/127\.0\.0\.1:\d+\n\nSet up the first admin/,
    );
    expect(tyst.token).toMatch(/^[\w-]{20,}$/);
    expect(tyst.stderr()).toBe(KEYS_BESIDE);
    expect(await isReady(tyst.url)).toBe(true);
    const accept = () =>
      send(tyst.url, 'POST', `/api/v1/invitations/${tyst.token ?? ''}`, {
        body: { password: PASSWORD, locale: 'sv' },
      });
    const first = await accept();
    expect([first.status, await first.json()]).toEqual([
      200,
      { user: { username: 'admin', role: 'administrator', locale: 'sv' } },
    ]);
    const second = await accept();
    expect([second.status, await second.json()]).toMatchObject([
      404,
      { type: '/problems/unknown-invitation' },
    ]);
    await signIn(tyst.url, 'admin');
  });

  test('the process that faces the network was given no password by environment or command line', () => {
    const secret = readFileSync(join(dataDir, 'secret'), 'utf8').trim();
    expect(statSync(join(dataDir, 'secret')).mode & 0o777).toBe(0o600);
    const web = childOf(tyst.pid, 'web-process.js') ?? 0;
    const names = readFileSync(`/proc/${web}/environ`, 'utf8')
      .split('\0')
      .map((line) => line.split('=')[0] ?? '')
      .filter((name) => name !== '');
    const known = ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR', 'NODE_ENV', 'NODE_OPTIONS'];
    const ofNode = ['NODE_CHANNEL_FD', 'NODE_CHANNEL_SERIALIZATION_MODE'];
    expect(names.filter((name) => ![...known, ...ofNode].includes(name))).toEqual([]);
    const webEntry = join(projectRoot, 'dist/server/app/web-process.js');
    expect(readFileSync(`/proc/${web}/cmdline`, 'utf8')).toBe(`${process.execPath}\0${webEntry}\0`);
    // Nor does any other process show a login's URL or the secret.
    for (const pid of familyOf(tyst.pid)) {
      for (const file of ['environ', 'cmdline'])
        expect(readFileSync(`/proc/${pid}/${file}`, 'utf8')).not.toMatch(/postgres(ql)?:\/\//);
      expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).not.toContain(secret);
    }
  });

  test('a second one on the same data directory is refused, and the first goes on answering', async () => {
    const postmaster = postmasterOf(dataDir);
    const second = await workshop.tyst(['start'], environment);
    expect(second).toMatchObject({ code: 1, stdout: '' });
    expect(second.stderr).toMatch(
      /^tyst: Another Tyst is running on .*å\/data: stop it first, or choose another data directory\.\n$/,
    );
    expect(postmasterOf(dataDir)).toBe(postmaster);
    expect(await isReady(tyst.url)).toBe(true);
    await signIn(tyst.url, 'admin');
  });

  test('one with its port taken is told so, and leaves nothing running', async () => {
    const other = { TYST_DATA_DIR: join(workshop.folder, 'other'), PORT: portOf(tyst.url) };
    const refused = await workshop.tyst(['start'], other);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toBe(
      `${KEYS_BESIDE}tyst: Port ${portOf(tyst.url)} on 127.0.0.1 is taken by another program. Stop that program, or choose another port with PORT.\n`,
    );
    expect(existsSync(join(other.TYST_DATA_DIR, 'postgres/postmaster.pid'))).toBe(false);
    expect(processesIn(other.TYST_DATA_DIR)).toEqual([]);
    expect(await isReady(tyst.url)).toBe(true);
  });

  test('SIGTERM, a start, SIGINT, a start: each time it ends with 0 and leaves nothing but the data', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const family = familyOf(tyst.pid);
      expect(family.length).toBeGreaterThan(5);
      const outcome = await tyst.stop(signal);
      expect(outcome).toMatchObject({ code: 0, signal: null, stderr: KEYS_BESIDE });
      // Once somebody has set it up, there is no second link.
      expect(outcome.stdout.includes('/invitation#')).toBe(signal === 'SIGTERM');
      expect(stillRunning(family)).toEqual([]);
      expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(false);
      tyst = await start();
      await signIn(tyst.url, 'admin');
    }
  });

  test('kill -9 of it: everything else ends by itself, and a start at that very moment works', async () => {
    await tyst.stop();
    const own = { ...environment, PORT: String(await quietPort()) };
    tyst = await workshop.start(own);
    const family = familyOf(tyst.pid);
    const { url } = tyst;
    tyst.child.kill('SIGKILL');
    await tyst.ended;
    tyst = await workshop.start(own);
    expect(tyst.url).toBe(url);
    await expectGone(family);
    await signIn(tyst.url, 'admin');
  });

  test('kill -9 of every process at once: none is left, and the next start works', async () => {
    const family = familyOf(tyst.pid);
    for (const pid of family) process.kill(pid, 'SIGKILL');
    await tyst.ended;
    await expectGone(family);
    expect(processesIn(dataDir)).toEqual([]);
    tyst = await start();
    await signIn(tyst.url, 'admin');
  });

  test('kill -9 of the process group: the database ends by itself, and the next start works', async () => {
    await tyst.stop();
    const pid = beginStart(environment).child.pid ?? 0;
    await until(() => childOf(pid, 'keeper-process.js') !== undefined, 60);
    const family = familyOf(pid);
    const postmaster = postmasterOf(dataDir);
    expect(family).toContain(postmaster);
    process.kill(-pid, 'SIGKILL');
    await expectGone(family);
    tyst = await start();
    await signIn(tyst.url, 'admin');
    expect(await tyst.stop()).toMatchObject({ code: 0 });
  });

  test('a signal in the middle of a start ends it in order', async () => {
    for (const milliseconds of [400, 900, 1_600]) {
      const { child, errors, ended } = beginStart(environment);
      await pause(milliseconds);
      const family = familyOf(child.pid ?? 0);
      const began = performance.now();
      child.kill('SIGTERM');
      // Before its first line it dies of the signal, like any program.
      expect([
        [0, null],
        [null, 'SIGTERM'],
      ]).toContainEqual(await ended);
      expect(performance.now() - began).toBeLessThan(9_000);
      expect(errors()).not.toContain('    at ');
      await expectGone(family);
    }
  });

  test('Ctrl+C while the database is being made ends it in order, and the next start begins anew', async () => {
    const fresh = { TYST_DATA_DIR: join(workshop.folder, 'fresh') };
    const { child, errors, ended } = beginStart(fresh);
    await until(() => existsSync(join(fresh.TYST_DATA_DIR, 'postgres.init')), 60);
    await pause(200);
    process.kill(-(child.pid ?? 0), 'SIGINT');
    expect(await ended).toEqual([0, null]);
    expect(errors()).not.toContain('    at ');
    expect(processesIn(fresh.TYST_DATA_DIR)).toEqual([]);
    tyst = await workshop.start(fresh, { link: true });
  });

  test('with the key directory on another file system than the database there is nothing to be said', async () => {
    expect(await tyst.stop()).toMatchObject({ code: 0 });
    if (elsewhere === null) return;
    const apart = {
      TYST_DATA_DIR: join(workshop.folder, 'apart'),
      TYST_KEY_DIR: elsewhere,
    };
    tyst = await workshop.start(apart, { link: true });
    expect(await tyst.stop()).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(apart.TYST_KEY_DIR)).toHaveLength(1);
  });

  test('kill -9 while its processes are starting leaves none of them', async () => {
    for (const milliseconds of [0, 150]) {
      const { child, ended } = beginStart(environment);
      const pid = child.pid ?? 0;
      await until(() => childOf(pid, 'keeper-process.js') !== undefined, 60);
      await pause(milliseconds);
      const family = familyOf(pid);
      expect(family.length).toBeGreaterThan(4);
      child.kill('SIGKILL');
      await ended;
      await expectGone(family);
    }
  });
});

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A `tyst start`, in a process group of its own, that is not waited for. */
function beginStart(variables: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [entry, 'start'], {
    env: { PATH: process.env['PATH'], PORT: '0', TYST_TIME_ZONE: NOON, ...variables },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  workshop.track(child);
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve([code, signal]));
  });
  return { child, ended, errors: () => output };
}

/** Processes that work in a directory, or name it on their command line. */
function processesIn(directory: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return readlinkSync(`/proc/${pid}/cwd`).startsWith(directory) || command.includes(directory);
      } catch {
        return false;
      }
    })
    .map(Number);
}

describe('another user', () => {
  const nobody = { uid: 65_534, gid: 65_534 };
  const canRead =
    isRoot &&
    spawnSync(process.execPath, [entry, '--version'], { ...nobody, cwd: '/', env: {} }).status === 0;
  if (isRoot && !canRead)
    process.stderr.write(
      `Skipped, because OS user nobody cannot read ${projectRoot}: a start as that user.\n`,
    );

  (canRead ? test : test.skip)('a normal user starts it twice in a row from a checkout of root', async () => {
    const home = join(workshop.folder, 'home of nobody');
    mkdirSync(home);
    chownSync(home, nobody.uid, nobody.gid);
    const own = { HOME: home, TYST_DATA_DIR: join(home, 'data') };
    for (const round of ['first', 'second']) {
      const tyst = await workshop.start(own, { user: nobody, link: true });
      expect([round, tyst.token]).toEqual([round, expect.any(String)]);
      for (const pid of familyOf(tyst.pid)) expect(statSync(`/proc/${pid}`).uid).toBe(nobody.uid);
      expect(await isReady(tyst.url)).toBe(true);
      const family = familyOf(tyst.pid);
      expect(await tyst.stop()).toMatchObject({ code: 0, stderr: KEYS_BESIDE });
      expect(stillRunning(family)).toEqual([]);
    }
  });

  (canRead ? test : test.skip)("a normal user is told when the data directory is another's", () => {
    const refused = spawnSync(process.execPath, [entry, 'start'], {
      ...nobody,
      cwd: '/',
      env: { PORT: '0', TYST_DATA_DIR: dataDir },
      encoding: 'utf8',
    });
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(/^tyst: [^\n]*(own|directory)[^\n]*\n$/);
  });
});

describe('two keepers on one database', () => {
  let database: TestDatabase;
  const keepers: ChildProcess[] = [];
  beforeAll(async () => {
    database = await freshDatabase();
    await showStatements(database, 'keeper');
  });
  afterAll(async () => {
    for (const keeper of keepers) keeper.kill('SIGKILL');
    await database.destroy();
  });

  /** Starts a keeper as `tyst start` does. */
  async function aKeeper(): Promise<ChildProcess> {
    const keeperEntry = join(projectRoot, 'dist/server/app/keeper-process.js');
    const keeper = spawn(process.execPath, [keeperEntry], {
      stdio: ['pipe', 'inherit', 'inherit', 'ipc'],
      env: { PATH: process.env['PATH'] },
    });
    workshop.track(keeper);
    keepers.push(keeper);
    const ready = new Promise((resolve) => keeper.once('message', resolve));
    keeper.stdin?.end(
      JSON.stringify({
        url: roleUrl(database.installation, 'keeper'),
        timeZone: 'Europe/Stockholm',
        dataDir: join(workshop.folder, 'keepers'),
        keys: database.keys,
      }),
    );
    expect(await ready).toEqual({ kind: 'ready', port: 0 });
    return keeper;
  }

  /** Who holds the keeper's lock, by the number of the connection's process in the server. */
  async function holders(): Promise<number[]> {
    const rows: { pid: number }[] = await database.owner.query(
      `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND objid = $1
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      [locks.keeper],
    );
    return rows.map(({ pid }) => pid);
  }

  test('one works at a time; when it is killed the other takes over, and it stops when told', async () => {
    const first = await aKeeper();
    await until(async () => (await holders()).length === 1, 30);
    const held = await holders();
    const second = await aKeeper();
    // The second has asked for the lock, and been told that it is held.
    await haveAsked(database, 2, 'SELECT pg_try_advisory_lock');
    expect(await holders()).toEqual(held);
    expect([first.exitCode, second.exitCode]).toEqual([null, null]);
    first.kill('SIGKILL');
    await until(async () => {
      const now = await holders();
      expect(now.length).toBeLessThan(2);
      return now.length === 1 && now[0] !== held[0];
    }, 30);
    expect(second.exitCode).toBeNull();
    // Its parent is gone, as far as it can tell.
    const ended = new Promise((resolve) => second.once('exit', resolve));
    second.disconnect();
    expect(await ended).toBe(0);
    expect(await holders()).toEqual([]);
  });
});
