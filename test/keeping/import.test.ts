import { execFile } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { presetPlan } from '../../src/contract/presets.js';
import { storeCall } from '../../src/intake/store.js';
import { close } from '../../src/keeping/close.js';
import { importCalls, ImportRefused, type ImportMode } from '../../src/keeping/import.js';
import type { Desk } from '../../src/keeping/quarter.js';
import { seal } from '../../src/keeping/seal.js';
import { roleUrl } from '../../src/platform/installation.js';
import { projectRoot } from '../../src/platform/project.js';
import { CommandError } from '../../src/platform/command-error.js';
import { aConversation, aReceipt, anyCall, codesOf, vocabulary } from '../support/calls.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '../support/jest.js';
import { aCall, bigFile, busyLine2025, columns, csvOf, fileFolder, line2017 } from './import-support.js';

const TODAY = '2026-11-11';
const { folder, file, remove } = fileFolder();
afterAll(remove);

let database: TestDatabase;
beforeEach(async () => {
  database = await freshDatabase(standingClock('2026-11-11T12:00:00Z'));
});
afterEach(async () => {
  await database.destroy();
});

const desk: Desk = {
  planOf: () => Promise.resolve(presetPlan('large')),
  vocabularyOf: () => Promise.resolve(vocabulary),
};

const load = (path: string, mode: ImportMode = {}, means: Desk = desk) =>
  importCalls({ keeper: database.keeper, desk: means, today: TODAY, actor: 'keeper' }, path, mode);

/** Everything the database holds but its files' empty places: each table, the file it is in, and its rows. */
async function everything(owner: DataSource): Promise<unknown[]> {
  const tables: { name: string; file: number }[] = await owner.query(
    `SELECT oid::regclass::text AS name, relfilenode AS file FROM pg_class WHERE relkind = 'r'
     AND (relnamespace::regnamespace::text IN ('intake', 'sealed', 'published', 'desk') OR relpersistence = 't') ORDER BY 1`,
  );
  const rows = ({ name }: { name: string }) =>
    owner.query(`SELECT xmin::text, ctid::text, t::text FROM ${name} AS t ORDER BY ctid`);
  return Promise.all(tables.map(async (table) => ({ ...table, rows: await rows(table) })));
}

/** How many calls each month's sealed table holds, in how many transactions, and how many rows out of order. */
async function sealedMonths(): Promise<
  Record<string, { calls: number; transactions: number; astray: number }>
