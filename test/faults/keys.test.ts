/* The keys of the night and who may use them, in real processes: what is refused, handed over, lost and begun anew. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/platform/project.js';
import { REQUEST_CHANNEL } from '../../src/release/store.js';
import { aConversation, aReceipt } from '../support/calls.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';
import { until, untilMet } from '../support/until.js';
import { isRoot } from './embedded-support.js';
import { programsOf, startExternal, type ExternalServer } from './external-server.js';
import { asOwner } from './owner.js';
import { addUser, KEYS_BESIDE, send, setWorkshop, signIn, type Outcome, type RunningTyst } from './tyst.js';

const workshop = setWorkshop();
const { folder, tyst } = workshop;
const dataDir = join(folder, 'data');
const environment = { TYST_DATA_DIR: dataDir };
const night = join(dataDir, 'night');
const elsewhere = { ...environment, TYST_KEY_DIR: join(folder, 'not mounted') };

const expectOk = (outcome: Outcome) => expect(outcome).toMatchObject({ code: 0, stderr: '' });
function expectRefused(outcome: Outcome, line: RegExp, code = 1): void {
  expect(outcome.code).toBe(code);
  // A start may have greeted before its keeper could look for the key.
  expect(outcome.stdout).toMatch(/^$|^\nTyst is running at /);
  // A start says first where the keys lie.
  const stderr = outcome.stderr.replace(KEYS_BESIDE, '');
  expect(stderr).toMatch(/^tyst: [^\n]+\n$/);
  expect(stderr).toMatch(line);
}

/** Every key file with what is in it. */
const keysIn = (directory: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(directory).map((name) => [name, readFileSync(join(directory, name), 'utf8')]),
  );

/** A year's calls as a file of another year. */
function yearFile(year: string): string {
  const calls = readFileSync(join(projectRoot, 'test/keeping/calls/line-2017.csv'), 'utf8');
  const file = join(folder, `line-${year}.csv`);
  writeFileSync(file, calls.replaceAll(/^2017-/gm, `${year}-`));
  return file;
}

const events = (kind: string): Promise<{ actor: string; subject: string }[]> =>
  asOwner(dataDir, (owner) =>
    owner.query('SELECT actor, subject FROM desk.event WHERE kind = $1 ORDER BY id', [kind]),
  );

describe('beside a running keeper', () => {
  let server: RunningTyst;
  beforeAll(async () => {
    server = await workshop.start(environment);
    expectOk(await addUser(workshop, environment, 'handler', 'handler'));
  });
  afterAll(async () => {
    if (server.child.exitCode === null) expect(await server.stop()).toMatchObject({ code: 0 });
  });

  test('commands hand it their order: they need no key themselves, and the log says who asked', async () => {
    expectOk(await tyst(['seal', '--today'], elsewhere));
    expectOk(await tyst(['import', yearFile('2017')], elsewhere));
    expectOk(await tyst(['discard', '2017-Q2'], elsewhere));
    expectOk(await tyst(['close', '2017-01'], elsewhere));
    expectRefused(await tyst(['close', '2017-01'], elsewhere), /2017-01 is already closed/);
    const actor = 'command line';
    expect(await events('calls-imported')).toEqual([{ actor, subject: '2017-Q1 2017-Q2 2017-Q3 2017-Q4' }]);
    expect(await events('imports-discarded')).toEqual([{ actor, subject: '2017-Q2' }]);
    expect(await events('period-closed')).toEqual([{ actor, subject: '2017-01' }]);
    expect(await asOwner(dataDir, (owner) => owner.query('SELECT 1 FROM sealed.request'))).toEqual([]);
    expect(existsSync(elsewhere.TYST_KEY_DIR)).toBe(false);
    expect(readdirSync(night)).toHaveLength(1);
  });

  test('its keys cannot be said to be lost, and nothing is changed', async () => {
    const before = keysIn(night);
    expectRefused(
      await tyst(['keeper', '--keys-are-lost'], environment),
      /A keeper is running\. Stop the server/,
    );
    expectRefused(await tyst(['keeper'], environment), /TYST_CREDENTIALS_FILE/);
    expect(keysIn(night)).toEqual(before);
  });

  test('a clock far ahead of the last seal shuts the intake, closes nothing and is said once, until it is confirmed', async () => {
    const cookie = await signIn(server.url, 'handler');
    const put = () =>
      send(server.url, 'PUT', `/api/v1/calls/${aReceipt()}`, { cookie, body: { answers: aConversation() } });
    expect((await put()).status).toBe(201);
    const wake = () =>
      asOwner(dataDir, async (owner) => {
        await owner.query('SELECT pg_notify($1, $2)', [REQUEST_CHANNEL, '']);
      });
    await asOwner(dataDir, (owner) =>
      owner.query(
        'UPDATE published.installation SET installed_on = installed_on - 100, sealed_on = sealed_on - 41',
      ),
    );
    const gaps = () => server.stderr().split('"event":"clock-gap"').length - 1;
    await wake();
    await until(() => gaps() > 0, 60);
    const shut = await put();
    expect([shut.status, shut.headers.get('Retry-After')]).toEqual([503, '30']);
    expectRefused(await tyst(['seal'], environment), /tyst seal --after-a-gap/);
    expectRefused(await tyst(['close', '2017-02'], environment), /tyst seal --after-a-gap/);
    // Each of these two has had the keeper look at the clock again.
    expect(gaps()).toBe(1);
    expect(await events('period-closed')).toHaveLength(1);

    expectOk(await tyst(['seal', '--after-a-gap'], environment));
    await untilMet(async () => {
      expect((await put()).status).toBe(201);
    }, 60);
    expect(await events('clock-gap-confirmed')).toHaveLength(1);
  });
});

