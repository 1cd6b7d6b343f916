/** A database of its own for a test file, copied from the template, with its roles; see global-setup.ts. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { deskEntities } from '../../src/desk/entities.js';
import { installDesk } from '../../src/desk/install.js';
import { deskOf } from '../../src/desk-of.js';
import type { KeyDirectory } from '../../src/platform/key-directory.js';
import { sealDay } from '../../src/keeping/schedule.js';
import { prepareKey } from '../../src/keeping/turn.js';
import { clockIn, type Clock } from '../../src/platform/clock.js';
import { connect } from '../../src/platform/database.js';
import { migrate, roleUrl, type Installation } from '../../src/platform/installation.js';

export interface TestDatabase {
  readonly installation: Installation;
  /** The superuser who owns the database; tests look through its eyes at what an operator could see. */
  readonly owner: DataSource;
  readonly intake: DataSource;
  readonly reader: DataSource;
  readonly desk: DataSource;
  readonly keeper: DataSource;
  /** Where the keys of the night lie; there is one, and the intake is open. */
  readonly keys: KeyDirectory;
  /** Closes every pool and drops the database. */
  readonly destroy: () => Promise<void>;
}

export const STOCKHOLM = 'Europe/Stockholm';

/** A clock that stands still until it is set; local to Stockholm. */
export function standingClock(iso: string): Clock & { set: (iso: string) => void } {
  let now = new Date(iso);
  return {
    ...clockIn(STOCKHOLM, () => now),
    set: (later) => {
      now = new Date(later);
    },
  };
}

/** The URL of the test server, or of the given database on it, as its superuser. */
export function serverUrl(database = 'postgres'): string {
  const url = process.env['TYST_TEST_SERVER'];
  if (url === undefined) throw new Error('The test server is not running: global-setup.ts starts it.');
  return url.replace('/postgres?', `/${database}?`);
}

async function onServer(statement: string): Promise<void> {
  const postgres = await connect({ url: serverUrl(), poolSize: 1 });
  try {
    await postgres.query(statement);
  } finally {
    await postgres.destroy();
  }
}

/** Connections for a role: half of production's, so that three files at once never ask the server for too many. */
const POOL = 4;

/** A fresh database, installed on the day of `clock` (by default now). */
export async function freshDatabase(clock: Clock = clockIn(STOCKHOLM)): Promise<TestDatabase> {
  const name = `t_${randomBytes(6).toString('hex')}`;
  await onServer(`CREATE DATABASE ${name} TEMPLATE tyst_template STRATEGY file_copy`);
  const installation: Installation = {
    ownerUrl: serverUrl(name),
    secret: 'the secret of the test server',
    server: null,
  };
  const owner = await connect({ url: installation.ownerUrl, entities: deskEntities, poolSize: POOL });
  await migrate(owner, installation.secret);
  await owner.query('INSERT INTO published.installation (installed_on) VALUES ($1)', [
    sealDay(clock.local()),
  ]);
  await installDesk(owner);
  const [intake, reader, desk, keeper] = await Promise.all(
    (['intake', 'reader', 'desk', 'keeper'] as const).map((role) =>
      connect({ url: roleUrl(installation, role), entities: deskEntities, poolSize: POOL }),
    ),
  );
  if (!intake || !reader || !desk || !keeper) throw new Error('A role could not log in.');
  const keys = { path: mkdtempSync(join(tmpdir(), 'tyst-keys-')), named: false };
  const today = clock.local().day;
  await prepareKey({ keeper, desk: deskOf(keeper), keys, today, log: () => undefined });
  const pools = [intake, reader, desk, keeper, owner];
  const destroy = async () => {
    await Promise.all(pools.map((pool) => pool.destroy()));
    await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
    rmSync(keys.path, { recursive: true, force: true });
  };
  return { installation, owner, intake, reader, desk, keeper, keys, destroy };
}
