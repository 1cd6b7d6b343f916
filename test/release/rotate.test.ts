/** Changing the release key, with releases before, after and meanwhile. */
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { verifyCommand } from '../../src/release/command.js';
import { issueRelease } from '../../src/release/issue.js';
import { currentKeyId, installationKeys, makeKey, putInUse, signingKey } from '../../src/release/key.js';
import { handleReleaseRequests } from '../../src/release/requests.js';
import { rotateKey } from '../../src/release/rotate.js';
import { listKeys, newestPublicKey, releasedFiles } from '../../src/release/store.js';
import { writeRelease } from '../../src/release/write.js';
import { freshDatabase, standingClock, type TestDatabase } from '../support/database.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '../support/jest.js';
import { inFolder, signedRelease } from './example.js';
import { dependenciesOf, publish } from './published.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase(standingClock('2026-10-09T10:00:00Z'));
  for (const quarter of ['2025-Q1', '2025-Q2']) await publish(database, quarter);
});
afterAll(() => database.destroy());
beforeEach(() =>
  database.owner.query(
    'TRUNCATE published.release, published.release_file, published.release_key, published.release_key_withdrawal, desk.event',
  ),
);

const rotate = (dataDir: string, leaked = false) =>
  rotateKey({ keeper: database.keeper, dataDir, today: '2026-10-09', actor: 'command line' }, { leaked });
const issue = (dataDir: string, period: string, reason: string | null = null) =>
  issueRelease(dependenciesOf(database, dataDir), { period, reason, actor: 'siv' });
const events = (): Promise<unknown[]> =>
  database.owner.query(
    `SELECT day::text, actor, kind, subject FROM desk.event WHERE kind LIKE 'release-key%' ORDER BY id`,
  );

/** Writes a release to a folder and runs `tyst verify` on it. */
async function verified(dataDir: string, period: string, keyFile: string | null = null): Promise<number> {
  const dir = join(dataDir, `written-${period}`);
  await rm(dir, { recursive: true, force: true });
  await writeRelease(await releasedFiles(database.keeper, period, 1), dir);
  return (await verifyCommand(dir, { keyFile, dataDir })).exitCode;
}

