/* Web and keeper as two users of one machine: each does its work with its own logins, and neither can open what is the other's. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { projectRoot } from '../../src/platform/project.js';
import { aConversation, aReceipt } from '../support/calls.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';
import { until } from '../support/until.js';
import { isRoot } from './embedded-support.js';
import { programsOf, startExternal, type ExternalServer } from './external-server.js';
import { PASSWORD, send, setWorkshop, signIn, type How, type Launched, type Outcome } from './tyst.js';

const workshop = setWorkshop();
const { folder, tyst, begin } = workshop;
const entry = join(projectRoot, 'dist/server/app/main.js');

/** Numbers that no account of the machine has. */
const users = { web: { uid: 61_001, gid: 61_001 }, keeper: { uid: 61_002, gid: 61_002 } };
const canRead =
  isRoot &&
  spawnSync(process.execPath, [entry, '--version'], { ...users.web, cwd: '/', env: {} }).status === 0;
if (!canRead)
  process.stderr.write(`Skipped, for want of two users who can read ${projectRoot}: web and keeper apart.\n`);
const apart = canRead ? describe : describe.skip;

/** A folder of somebody's own, closed to everybody else. */
function ownFolder(name: string, user: { uid: number; gid: number } | null): string {
  const path = join(folder, name);
  mkdirSync(path, { mode: 0o700 });
  if (user !== null) chownSync(path, user.uid, user.gid);
  return path;
}

const expectRefused = (outcome: Outcome, line: RegExp, code = 1) => {
  expect(outcome).toMatchObject({ code, stdout: '' });
  expect(outcome.stderr).toMatch(/^tyst: [^\n]+\n$/);
  expect(outcome.stderr).toMatch(line);
};

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '');
const eventsIn = (text: string): unknown[] =>
  linesOf(text).map((line) => (JSON.parse(line) as { event: unknown }).event);

