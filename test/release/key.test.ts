import { createPublicKey, verify } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  currentKeyId,
  forgetOldKeys,
  installationKeys,
  makeKey,
  putInUse,
  signingKey,
  withdrawKey,
} from '../../src/release/key.js';
import { describe, expect, test } from '../support/jest.js';
import { inFolder } from './example.js';

const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

describe('the signing key', () => {
  test('is made on first use and stays the same', () =>
    inFolder(async (dir) => {
      const first = await signingKey(dir);
      const second = await signingKey(dir);
      expect(second.id).toBe(first.id);
      expect(second.publicKey).toBe(first.publicKey);
      expect(await installationKeys(dir)).toEqual([first.publicKey]);
    }));

  test('signs so that the public key verifies, in 88 characters of base64', () =>
    inFolder(async (dir) => {
      const key = await signingKey(dir);
      const bytes = Buffer.from('these bytes');
      const signature = key.sign(bytes);
      expect(signature).toMatch(/^[A-Za-z0-9+/]{86}==$/);
      const publicKey = createPublicKey(key.publicKey);
      expect(verify(null, bytes, publicKey, Buffer.from(signature, 'base64'))).toBe(true);
      expect(verify(null, Buffer.from('those bytes'), publicKey, Buffer.from(signature, 'base64'))).toBe(
        false,
      );
    }));

  test('lies where nobody else can read it, even in a folder that was open before', () =>
    inFolder(async (dir) => {
      await mkdir(join(dir, 'keys'), { mode: 0o755 });
      const { id } = await signingKey(dir);
      expect(await modeOf(join(dir, 'keys'))).toBe(0o700);
      expect(await modeOf(join(dir, 'keys', `release-${id}.pem`))).toBe(0o600);
      expect((await readdir(join(dir, 'keys'))).sort()).toEqual(
        ['release-current', `release-${id}.pem`, `release-${id}.public.pem`].sort(),
      );
    }));

  test('is one key however many ask for it at once, and no other key stays behind', () =>
    inFolder(async (dir) => {
      const keys = await Promise.all(Array.from({ length: 24 }, () => signingKey(dir)));
      expect(new Set(keys.map(({ id }) => id)).size).toBe(1);
      expect(await installationKeys(dir)).toEqual([keys[0]?.publicKey]);
      expect(await readdir(join(dir, 'keys'))).toHaveLength(3);
    }));

  test('is made anew when release-current is taken away, and the old public key is kept', () =>
    inFolder(async (dir) => {
      const old = await signingKey(dir);
      await rm(join(dir, 'keys', 'release-current'));
      const fresh = await signingKey(dir);
      expect(fresh.id).not.toBe(old.id);
      expect((await installationKeys(dir)).sort()).toEqual([old.publicKey, fresh.publicKey].sort());
    }));

  test('is never replaced by a guess when the one in use is gone or damaged', () =>
    inFolder(async (dir) => {
      const { id } = await signingKey(dir);
      const path = join(dir, 'keys', `release-${id}.pem`);
      await writeFile(path, 'not a key');
      await expect(signingKey(dir)).rejects.toThrow();
      await rm(path);
      await expect(signingKey(dir)).rejects.toThrow();
      await writeFile(join(dir, 'keys', 'release-current'), '../../etc/passwd');
      await expect(signingKey(dir)).rejects.toThrow('release-current');
    }));

  test('is not the one its file claims when files were exchanged', () =>
    inFolder(async (dir) => {
      const old = await signingKey(dir);
      await rm(join(dir, 'keys', 'release-current'));
      const fresh = await signingKey(dir);
      await rename(join(dir, 'keys', `release-${old.id}.pem`), join(dir, 'keys', `release-${fresh.id}.pem`));
      await expect(signingKey(dir)).rejects.toThrow('file name');
    }));

  test('is not there, without complaint, in a data directory that does not exist', () =>
    inFolder(async (dir) => {
      expect(await installationKeys(join(dir, 'none'))).toEqual([]);
    }));

  test('gives way to another in one step: whoever asks meanwhile has one of the two', () =>
    inFolder(async (dir) => {
      const old = await signingKey(dir);
      const fresh = await makeKey(dir);
      expect(await currentKeyId(dir)).toBe(old.id);
      const asking = Array.from({ length: 40 }, () => signingKey(dir));
      await putInUse(dir, fresh.id);
      await forgetOldKeys(dir, fresh.id);
      for (const { id } of await Promise.all(asking)) expect([old.id, fresh.id]).toContain(id);
      expect((await signingKey(dir)).id).toBe(fresh.id);
      // The old public key stays; its private half is gone, so that nobody can sign with it.
      expect((await installationKeys(dir)).sort()).toEqual([old.publicKey, fresh.publicKey].sort());
      const names = ['current', `${fresh.id}.pem`, `${fresh.id}.public.pem`, `${old.id}.public.pem`];
      expect((await readdir(join(dir, 'keys'))).sort()).toEqual(
        names.map((name) => `release-${name}`).sort(),
      );
      expect(await modeOf(join(dir, 'keys', 'release-current'))).toBe(0o600);
    }));

  test('stays the one in use when a change is broken off, and the next change clears away', () =>
    inFolder(async (dir) => {
      const old = await signingKey(dir);
      const half = await makeKey(dir);
      await rm(join(dir, 'keys', `release-${half.id}.public.pem`));
      expect((await signingKey(dir)).id).toBe(old.id);
      expect(await installationKeys(dir)).toEqual([old.publicKey]);
      const fresh = await makeKey(dir);
      await putInUse(dir, fresh.id);
      await forgetOldKeys(dir, fresh.id);
      const secret = (await readdir(join(dir, 'keys'))).filter((name) => /^release-\w{16}\.pem$/.test(name));
      expect(secret).toEqual([`release-${fresh.id}.pem`]);
    }));

  test('is believed no more once it is withdrawn, however often', () =>
    inFolder(async (dir) => {
      const { id } = await signingKey(dir);
      await withdrawKey(dir, id);
      await withdrawKey(dir, id);
      expect(await installationKeys(dir)).toEqual([]);
      expect(await readdir(join(dir, 'keys'))).toContain(`release-${id}.withdrawn.pem`);
    }));
});
