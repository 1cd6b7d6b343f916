import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { DataSource } from 'typeorm';
import { quarterOfMonth } from '../../src/contract/period.js';
import { tableShapes } from '../../src/contract/plan.js';
import { presetPlan } from '../../src/contract/presets.js';
import { storeCall } from '../../src/intake/store.js';
import type { Counters } from '../../src/keeping/counters.js';
import { addImport, ImportRefused, readImport, type ImportMode } from '../../src/keeping/import.js';
import { FileRefused } from '../../src/keeping/import-error.js';
import { openImportFile } from '../../src/keeping/import-file.js';
import type { Desk } from '../../src/keeping/quarter.js';
import { roleUrl } from '../../src/platform/installation.js';
import { locks } from '../../src/platform/locks.js';
import { projectRoot } from '../../src/platform/project.js';
import { CommandError } from '../../src/platform/command-error.js';
import { chance } from '../attacks/support/chance.js';
import { aConversation, aReceipt, anyCall, codesOf, vocabulary } from '../support/calls.js';
import { countByHand, type CountedCall } from '../support/counting.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { sum } from '../support/discrete-gaussian.js';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '../support/jest.js';
import { closeOn, importOn, keepingOf, sealBefore } from '../support/keeping.js';
import { begunCounters, countedBetween, namedKey, openedCounters, openedIntake } from '../support/opened.js';
import { until } from '../support/until.js';
import { untilWaiting } from '../support/waiters.js';
import { aCall, bigFile, busyLine2025, csvOf, fileFolder, line2017, type Call } from './import-support.js';

const TODAY = '2026-11-11';
const { folder, file, remove } = fileFolder();
afterAll(remove);

let database: TestDatabase;
beforeEach(async () => {
  database = await freshDatabase(standingClock('2026-11-11T12:00:00Z'));
});
afterEach(() => database.destroy());

const desk: Desk = {
  planOf: () => Promise.resolve(presetPlan('large')),
  vocabularyOf: () => Promise.resolve(vocabulary),
};
const change = { desk };
const load = (path: string, mode: ImportMode = {}) => importOn(database, TODAY, path, { ...mode, change });
const begin = (quarter: string) => begunCounters(database, TODAY, quarter, change);

/**
 * Everything the database holds but its files' empty places: each table, the file it is in, and its rows. The row of the
 * key is written again before it is trusted, so only what it says counts.
 */
async function everything(owner: DataSource): Promise<unknown[]> {
  const tables: { name: string; file: number }[] = await owner.query(
    `SELECT oid::regclass::text AS name, relfilenode AS file FROM pg_class WHERE relkind = 'r'
     AND (relnamespace::regnamespace::text IN ('intake', 'sealed', 'published', 'desk') OR relpersistence = 't') ORDER BY 1`,
  );
  const rows = ({ name }: { name: string }) =>
    owner.query(
      `SELECT ${name === 'intake.key' ? '' : 'xmin::text, ctid::text,'} t::text FROM ${name} AS t ORDER BY ctid`,
    );
  return Promise.all(tables.map(async (table) => ({ ...table, rows: await rows(table) })));
}

async function callsOf(path: string): Promise<CountedCall[]> {
  const calls: CountedCall[] = [];
  const isClosed = () => Promise.resolve(false);
  for await (const { call } of openImportFile(path, { desk, today: TODAY, isClosed }).rows)
    if (call !== null) calls.push(call);
  return calls;
}

/** What came into a quarter's counters by some work. */
async function countedBy(quarter: string, work: () => Promise<unknown>): Promise<Record<string, number[][]>> {
  const before = await begin(quarter);
  await work();
  return countedBetween(before, await openedCounters(database, quarter));
}

function byHand(quarter: string, calls: readonly CountedCall[]): Record<string, number[][]> {
  const own = calls.filter(({ month }) => quarterOfMonth(month) === quarter);
  const shapes = tableShapes(presetPlan('large'), vocabulary, quarter);
  return Object.fromEntries(shapes.map((shape) => [shape.id, countByHand(shape, own)]));
}

