import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { verifyCommand } from '../../src/release/command.js';
import { signingKey } from '../../src/release/key.js';
import { verifyRelease, type Finding } from '../../src/release/verify.js';
import { writeRelease } from '../../src/release/write.js';
import { describe, expect, test } from '../support/jest.js';
import { inFolder, releaseFileNames, signedRelease } from './example.js';

const filesOf = (findings: Finding[]) => findings.map(({ file }) => file);

/** Runs over a written release. */
const released = (work: (dir: string, publicKey: string) => Promise<void>) =>
  inFolder(async (dir) => {
    const { files, publicKey } = await signedRelease();
    await writeRelease(files, dir);
    await work(dir, publicKey);
  });

/** A folder with a manifest of someone's own, signed with a key that is trusted. */
const forged = (manifest: unknown, work: (dir: string, publicKey: string) => Promise<void>) =>
  inFolder(async (dir) => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const bytes = Buffer.from(typeof manifest === 'string' ? manifest : JSON.stringify(manifest));
    await writeFile(join(dir, 'manifest.json'), bytes);
    await writeFile(join(dir, 'manifest.json.sig'), sign(null, bytes, privateKey).toString('base64'));
    await work(dir, publicKey.export({ type: 'spki', format: 'pem' }).toString());
  });

const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

describe('verifying a release', () => {
  test('finds nothing wrong with one as it was issued', () =>
    released(async (dir, publicKey) => {
      expect(await verifyRelease(dir, [publicKey])).toEqual([]);
    }));

  test(
    'finds one changed bit at any byte of any file, and names the file',
    () =>
      released(async (dir, publicKey) => {
        const names = await readdir(dir);
        expect(names).toHaveLength(releaseFileNames.length);
        for (const name of names) {
          const path = join(dir, name);
          const bytes = await readFile(path);
          // Every byte of the signature; of the others the ends and about forty places between.
          const stride = name.endsWith('.sig') ? 1 : Math.max(1, Math.floor(bytes.length / 40));
          const places = new Set([0, bytes.length - 1]);
          for (let at = 0; at < bytes.length; at += stride) places.add(at);
          for (const at of places) {
            const changed = Buffer.from(bytes);
            changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
            await writeFile(path, changed);
            expect(filesOf(await verifyRelease(dir, [publicKey]))).toContain(name);
          }
          await writeFile(path, bytes);
        }
        expect(await verifyRelease(dir, [publicKey])).toEqual([]);
      }),
    120_000,
  );

  test('finds a byte more, a byte less and an emptied file', () =>
    released(async (dir, publicKey) => {
      for (const name of await readdir(dir)) {
        const path = join(dir, name);
        const bytes = await readFile(path);
        const changes = [Buffer.concat([bytes, Buffer.from('\n')]), bytes.subarray(0, -1), Buffer.alloc(0)];
        for (const changed of changes) {
          await writeFile(path, changed);
          expect(filesOf(await verifyRelease(dir, [publicKey]))).toContain(name);
        }
        await writeFile(path, bytes);
      }
    }));

  test('names every file that is missing', () =>
    released(async (dir, publicKey) => {
      await rm(join(dir, 'tables.csv'));
      await rm(join(dir, 'manifest.json.sig'));
      expect(await verifyRelease(dir, [publicKey])).toEqual([
        { file: 'manifest.json.sig', problem: 'missing' },
        { file: 'tables.csv', problem: 'missing' },
      ]);
      await rm(join(dir, 'manifest.json'));
      expect(await verifyRelease(dir, [publicKey])).toEqual([{ file: 'manifest.json', problem: 'missing' }]);
    }));

  test('names what was added: a reader would take it for part of the release', () =>
    released(async (dir, publicKey) => {
      await writeFile(join(dir, 'report.nb.pdf'), 'x');
      await mkdir(join(dir, 'more'));
      expect(await verifyRelease(dir, [publicKey])).toEqual([
        { file: 'more', problem: 'extra' },
        { file: 'report.nb.pdf', problem: 'extra' },
      ]);
    }));

  test('follows no link out of the folder and opens no folder as a file', () =>
    released(async (dir, publicKey) => {
      await inFolder(async (elsewhere) => {
        await rename(join(dir, 'tables.csv'), join(elsewhere, 'tables.csv'));
        await symlink(join(elsewhere, 'tables.csv'), join(dir, 'tables.csv'));
        await rm(join(dir, 'tables.json'));
        await mkdir(join(dir, 'tables.json'));
        expect(await verifyRelease(dir, [publicKey])).toEqual([
          { file: 'tables.csv', problem: 'not-a-file' },
          { file: 'tables.json', problem: 'not-a-file' },
        ]);
      });
    }));

  test('fails under another key, and under none', () =>
    released(async (dir) => {
      const { publicKey: other } = await signedRelease();
      const both: Finding[] = [
        { file: 'manifest.json', problem: 'signature' },
        { file: 'manifest.json.sig', problem: 'signature' },
      ];
      expect(await verifyRelease(dir, [other])).toEqual(both);
      expect(await verifyRelease(dir, [])).toEqual(both);
    }));

  test('holds when any one of several keys fits, wherever it stands', () =>
    released(async (dir, publicKey) => {
      const [{ publicKey: a }, { publicKey: b }] = [await signedRelease(), await signedRelease()];
      expect(await verifyRelease(dir, [a, publicKey, b])).toEqual([]);
      expect(await verifyRelease(dir, [`${a}\n${b}\n${publicKey}`])).toEqual([]);
    }));

  test.each([
    ['no JSON', '{"files": ['],
    ['not an object', 'null'],
    ['no list of files', { quarter: '2026-Q3' }],
    ['a file without a hash', { files: [{ name: 'tables.csv', bytes: 0 }] }],
    ['a negative size', { files: [{ name: 'tables.csv', bytes: -1, sha256: empty }] }],
  ])('refuses a manifest with %s, even well signed', (_, manifest) =>
    forged(manifest, async (dir, publicKey) => {
      expect(await verifyRelease(dir, [publicKey])).toEqual([
        { file: 'manifest.json', problem: 'malformed' },
      ]);
    }),
  );

  test.each([
    ['../secret'],
    ['/etc/passwd'],
    ['a/b'],
    ['a\\b'],
    ['..'],
    ['.'],
    [''],
    ['.hidden'],
    ['tables..csv'],
    ['tables.csv\u0000'],
    ['manifest.json'],
    ['Manifest.json.sig'],
    ['x'.repeat(65)],
  ])('refuses a manifest that lists "%s"', (name) =>
    forged({ files: [{ name, bytes: 0, sha256: empty }] }, async (dir, publicKey) => {
      expect(await verifyRelease(dir, [publicKey])).toEqual([
        { file: 'manifest.json', problem: 'unsafe-name' },
      ]);
    }),
  );

  test('refuses a manifest that lists a file twice', () => {
    const file = { name: 'tables.csv', bytes: 0, sha256: empty };
    return forged({ files: [file, file] }, async (dir, publicKey) => {
      expect(await verifyRelease(dir, [publicKey])).toEqual([
        { file: 'manifest.json', problem: 'unsafe-name' },
      ]);
    });
  });

  test('does not read a manifest that would fill the memory', () =>
    forged(' '.repeat(1024 * 1024 + 1), async (dir, publicKey) => {
      expect(await verifyRelease(dir, [publicKey])).toEqual([
        { file: 'manifest.json', problem: 'too-large' },
      ]);
    }));
});