describe('without a keeper', () => {
  test('a command does the work itself, with the key', async () => {
    const before = keysIn(night);
    expectOk(await tyst(['seal'], environment));
    const after = keysIn(night);
    expect(Object.keys(after)).toHaveLength(1);
    expect(after).not.toEqual(before);
  });

  test('a key directory that was named and is not there is refused, and nothing is destroyed', async () => {
    const before = keysIn(night);
    for (const args of [['start'], ['seal'], ['close', '2017-02']])
      expectRefused(await tyst(args, elsewhere), /key directory .*not mounted is not there\. Mount it/);
    const empty = join(folder, 'mounted over');
    mkdirSync(empty);
    for (const args of [['start'], ['seal']])
      expectRefused(
        await tyst(args, { ...environment, TYST_KEY_DIR: empty }),
        /is not in the key directory\. Nothing was opened or destroyed.*--keys-are-lost/,
      );
    expect([existsSync(elsewhere.TYST_KEY_DIR), readdirSync(empty)]).toEqual([false, []]);
    expect(keysIn(night)).toEqual(before);
    expectOk(await tyst(['seal'], environment));
  });

  test('the key of another installation is refused, and not destroyed', async () => {
    const [name = '', own = ''] = Object.entries(keysIn(night))[0] ?? [];
    const document = JSON.parse(own) as object;
    const foreign = JSON.stringify({ ...document, installation: '00000000-0000-4000-8000-000000000000' });
    writeFileSync(join(night, name), foreign);
    for (const args of [['start'], ['seal']])
      expectRefused(await tyst(args, environment), /a key of another installation, .* Nothing was opened/);
    expect(keysIn(night)).toEqual({ [name]: foreign });
    writeFileSync(join(night, name), own);
    expectOk(await tyst(['seal'], environment));
    // Beside the right one it is in nobody's way, and stays.
    writeFileSync(join(night, name), foreign);
    expectOk(await tyst(['seal'], environment));
    expect(keysIn(night)).toMatchObject({ [name]: foreign });
    expect(readdirSync(night)).toHaveLength(2);
  });

  test('keys that are said to be lost are replaced, whatever lies there, and the counters begin anew', async () => {
    const before = Object.keys(keysIn(night));
    // Only another installation's is left.
    const own = before.find((name) => !keysIn(night)[name]?.includes('00000000-0000')) ?? '';
    rmSync(join(night, own));
    expectRefused(await tyst(['start'], environment), /a key of another installation/);
    const { code, stdout } = await tyst(['keeper', '--keys-are-lost'], environment);
    expect([code, stdout.split('.')[0]]).toEqual([0, 'There is a new key']);
    const server = await workshop.start(environment);
    expectOk(await tyst(['seal'], environment));
    expect(await server.stop()).toMatchObject({ code: 0 });
    const after = Object.keys(keysIn(night));
    expect(after).toHaveLength(2);
    expect(after).not.toContain(own);
  });

  test('in the default directory a missing key is lost at once: the counters begin anew, and it is said', async () => {
    for (const name of readdirSync(night)) rmSync(join(night, name));
    const server = await workshop.start(environment);
    await until(() => server.stderr().includes('counters-begun-anew'), 60);
    const lines = server.stderr().trim().split('\n');
    expect(lines.slice(0, 2)).toEqual([KEYS_BESIDE.trim(), '{"event":"night-key-lost"}']);
    const quarters = await asOwner<{ quarter: string }[]>(dataDir, (owner) =>
      owner.query('SELECT quarter FROM published.quarter_plan WHERE counted_from IS NOT NULL ORDER BY 1'),
    );
    expect(quarters.length).toBeGreaterThan(0);
    const said = await events('counters-begun-anew');
    expect([...new Set(said.map(({ subject }) => subject))].sort()).toEqual(
      quarters.map(({ quarter }) => quarter),
    );
    expect([...new Set(said.map(({ actor }) => actor))]).toEqual(['the keeper']);
    expect(readdirSync(night)).toHaveLength(1);
    expect(await server.stop()).toMatchObject({ code: 0 });
  });
});

