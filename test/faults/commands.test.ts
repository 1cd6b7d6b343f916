/* The commands on the embedded database: beside a running server, alone, and two at once. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monthOfDay, quarterOfMonth } from '../../src/contract/period.js';
import { clockIn } from '../../src/platform/clock.js';
import { projectRoot } from '../../src/platform/project.js';
import { beforeAll, describe, expect, test } from '../support/jest.js';
import { runEveryCommand } from './every-command.js';
import {
  addUser,
  familyOf,
  send,
  setWorkshop,
  signIn,
  stillRunning,
  type Outcome,
  type RunningTyst,
} from './tyst.js';

const workshop = setWorkshop();
const { folder, tyst } = workshop;
const environment = { TYST_DATA_DIR: join(folder, 'data') };
const postmasterFile = join(environment.TYST_DATA_DIR, 'postgres/postmaster.pid');

const expectOk = (outcome: Outcome) => expect(outcome).toMatchObject({ code: 0, stderr: '' });

/** Refused or failed: nothing on standard output, one line on standard error. */
function expectRefused(outcome: Outcome, code: 1 | 2, line: RegExp): void {
  expect(outcome).toMatchObject({ code, stdout: '' });
  expect(outcome.stderr).toMatch(/^[^\n]+\n$/);
  expect(outcome.stderr).toMatch(line);
}

