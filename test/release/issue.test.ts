import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { releaseCommand, verifyCommand } from '../../src/release/command.js';
import { issueRelease, type IssueOutcome, type Wanted } from '../../src/release/issue.js';
import { installationKeys } from '../../src/release/key.js';
import { releaseDependencies } from '../../src/keeper.js';
import { handleReleaseRequests } from '../../src/release/requests.js';
import { fileRequest, listReleases, newestPublicKey, releasedFiles } from '../../src/release/store.js';
import { verifyRelease } from '../../src/release/verify.js';
import { writeRelease } from '../../src/release/write.js';
import { freshDatabase, type TestDatabase } from '../support/database.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '../support/jest.js';
import { inFolder, releaseFileNames } from './example.js';
import { dependenciesOf, publish, queriesOf } from './published.js';
import { readPdf } from './read-pdf.js';

let database: TestDatabase;
const quarters = ['2025-Q1', '2025-Q2', '2025-Q3', '2025-Q4', '2026-Q1'];

beforeAll(async () => {
  database = await freshDatabase();
  for (const quarter of quarters) await publish(database, quarter);
});
afterAll(() => database.destroy());
beforeEach(() =>
  database.owner.query(
    'TRUNCATE published.release, published.release_file, desk.release_request, desk.event',
  ),
);

const wanted = (changes: Partial<Wanted> = {}): Wanted => ({
  period: '2026-Q1',
  reason: null,
  actor: 'sam',
  ...changes,
});

const count = async (table: string): Promise<number> => {
  const [row]: { n: number }[] = await database.owner.query(`SELECT count(*)::integer AS n FROM ${table}`);
  return row?.n ?? -1;
};
const events = (): Promise<unknown[]> =>
  database.owner.query('SELECT day::text, actor, kind, subject FROM desk.event ORDER BY id');
const revisions = (outcomes: IssueOutcome[]) =>
  outcomes.flatMap((outcome) => ('revision' in outcome ? [outcome.revision] : [])).sort();
const refusals = (outcomes: IssueOutcome[]) =>
  outcomes.flatMap((outcome) => ('refused' in outcome ? [outcome.refused] : []));