describe('what is imported', () => {
  test.each([
    ['line-2017', line2017, '2017'],
    ['busy-line-2025', busyLine2025, '2025'],
  ])('of the real file %s is counted exactly as by hand', async (_, path, year) => {
    const calls = await callsOf(path);
    const quarters = [1, 2, 3, 4].map((quarter) => `${year}-Q${String(quarter)}`);
    const before: Counters[] = [];
    for (const quarter of quarters) before.push(await begin(quarter));
    const imported = await load(path);
    const months: Record<string, number> = {};
    for (const { month } of calls) months[month] = (months[month] ?? 0) + 1;
    expect(imported).toMatchObject({ rows: calls.length, reduced: 0 });
    expect(imported.months.map(({ month, rows }) => [month, rows])).toEqual(Object.entries(months).sort());
    for (const [index, quarter] of quarters.entries()) {
      const counters = await openedCounters(database, quarter);
      expect(countedBetween(before[index] ?? counters, counters)).toEqual(byHand(quarter, calls));
    }
  });

  test('cannot be told from calls that were logged', async () => {
    const { below } = chance('imported or logged');
    const calls = Array.from({ length: 100 }, () => anyCall(below));
    const logged = await countedBy('2026-Q4', async () => {
      for (const answers of calls)
        await storeCall(database.intake, {
          ...{ receipt: aReceipt(), day: TODAY, month: '2026-11' },
          codes: codesOf(answers),
        });
      await sealBefore(database, '2026-11-12', change);
    });
    const imported = await countedBy('2017-Q4', () =>
      load(file(csvOf(calls.map((answers) => ({ month: '2017-11', answers }))))),
    );
    expect(imported).toEqual(logged);
  });

  test('is stored nowhere: no table has a row more but the marks, the event and the counters', async () => {
    await begin('2017-Q2');
    const counts = async () => {
      const tables: { name: string }[] = await database.owner.query(
        `SELECT oid::regclass::text AS name FROM pg_class WHERE relkind = 'r'
         AND relnamespace::regnamespace::text IN ('intake', 'sealed', 'published', 'desk') ORDER BY 1`,
      );
      const found = new Map<string, number>();
      for (const { name } of tables) {
        const [row]: { n: number }[] = await database.owner.query(`SELECT count(*)::int AS n FROM ${name}`);
        found.set(name, row?.n ?? NaN);
      }
      return found;
    };
    const before = await counts();
    await load(file(csvOf([aCall('2017-05'), aCall('2017-06'), aCall('2017-06')])));
    const after = await counts();
    const more = [...after].filter(([name, rows]) => rows !== before.get(name));
    expect(more).toEqual([
      ['desk.event', (before.get('desk.event') ?? NaN) + 1],
      ['published.imported_month', 2],
    ]);
  });

  test('begins the quarters of its months, and is an event that says no number', async () => {
    await load(file(csvOf([aCall('2017-05'), aCall('2016-12'), aCall('2017-06')])));
    for (const table of ['published.quarter_plan', 'sealed.counters'])
      expect(await database.owner.query(`SELECT quarter FROM ${table} ORDER BY 1`)).toEqual([
        { quarter: '2016-Q4' },
        { quarter: '2017-Q2' },
      ]);
    expect(
      await database.owner.query(
        `SELECT to_char(day, 'YYYY-MM-DD') AS day, actor, kind, subject FROM desk.event`,
      ),
    ).toEqual([{ day: TODAY, actor: 'keeper', kind: 'calls-imported', subject: '2016-Q4 2017-Q2' }]);
  });

  test('turns the key, and leaves what waits in intake as it was', async () => {
    await storeCall(database.intake, {
      ...{ receipt: aReceipt(), day: '2026-11-10', month: '2026-11' },
      codes: codesOf(aConversation()),
    });
    const key = await namedKey(database);
    await load(file(csvOf([aCall('2026-11')])));
    expect((await namedKey(database)).id).not.toBe(key.id);
    expect(await openedIntake(database)).toEqual([codesOf(aConversation())]);
  });
});

describe('a second import into a month', () => {
  const BEFORE =
    'An import was made before into 2017-05: the same calls would count twice. If these are other calls, say so with --again. Nothing was imported.';
  const kind = (counted: Record<string, number[][]>) => counted['kind']?.[0]?.[0];

  test('is refused without a word, and counted with it', async () => {
    const calls = await countedBy('2017-Q2', async () => {
      await load(file(csvOf([aCall('2017-05')])));
      const before = await everything(database.owner);
      const again = file(csvOf([aCall('2017-06'), aCall('2017-05')]));
      await expect(load(again)).rejects.toThrow(new FileRefused('imported-before', BEFORE));
      expect(await everything(database.owner)).toEqual(before);
      await load(again, { again: true });
    });
    expect(kind(calls)).toBe(3);
  });

  test('is refused as well when both run at once', async () => {
    const path = file(csvOf(new Array<Call>(7).fill(aCall('2017-05'))));
    const calls = await countedBy('2017-Q2', async () => {
      // Both have been read and found nothing before the first of them is through.
      const holder = database.owner.createQueryRunner();
      await holder.query('SELECT pg_advisory_lock($1)', [locks.night]);
      const both = Promise.allSettled([load(path), load(path)]);
      await untilWaiting(database, 2);
      await holder.query('SELECT pg_advisory_unlock($1)', [locks.night]);
      await holder.release();
      const outcomes = (await both).map((one) => (one.status === 'rejected' ? String(one.reason) : 'done'));
      expect(outcomes.toSorted()).toEqual([expect.stringContaining(BEFORE), 'done']);
    });
    expect(kind(calls)).toBe(7);
  });

  test('of other months at once is all of both', async () => {
    const calls = await countedBy('2017-Q2', () =>
      Promise.all(
        ['2017-04', '2017-05'].map((month, index) =>
          load(file(csvOf(new Array<Call>(3 + 4 * index).fill(aCall(month))))),
        ),
      ),
    );
    expect(kind(calls)).toBe(10);
  });
});

