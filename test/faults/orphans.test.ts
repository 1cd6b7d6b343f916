/** A server killed in the middle of a seal leaves a file that no table owns; the next start removes it. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recoverFromCrash } from '../../src/install.js';
import { connect } from '../../src/platform/database.js';
import { roleUrl, type Installation } from '../../src/platform/installation.js';
import { ownInstallation, type OwnInstallation } from '../support/installation.js';
import { afterAll, beforeAll, expect, test } from '../support/jest.js';

let own: OwnInstallation;
let dataDir: string;
let installation: Installation;

beforeAll(async () => {
  own = await ownInstallation();
  ({ dataDir, installation } = own);
});
afterAll(async () => {
  await own.remove();
});

const marker = Buffer.from(Int16Array.from([31_001, 31_002, 31_003, 31_004, 31_005]).buffer);

/** The files below the database's folders that hold the marker. */
function filesWithMarker(): string[] {
  const base = join(dataDir, 'postgres', 'base');
  return readdirSync(base).flatMap((folder) =>
    readdirSync(join(base, folder))
      .map((name) => join(base, folder, name))
      .filter((path) => readFileSync(path).includes(marker)),
  );
}

test('an unfinished table of the keeper is gone after the crash is tidied up, and nothing else is', async () => {
  const keeper = await connect({ url: roleUrl(installation, 'keeper'), poolSize: 2 });
  await keeper.query('CREATE TABLE sealed.finished (codes smallint[] NOT NULL)');
  await keeper.query(`INSERT INTO sealed.finished VALUES ('{31001,31002,31003,31004,31005}')`);
  const unfinished = keeper.createQueryRunner();
  await unfinished.startTransaction();
  const [backend] = (await unfinished.query('SELECT pg_backend_pid()::text AS pid')) as { pid: string }[];
  await unfinished.query('CREATE TABLE sealed.unfinished (codes smallint[] NOT NULL)');
  await unfinished.query(
    `INSERT INTO sealed.unfinished SELECT '{31001,31002,31003,31004,31005}' FROM generate_series(1, 5000)`,
  );
  // A checkpoint from beside writes the unfinished table's pages to its file.
  await keeper.query('CHECKPOINT');

  expect(filesWithMarker()).toHaveLength(2);
  const pid = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0] ?? '';
  // The backend too: one that sees its postmaster gone would still tidy up after itself.
  execFileSync('kill', ['-9', backend?.pid ?? '', pid]);
  await installation.server?.exited;
  await unfinished.release().catch(() => undefined);
  await keeper.destroy().catch(() => undefined);
  await installation.server?.restart();
  expect(filesWithMarker()).toHaveLength(2);

  await recoverFromCrash(installation);
  expect(filesWithMarker()).toHaveLength(1);
  const again = await connect({ url: roleUrl(installation, 'keeper'), poolSize: 1 });
  try {
    expect(await again.query('SELECT codes FROM sealed.finished')).toEqual([
      { codes: [31_001, 31_002, 31_003, 31_004, 31_005] },
    ]);
    await again.query('DROP TABLE sealed.finished');
  } finally {
    await again.destroy();
  }
});
