import { spawn } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DataDirectoryInUse } from '../../src/platform/embedded/index.js';
import { lockDataDirectory } from '../../src/platform/embedded/lock.js';
import { describe, expect, test } from '../support/jest.js';
import { until } from '../support/until.js';
import { launchTyst, stormLock } from './embedded-checkout.js';
import {
  isRoot,
  parentOf,
  PASSWORD,
  postmasterLines,
  postmasterOf,
  query,
  runs,
  setScene,
  start,
} from './embedded-support.js';

/*
 * Everything here runs the real server. Children run the sources, compiled, from a checkout of their own, as another
 * process or another OS user would.
 */
const { checkout, children, drive, main, work } = setScene();

describe('one Tyst for one directory', () => {
  test('a second is refused, by every path and from every process, and the first is unharmed', async () => {
    const first = await start(main);
    const pid = postmasterOf(main);
    symlinkSync(main, join(work, 'by-symlink'));
    await expect(start(main)).rejects.toThrow(DataDirectoryInUse);
    await expect(start(join(work, 'by-symlink'))).rejects.toThrow(
      /^Another Tyst is running on .*: stop it first/,
    );
    const other = await drive(main);
    expect(other.report).toMatchObject({ name: 'DataDirectoryInUse' });
    expect(await query(first.address, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
    expect(postmasterOf(main)).toBe(pid);
    await first.stop();
  });

  test('of many at once, in one process, exactly one gets the lock, each time', async () => {
    const directory = mkdtempSync(join(work, 'lock-'));
    for (let round = 0; round < 30; round += 1) {
      const tries = await Promise.allSettled(Array.from({ length: 25 }, () => lockDataDirectory(directory)));
      const locks = tries.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
      expect(locks).toHaveLength(1);
      for (const result of tries)
        if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(DataDirectoryInUse);
      await locks[0]?.release();
      await locks[0]?.release();
    }
    expect(readdirSync(directory)).toHaveLength(1);
  });

  test('in a storm of processes that take it and die with it, two never hold it', async () => {
    const said = await stormLock(checkout, mkdtempSync(join(work, 'storm-')));
    expect(new Set(said)).toEqual(new Set(['held']));
  });

  test('of many processes at once exactly one starts, and kill -9 of it frees the directory', async () => {
    const drivers = await Promise.all(Array.from({ length: 8 }, () => drive(main)));
    const winners = drivers.filter((driver) => driver.report.address !== undefined);
    expect(winners).toHaveLength(1);
    for (const driver of drivers) {
      if (!winners.includes(driver)) expect(driver.report.name).toBe('DataDirectoryInUse');
    }
    winners[0]?.child.kill('SIGKILL');
    await winners[0]?.ended;
    await (await lockDataDirectory(main)).release();
  });
});

describe('after kill -9', () => {
  test('of Tyst: the server ends by itself, and what was committed is there', async () => {
    const driver = await drive(main);
    const pid = postmasterOf(main);
    const address = driver.report.address;
    if (address === undefined) throw new Error(driver.report.message);
    await query(address, 'CREATE TABLE committed AS SELECT 7 AS n');
    driver.child.kill('SIGKILL');
    await until(() => !runs(pid), 30);
    const server = await start(main);
    expect(await query(server.address, 'SELECT n FROM committed')).toEqual([{ n: 7 }]);
    await server.stop();
  });

  test('of Tyst, and a start at that very moment: it waits for the old server', async () => {
    const driver = await drive(main);
    const pid = postmasterOf(main);
    driver.child.kill('SIGKILL');
    await driver.ended;
    const server = await start(main);
    expect(runs(pid)).toBe(false);
    await server.stop();
  });

  test('of Tyst in the middle of initdb: the next start begins anew', async () => {
    const dataDir = join(work, 'killed-early');
    const unfinished = join(dataDir, 'postgres.init');
    const driver = launchTyst(checkout, dataDir, PASSWORD);
    children.push(driver.child);
    await until(() => existsSync(unfinished) && readdirSync(unfinished).length === 2, 10);
    await new Promise((resolve) => setTimeout(resolve, 100));
    driver.child.kill('SIGKILL');
    await driver.ended;
    expect(existsSync(unfinished)).toBe(true);
    const server = await start(dataDir);
    expect(await query(server.address, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
    await server.stop();
    expect(existsSync(unfinished)).toBe(false);
  });

  test('of the server: exited resolves, and it starts again, with the lock held or let go', async () => {
    let server = await start(main);
    const { exited } = server;
    process.kill(postmasterOf(main), 'SIGKILL');
    await exited;
    await expect(start(main)).rejects.toThrow(DataDirectoryInUse);
    await server.restart();
    expect(await query(server.address, 'SELECT n FROM committed')).toEqual([{ n: 7 }]);
    process.kill(postmasterOf(main), 'SIGKILL');
    await server.exited;
    await server.stop();
    server = await start(main);
    expect(await query(server.address, 'SELECT n FROM committed')).toEqual([{ n: 7 }]);
    await server.stop();
  });

  test('of the server, while a query runs: the start waits until its memory is free', async () => {
    const server = await start(main);
    const sleeping = query(server.address, 'SELECT pg_sleep(3)').catch(() => 'lost');
    const busy = 'SELECT pg_advisory_lock(1); SELECT count(*) FROM generate_series(1, 8000000)';
    const counting = query(server.address, busy).catch(() => 'lost');
    const begun = `SELECT 1 AS n FROM pg_locks WHERE locktype = 'advisory' AND granted`;
    await until(async () => (await query(server.address, begun)).length === 1, 30);
    process.kill(postmasterOf(main), 'SIGKILL');
    await server.exited;
    await server.restart();
    expect(await query(server.address, 'SELECT n FROM committed')).toEqual([{ n: 7 }]);
    expect(readFileSync(join(main, 'postgres.log'), 'utf8')).toContain('pre-existing shared memory block');
    await Promise.all([sleeping, counting]);
    await server.stop();
  });

  test('of the supervisor: the server ends too', async () => {
    const server = await start(main);
    const pid = postmasterOf(main);
    process.kill(parentOf(pid), 'SIGKILL');
    await server.exited;
    expect(runs(pid)).toBe(false);
    await server.restart();
    await server.stop();
  });

  test('of Tyst and the supervisor: the next start ends the orphan and keeps the data', async () => {
    const driver = await drive(main);
    const orphan = postmasterOf(main);
    driver.child.kill('SIGSTOP');
    process.kill(parentOf(orphan), 'SIGKILL');
    driver.child.kill('SIGKILL');
    await driver.ended;
    expect(runs(orphan)).toBe(true);
    const server = await start(main);
    expect(runs(orphan)).toBe(false);
    expect(await query(server.address, 'SELECT n FROM committed')).toEqual([{ n: 7 }]);
    await server.stop();
  });

  test('of everything, with the old numbers taken by a living stranger', async () => {
    const stranger = spawn('sleep', ['60'], { stdio: 'ignore' });
    children.push(stranger);
    const server = await start(main);
    const lines = postmasterLines(main);
    process.kill(postmasterOf(main), 'SIGKILL');
    await server.exited;
    await server.stop();
    // exited has taken the number out and kept the rest.
    expect(postmasterLines(main)).toEqual(['99999999', ...lines.slice(1)]);
    const lock = join(main, 'postgres/.s.PGSQL.5432.lock');
    for (const file of [join(main, 'postgres/postmaster.pid'), lock]) {
      writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, String(stranger.pid)));
    }
    const again = await start(main);
    expect(await query(again.address, 'SELECT n FROM committed')).toEqual([{ n: 7 }]);
    expect(runs(Number(stranger.pid))).toBe(true);
    await again.stop();
    stranger.kill('SIGKILL');
  });

  test('and a power cut that left postmaster.pid empty', async () => {
    const pidFile = join(main, 'postgres/postmaster.pid');
    writeFileSync(pidFile, '');
    if (isRoot) {
      const { uid, gid } = statSync(join(main, 'postgres'));
      chownSync(pidFile, uid, gid);
    }
    await (await start(main)).stop();
  });
});