describe('issuing a release', () => {
  test('freezes its files, which verify with the installation’s own key', () =>
    inFolder((dataDir) =>
      inFolder(async (dir) => {
        expect(await issueRelease(dependenciesOf(database, dataDir), wanted())).toEqual({ revision: 1 });
        const files = await releasedFiles(database.reader, '2026-Q1', 1);
        expect(files.map(({ name }) => name)).toEqual(releaseFileNames);
        await writeRelease(files, dir);
        expect(await verifyRelease(dir, await installationKeys(dataDir))).toEqual([]);
        expect([await newestPublicKey(database.reader)]).toEqual(await installationKeys(dataDir));
        expect(await listReleases(database.reader)).toMatchObject([
          { period: '2026-Q1', revision: 1, issuedOn: '2026-10-09' },
        ]);
        expect(await events()).toEqual([
          { day: '2026-10-09', actor: 'sam', kind: 'release-issued', subject: '2026-Q1' },
        ]);
      }),
    ));

  test('gives the same bytes on another machine, but for the signature of its key', () =>
    inFolder((one) =>
      inFolder(async (other) => {
        const issue = async (dataDir: string) => {
          await issueRelease(dependenciesOf(database, dataDir), wanted());
          const files = await releasedFiles(database.reader, '2026-Q1', 1);
          await database.owner.query('TRUNCATE published.release, published.release_file');
          return files;
        };
        const [first, second] = [await issue(one), await issue(other)];
        const unsigned = (files: typeof first) => files.filter(({ name }) => name !== 'manifest.json.sig');
        expect(unsigned(second)).toEqual(unsigned(first));
        expect(second).not.toEqual(first);
      }),
    ));

  test('covers a year once its four quarters are published', () =>
    inFolder(async (dataDir) => {
      const dependencies = dependenciesOf(database, dataDir);
      expect(await issueRelease(dependencies, wanted({ period: '2025' }))).toEqual({ revision: 1 });
      expect(await issueRelease(dependencies, wanted({ period: '2026' }))).toEqual({ refused: 'not-closed' });
      const files = await releasedFiles(database.reader, '2025', 1);
      const manifest = files.find(({ name }) => name === 'manifest.json')?.bytes.toString() ?? '';
      expect(JSON.parse(manifest)).toMatchObject({
        ...{ quarter: '2025', vocabularyVersion: 1 },
        queries: quarters
          .slice(0, 4)
          .flatMap((quarter) =>
            queriesOf(quarter).map(({ table, row, cell }) => ({ quarter, table, row, cell })),
          ),
      });
    }));

  test('says whose it is, and how many calls nobody answered, as the desk has it', () =>
    inFolder(async (dataDir) => {
      await database.desk.query(`INSERT INTO desk.setting VALUES ('organisation', 'Linjen')`);
      await database.desk.query(`INSERT INTO desk.unanswered VALUES ('2025-12', 8), ('2026-02', 31)`);
      const dependencies = releaseDependencies({
        ...dependenciesOf(database, dataDir),
        keeper: database.keeper,
      });
      await issueRelease(dependencies, wanted());
      const files = await releasedFiles(database.reader, '2026-Q1', 1);
      const report = files.find(({ name }) => name === 'report.sv.pdf')?.bytes ?? Buffer.alloc(0);
      const { author, lists } = await readPdf(report);
      expect([author, lists[0]]).toEqual(['Linjen', [['februari 2026', '31']]]);
      await database.owner.query('TRUNCATE desk.setting, desk.unanswered');
    }));

  test('is refused for what is not published, and for anything but quarters and years', () =>
    inFolder(async (dataDir) => {
      const dependencies = dependenciesOf(database, dataDir);
      for (const [period, refused] of [
        ['2026-Q2', 'not-closed'],
        ['2026-01', 'not-a-release-period'],
        ['2026-Q9', 'not-a-release-period'],
        ["2026'; --", 'not-a-release-period'],
      ] as const)
        expect(await issueRelease(dependencies, wanted({ period }))).toEqual({ refused });
      expect(await count('published.release')).toBe(0);
      expect(await count('desk.event')).toBe(0);
    }));

  test('happens once: a second time is refused and the first release stays as it is', () =>
    inFolder(async (dataDir) => {
      await issueRelease(dependenciesOf(database, dataDir), wanted());
      const before = await releasedFiles(database.reader, '2026-Q1', 1);
      expect(await issueRelease(dependenciesOf(database, dataDir), wanted())).toEqual({
        refused: 'already-issued',
      });
      expect(await releasedFiles(database.reader, '2026-Q1', 1)).toEqual(before);
    }));

  test('once more needs a reason, which is printed, and an issued period', () =>
    inFolder(async (dataDir) => {
      const dependencies = dependenciesOf(database, dataDir);
      const again = wanted({ reason: 'Etiketten för ålder var fel' });
      expect(await issueRelease(dependencies, again)).toEqual({ refused: 'not-issued' });
      await issueRelease(dependencies, wanted());
      expect(await issueRelease(dependencies, again)).toEqual({ revision: 2 });
      expect(await issueRelease(dependencies, again)).toEqual({ revision: 3 });
      expect(await issueRelease(dependencies, { ...again, revision: 3 })).toEqual({
        refused: 'already-issued',
      });
      expect(await issueRelease(dependencies, { ...again, revision: 5 })).toEqual({ refused: 'not-issued' });
      const [, second] = await listReleases(database.reader);
      expect(second).toMatchObject({ period: '2026-Q1', revision: 2, reason: again.reason });
      const files = await releasedFiles(database.reader, '2026-Q1', 2);
      expect(files.find(({ name }) => name === 'manifest.json')?.bytes.toString()).toContain(again.reason);
      expect(await events()).toMatchObject([
        { subject: '2026-Q1' },
        { subject: '2026-Q1.r2' },
        { subject: '2026-Q1.r3' },
      ]);
    }));

  test('by several at once succeeds for one, and their reissues get a revision each', () =>
    inFolder(async (dataDir) => {
      const dependencies = dependenciesOf(database, dataDir);
      const firsts = await Promise.all(Array.from({ length: 6 }, () => issueRelease(dependencies, wanted())));
      expect(revisions(firsts)).toEqual([1]);
      expect(refusals(firsts)).toEqual(Array<string>(5).fill('already-issued'));
      const again = await Promise.all(
        ['a', 'b', 'c'].map((reason) => issueRelease(dependencies, wanted({ reason }))),
      );
      expect(revisions(again)).toEqual([2, 3, 4]);
      const same = await Promise.all(
        ['d', 'e'].map((reason) => issueRelease(dependencies, wanted({ reason, revision: 5 }))),
      );
      expect(revisions(same)).toEqual([5]);
      expect(await count('published.release')).toBe(5);
      expect(await count('published.release_file')).toBe(5 * releaseFileNames.length);
      expect(await count('desk.event')).toBe(5);
    }));

  test('that dies before the commit leaves nothing, and can be done again', () =>
    inFolder(async (dataDir) => {
      const dependencies = dependenciesOf(database, dataDir);
      const blocker = database.owner.createQueryRunner();
      await blocker.startTransaction();
      // The event is the last thing written: with its table locked, the rest is written and not committed.
      await blocker.query('LOCK TABLE desk.event IN ACCESS EXCLUSIVE MODE');
      const issuing = issueRelease(dependencies, wanted()).then(
        () => 'issued',
        () => 'failed',
      );
      let killed = 0;
      while (killed === 0) {
        const rows: unknown[] = await blocker.query(
          `SELECT pg_terminate_backend(l.pid) FROM pg_locks l
           WHERE l.relation = 'desk.event'::regclass AND NOT l.granted`,
        );
        killed = rows.length;
      }
      expect(await issuing).toBe('failed');
      await blocker.rollbackTransaction();
      await blocker.release();
      for (const table of ['published.release', 'published.release_file', 'desk.event'])
        expect(await count(table)).toBe(0);
      expect(await issueRelease(dependencies, wanted())).toEqual({ revision: 1 });
    }));

  test('with a new key leaves the old release verifiable with the key that was kept', () =>
    inFolder((dataDir) =>
      inFolder(async (dir) => {
        const dependencies = dependenciesOf(database, dataDir);
        await issueRelease(dependencies, wanted());
        const old = await newestPublicKey(database.reader);
        await rm(join(dataDir, 'keys', 'release-current'));
        await issueRelease(dependencies, wanted({ reason: 'Ny nyckel' }));
        const fresh = await newestPublicKey(database.reader);
        expect(fresh).not.toBe(old);
        for (const [revision, key, other] of [
          [1, old, fresh],
          [2, fresh, old],
        ] as const) {
          const folder = join(dir, String(revision));
          await writeRelease(await releasedFiles(database.reader, '2026-Q1', revision), folder);
          expect(await verifyRelease(folder, [key ?? ''])).toEqual([]);
          expect(await verifyRelease(folder, [other ?? ''])).not.toEqual([]);
          expect((await verifyCommand(folder, { keyFile: null, dataDir })).exitCode).toBe(0);
        }
      }),
    ));
});