> {
  const tables: { name: string }[] = await database.owner.query(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'sealed'::regnamespace AND relkind = 'r' ORDER BY 1`,
  );
  const months = tables.map(async ({ name }) => {
    const [row] = await database.owner.query(
      `SELECT count(*)::int AS calls, count(DISTINCT xmin::text)::int AS transactions,
         (count(*) FILTER (WHERE codes < before))::int AS astray
       FROM (SELECT xmin, codes, lag(codes) OVER (ORDER BY ctid) AS before FROM sealed.${name}) AS calls`,
    );
    return [name.slice('calls_'.length).replace('_', '-'), row] as const;
  });
  return Object.fromEntries(await Promise.all(months));
}

async function codesIn(month: string): Promise<number[][]> {
  const rows: { codes: number[] }[] = await database.owner.query(
    `SELECT codes FROM sealed.calls_${month.replace('-', '_')} ORDER BY ctid`,
  );
  return rows.map(({ codes }) => codes);
}

const whole = (calls: number) => ({ calls, transactions: 1, astray: 0 });

describe('what is imported', () => {
  test.each([
    ['line-2017', line2017],
    ['busy-line-2025', busyLine2025],
  ])(
    'is the whole of the real file %s, each month sorted and written by one transaction',
    async (_, path) => {
      const inFile: Record<string, number> = {};
      for (const month of readFileSync(path, 'utf8').match(/^\d{4}-\d\d/gm) ?? [])
        inFile[month] = (inFile[month] ?? 0) + 1;
      const rows = Object.values(inFile).reduce((sum, calls) => sum + calls, 0);
      expect(await load(path)).toEqual({ rows, months: Object.keys(inFile).sort(), reduced: 0 });
      const expected = Object.fromEntries(
        Object.entries(inFile).map(([month, calls]) => [month, whole(calls)]),
      );
      expect(await sealedMonths()).toEqual(expected);
    },
  );

  test.each(['tiny', 'large'] as const)('cannot be told from calls that were logged (%s)', async (preset) => {
    const means = { ...desk, planOf: () => Promise.resolve(presetPlan(preset)) };
    const calls = fc.sample(
      fc.infiniteStream(fc.nat()).map((numbers) => anyCall((n) => Number(numbers.next().value) % n)),
      100,
    );
    for (const answers of calls)
      await storeCall(database.intake, {
        receipt: aReceipt(),
        day: TODAY,
        month: '2026-11',
        codes: codesOf(answers),
      });
    await seal(database.keeper, means, '2026-11-12', '2026-11-12');
    await load(file(csvOf(calls.map((answers) => ({ month: '2017-05', answers })))), {}, means);
    expect(await codesIn('2017-05')).toEqual(await codesIn('2026-11'));
    expect(await codesIn('2017-05')).toHaveLength(100);
  });

  test('joins the calls of its month that are sealed already, in sorted order', async () => {
    const months = { '2026-10': 40, '2026-11': 60 };
    const some = Object.entries(months).flatMap(([month, calls]) => new Array<string>(calls).fill(month));
    const areas = ['SE110', 'SE224', 'SE331', 'unknown'];
    const batch = () =>
      file(csvOf(some.map((month, index) => aCall(month, { area: areas[index % 4] ?? '' }))));
    await seal(database.keeper, desk, TODAY, TODAY);
    await load(batch());
    await load(batch());
    expect(await sealedMonths()).toEqual({ '2026-10': whole(80), '2026-11': whole(120) });
  });

  test('begins the quarters of its months, and is an event that says no number', async () => {
    await load(file(csvOf([aCall('2017-05'), aCall('2016-12'), aCall('2017-06')])));
    expect(await database.owner.query('SELECT quarter FROM published.quarter_plan ORDER BY 1')).toEqual([
      { quarter: '2016-Q4' },
      { quarter: '2017-Q2' },
    ]);
    expect(
      await database.owner.query(
        `SELECT to_char(day, 'YYYY-MM-DD') AS day, actor, kind, subject FROM desk.event`,
      ),
    ).toEqual([{ day: TODAY, actor: 'keeper', kind: 'calls-imported', subject: '2016-Q4 2017-Q2' }]);
  });

  test('gathers no statistics, in a table that is never vacuumed', async () => {
    await load(line2017);
    await database.owner.query('ANALYZE');
    expect(
      await database.owner.query(
        `SELECT * FROM pg_stats WHERE schemaname = 'sealed' OR tablename = 'imported'`,
      ),
    ).toEqual([]);
  });

  test('is all of two files that are imported at once', async () => {
    const one = file(csvOf(new Array(700).fill(aCall('2017-05'))));
    const other = file(csvOf(new Array(300).fill(aCall('2017-05', { age: '0-12' }))));
    await Promise.all([load(one), load(other)]);
    expect(await sealedMonths()).toEqual({ '2017-05': whole(1000) });
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

  test('on a dry run', async () => {
    expect(await load(busyLine2025, { dryRun: true })).toMatchObject({ rows: 4200 });
    expect(await load(line2017, { dryRun: true })).toMatchObject({ rows: 154 });
  });

  test('of a file with column names alone', async () => {
    expect(await load(file(csvOf([])))).toEqual({ rows: 0, months: [], reduced: 0 });
  });

  test.each([false, true])('of a file whose last row has an error (dry run: %s)', async (dryRun) => {
    const path = file(csvOf([...new Array(30).fill(aCall('2017-05')), aCall('2017-05', { age: 'nine' })]));
    const lines = [
      'line 32, column age: The code is not among those that can be chosen.',
      'There is 1 error in the file. Nothing was imported.',
    ];
    const refused = await load(path, { dryRun }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ImportRefused);
    expect(refused).toMatchObject({ lines, message: lines[1], exitCode: 1 });
  });

  test('of a file with many errors, of which twenty are told', async () => {
    const path = file(csvOf(new Array(50).fill(aCall('2017-05', { age: 'nine' }))));
    const { lines } = (await load(path).catch((error: unknown) => error)) as ImportRefused;
    expect(lines).toHaveLength(22);
    expect(lines.slice(-2)).toEqual([
      '... and 30 more',
      'There are 50 errors in the file. Nothing was imported.',
    ]);
  });

  test('of a file that is none', async () => {
    await expect(load(folder)).rejects.toThrow(CommandError);
    await expect(load(file('"'))).rejects.toThrow(CommandError);
  });

  const rows = [aCall('2017-05'), aCall('2018-01')];
  test.each<[string, (path: string) => void]>([
    [
      'longer',
      (path) => {
        writeFileSync(path, csvOf([...rows, aCall('2017-05')]));
      },
    ],
    [
      'shorter',
      (path) => {
        writeFileSync(path, csvOf(rows.slice(1)));
      },
    ],
    [
      'empty',
      (path) => {
        writeFileSync(path, '');
      },
    ],
    [
      'another, with a wrong code',
      (path) => {
        writeFileSync(path, csvOf([aCall('2017-05', { age: 'nine' }), aCall('2018-01')]));
      },
    ],
    [
      'another, with another month',
      (path) => {
        writeFileSync(path, csvOf([aCall('2017-05'), aCall('2018-02')]));
      },
    ],
    [
      'another, with another column',
      (path) => {
        writeFileSync(path, csvOf(rows, '\n', [...columns, 'notes']));
      },
    ],
    [
      'away',
      (path) => {
        rmSync(path);
      },
    ],
  ])('of a file that has become %s when it is read the second time', async (_, change) => {
    const path = file(csvOf(rows));
    const planOf = (quarter: string) => {
      // Asked for within the transaction, once the whole file has been checked.
      change(path);
      return desk.planOf(quarter);
    };
    await expect(load(path, {}, { ...desk, planOf })).rejects.toThrow(CommandError);
  });

  test('when the database goes away in the middle', async () => {
    const blocked = await blockedImport('2017-05');
    const terminated = expect(blocked.done).rejects.toThrow();
    await database.owner.query('SELECT pg_terminate_backend($1)', [blocked.backend]);
    await terminated;
    await blocked.release();
  });
});

describe('a closed month', () => {
  test('is refused, and so is every month of a closed quarter', async () => {
    const options = { keeper: database.keeper, desk, today: TODAY, actor: 'keeper' as const };
    await load(line2017);
    await close({ ...options, forgetDraws: () => Promise.resolve() }, '2017-04');
    await close({ ...options, forgetDraws: () => Promise.resolve() }, '2017-Q1');
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
    expect(await load(file(csvOf([aCall('2017-05')])))).toMatchObject({ rows: 1 });
  });

  test('is refused when it closes after the file was checked', async () => {
    await load(line2017);
    let before: unknown[] = [];
    const vocabularyOf = async (quarter: string) => {
      // Asked for once the month has been found open.
      const forgetDraws = () => Promise.resolve();
      await close({ keeper: database.keeper, desk, today: TODAY, actor: 'keeper', forgetDraws }, '2017-05');
      before = await everything(database.owner);
      return desk.vocabularyOf(quarter);
    };
    const loaded = load(file(csvOf([aCall('2017-05'), aCall('2017-06')])), {}, { ...desk, vocabularyOf });
    await expect(loaded).rejects.toThrow('A month of the file was closed while it was read.');
    expect(await everything(database.owner)).toEqual(before);
  });
});

/** An import that waits, with everything in hand, to put its new table of a month in the place of the old one. */
async function blockedImport(month: string) {
  const runner = database.owner.createQueryRunner();
  await runner.startTransaction();
  await runner.query(`LOCK TABLE sealed.calls_${month.replace('-', '_')} IN ACCESS SHARE MODE`);
  const done = load(file(csvOf([aCall(month)])));
  done.catch(() => undefined);
  for (;;) {
    const [waiting]: { pid: number }[] = await database.owner.query(
      `SELECT pid FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock' AND database =
         (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    if (waiting === undefined) continue;
    const release = async () => {
      await runner.rollbackTransaction();
      await runner.release();
    };
    return { done, backend: waiting.pid, release };
  }
}

test('a handler does not wait for an import', async () => {
  await load(file(csvOf([aCall('2026-11')])));
  const blocked = await blockedImport('2026-11');
  const call = { receipt: aReceipt(), day: TODAY, month: '2026-11', codes: codesOf(aConversation()) };
  expect(await storeCall(database.intake, call)).toBe('stored');
  expect(await storeCall(database.intake, call)).toBe('replaced');
  await blocked.release();
  await blocked.done;
  await seal(database.keeper, desk, '2026-11-12', '2026-11-12');
  expect((await sealedMonths())['2026-11']).toEqual(whole(3));
});

test('60,000 rows go in, sorted, with progress, in memory that could not hold them', async () => {
  const script = join(projectRoot, 'test/keeping/import-in-little-memory.js');
  const file = bigFile(folder, 60_000);
  // The file is 7 MB, and its rows as objects nearly 30 MB beside the 30 of the program: it would die of them.
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--max-old-space-size=48',
    script,
    roleUrl(database.installation, 'keeper'),
    file,
    TODAY,
  ]);
  const tens = Array.from({ length: 6 }, (_, index) => String((index + 1) * 10_000));
  const seen = ['checked', 'written'].flatMap((step) => tens.map((rows) => `${step} ${rows}\n`));
  expect(stdout).toBe(seen.join(''));
  const months = await sealedMonths();
  expect(Object.keys(months)).toHaveLength(12);
  expect(Object.values(months).reduce((sum, { calls }) => sum + calls, 0)).toBe(60_000);
  for (const month of Object.values(months)) expect(month).toMatchObject({ transactions: 1, astray: 0 });
}, 300_000);
