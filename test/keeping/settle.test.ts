/** Which key it is: what is refused, what begins anew, what is tidied, and what is never touched. */
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { storeCall } from '../../src/intake/store.js';
import { findPublicKey, readInstallation } from '../../src/keeping/key-store.js';
import { makeKey, readKey } from '../../src/keeping/keys.js';
import type { KeyDirectory } from '../../src/platform/key-directory.js';
import { prepareKey } from '../../src/keeping/turn.js';
import { filesOf, keyFile, openBooks } from '../attacks/support/books.js';
import { aConversation, aReceipt, codesOf } from '../support/calls.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { afterEach, beforeEach, describe, expect, test } from '../support/jest.js';
import { keepingOf, sealBefore } from '../support/keeping.js';

const TODAY = '2026-10-20';

let database: TestDatabase;
let logged: string[];
beforeEach(async () => {
  database = await freshDatabase(standingClock('2026-10-01T10:00:00Z'));
  logged = [];
});
afterEach(() => database.destroy());

const log = (event: string) => {
  logged.push(event);
};
const take = (day: string) =>
  storeCall(database.intake, {
    ...{ receipt: aReceipt(), day, month: day.slice(0, 7) },
    codes: codesOf(aConversation()),
  });
const prepare = (keys: Partial<KeyDirectory> = {}, lostIsSaid = false) =>
  prepareKey(keepingOf(database, TODAY, { log, keys: { ...database.keys, ...keys } }), lostIsSaid);

/** Everything that a refusal may not change. */
async function everything(): Promise<unknown> {
  const { keys, owner } = database;
  const tables = ['intake.call', 'sealed.counters', 'published.quarter_plan', 'published.imported_month'];
  const rows = await Promise.all(
    tables.map((table) => owner.query<unknown>(`SELECT t::text FROM ${table} t ORDER BY 1`)),
  );
  const files = readdirSync(keys.path, { recursive: true, withFileTypes: true }).map((entry) =>
    entry.isFile() ? [entry.name, readFileSync(join(entry.parentPath, entry.name), 'hex')] : [entry.name],
  );
  return { rows, files, key: await owner.query<unknown>('SELECT id, public_key FROM intake.key') };
}

async function isRefused(
  message: RegExp,
  keys: Partial<KeyDirectory> = {},
  lostIsSaid = false,
): Promise<void> {
  const before = await everything();
  await expect(prepare(keys, lostIsSaid)).rejects.toThrow(message);
  expect(await everything()).toEqual(before);
  expect(await database.owner.query('SELECT open FROM intake.key')).toEqual([{ open: false }]);
}

/** Quarters, and since when they are counted. */
const countedFrom = () =>
  database.owner.query<unknown[]>(
    'SELECT quarter, counted_from::text AS "from" FROM published.quarter_plan ORDER BY quarter',
  );