const CLOSED = 'The month does not take calls any longer, or yet. Store the call in the current month.';

describe('nothing is imported', () => {
  let before: unknown[];
  beforeEach(async () => {
    await load(line2017);
    before = await everything(database.owner);
  });
  afterEach(async () => {
    expect(await everything(database.owner)).toEqual(before);
  });

  test('by reading a file alone', async () => {
    const { imported } = await readImport(keepingOf(database, TODAY, change), busyLine2025);
    expect(imported).toMatchObject({ rows: 4200 });
    expect(imported.months[0]).toMatchObject({ quarter: '2025-Q1', preset: 'large', begun: false });
  });

  test('of a file with column names alone', async () => {
    expect(await load(file(csvOf([])))).toEqual({ rows: 0, months: [], reduced: 0 });
  });

  test('of a file whose last row has an error', async () => {
    const path = file(
      csvOf([...new Array<Call>(30).fill(aCall('2018-05')), aCall('2018-05', { age: 'nine' })]),
    );
    const lines = [
      'line 32, column age: The code is not among those that can be chosen.',
      'There is 1 error in the file. Nothing was imported.',
    ];
    const refused = await load(path).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ImportRefused);
    expect(refused).toMatchObject({ lines, message: lines[1], exitCode: 1 });
  });

  test('of a file with many errors, of which twenty are told', async () => {
    const path = file(csvOf(new Array<Call>(50).fill(aCall('2018-05', { age: 'nine' }))));
    const refused = await load(path).catch((error: unknown) => error);
    if (!(refused instanceof ImportRefused)) throw new Error('It was not refused.');
    expect(refused.lines).toHaveLength(22);
    expect(refused.lines.slice(-2)).toEqual([
      '... and 30 more',
      'There are 50 errors in the file. Nothing was imported.',
    ]);
  });

  test('of a file that is none', async () => {
    await expect(load(folder)).rejects.toThrow(CommandError);
    await expect(load(file('"'))).rejects.toThrow(CommandError);
  });

  test('when the plan of a quarter has become another since the file was read', async () => {
    const { counted } = await readImport(keepingOf(database, TODAY, change), file(csvOf([aCall('2018-05')])));
    if (counted === null) throw new Error('It has rows.');
    const other = { ...desk, planOf: () => Promise.resolve(presetPlan('tiny')) };
    const adding = addImport({ ...keepingOf(database, TODAY, { desk: other }), actor: 'keeper' }, counted);
    await expect(adding).rejects.toThrow('The plan of a quarter was changed while the file was read.');
  });

  test('when something beside it in the transaction fails', async () => {
    const { counted } = await readImport(keepingOf(database, TODAY, change), file(csvOf([aCall('2018-05')])));
    if (counted === null) throw new Error('It has rows.');
    const gone = () => Promise.reject(new CommandError('The request is gone.'));
    const adding = addImport({ ...keepingOf(database, TODAY, change), actor: 'keeper' }, counted, gone);
    await expect(adding).rejects.toThrow('The request is gone.');
  });

  test('when the database goes away in the middle', async () => {
    const blocked = await blockedIntake();
    const loading = load(file(csvOf([aCall('2018-05')])));
    const terminated = expect(loading).rejects.toThrow();
    await database.owner.query('SELECT pg_terminate_backend($1)', [await blocked.waiter()]);
    await terminated;
    await blocked.release();
  });
});