describe('tyst verify', () => {
  const fine = { exitCode: 0, message: 'Every file is as it was issued, and the signature holds.' };

  test('ends with 0, or with 1 and the name of what was changed', () =>
    inFolder((dataDir) =>
      released(async (dir, publicKey) => {
        const keyFile = join(dataDir, 'key.pem');
        await writeFile(keyFile, publicKey);
        expect(await verifyCommand(dir, { keyFile, dataDir })).toEqual(fine);
        await writeFile(join(dir, 'tables.csv'), 'x');
        await writeFile(join(dir, 'b\u001b[2Jc'), 'x');
        expect(await verifyCommand(dir, { keyFile, dataDir })).toEqual({
          exitCode: 1,
          message: 'tables.csv does not have the size in the manifest; b??2Jc is not part of the release.',
        });
      }),
    ));

  test('ends with 1 and names both when manifest and signature do not fit', () =>
    inFolder((dataDir) =>
      released(async (dir) => {
        await signingKey(dataDir);
        const outcome = await verifyCommand(dir, { keyFile: null, dataDir });
        expect(outcome.exitCode).toBe(1);
        expect(outcome.message).toMatch(/^manifest\.json and manifest\.json\.sig do not belong together/);
      }),
    ));

  test('ends with 2 where this installation has no keys, and for a key file that holds none', () =>
    inFolder((dataDir) =>
      released(async (dir) => {
        const { privateKey, publicKey } = generateKeyPairSync('x25519');
        await writeFile(join(dataDir, 'wrong.pem'), publicKey.export({ type: 'spki', format: 'pem' }));
        const own = generateKeyPairSync('ed25519').privateKey;
        await writeFile(join(dataDir, 'private.pem'), own.export({ type: 'pkcs8', format: 'pem' }));
        await writeFile(join(dataDir, 'text.pem'), 'hello');
        expect(privateKey.asymmetricKeyType).toBe('x25519');
        const files = [null, 'none.pem', 'wrong.pem', 'private.pem', 'text.pem'];
        for (const file of files) {
          const keyFile = file === null ? null : join(dataDir, file);
          expect((await verifyCommand(dir, { keyFile, dataDir })).exitCode).toBe(2);
        }
      }),
    ));
});

describe('writing a release', () => {
  test('makes the folder, leaves nothing temporary, and is at peace with itself', () =>
    inFolder(async (folder) => {
      const dir = join(folder, 'to', 'funder');
      const { files } = await signedRelease();
      await writeRelease(files, dir);
      await writeRelease(files, dir);
      expect((await readdir(dir)).sort()).toEqual(files.map(({ name }) => name).sort());
      for (const { name, bytes } of files) expect(await readFile(join(dir, name))).toEqual(bytes);
    }));

  test('fills in what is missing of the same release', () =>
    released(async (dir) => {
      const path = join(dir, 'tables.json');
      const { files } = await signedRelease();
      await rm(path);
      const same = await Promise.all(
        files.map(async ({ name, bytes }) => ({
          name,
          bytes: name === 'tables.json' ? bytes : await readFile(join(dir, name)),
        })),
      );
      await writeRelease(same, dir);
      expect(await readFile(path)).toEqual(same.find(({ name }) => name === 'tables.json')?.bytes);
    }));

  test('writes nothing at all over a folder with another release', () =>
    inFolder(async (dir) => {
      await writeFile(join(dir, 'manifest.json'), 'other');
      await expect(writeRelease((await signedRelease()).files, dir)).rejects.toThrow('another manifest.json');
      expect(await readdir(dir)).toEqual(['manifest.json']);
      expect(await readFile(join(dir, 'manifest.json'), 'utf8')).toBe('other');
    }));

  test('is refused where a folder has the name of a file', () =>
    inFolder(async (dir) => {
      await mkdir(join(dir, 'tables.csv'));
      await expect(writeRelease((await signedRelease()).files, dir)).rejects.toThrow(
        'Choose an empty folder',
      );
      expect(await readdir(dir)).toEqual(['tables.csv']);
    }));
});