describe('a change of key', () => {
  test('signs what comes after with the new one, and what came before still verifies', () =>
    inFolder(async (dir) => {
      await issue(dir, '2025-Q1');
      const old = await currentKeyId(dir);
      const fresh = await rotate(dir);
      expect(fresh).not.toBe(old);
      await issue(dir, '2025-Q2');
      expect([await verified(dir, '2025-Q1'), await verified(dir, '2025-Q2')]).toEqual([0, 0]);
      const signers: unknown[] = await database.owner.query(
        'SELECT period, release_key FROM published.release ORDER BY period',
      );
      expect(signers).toEqual([
        { period: '2025-Q1', release_key: old },
        { period: '2025-Q2', release_key: fresh },
      ]);
      expect(await listKeys(database.reader)).toMatchObject([
        { id: old, inUse: false, withdrawnOn: null },
        { id: fresh, inUse: true, withdrawnOn: null },
      ]);
      expect(await newestPublicKey(database.reader)).toBe((await signingKey(dir)).publicKey);
      expect(await events()).toEqual([
        { day: '2026-10-09', actor: 'command line', kind: 'release-key-changed', subject: fresh },
      ]);
    }));

  test('makes nothing of a stranger’s signature', () =>
    inFolder(async (dir) => {
      await issue(dir, '2025-Q1');
      await rotate(dir);
      const stranger = join(dir, 'stranger');
      await writeRelease((await signedRelease()).files, stranger);
      expect((await verifyCommand(stranger, { keyFile: null, dataDir: dir })).exitCode).toBe(1);
    }));

  test('takes the old one from all who verify, where it leaked', () =>
    inFolder(async (dir) => {
      await issue(dir, '2025-Q1');
      const old = await currentKeyId(dir);
      expect(await verified(dir, '2025-Q1')).toBe(0);
      const fresh = await rotate(dir, true);
      expect(await verified(dir, '2025-Q1')).toBe(1);
      expect(await listKeys(database.reader)).toMatchObject([
        { id: old, inUse: false, withdrawnOn: '2026-10-09' },
        { id: fresh, inUse: true, withdrawnOn: null },
      ]);
      expect(await events()).toMatchObject([{ kind: 'release-key-withdrawn', subject: old }]);
      // What is issued once more is signed by the new one.
      await issue(dir, '2025-Q1', 'Spärrad nyckel');
      const dirOfSecond = join(dir, 'second');
      await writeRelease(await releasedFiles(database.keeper, '2025-Q1', 2), dirOfSecond);
      expect((await verifyCommand(dirOfSecond, { keyFile: null, dataDir: dir })).exitCode).toBe(0);
    }));

  test('waits for a release that is being issued, and the next one waits for it', () =>
    inFolder(async (dir) => {
      await signingKey(dir);
      await handleReleaseRequests(dependenciesOf(database, dir), () => undefined);
      const [first, fresh, second] = await Promise.all([
        issue(dir, '2025-Q1'),
        rotate(dir),
        issue(dir, '2025-Q2'),
      ]);
      expect([first, second]).toEqual([{ revision: 1 }, { revision: 1 }]);
      expect([await verified(dir, '2025-Q1'), await verified(dir, '2025-Q2')]).toEqual([0, 0]);
      expect(await currentKeyId(dir)).toBe(fresh);
    }));

  test('by several at once is one after the other, and the last one’s key is in use', () =>
    inFolder(async (dir) => {
      await issue(dir, '2025-Q1');
      const ids = await Promise.all([rotate(dir), rotate(dir), rotate(dir)]);
      const keys = await listKeys(database.reader);
      expect(
        keys
          .map(({ id }) => id)
          .slice(1)
          .sort(),
      ).toEqual(ids.sort());
      expect(await currentKeyId(dir)).toBe(keys.at(-1)?.id);
      expect(await installationKeys(dir)).toHaveLength(4);
      expect(await issue(dir, '2025-Q2')).toEqual({ revision: 1 });
    }));

  test('before there is any key makes the first', () =>
    inFolder(async (dir) => {
      const id = await rotate(dir, true);
      expect((await signingKey(dir)).id).toBe(id);
      expect(await listKeys(database.reader)).toMatchObject([{ id, inUse: true, withdrawnOn: null }]);
    }));

  test('is refused in a data directory whose key is not the one in use, and changes nothing there', () =>
    inFolder((dir) =>
      inFolder(async (elsewhere) => {
        await issue(dir, '2025-Q1');
        await expect(rotate(elsewhere)).rejects.toThrow('Set TYST_DATA_DIR');
        expect(await installationKeys(elsewhere)).toEqual([]);
        await makeKey(elsewhere).then(({ id }) => putInUse(elsewhere, id));
        await expect(rotate(elsewhere)).rejects.toThrow('Set TYST_DATA_DIR');
        expect(await listKeys(database.reader)).toHaveLength(1);
        expect(await events()).toEqual([]);
      }),
    ));

  test('leaves nobody signing with the old one from a copy of keys/', () =>
    inFolder((dir) =>
      inFolder(async (copy) => {
        await issue(dir, '2025-Q1');
        await cp(join(dir, 'keys'), join(copy, 'keys'), { recursive: true });
        await rotate(dir);
        await expect(issue(copy, '2025-Q2')).rejects.toThrow('no longer in use');
        expect(await issue(dir, '2025-Q2')).toEqual({ revision: 1 });
      }),
    ));

  test('broken off after the new key is in place is made good by the keeper’s next round', () =>
    inFolder(async (dir) => {
      await issue(dir, '2025-Q1');
      const fresh = await makeKey(dir);
      await putInUse(dir, fresh.id);
      await handleReleaseRequests(dependenciesOf(database, dir), () => undefined);
      expect(await newestPublicKey(database.reader)).toBe(fresh.publicKey);
      expect([await verified(dir, '2025-Q1'), await issue(dir, '2025-Q2')]).toEqual([0, { revision: 1 }]);
      expect(await verified(dir, '2025-Q2')).toBe(0);
    }));
});