apart('two users', () => {
  let server: ExternalServer;
  let owner: Record<string, string>;
  const homes = { owner: '', web: '', keeper: '' };
  const files = { web: '', keeper: '' };
  let web: Launched;
  let keeper: Launched;
  let url = '';
  let cookie = '';
  const receipt = aReceipt();

  const as = (name: 'web' | 'keeper'): How => ({ user: users[name] });
  const environmentOf = (name: 'web' | 'keeper'): Record<string, string> => ({
    HOME: homes[name],
    TYST_CREDENTIALS_FILE: files[name],
    ...(name === 'keeper'
      ? { TYST_DATA_DIR: homes.keeper, TYST_KEY_DIR: join(homes.keeper, 'keys of the night') }
      : {}),
  });
  const does = (name: 'web' | 'keeper', args: readonly string[], input?: string) =>
    tyst(args, environmentOf(name), input, as(name));
  const put = (receiptOf = receipt) =>
    send(url, 'PUT', `/api/v1/calls/${receiptOf}`, { cookie, body: { answers: aConversation() } });

  async function beginBoth(): Promise<void> {
    keeper = begin(['keeper'], environmentOf('keeper'), '', as('keeper'));
    web = begin(['web'], environmentOf('web'), '', as('web'));
    const listens = /^The web server listens at (http:\S+)$/m;
    await until(() => listens.test(web.stdout()) && keeper.stdout() !== '', 60);
    url = listens.exec(web.stdout())?.[1] ?? '';
    await until(async () => (await send(url, 'GET', '/health/ready')).status === 200, 60);
  }

  async function end(launched: Launched): Promise<Outcome> {
    launched.child.kill('SIGTERM');
    return launched.ended;
  }

  beforeAll(async () => {
    const programs = await programsOf(18, folder);
    if (programs === null) throw new Error('There is no PostgreSQL 18.');
    server = await startExternal(workshop, programs);
    homes.owner = ownFolder('owner', null);
    homes.web = ownFolder('web', users.web);
    homes.keeper = ownFolder('keeper', users.keeper);
    mkdirSync(join(homes.keeper, 'keys of the night'), { mode: 0o700 });
    chownSync(join(homes.keeper, 'keys of the night'), users.keeper.uid, users.keeper.gid);
    files.web = join(homes.web, 'logins');
    files.keeper = join(homes.keeper, 'logins');
    owner = {
      TYST_DATA_DIR: homes.owner,
      DATABASE_URL: await server.makeDatabase('apart', false),
    };
  });
  afterAll(async () => {
    await server.stop();
  });

  test('the owner migrates, writes the logins of each to a file of its own, and is needed no more', async () => {
    const migrated = await tyst(['migrate'], owner);
    expect(migrated.code).toBe(0);
    expect(new Set(eventsIn(migrated.stderr))).toEqual(new Set(['server-keeps']));
    expect(migrated.stdout).toMatch(
      /^Schema, roles[^\n]+\n\nSet up the first administrator[^\n]+\n {2}\S+\/invitation#\S+\n\n$/,
    );
    for (const name of ['web', 'keeper'] as const) {
      const written = await tyst(['credentials', name], { ...owner, TYST_CREDENTIALS_FILE: files[name] });
      expect(written).toMatchObject({ code: 0, stderr: '' });
      const { mode, uid } = statSync(files[name]);
      expect([mode & 0o777, uid]).toEqual([0o600, users[name].uid]);
    }
    // Neither file holds a way to what is the other's, nor to the owner.
    expect(readFileSync(files.web, 'utf8')).not.toMatch(/apart_(keeper|owner)/);
    expect(readFileSync(files.keeper, 'utf8')).not.toMatch(/apart_(intake|reader|desk|owner)/);
    for (const file of Object.values(files))
      expect(readFileSync(file, 'utf8')).not.toContain(
        readFileSync(join(homes.owner, 'secret'), 'utf8').trim(),
      );
    await server.query('apart', 'ALTER ROLE apart_owner NOLOGIN');
    expectRefused(await tyst(['migrate'], owner), /does not let this login in/);
  });

  test('a shift: an account, a call, a night, an import, a close and a release, without the owner', async () => {
    await beginBoth();
    for (const [name, role] of [
      ['handler', 'handler'],
      ['boss', 'supervisor'],
    ] as const)
      expect(
        await does(
          'web',
          ['user', 'add', '--username', name, '--role', role, '--password-stdin'],
          `${PASSWORD}\n`,
        ),
      ).toMatchObject({ code: 0, stdout: 'The account is ready.\n', stderr: '' });
    cookie = await signIn(url, 'handler');
    expect((await put()).status).toBe(201);
    expect(await does('keeper', ['seal', '--today'])).toMatchObject({ code: 0, stderr: '' });
    expect((await put()).status).toBe(409);
    const calls = readFileSync(join(projectRoot, 'test/keeping/calls/line-2017.csv'), 'utf8');
    const file = join(homes.keeper, 'line.csv');
    writeFileSync(file, calls, { mode: 0o644 });
    expect(await does('keeper', ['import', file])).toMatchObject({ code: 0, stderr: '' });
    expect(await does('keeper', ['close', '2017-Q1'])).toMatchObject({ code: 0, stderr: '' });
    expect(await does('keeper', ['audit', '2017-Q1'])).toMatchObject({ code: 0, stderr: '' });
    const supervisor = await signIn(url, 'boss');
    const issued = await send(url, 'POST', '/api/v1/releases', {
      cookie: supervisor,
      body: { period: '2017-Q1' },
    });
    expect(issued.status).toBe(201);
    expect(await does('web', ['plan', 'show', '2031-Q1'])).toMatchObject({ code: 0, stderr: '' });
    // The public halves of the release keys are in the database; the private one is the keeper's.
    expect(readdirSync(homes.web)).toEqual(['logins']);
    // What the server keeps, seen by each at its start, and what the keeper may not do on it.
    expect(new Set(eventsIn(web.stderr()))).toEqual(new Set(['server-keeps']));
    expect(new Set(eventsIn(keeper.stderr()))).toEqual(
      new Set(['server-keeps', 'checkpoint-not-allowed', 'table-counters-not-reset']),
    );
  });

  test('what needs a login that the user has not is refused, and says where to go', async () => {
    expectRefused(
      await does('web', ['seal']),
      /login keeper, which the credentials file of the web does not hold/,
    );
    expectRefused(
      await does('keeper', ['plan', 'show', '2031-Q1']),
      /login desk, which the credentials file of the keeper/,
    );
    expectRefused(await does('web', ['keeper', '--keys-are-lost']), /login keeper/);
  });

  test('the web user can open neither key directory, nor secret, nor the login of the keeper, nor the process itself', () => {
    const night = join(homes.keeper, 'keys of the night');
    const keys = readdirSync(night).map((name) => join(night, name));
    const releaseKeys = readdirSync(join(homes.keeper, 'keys')).map((name) =>
      join(homes.keeper, 'keys', name),
    );
    expect(keys).toHaveLength(1);
    expect(releaseKeys.length).toBeGreaterThan(1);
    const closed = [
      ...[files.keeper, join(homes.owner, 'secret'), homes.keeper, night, ...keys, ...releaseKeys],
      ...['environ', 'mem', 'maps', 'fd', 'cwd'].map((part) => `/proc/${keeper.pid}/${part}`),
    ];
    const tried = (user: { uid: number; gid: number }, paths: readonly string[]) => {
      const script = `
        const { openSync, opendirSync, readlinkSync, statSync } = require('node:fs');
        const open = (path) => (path.endsWith('cwd') ? readlinkSync(path) : statSync(path).isDirectory() ? opendirSync(path) : openSync(path));
        const codes = JSON.parse(process.argv[1]).map((path) => { try { open(path); return 'open'; } catch (error) { return error.code; } });
        process.stdout.write(JSON.stringify(codes));`;
      const { stdout } = spawnSync(process.execPath, ['-e', script, JSON.stringify(paths)], {
        ...user,
        cwd: '/',
        env: {},
        encoding: 'utf8',
      });
      return JSON.parse(stdout) as string[];
    };
    expect(tried(users.web, closed)).toEqual(closed.map(() => 'EACCES'));
    // The attempt works: whose they are can open them, but for the secret of the owner.
    const own = closed.filter((path) => !path.endsWith('secret'));
    expect(tried(users.keeper, own)).toEqual(own.map(() => 'open'));
    expect(statSync(`/proc/${keeper.pid}`).uid).toBe(users.keeper.uid);
    expect(statSync(`/proc/${web.pid}`).uid).toBe(users.web.uid);
    expect(tried(users.keeper, [files.web, `/proc/${web.pid}/environ`])).toEqual(['EACCES', 'EACCES']);
  });

  test('none of the passwords that the web has lets it in as the keeper', async () => {
    const { urls } = JSON.parse(readFileSync(files.web, 'utf8')) as { urls: Record<string, string> };
    for (const given of Object.values(urls)) {
      const login = new URL(given);
      const client = new pg.Client({ connectionString: login.href });
      await client.connect();
      await client.end();
      login.username = 'apart_keeper';
      const keepers = new pg.Client({ connectionString: login.href });
      await expect(keepers.connect()).rejects.toMatchObject({ code: '28P01' });
    }
  });

  test('both outlive a database that goes and comes back', async () => {
    await server.stop();
    expect((await put(aReceipt())).status).toBe(503);
    await server.comeBack();
    await until(async () => (await send(url, 'GET', '/health/ready')).status === 200, 30);
    expect((await put(aReceipt())).status).toBe(201);
    await until(async () => (await does('keeper', ['seal'])).code === 0, 30);
    for (const line of [...linesOf(web.stderr()), ...linesOf(keeper.stderr())])
      expect(JSON.parse(line)).toHaveProperty('event');
  });

  test('both end when they are told to, and wait for a database that is not there when they begin', async () => {
    expect(await end(web)).toMatchObject({ code: 0 });
    expect(await end(keeper)).toMatchObject({ code: 0 });
    await server.stop();
    const waiting = {
      keeper: begin(['keeper'], environmentOf('keeper'), '', as('keeper')),
      web: begin(['web'], environmentOf('web'), '', as('web')),
    };
    for (const [name, launched] of Object.entries(waiting)) {
      await until(() => launched.stderr() !== '', 30);
      expect(launched.stderr()).toMatch(
        new RegExp(`^{"event":"${name}-waits-for-database","error":"[^"]+","code":"ECONNREFUSED"}\n$`),
      );
    }
    expect(await end(waiting.web)).toMatchObject({ code: 0, stdout: '' });
    await server.comeBack();
    await until(() => waiting.keeper.stdout() !== '', 30);
    expect(await end(waiting.keeper)).toMatchObject({ code: 0 });
  });

  test('a keeper whose keys are away refuses, and another one may be made once they are said to be lost', async () => {
    const night = join(homes.keeper, 'keys of the night');
    renameSync(night, `${night}.away`);
    const refused = await does('keeper', ['keeper']);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(
      /^tyst: The key directory [^\n]+ is not there\. Mount it[^\n]+\n$(?![^])/m,
    );
    mkdirSync(night, { mode: 0o700 });
    chownSync(night, users.keeper.uid, users.keeper.gid);
    expect((await does('keeper', ['keeper'])).stderr).toMatch(/keeper --keys-are-lost/);
    expect(readdirSync(night)).toEqual([]);
    const lost = await does('keeper', ['keeper', '--keys-are-lost']);
    expect(lost).toMatchObject({ code: 0, stdout: expect.stringMatching(/^There is a new key\./) });
    expect(readdirSync(night)).toHaveLength(1);
    await beginBoth();
    expect((await put(aReceipt())).status).toBe(201);
    expectRefused(await does('keeper', ['keeper', '--keys-are-lost']), /A keeper is running/);
    // A second one waits for the first, and takes over.
    const second = begin(['keeper'], environmentOf('keeper'), '', as('keeper'));
    await until(() => second.stdout() !== '', 30);
    expect(await end(keeper)).toMatchObject({ code: 0 });
    expect(await does('keeper', ['seal', '--today'])).toMatchObject({ code: 0 });
    expect(await end(second)).toMatchObject({ code: 0 });
    expect(await end(web)).toMatchObject({ code: 0 });
  });

  test('where it is said, a server that keeps more than it need is refused by each of them', async () => {
    for (const name of ['web', 'keeper'] as const) {
      const strict = { ...environmentOf(name), TYST_STRICT: 'yes' };
      const refused = await tyst([name], strict, '', as(name));
      expect(refused).toMatchObject({ code: 1, stdout: '' });
      expect(refused.stderr).toMatch(/^tyst: [^\n]*fsync[^\n]*\n$/);
    }
  });

  test('a database of another version is refused by each of them, and by their commands', async () => {
    const name = 'Tomorrow9999999999999';
    const put = `INSERT INTO tyst_migration (timestamp, name) VALUES (9999999999999, '${name}')`;
    await server.query('apart', put);
    for (const [who, args] of [
      ['web', ['web']],
      ['keeper', ['keeper']],
      ['web', ['plan', 'show', '2031-Q1']],
      ['keeper', ['seal']],
    ] as const)
      expectRefused(await does(who, args), /was made by a newer version of Tyst/);
    await server.query('apart', `DELETE FROM tyst_migration WHERE name = '${name}'`);
    const [{ name: last } = { name: '' }] = (await server.query(
      'apart',
      'DELETE FROM tyst_migration WHERE id = (SELECT max(id) FROM tyst_migration) RETURNING name, timestamp',
    )) as { name: string; timestamp: string }[];
    expect(last).not.toBe('');
    for (const who of ['web', 'keeper'] as const)
      expectRefused(await does(who, [who]), /not brought up to this version yet\. Run `tyst migrate`/);
    await server.query(
      'apart',
      `INSERT INTO tyst_migration (timestamp, name) VALUES (${/\d{13}$/.exec(last)?.[0] ?? '0'}, '${last}')`,
    );
  });

  test('the logins of another secret, or of a database that is not ready, are refused in one line', async () => {
    await server.query('apart', 'ALTER ROLE apart_owner LOGIN');
    const stranger = { ...owner, TYST_DATA_DIR: ownFolder('another owner', null) };
    const file = join(homes.owner, 'never');
    expectRefused(
      await tyst(['credentials', 'web'], { ...stranger, TYST_CREDENTIALS_FILE: file }),
      /refuses the password[^\n]*TYST_SECRET_FILE/,
    );
    expect(existsSync(file)).toBe(false);
    await server.query('apart', `ALTER ROLE apart_desk PASSWORD 'changed'`);
    expectRefused(
      await does('web', ['web']),
      /refuses a login of the credentials file[^\n]*tyst credentials web/,
    );
    expect(await tyst(['migrate'], owner)).toMatchObject({ code: 0 });
    web = begin(['web'], environmentOf('web'), '', as('web'));
    await until(() => web.stdout() !== '', 30);
    expect(await end(web)).toMatchObject({ code: 0 });
  });
});