describe('without a server', () => {
  test('two commands at once on nothing at all both succeed, again and again', async () => {
    const names = ['one', 'two', 'three', 'four'];
    for (const pair of [names.slice(0, 2), names.slice(2)]) {
      const added = await Promise.all(pair.map((name) => addUser(workshop, environment, name, 'handler')));
      for (const outcome of added) expectOk(outcome);
      expect(existsSync(postmasterFile)).toBe(false);
    }
    // Each of them is there, once.
    const again = await Promise.all(
      names.slice(0, 2).map((name) => addUser(workshop, environment, name, 'handler')),
    );
    for (const outcome of again) expectRefused(outcome, 1, /^tyst: There is already an account/);
  });

  const planOfToday = (preset: string) => {
    const quarter = quarterOfMonth(monthOfDay(clockIn('Europe/Stockholm').local().day));
    return tyst(['plan', 'set', quarter, '--preset', preset], environment);
  };

  test('the plan of the running quarter is chosen, and chosen again, until the quarter has begun', async () => {
    for (const preset of ['large', 'small']) expectOk(await planOfToday(preset));
  });

  test('every command works, and leaves no server behind', async () => {
    await runEveryCommand(workshop, { environment, year: '2017' });
    expect(existsSync(postmasterFile)).toBe(false);
  });

  test('and then the plan of the running quarter stands, which is said in words', async () => {
    const words = /^tyst: The plan stands once its quarter has begun\. Choose a later quarter\.\n$/;
    expectRefused(await planOfToday('large'), 1, words);
  });

  test('an audit gives a month its own queries, and its quarter the same ones again', async () => {
    const file = join(folder, 'line-2016.csv');
    const calls = readFileSync(join(projectRoot, 'test/keeping/calls/line-2017.csv'), 'utf8');
    writeFileSync(file, calls.replaceAll(/^2017-/gm, '2016-'));
    for (const args of [
      ['plan', 'set', '2016-Q4', '--preset', 'small'],
      ['import', file],
      ['close', '2016-Q4'],
    ])
      expectOk(await tyst(args, environment));
    const audit = async (period: string) => {
      const outcome = await tyst(['audit', period], environment);
      expectOk(outcome);
      return JSON.parse(outcome.stdout) as { period: string; rho: number; queries: { noisy: number }[] };
    };
    const quarter = await audit('2016-Q4');
    expect(Object.keys(quarter)).toEqual(['period', 'rho', 'queries']);
    const months = ['2016-10', '2016-11', '2016-12'];
    for (const [place, month] of months.entries()) {
      const found = await audit(month);
      // After the conversations of the quarter those of each month, and then its other contacts.
      const [talks, others] = [quarter.queries[1 + place]?.noisy, quarter.queries[4 + place]?.noisy];
      const total = { table: null, row: null, column: null, cell: 0, universe: 1 };
      const queries = [
        { ...total, of: 'conversation', sigma2: 10.88, noisy: talks },
        { ...total, of: 'other', sigma2: 2.01201, noisy: others },
      ];
      expect(found).toEqual({ period: month, rho: 0.5, queries });
      expect(quarter.queries[1 + place]).toEqual({ ...queries[0], month });
      expect(quarter.queries[4 + place]).toEqual({ ...queries[1], month });
      expect([talks, others].every(Number.isInteger)).toBe(true);
    }
    expect(quarter.queries.filter((query) => 'month' in query)).toHaveLength(2 * months.length);
  });

  test('what cannot be done is refused in one line with exit 1', async () => {
    const closed = await tyst(['close', '2017-Q1'], environment);
    expectRefused(closed, 1, /^tyst: 2017-Q1 is already closed\. A period is drawn only once\.$/m);
    expectRefused(await tyst(['audit', '2016-Q1'], environment), 1, /^tyst: The period is not published\.$/m);
    const released = await tyst(['release', '2017-Q2', '--out', join(folder, 'none')], environment);
    expectRefused(released, 1, /^tyst: The period is not closed\./);
    expect(existsSync(join(folder, 'none'))).toBe(false);
    const missing = await tyst(['import', join(folder, 'missing.csv')], environment);
    expectRefused(missing, 1, /^tyst: (?!The database).*file/);
    expect(existsSync(postmasterFile)).toBe(false);
  });

  test('verify names the file that was changed, and needs keys to know', async () => {
    const release = join(folder, 'release-2017');
    const table = join(release, 'tables.csv');
    const bytes = readFileSync(table);
    bytes.writeUInt8(bytes.readUInt8(200) ^ 1, 200);
    writeFileSync(table, bytes);
    expectRefused(await tyst(['verify', release], environment), 1, /^tyst: tables\.csv .*\.$/m);
    const elsewhere = { TYST_DATA_DIR: join(folder, 'elsewhere') };
    expectRefused(await tyst(['verify', release], elsewhere), 2, /^tyst: .*--key/);
    expect(existsSync(elsewhere.TYST_DATA_DIR)).toBe(false);
  });

  test('settings and folders that cannot be used are named in one line', async () => {
    expectRefused(await tyst(['seal'], { ...environment, PORT: 'eighty' }), 1, /^tyst: .*PORT(?!.*eighty)/);
    const strictly = await tyst(['seal'], { ...environment, TYST_STRICT: 'rather' });
    expectRefused(strictly, 1, /^tyst: .*cannot be used: TYST_STRICT\.(?!.*rather)/);
    for (const address of [
      'postgres:///tyst?host=/run/postgresql',
      'postgres://hemlig@localhost',
      'postgres://hemlig@localhost:99999/tyst',
      'postgres://hemlig@localhost/%zz',
      'mysql://hemlig@localhost/tyst',
    ])
      expectRefused(
        await tyst(['seal'], { ...environment, DATABASE_URL: address }),
        1,
        /^tyst: .*cannot be used: DATABASE_URL\.(?!.*(hemlig|localhost|run))/,
      );
    writeFileSync(join(folder, 'a-file'), '');
    const onFile = await tyst(['seal'], { TYST_DATA_DIR: join(folder, 'a-file') });
    expectRefused(onFile, 1, /^tyst: The (data directory|secret file) .*a-file/);
    mkdirSync(join(folder, 'short'), { recursive: true });
    writeFileSync(join(folder, 'short/secret'), 'too short\n');
    const short = await tyst(['seal'], { TYST_DATA_DIR: join(folder, 'short') });
    expectRefused(short, 1, /^tyst: The secret file holds fewer than 32 characters/);
    const secretOfAnother = { ...environment, TYST_SECRET_FILE: join(folder, 'another/secret') };
    expectRefused(await tyst(['seal'], secretOfAnother), 1, /^tyst: .*secret/);
    expect(existsSync(postmasterFile)).toBe(false);
  });
});