describe('another user', () => {
  const nobody = { uid: 65_534, gid: 65_534 };
  const stranger = 54_321;
  const entry = join(projectRoot, 'dist/server/app/main.js');
  const canRead =
    isRoot &&
    spawnSync(process.execPath, [entry, '--version'], { ...nobody, cwd: '/', env: {} }).status === 0;
  if (isRoot && !canRead)
    process.stderr.write(
      `Skipped, because OS user nobody cannot read ${projectRoot}: keys of another user.\n`,
    );
  const tried = canRead ? test : test.skip;

  let external: ExternalServer;
  beforeAll(async () => {
    if (!canRead) return;
    const programs = await programsOf(18, folder);
    if (programs === null) throw new Error('There is no PostgreSQL 18.');
    external = await startExternal(workshop, programs);
  });
  afterAll(async () => {
    if (canRead) await external.stop();
  });

  /** A folder that belongs to a user. */
  function ownFolder(name: string, uid: number): string {
    const path = join(folder, name);
    mkdirSync(path);
    chmodSync(path, uid === stranger ? 0o755 : 0o700);
    chownSync(path, uid, uid);
    return path;
  }

  /** Runs a command as nobody to its end, which is near. */
  const asNobody = (command: string, environment: Readonly<Record<string, string>>) =>
    spawnSync(process.execPath, [entry, command], {
      ...nobody,
      cwd: '/',
      env: { PATH: process.env['PATH'], HOME: folder, PORT: '0', ...environment },
      encoding: 'utf8',
      timeout: 60_000,
    });

  /** What it says to whoever started it: a start looks at the server first, in lines of the log. */
  const saidBy = ({ stderr }: { readonly stderr: string }) =>
    stderr.replaceAll(/^\{"event":"(server|keys)-.*\}\n/gm, '');

  // A start has a keeper that looks again and again; it must not look for ever at what will not change.
  tried.each(['seal', 'start'])(
    'is told that the key directory belongs to somebody else, and nothing is changed: %s',
    async (command) => {
      const keys = ownFolder(`keys of a stranger to ${command}`, stranger);
      const refused = asNobody(command, {
        TYST_DATA_DIR: ownFolder(`data of nobody to ${command}`, nobody.uid),
        TYST_KEY_DIR: keys,
        DATABASE_URL: await external.makeDatabase(`${command}sofnobody`, true),
      });
      expect(saidBy(refused)).toMatch(
        /^tyst: The key directory .*of a stranger to \w+ belongs to another user\. [^\n]+\n$/,
      );
      expect([refused.status, refused.stdout]).toEqual([1, '']);
      expect(readdirSync(keys)).toEqual([]);
    },
  );

  tried.each(['seal', 'start'])(
    'is told that the volume of the key directory is not mounted, whoever owns the place: %s',
    async (command) => {
      const place = ownFolder(`mount point of a stranger to ${command}`, stranger);
      const refused = asNobody(command, {
        TYST_DATA_DIR: ownFolder(`more data of nobody to ${command}`, nobody.uid),
        TYST_KEY_DIR: join(place, 'night'),
        DATABASE_URL: await external.makeDatabase(`unmounted${command}`, true),
      });
      expect(saidBy(refused)).toMatch(/^tyst: The key directory [^\n]+ is not there\. Mount it, [^\n]+\n$/);
      expect([refused.status, refused.stdout]).toEqual([1, '']);
      expect(readdirSync(place)).toEqual([]);
    },
  );

  tried('is who root acts as, where the key directory is theirs', async () => {
    const keys = ownFolder('keys of nobody', nobody.uid);
    const own = {
      TYST_DATA_DIR: join(folder, 'data of root'),
      TYST_KEY_DIR: keys,
      DATABASE_URL: await external.makeDatabase('ofroot', true),
    };
    expectOk(await tyst(['seal'], own));
    expectOk(await tyst(['seal', '--today'], own));
    expect(readdirSync(keys)).toHaveLength(1);
    for (const name of readdirSync(keys)) {
      const { uid, gid, mode } = statSync(join(keys, name));
      expect([uid, gid, mode & 0o777]).toEqual([nobody.uid, nobody.gid, 0o600]);
    }
  });
});
