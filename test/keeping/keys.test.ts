/** Key files: whole or not at all, for the owner alone, and written over before they go. */
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdtempSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { destroyKey, listKeys, makeKey, readKey } from '../../src/keeping/keys.js';
import { CommandError } from '../../src/platform/command-error.js';
import { Doom, watchFiles } from '../attacks/support/doom.js';
import { freshDatabase, standingClock } from '../support/database.js';
import { afterEach, beforeEach, describe, expect, test } from '../support/jest.js';
import { sealBefore } from '../support/keeping.js';
import { keyFile, openBooks } from '../attacks/support/books.js';

const OURS = '00000000-0000-4000-8000-000000000001';

let path: string;
const keys = () => ({ path, named: false });
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'tyst-keys-'));
});
afterEach(() => {
  rmSync(path, { recursive: true, force: true });
});

test('a key is read back as it was made, and is nobody else’s', async () => {
  const made = await makeKey(keys(), OURS, 3);
  expect(await readKey(keys(), made.id, OURS)).toEqual(made);
  expect(await readKey(keys(), made.id, 'another installation')).toBe('foreign');
  expect(await readKey(keys(), 'f'.repeat(32), OURS)).toBe('missing');
  expect((statSync(join(path, made.id)).mode & 0o777).toString(8)).toBe('600');
});

test('only what is a key, or was to be one, is listed', async () => {
  const { id } = await makeKey(keys(), OURS, 1);
  for (const name of ['README', `${'a'.repeat(32)}.new`, `${'a'.repeat(32)}.old`, 'a'.repeat(31)])
    writeFileSync(join(path, name), '');
  mkdirSync(join(path, 'lost+found'));
  expect(await listKeys(keys())).toEqual([id, `${'a'.repeat(32)}.new`].sort());
});

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'a key that fails at operation %i is refused, and leaves the old one',
  async (at) => {
    const old = await makeKey(keys(), OURS, 1);
    const doom = new Doom(at, 'stumbles');
    const undo = watchFiles(path, doom);
    doom.begin();
    await expect(makeKey(keys(), OURS, 2)).rejects.toThrow(CommandError);
    undo();
    expect(doom.steps[at - 1]).toBe(
      ['open', 'writeFile', 'sync', 'close', 'rename', 'open', 'sync', 'close'][at - 1],
    );
    expect(await readKey(keys(), old.id, OURS)).toEqual(old);
  },
);

test('a key that is destroyed is written over in its place, and destroying it again is harmless', async () => {
  const { id } = await makeKey(keys(), OURS, 1);
  const before = readFileSync(join(path, id));
  const open = openSync(join(path, id), 'r');
  await destroyKey(keys(), id);
  const after = Buffer.alloc(before.length);
  expect(readSync(open, after, 0, after.length, 0)).toBe(before.length);
  closeSync(open);
  expect(after.equals(before)).toBe(false);
  expect(after.includes('installation')).toBe(false);
  expect(readdirSync(path)).toEqual([]);
  await destroyKey(keys(), id);
});

/** Puts a tiny disk over a directory, or takes it away again; whether that could be done. */
function tinyDisk(directory: string, there: boolean): boolean {
  const [program, ...given] = there
    ? ['mount', '-t', 'tmpfs', '-o', 'size=8k', 'tmpfs', directory]
    : ['umount', directory];
  return spawnSync(program, given, { stdio: 'ignore' }).status === 0;
}

/** Only root may, and not everywhere. What a failing operation leaves is tested above. */
const mayMount = (() => {
  const directory = mkdtempSync(join(tmpdir(), 'tyst-disk-'));
  const done = tinyDisk(directory, true) && tinyDisk(directory, false);
  rmSync(directory, { recursive: true, force: true });
  return done;
})();

describe('a full disk', () => {
  /** Fills what is there, but for the key. */
  const fill = () => {
    try {
      writeFileSync(join(path, 'filling'), Buffer.alloc(64 * 1_024));
    } catch {
      // So it is full.
    }
  };

  (mayMount ? test : test.skip)(
    'refuses the seal in clear words, changes nothing, and the next seal goes on',
    async () => {
      tinyDisk(path, true);
      const made = await freshDatabase(standingClock('2026-10-01T10:00:00Z'));
      const database = { ...made, keys: keys() };
      try {
        await made.owner.query('TRUNCATE intake.key CASCADE');
        await sealBefore(database, '2026-10-02');
        const before = await keyFile(database);
        const { counters } = await openBooks(database);
        fill();
        await expect(sealBefore(database, '2026-10-03')).rejects.toThrow(
          /cannot be used \(ENOSPC\). Give it room/,
        );
        expect(await keyFile(database)).toBe(before);
        expect((await openBooks(database)).counters).toEqual(counters);
        rmSync(join(path, 'filling'));
        await sealBefore(database, '2026-10-03');
        expect(await keyFile(database)).not.toBe(before);
        expect((await openBooks(database)).counters).toEqual(counters);
      } finally {
        await made.destroy();
        tinyDisk(path, false);
      }
    },
  );
});