describe('a key that is gone', () => {
  beforeEach(async () => {
    await take('2026-10-19');
    await sealBefore(database, TODAY);
    await take(TODAY);
    await database.owner.query(`INSERT INTO published.imported_month VALUES ('2026-10'), ('2026-01')`);
  });

  test('begins anew in the default directory, and everything says so', async () => {
    rmSync(await keyFile(database));
    await prepare();
    expect(logged).toEqual([
      'night-key-lost',
      'counters-begun-anew',
      'counters-begun-anew',
      'call-did-not-open',
    ]);
    expect(await countedFrom()).toEqual([
      { quarter: '2026-Q3', from: TODAY },
      { quarter: '2026-Q4', from: TODAY },
    ]);
    expect(await database.owner.query('SELECT month FROM published.imported_month')).toEqual([
      { month: '2026-01' },
    ]);
    expect(
      await database.owner.query(
        `SELECT subject FROM desk.event WHERE kind = 'counters-begun-anew' ORDER BY subject`,
      ),
    ).toEqual([{ subject: '2026-Q3' }, { subject: '2026-Q4' }]);
    const { counters, rows } = await openBooks(database);
    expect([...counters.keys()]).toEqual(['2026-Q3', '2026-Q4']);
    expect(rows).toEqual([]);
    expect(await take(TODAY)).toBe('stored');
    expect(await database.owner.query('SELECT id FROM published.period')).toEqual([]);
  });

  test.each([
    [
      'named and empty',
      (path: string) => {
        rmSync(join(path, readdirSync(path)[0] ?? ''));
      },
      /is not in the key directory/,
    ],
    [
      'named and not there',
      (path: string) => {
        rmSync(path, { recursive: true });
        mkdirSync(`${path}-else`);
        renameSync(`${path}-else`, `${path}.else`);
      },
      /is not there. Mount it/,
    ],
  ] as const)('is refused where the directory is %s', async (_name, lose, message) => {
    lose(database.keys.path);
    const before = await database.owner.query<unknown>('SELECT * FROM intake.call');
    await expect(prepare({ named: true })).rejects.toThrow(message);
    expect(await database.owner.query('SELECT * FROM intake.call')).toEqual(before);
    expect(await take(TODAY)).toBe('shut');
    mkdirSync(database.keys.path, { recursive: true });
    rmSync(`${database.keys.path}.else`, { recursive: true, force: true });
    await prepare({ named: true }, true);
    expect(logged).toContain('counters-begun-anew');
    expect(await take(TODAY)).toBe('stored');
    expect(filesOf(database)).toEqual([(await findPublicKey(database.keeper))?.id]);
  });

  test('is found again where it is put back, also after a refusal', async () => {
    const file = await keyFile(database);
    renameSync(file, `${database.keys.path}-aside`);
    await isRefused(/is not in the key directory/, { named: true });
    renameSync(`${database.keys.path}-aside`, file);
    await prepare({ named: true }, true);
    expect(logged).toEqual([]);
    expect((await openBooks(database)).rows).toHaveLength(1);
  });

  test.each([
    ['no text', ''],
    ['no JSON', 'a key'],
    ['half a key', '{"installation":"'],
    ['a key that is too short', JSON.stringify({ installation: 'OURS', number: 3, key: 'AAAA' })],
    ['a key without a number', JSON.stringify({ installation: 'OURS', key: 'A'.repeat(43) })],
  ])('is refused in either directory where the file holds %s', async (_name, text) => {
    const { id } = await readInstallation(database.keeper);
    writeFileSync(await keyFile(database), text.replace('OURS', id));
    for (const named of [false, true]) await isRefused(/cannot be read/, { named });
  });

  test('is refused where a directory lies in place of the file', async () => {
    const file = await keyFile(database);
    rmSync(file);
    mkdirSync(file);
    await isRefused(/cannot be read/);
  });

  test('is refused where the file is not the other half', async () => {
    const { id } = await readInstallation(database.keeper);
    const other = await makeKey(database.keys, id, 7);
    renameSync(join(database.keys.path, other.id), await keyFile(database));
    await isRefused(/not the other half/);
    await prepare({}, true);
    expect(logged).toContain('night-key-lost');
  });
});

test('a quarter that has calls and no counters yet begins with the day of the loss, too', async () => {
  await take('2026-10-01');
  rmSync(await keyFile(database));
  await prepare();
  expect(await countedFrom()).toEqual([{ quarter: '2026-Q4', from: TODAY }]);
});

test('a missing key of a database elsewhere is not taken for lost: it may lie on another machine', async () => {
  await take(TODAY);
  const file = await keyFile(database);
  const aside = `${file}-aside`;
  renameSync(file, aside);
  await isRefused(/is not in the key directory/, { remote: true });
  renameSync(aside, file);
  await prepare({ remote: true });
  expect(logged).not.toContain('night-key-lost');
});

test('a key that was made in a named directory is not taken for lost where the naming was forgotten', async () => {
  const sealWith = (named: boolean) => sealBefore(database, TODAY, { keys: { ...database.keys, named } });
  await sealWith(true);
  await take(TODAY);
  const other = `${database.keys.path}-by-default`;
  await isRefused(/TYST_KEY_DIR is not set\. Set it as before/, { path: other, named: false });
  expect(readdirSync(other)).toEqual([]);
  expect(logged).toEqual([]);
  await prepare({ named: true });
  // Once it was turned in the default directory, it is of that one.
  await sealWith(false);
  await prepare({ path: other, named: false });
  expect(logged).toContain('night-key-lost');
});