describe('beside a running server', () => {
  let server: RunningTyst;
  beforeAll(async () => {
    server = await workshop.start(environment, { link: true });
  });

  test('every command works, two at once too, and the server goes on', async () => {
    await runEveryCommand(workshop, { environment, year: '2018' });
    const [one, other] = await Promise.all([
      tyst(['close', '2018-04'], environment),
      tyst(['close', '2018-04'], environment),
    ]);
    expect([one.code, other.code].sort()).toEqual([0, 1]);
    const refused = one.code === 0 ? other : one;
    expectRefused(refused, 1, /^tyst: 2018-04 is already closed/);
    const cookie = await signIn(server.url, 'supervisor-2018');
    const reply = await send(server.url, 'GET', '/api/v1/statistics/periods', { cookie });
    const { periods } = (await reply.json()) as { periods: { id: string }[] };
    const ids = periods.map(({ id }) => id).sort();
    expect(ids).toEqual([
      ...['2016-10', '2016-11', '2016-12', '2016-Q4'],
      ...['2017', '2018'].flatMap((year) => [
        ...['01', '02', '03'].map((month) => `${year}-${month}`),
        ...(year === '2018' ? ['2018-04'] : []),
        `${year}-Q1`,
      ]),
    ]);
  });

  test('a command that comes while the server stops works all the same', async () => {
    const family = familyOf(server.pid);
    const [stopped, added] = await Promise.all([
      server.stop(),
      addUser(workshop, environment, 'seven', 'handler'),
    ]);
    expect(stopped.code).toBe(0);
    expectOk(added);
    expect(stillRunning(family)).toEqual([]);
    expect(existsSync(postmasterFile)).toBe(false);
  });
});

describe('words', () => {
  const commands = [
    ...[
      [],
      ['start'],
      ['user'],
      ['user', 'add'],
      ['import'],
      ['discard'],
      ['keeper'],
      ['web'],
      ['migrate'],
      ['credentials'],
      ['seal'],
      ['close'],
      ['plan'],
      ['plan', 'show'],
    ],
    ...[['plan', 'set'], ['audit'], ['release'], ['verify'], ['demo']],
  ];

  /** Four at a time. */
  async function all(runs: readonly (readonly string[])[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (let from = 0; from < runs.length; from += 4) {
      const some = runs.slice(from, from + 4);
      outcomes.push(
        ...(await Promise.all(some.map((args) => tyst(args, { TYST_DATA_DIR: join(folder, 'no') })))),
      );
    }
    return outcomes;
  }

  test('--help everywhere ends with 0 and starts nothing', async () => {
    for (const [index, outcome] of (await all(commands.map((words) => [...words, '--help']))).entries()) {
      expect(outcome).toMatchObject({ code: 0, stderr: '' });
      expect(outcome.stdout).toContain(`Usage: ${['tyst', ...(commands[index] ?? [])].join(' ')}`);
    }
    expect(existsSync(join(folder, 'no'))).toBe(false);
  });

  test('wrong usage ends with 2 in one line, and starts nothing', async () => {
    const wrong = [
      ['no-such-command'],
      ['start', '--no-such-option'],
      ['import'],
      ['discard'],
      ['discard', '2017-01'],
      ['keeper', '--keys-are-found'],
      ['credentials'],
      ['credentials', 'desk'],
      ['web', 'now'],
      ['user', 'add', '--username', 'x'],
      ['user', 'add', '--username', 'x', '--role', 'king'],
      ['close', 'yesterday'],
      ['close', '2017'],
      ['plan', 'show', '2017'],
      ['plan', 'set', '2017-Q1', '--preset', 'huge'],
      ['plan', 'set', '2017-Q1', '--preset', 'tiny', '--rho', 'lots'],
      ['release', '2017-Q1'],
      ['audit', 'x', 'y'],
    ];
    for (const [index, outcome] of (await all(wrong)).entries())
      expect([wrong[index], outcome.code, outcome.stdout, outcome.stderr]).toEqual([
        wrong[index],
        2,
        '',
        expect.stringMatching(/^[^\n]+\n$/),
      ]);
    expect(existsSync(join(folder, 'no'))).toBe(false);
  });
});