describe('a closed month', () => {
  test('is refused, and so is every month of a closed quarter', async () => {
    await load(line2017);
    await closeOn(database, TODAY, '2017-04', change);
    await closeOn(database, TODAY, '2017-Q1', change);
    const before = await everything(database.owner);
    const path = file(csvOf(['2017-01', '2017-04', '2017-05'].map((month) => aCall(month))));
    await expect(load(path)).rejects.toMatchObject({
      lines: [
        `line 2, column month: ${CLOSED}`,
        `line 3, column month: ${CLOSED}`,
        'There are 2 errors in the file. Nothing was imported.',
      ],
    });
    expect(await everything(database.owner)).toEqual(before);
    expect(await load(file(csvOf([aCall('2017-05')])), { again: true })).toMatchObject({ rows: 1 });
  });

  test('is refused when it closes after the file was read', async () => {
    const path = file(csvOf([aCall('2017-05'), aCall('2017-06')]));
    const { counted } = await readImport(keepingOf(database, TODAY, change), path);
    if (counted === null) throw new Error('It has rows.');
    await closeOn(database, TODAY, '2017-05', change);
    const before = await everything(database.owner);
    const adding = addImport({ ...keepingOf(database, TODAY, change), actor: 'keeper' }, counted);
    await expect(adding).rejects.toThrow('A month of the file was closed while it was read.');
    expect(await everything(database.owner)).toEqual(before);
  });
});

/** Reads the intake as a dump does, until it is let go: whoever wants it to itself waits. */
async function blockedIntake() {
  const runner = database.owner.createQueryRunner();
  await runner.startTransaction();
  await runner.query('LOCK TABLE intake.call IN ACCESS SHARE MODE');
  const waiting = async () => {
    const [found]: { pid: number }[] = await database.owner.query(
      `SELECT pid FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock' AND database =
         (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    return found?.pid;
  };
  return {
    /** Who waits, once somebody does. */
    async waiter(): Promise<number> {
      let pid: number | undefined;
      await until(async () => (pid = await waiting()) !== undefined, 60);
      return pid ?? NaN;
    },
    async release() {
      await runner.rollbackTransaction();
      await runner.release();
    },
  };
}

test('a handler does not wait for an import that waits', async () => {
  const counted = await countedBy('2026-Q4', async () => {
    const blocked = await blockedIntake();
    const loading = load(file(csvOf([aCall('2026-11')])));
    await blocked.waiter();
    const call = { receipt: aReceipt(), day: TODAY, month: '2026-11', codes: codesOf(aConversation()) };
    expect(await storeCall(database.intake, call)).toBe('stored');
    expect(await storeCall(database.intake, call)).toBe('replaced');
    await blocked.release();
    await loading;
    await sealBefore(database, '2026-11-12', change);
  });
  expect(counted['kind']?.[0]?.[0]).toBe(2);
});

const script = join(projectRoot, 'test/keeping/import-in-little-memory.js');
const means = (path: string) => [
  ...[script, roleUrl(database.installation, 'keeper'), path],
  ...[TODAY, database.keys.path],
];

/** Each conversation has one concern. */
const conversationsIn = (counted: Record<string, number[][]>): number =>
  sum(counted['concern-top']?.flat() ?? []);

test('a process that is killed in the middle has imported nothing, and the next import counts once', async () => {
  const path = file(csvOf([aCall('2017-05'), aCall('2017-05')]));
  const before = await begunCounters(database, TODAY, '2017-Q2');
  const blocked = await blockedIntake();
  const child = spawn(process.execPath, means(path), { stdio: 'ignore' });
  const ended = once(child, 'exit');
  await blocked.waiter();
  child.kill('SIGKILL');
  await ended;
  await blocked.release();
  expect([...(await openedCounters(database, '2017-Q2')).values]).toEqual([...before.values]);
  expect(await database.owner.query('SELECT month FROM published.imported_month')).toEqual([]);
  await importOn(database, TODAY, path);
  const counted = countedBetween(before, await openedCounters(database, '2017-Q2'));
  expect(conversationsIn(counted)).toBe(2);
});

test('60,000 rows are counted, with progress, in memory that could not hold them', async () => {
  const path = bigFile(folder, 60_000);
  const quarters = ['2016-Q1', '2016-Q2', '2016-Q3', '2016-Q4'];
  const before = new Map<string, Counters>();
  for (const quarter of quarters) before.set(quarter, await begunCounters(database, TODAY, quarter));
  // The file is 7 MB, and its rows as objects nearly 30 MB beside the 30 of the program: it would die of them.
  const { stdout } = await promisify(execFile)(process.execPath, ['--max-old-space-size=48', ...means(path)]);
  expect(stdout).toBe(Array.from({ length: 6 }, (_, index) => `${String(index + 1)}0000\n`).join(''));
  // Of the 600 lines that are repeated, those of a quarter that are conversations.
  const ofQuarter = (quarter: number) => (_: unknown, line: number) =>
    line % 7 !== 0 && Math.floor((line % 12) / 3) === quarter;
  for (const [index, [quarter, begun]] of [...before].entries()) {
    const counted = countedBetween(begun, await openedCounters(database, quarter));
    expect(conversationsIn(counted)).toBe(100 * new Array(600).fill(0).filter(ofQuarter(index)).length);
  }
}, 300_000);