describe('tyst release', () => {
  test('issues if need be, and writes the latest revision', () =>
    inFolder((dataDir) =>
      inFolder(async (dir) => {
        const dependencies = dependenciesOf(database, dataDir);
        const command = (folder: string) =>
          releaseCommand(dependencies, { period: '2026-Q1', dir: join(dir, folder), actor: 'command line' });
        expect(await command('a')).toBe(1);
        expect(await command('a')).toBe(1);
        await issueRelease(dependencies, wanted({ reason: 'Rättad' }));
        await expect(command('a')).rejects.toThrow('another manifest.json');
        expect(await command('b')).toBe(2);
        expect((await verifyCommand(join(dir, 'b'), { keyFile: null, dataDir })).exitCode).toBe(0);
      }),
    ));

  test('is refused in one line for what is not closed, and as wrong usage for a month', () =>
    inFolder(async (dataDir) => {
      const command = (period: string) =>
        releaseCommand(dependenciesOf(database, dataDir), {
          period,
          dir: join(dataDir, 'out'),
          actor: 'command line',
        });
      await expect(command('2026-Q2')).rejects.toMatchObject({ exitCode: 1 });
      await expect(command('2026-01')).rejects.toMatchObject({ exitCode: 2 });
    }));
});

describe('requests', () => {
  const request = { period: '2026-Q1', revision: 1, reason: null, foreword: null, requestedBy: 'sam' };

  test('are each carried out, and none stands in the way of the others', () =>
    inFolder(async (dataDir) => {
      const dependencies = dependenciesOf(database, dataDir);
      await fileRequest(database.desk, { ...request, period: '2019-Q1' });
      await fileRequest(database.desk, { ...request, period: '2025-Q2', requestedBy: 'not a name' });
      await fileRequest(database.desk, { ...request, period: '2025-Q3' });
      await fileRequest(database.desk, { ...request, revision: 7, reason: 'x' });
      await fileRequest(database.desk, request);
      await fileRequest(database.desk, { ...request, revision: 2, reason: 'Rättad' });
      await fileRequest(database.desk, { ...request, revision: 3, reason: 'two\nlines' });
      const lines: unknown[] = [];
      const flawed: typeof dependencies.readPeriod = (period) =>
        period === '2025-Q3' ? Promise.reject(new RangeError(period)) : dependencies.readPeriod(period);
      await handleReleaseRequests({ ...dependencies, readPeriod: flawed }, (event, facts) =>
        lines.push([event, facts]),
      );
      expect((await listReleases(database.reader)).map(({ period, revision }) => [period, revision])).toEqual(
        [
          ['2026-Q1', 2],
          ['2026-Q1', 1],
        ],
      );
      expect(lines).toEqual([
        ['release-refused', { reason: 'not-closed' }],
        ['release-refused', { reason: 'malformed' }],
        ['release-failed', { error: 'RangeError' }],
        ['release-refused', { reason: 'malformed' }],
        ['release-refused', { reason: 'not-issued' }],
      ]);
      await handleReleaseRequests(dependencies, () => undefined);
      expect(await count('published.release')).toBe(3);
      expect(await events()).toMatchObject([{ actor: 'sam' }, { actor: 'sam' }, { actor: 'sam' }]);
    }));

  test('bring their foreword into the reports, and none that the web should have refused', () =>
    inFolder(async (dataDir) => {
      const dependencies = dependenciesOf(database, dataDir);
      await fileRequest(database.desk, { ...request, foreword: { sv: 'Till alla #läsare.\n\nTack!' } });
      await fileRequest(database.desk, { ...request, period: '2025-Q1', foreword: { en: 'Thanks 🙂' } });
      const lines: unknown[] = [];
      await handleReleaseRequests(dependencies, (event, facts) => lines.push([event, facts]));
      expect(lines).toEqual([['release-refused', { reason: 'malformed' }]]);
      expect(await listReleases(database.reader)).toMatchObject([
        { period: '2026-Q1', foreword: { sv: 'Till alla #läsare.\n\nTack!' } },
      ]);
      const files = await releasedFiles(database.reader, '2026-Q1', 1);
      for (const locale of ['sv', 'en']) {
        const report = files.find(({ name }) => name === `report.${locale}.pdf`)?.bytes ?? Buffer.alloc(0);
        expect((await readPdf(report)).text).toContain('Till alla #läsare. Tack!');
      }
    }));

  test('are carried out once by keepers that work at the same time', () =>
    inFolder(async (dataDir) => {
      const dependencies = dependenciesOf(database, dataDir);
      await fileRequest(database.desk, request);
      const log: unknown[] = [];
      await Promise.all(
        Array.from({ length: 4 }, () => handleReleaseRequests(dependencies, (event) => log.push(event))),
      );
      expect(await count('published.release')).toBe(1);
      expect(log).toEqual([]);
    }));

  test('are filed once; the second to ask is told so', async () => {
    expect(await fileRequest(database.desk, request)).toBe(true);
    expect(await fileRequest(database.desk, { ...request, requestedBy: 'kim' })).toBe(false);
    expect(await count('desk.release_request')).toBe(1);
  });

  test('or none: the keeper makes the public key known as soon as it works', () =>
    inFolder(async (dataDir) => {
      await database.owner.query('TRUNCATE published.release_key CASCADE');
      expect(await newestPublicKey(database.reader)).toBeNull();
      const dependencies = dependenciesOf(database, dataDir);
      await handleReleaseRequests(dependencies, () => undefined);
      await handleReleaseRequests(dependencies, () => undefined);
      expect([await newestPublicKey(database.reader)]).toEqual(await installationKeys(dataDir));
      expect(await count('published.release_key')).toBe(1);
    }));
});