describe('the credentials file', () => {
  const home = join(folder, 'home');
  const at = (file: string) => ({ TYST_DATA_DIR: home, TYST_CREDENTIALS_FILE: file });
  const secretWord = 'hemligt-ord';
  const webLogins = {
    process: 'web',
    urls: Object.fromEntries(
      ['intake', 'reader', 'desk'].map((role) => [role, `postgres://a:${secretWord}@127.0.0.1:1/a`]),
    ),
  };
  let file = '';
  const write = (text: string, mode = 0o600) => {
    writeFileSync(file, text);
    chmodSync(file, mode);
  };
  beforeAll(() => {
    mkdirSync(home);
    file = join(home, 'logins');
  });

  test.each([
    [
      'not named',
      'web',
      null,
      0o600,
      /Say in TYST_CREDENTIALS_FILE where the logins are\. .*tyst credentials web/,
    ],
    ['not there', 'web', '', 0o600, /cannot be read \(ENOENT\)\. It is written by/],
    [
      'readable by the group',
      'web',
      JSON.stringify(webLogins),
      0o640,
      /can be read by other users\. .*chmod 600/,
    ],
    ['readable by everybody', 'keeper', JSON.stringify(webLogins), 0o604, /can be read by other users/],
    ['no JSON', 'web', `{"process": "web", "urls": ${secretWord}`, 0o600, /is damaged\. Write it anew/],
    ['cut short', 'web', JSON.stringify({ ...webLogins, urls: { desk: secretWord } }), 0o600, /is damaged/],
    ['with more in it', 'web', JSON.stringify({ ...webLogins, secret: secretWord }), 0o600, /is damaged/],
    [
      "the other's",
      'keeper',
      JSON.stringify(webLogins),
      0o600,
      /is the web's\. Give this process the one of `tyst credentials keeper`/,
    ],
  ] as const)('%s: refused in one line that repeats nothing of it', async (how, name, text, mode, line) => {
    if (text !== null && text !== '') write(text, mode);
    const environment =
      how === 'not named' ? { TYST_DATA_DIR: home } : at(how === 'not there' ? join(home, 'no') : file);
    const outcome = await tyst([name], environment);
    expectRefused(outcome, line);
    expect(outcome.stderr).not.toContain(secretWord);
  });

  test('is not written for the embedded database, nor for anybody else, nor without a place', async () => {
    expectRefused(
      await tyst(['credentials', 'web'], at(file)),
      /set DATABASE_URL\. The embedded one is run by `tyst start`/,
    );
    expectRefused(
      await tyst(['credentials', 'intake'], at(file)),
      /tyst credentials web, or tyst credentials keeper/,
      2,
    );
    const external = { TYST_DATA_DIR: home, DATABASE_URL: 'postgres://a@127.0.0.1:1/a' };
    expectRefused(
      await tyst(['credentials', 'web'], external),
      /Say in TYST_CREDENTIALS_FILE where to write/,
    );
    expect(readdirSync(home)).toEqual(['logins']);
  });

  test('a process that is told more than it needs to know says so', async () => {
    write(JSON.stringify(webLogins));
    const launched = begin(['web'], {
      ...at(file),
      DATABASE_URL: 'postgres://a@127.0.0.1:1/a',
      PGPASSWORD: secretWord,
    });
    await until(() => linesOf(launched.stderr()).length > 1, 30);
    expect(linesOf(launched.stderr())[0]).toBe(
      '{"event":"environment-tells-too-much","process":"web","variables":"DATABASE_URL PGPASSWORD"}',
    );
    launched.child.kill('SIGTERM');
    expect(await launched.ended).toMatchObject({ code: 0, stdout: '' });
  });
});
