/** What version 0.1 left, before anything of a later version has touched it; what becomes of it: upgrade.test.ts. */
import { verify } from 'node:crypto';
import { findUser } from '../../src/desk/sign-in/session-store.js';
import { afterAll, beforeAll, describe, expect, test } from '../support/jest.js';
import { emptyDatabase, type EmptyDatabase } from './from-0.1/empty-database.js';
import { people01, published01, releaseHashes, rows01, trueCounts01 } from './from-0.1/expected.js';
import { load01 } from './from-0.1/load.js';

let database: EmptyDatabase;

beforeAll(async () => {
  database = await emptyDatabase();
  await load01(database.owner, database.installation);
});
afterAll(() => database.destroy());

const sum = (cells: readonly (readonly number[])[] = []): number =>
  cells.flat().reduce((total, count) => total + count, 0);
const sealedIn = (months: readonly string[]) =>
  months.map((month) => rows01.tables[`sealed.calls_${month.replace('-', '_')}`]);

describe('what 0.1 left', () => {
  test('has every row in every table', async () => {
    const tables: { name: string }[] = await database.owner.query(
      `SELECT schemaname || '.' || tablename AS name FROM pg_tables
       WHERE schemaname IN ('intake', 'sealed', 'published', 'desk')`,
    );
    const counted: Record<string, number> = {};
    for (const { name } of tables) {
      const [row]: { n: number }[] = await database.owner.query(`SELECT count(*)::int AS n FROM ${name}`);
      counted[name] = row?.n ?? -1;
    }
    expect(counted).toEqual(rows01.tables);
  });

  test('has the calls that were open, of two days', async () => {
    const days: { day: string; n: number }[] = await database.owner.query(
      'SELECT day::text, count(*)::int AS n FROM intake.call GROUP BY day',
    );
    expect(Object.fromEntries(days.map(({ day, n }) => [day, n]))).toEqual(rows01.open);
  });

  test('has sealed tables of the keeper’s own, marked with the plan they were made under', async () => {
    const tables: object[] = await database.owner.query(
      `SELECT relowner::regrole::text = current_database() || '_keeper' AS own, obj_description(oid, 'pg_class') = (
         SELECT encode(sha256(convert_to(plan::text || vocabulary::text, 'UTF8')), 'hex')
         FROM published.quarter_plan
         WHERE quarter = substr(relname, 7, 4) || '-Q' || ceil(substr(relname, 12)::int / 3.0)
       ) AS marked
       FROM pg_class WHERE relnamespace = 'sealed'::regnamespace AND relkind = 'r'`,
    );
    expect(tables).toEqual(new Array(5).fill({ own: true, marked: true }));
  });

  test('has the migrations of 0.1 written down as TypeORM does', async () => {
    const executed: { name: string }[] = await database.owner.query(
      'SELECT name FROM tyst_migration WHERE right(name, 13) = "timestamp"::text ORDER BY id',
    );
    expect(executed).toHaveLength(8);
    expect(executed.at(-1)).toEqual({ name: 'ReleaseKeyWithdrawal1795700000001' });
  });
});

describe('the people of 0.1', () => {
  test('are there, and one of them is signed in', async () => {
    const token = people01.handlerCookie.split('=')[1] ?? '';
    const now = new Date('2026-11-20T01:40:00Z');
    expect(await findUser(database.owner, token, now)).toMatchObject({ username: 'anna', role: 'handler' });
    const people: object[] = await database.owner.query('SELECT username, role FROM desk.account ORDER BY 1');
    expect(people).toEqual([
      { username: 'ada', role: 'administrator' },
      { username: 'anna', role: 'handler' },
      { username: 'bo', role: 'handler' },
      { username: 'siv', role: 'supervisor' },
    ]);
  });
});

describe('what 0.1 published', () => {
  test('was issued in files whose bytes are there', async () => {
    const files: { name: string; bytes: Buffer }[] = await database.owner.query(
      'SELECT name, bytes FROM published.release_file',
    );
    expect(await releaseHashes(database.owner)).toEqual(published01.releases);
    const bytesOf = (name: string) => files.find((file) => file.name === name)?.bytes ?? Buffer.alloc(0);
    const signature = Buffer.from(bytesOf('manifest.json.sig').toString('ascii'), 'base64');
    expect(verify(null, bytesOf('manifest.json'), people01.publicKey, signature)).toBe(true);
  });
});

describe('the true counts', () => {
  test('count every call that was sealed or open, once', () => {
    const before = (quarter: string, table: string) => trueCounts01[quarter]?.before[table];
    const imported = sealedIn(['2026-01', '2026-02', '2026-03']).map((rows) => [rows]);
    expect(before('2026-Q1', 'month')).toEqual(imported);
    const [october, november] = sealedIn(['2026-10', '2026-11']);
    const sealed = (october ?? 0) + (november ?? 0);
    expect(sum(before('2026-Q4', 'kind'))).toBe(sealed + (rows01.open['2026-11-19'] ?? 0));
    expect(sum(trueCounts01['2026-Q4']?.today['kind'])).toBe(rows01.open['2026-11-20']);
  });
});