describe('a key of another installation', () => {
  const foreign = () => makeKey(database.keys, '00000000-0000-4000-8000-000000000000', 1);

  test('beside ours is left alone: once ours is found, it is in nobody’s way', async () => {
    await take(TODAY);
    const { id } = await foreign();
    await prepare();
    await sealBefore(database, TODAY);
    expect(filesOf(database)).toEqual([id, (await findPublicKey(database.keeper))?.id].sort());
  });

  test('in place of ours is refused, and left alone when ours are said to be lost', async () => {
    await take(TODAY);
    rmSync(await keyFile(database));
    const { id } = await foreign();
    await isRefused(/another installation/);
    await prepare({}, true);
    expect(logged).toContain('night-key-lost');
    expect(filesOf(database)).toContain(id);
    await prepare();
  });

  test('under the name of ours is refused, and replaced when ours are said to be lost', async () => {
    const { id } = await foreign();
    renameSync(join(database.keys.path, id), await keyFile(database));
    await isRefused(/another installation/);
    await prepare({}, true);
    expect(logged).toContain('night-key-lost');
    await prepare();
  });

  test('is refused before the first key of an installation', async () => {
    await database.owner.query('TRUNCATE intake.key CASCADE');
    await foreign();
    const before = filesOf(database);
    await expect(prepare()).rejects.toThrow('another installation');
    expect(filesOf(database)).toEqual(before);
  });
});

test('what was left half done goes, and what is no key stays', async () => {
  const { id } = await readInstallation(database.keeper);
  const { path } = database.keys;
  const left = await makeKey(database.keys, id, 9);
  copyFileSync(join(path, left.id), join(path, `${'a'.repeat(32)}.new`));
  writeFileSync(join(path, 'b'.repeat(32)), 'half of a k');
  mkdirSync(join(path, 'lost+found'));
  writeFileSync(join(path, 'README'), 'the keys of the night');
  await prepare();
  const key = (await findPublicKey(database.keeper))?.id;
  expect(filesOf(database)).toEqual(['README', key, 'lost+found'].sort());
  expect(readFileSync(join(path, 'README'), 'utf8')).toBe('the keys of the night');
});

test('a database of yesterday begins anew, and today’s key lives until it has', async () => {
  await take('2026-10-19');
  await sealBefore(database, TODAY);
  const yesterday = await keyFile(database);
  await database.owner.query('CREATE TABLE public.yesterday AS SELECT * FROM intake.key');
  await sealBefore(database, '2026-10-21');
  const today = await keyFile(database);
  expect(yesterday).not.toBe(today);
  await database.owner.query(
    'UPDATE intake.key SET id = y.id, public_key = y.public_key FROM public.yesterday y',
  );
  await isRefused(/is not in the key directory/, { named: true });
  // Where it is cut short the key is still there: the database may be put back as it was.
  await database.owner.query('ALTER TABLE desk.event ADD CONSTRAINT none CHECK (false) NOT VALID');
  await expect(prepare()).rejects.toThrow();
  expect(filesOf(database)).toContain(today.slice(database.keys.path.length + 1));
  await database.owner.query('ALTER TABLE desk.event DROP CONSTRAINT none');
  await prepare();
  expect(filesOf(database)).toEqual([(await findPublicKey(database.keeper))?.id]);
  expect(logged).toContain('counters-begun-anew');
});

test('key and directory are for their owner alone', async () => {
  const path = join(database.keys.path, 'night');
  await database.owner.query('TRUNCATE intake.key CASCADE');
  await prepare({ path });
  const [name = ''] = readdirSync(path);
  const { id } = await readInstallation(database.keeper);
  expect((statSync(path).mode & 0o777).toString(8)).toBe('700');
  expect((statSync(join(path, name)).mode & 0o777).toString(8)).toBe('600');
  expect(await readKey({ path, named: false }, name, id)).toMatchObject({ id: name, number: 1 });
  chmodSync(path, 0o700);
});