describe('rights', () => {
  const inserts = [
    `INSERT INTO published.release_key (id, public_key) VALUES ('x', 'x')`,
    `INSERT INTO published.release (period, revision, issued_on, release_key) VALUES ('2026-Q1', 1, '2026-10-09', 'x')`,
    `INSERT INTO published.release_file (period, revision, name, bytes) VALUES ('2026-Q1', 1, 'tables.csv', 'x')`,
  ];
  const changes = [
    `UPDATE published.release SET issued_on = '2020-01-01'`,
    `UPDATE published.release_file SET bytes = 'x'`,
    `UPDATE published.release_key SET public_key = 'x'`,
    'DELETE FROM published.release_file',
    'DELETE FROM published.release',
    'TRUNCATE published.release_file',
  ];
  const denied = { driverError: { code: '42501' } };

  test.each(['desk', 'reader', 'intake'] as const)(
    '%s can neither issue nor change a release',
    async (role) => {
      for (const statement of [...inserts, ...changes])
        await expect(database[role].query(statement)).rejects.toMatchObject(denied);
    },
  );

  test('not even the keeper can change or take back what it issued', async () => {
    for (const statement of changes)
      await expect(database.keeper.query(statement)).rejects.toMatchObject(denied);
  });

  test('a request can be filed by the desk alone, and by nobody taken back', async () => {
    const insert = `INSERT INTO desk.release_request (period, revision, requested_by) VALUES ('2026-Q1', 1, 'x')`;
    for (const role of ['reader', 'intake', 'keeper'] as const)
      await expect(database[role].query(insert)).rejects.toMatchObject(denied);
    await database.desk.query(insert);
    for (const statement of [
      'DELETE FROM desk.release_request',
      `UPDATE desk.release_request SET period = '2025'`,
    ])
      for (const role of ['desk', 'reader', 'intake', 'keeper'] as const)
        await expect(database[role].query(statement)).rejects.toMatchObject(denied);
  });

  test('the web’s roles may read releases only as reader', async () => {
    const select = 'SELECT bytes FROM published.release_file';
    for (const role of ['desk', 'intake'] as const)
      await expect(database[role].query(select)).rejects.toMatchObject(denied);
    expect(await database.reader.query(select)).toEqual([]);
  });
});
