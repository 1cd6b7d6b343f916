/**
 * A database as version 0.1 left it: made by the eight migrations that 0.1 had, with its roles, its rights and its
 * rows. It leans on nothing that a later version may do otherwise but the roles' names and passwords.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import pg from 'pg';
import type { DataSource, MigrationInterface } from 'typeorm';
import { Schemas1795000000000 } from '../../../migrations/1795000000000-schemas.js';
import { Directory1795100000000 } from '../../../migrations/1795100000000-directory.js';
import { Unanswered1795200000000 } from '../../../migrations/1795200000000-unanswered.js';
import { Administration1795300000000 } from '../../../migrations/1795300000000-administration.js';
import { Foreword1795500000000 } from '../../../migrations/1795500000000-foreword.js';
import { OpenReleases1795600000000 } from '../../../migrations/1795600000000-open-releases.js';
import { ImportRequest1795700000000 } from '../../../migrations/1795700000000-import-request.js';
import { ReleaseKeyWithdrawal1795700000001 } from '../../../migrations/1795700000001-release-key-withdrawal.js';
import { loginOf, passwordOf } from '../../../src/platform/roles.js';

/** Where the database is, and from what its roles' passwords derive. */
interface Where {
  readonly ownerUrl: string;
  readonly secret: string;
}

/** The migrations of 0.1, in their order. */
const migrations01: readonly (new () => MigrationInterface)[] = [
  Schemas1795000000000,
  Directory1795100000000,
  Unanswered1795200000000,
  Administration1795300000000,
  Foreword1795500000000,
  OpenReleases1795600000000,
  ImportRequest1795700000000,
  ReleaseKeyWithdrawal1795700000001,
];

/** The digits at the end of a migration's name. */
const STAMP = 13;

const roles01 = ['intake', 'reader', 'desk', 'keeper'] as const;

const bytesOf = (name: string): Buffer => readFileSync(join(import.meta.dirname, name));

/** Runs the migrations, and writes them down as TypeORM does. */
async function migrate01(owner: DataSource): Promise<void> {
  const runner = owner.createQueryRunner();
  try {
    await runner.query(`
      CREATE TABLE tyst_migration (
        id serial NOT NULL,
        "timestamp" bigint NOT NULL,
        name character varying NOT NULL,
        CONSTRAINT "PK_e85793ffb56154d315aa567d683" PRIMARY KEY (id)
      )`);
    for (const Migration of migrations01) {
      await new Migration().up(runner);
      await runner.query('INSERT INTO tyst_migration ("timestamp", name) VALUES ($1, $2)', [
        Migration.name.slice(-STAMP),
        Migration.name,
      ]);
    }
  } finally {
    await runner.release();
  }
}

async function createRole(owner: DataSource, login: string, password: string): Promise<void> {
  const found: unknown[] = await owner.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [login]);
  await owner.query(
    `${found.length > 0 ? 'ALTER' : 'CREATE'} ROLE "${login}" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD '${password}'`,
  );
}

/** Runs statements as a login, to which then belongs what they make. */
async function runAs(url: string, login: string, password: string, statements: string): Promise<void> {
  const address = new URL(url);
  address.username = encodeURIComponent(login);
  address.password = encodeURIComponent(password);
  const client = new pg.Client({ connectionString: address.href });
  await client.connect();
  try {
    await client.query(statements);
  } finally {
    await client.end();
  }
}

const nameOf = ({ ownerUrl }: Where): string => decodeURIComponent(new URL(ownerUrl).pathname.slice(1));

/** Gives an empty database the tables, the roles and the rights of 0.1, and no row but those of its migrations. */
export async function begin01(owner: DataSource, where: Where): Promise<void> {
  const { secret } = where;
  const database = nameOf(where);
  await migrate01(owner);
  for (const role of roles01) {
    const login = loginOf(database, role);
    await createRole(owner, login, passwordOf(secret, login));
  }
  await owner.query(bytesOf('rights.sql').toString('utf8').replaceAll('{database}', database));
}

/** Fills an empty database, through its owner's pool, with what the installation of 0.1 held. */
export async function load01(owner: DataSource, where: Where): Promise<void> {
  await begin01(owner, where);
  await owner.query(gunzipSync(bytesOf('data.sql.gz')).toString('utf8'));
  const { ownerUrl, secret } = where;
  const keeper = loginOf(nameOf(where), 'keeper');
  await runAs(ownerUrl, keeper, passwordOf(secret, keeper), bytesOf('sealed.sql').toString('utf8'));
}
