/**
 * The login roles and exactly what each may do. Runs at every start, after the migrations: it first takes
 * everything away and then gives, so that a grant made by hand does not outlive a restart.
 */
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Database, Transaction } from './database.js';
import { scramVerifier } from './scram.js';
import { all, maybeOne, one } from './statements.js';

export const roleNames = ['intake', 'reader', 'desk', 'keeper'] as const;
export type RoleName = (typeof roleNames)[number];

/** A role carries its database's name, so that two installations share a server in peace. */
export const loginOf = (database: string, role: RoleName): string => `${database}_${role}`;

/** Every process that holds the installation's secret agrees on the passwords without another setting. */
export function passwordOf(secret: string, login: string): string {
  return createHmac('sha256', secret).update(login).digest('base64url');
}

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;

/**
 * What each role gets; `R` stands for the role. None of the web's can read an envelope, and none a call. Each process
 * has one that sees which migrations were run, and so whether a newer version has been here.
 */
const grants: Record<RoleName, string> = {
  intake: `
    GRANT USAGE ON SCHEMA intake, published TO R;
    GRANT INSERT, DELETE, UPDATE (envelope, key_id, month), SELECT (receipt_hash) ON intake.call TO R;
    GRANT SELECT ON intake.key, intake.receipt_memory TO R;
    GRANT SELECT ON published.period TO R;`,
  reader: `
    GRANT USAGE ON SCHEMA public, published TO R;
    GRANT SELECT ON tyst_migration TO R;
    GRANT SELECT ON ALL TABLES IN SCHEMA published TO R;`,
  desk: `
    GRANT USAGE ON SCHEMA desk TO R;
    GRANT SELECT, INSERT, UPDATE, DELETE ON desk.account, desk.session, desk.invitation, desk.sign_in_failure TO R;
    GRANT SELECT, INSERT, UPDATE, DELETE ON desk.two_factor, desk.recovery_code, desk.used_code, desk.setting TO R;
    GRANT SELECT, INSERT, UPDATE, DELETE ON desk.unanswered TO R;
    GRANT SELECT, INSERT, UPDATE ON desk.plan, desk.vocabulary TO R;
    GRANT SELECT, INSERT, UPDATE ON desk.organisation TO R;
    GRANT SELECT, INSERT ON desk.event, desk.release_request, desk.begun_quarter TO R;
    GRANT SELECT ON desk.import_key TO R;
    GRANT SELECT, INSERT, DELETE ON desk.import_request TO R;`,
  keeper: `
    GRANT USAGE ON SCHEMA public, intake, sealed, published, desk TO R;
    GRANT SELECT ON tyst_migration TO R;
    GRANT SELECT, INSERT, TRUNCATE ON intake.call TO R;
    GRANT SELECT, INSERT, DELETE, TRUNCATE ON intake.receipt_memory_a, intake.receipt_memory_b TO R;
    GRANT SELECT, INSERT, UPDATE ON intake.key TO R;
    GRANT SELECT, INSERT, TRUNCATE ON sealed.counters TO R;
    GRANT SELECT, INSERT, UPDATE, DELETE ON sealed.request TO R;
    GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA published TO R;
    GRANT DELETE, UPDATE (counted_from) ON published.quarter_plan TO R;
    GRANT UPDATE (sealed_on) ON published.installation TO R;
    GRANT DELETE ON published.imported_month TO R;
    GRANT EXECUTE ON FUNCTION desk.write_anew() TO R;
    GRANT SELECT ON desk.plan, desk.begun_quarter, desk.vocabulary TO R;
    GRANT SELECT ON desk.release_request, desk.setting, desk.unanswered TO R;
    GRANT INSERT ON desk.event TO R;
    GRANT SELECT, INSERT, UPDATE ON desk.import_key TO R;
    GRANT SELECT, UPDATE, DELETE ON desk.import_request TO R;`,
};

/** Without these words a role has none of these powers; only a superuser may say them about one that exists. */
const POWERLESS = 'NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION';

async function ensureRole(
  owner: Transaction,
  login: string,
  password: string,
  bySuperuser: boolean,
): Promise<void> {
  const { exists } = await one(
    owner,
    z.strictObject({ exists: z.boolean() }),
    'SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = $1) AS exists',
    [login],
  );
  const powers = !exists || bySuperuser ? POWERLESS : '';
  // No quote can occur in a verifier, and no password in the server's log.
  await owner.query(
    `${exists ? 'ALTER' : 'CREATE'} ROLE ${quote(login)} LOGIN ${powers} PASSWORD '${scramVerifier(password)}'`,
  );
}

/**
 * Takes away what a role's sessions would begin with, which the role may set itself: less durable commits, say, or
 * statements in the server's log. What a superuser alone may set, only a superuser takes away.
 */
async function resetSettings(owner: Transaction, database: string, login: string): Promise<void> {
  await owner.query(`ALTER ROLE ${quote(login)} RESET ALL`);
  await owner.query(`ALTER ROLE ${quote(login)} IN DATABASE ${quote(database)} RESET ALL`);
}

/** The tables of a schema but those that the keeper of version 0.1 made: on its own nobody else can give rights. */
const ownTables = (owner: Transaction, schema: string) =>
  all(
    owner,
    z.strictObject({ name: z.string() }),
    `SELECT oid::regclass::text AS name FROM pg_class
     WHERE relnamespace = $1::regnamespace AND relkind IN ('r', 'v') AND pg_has_role(relowner, 'USAGE')
       AND NOT (relnamespace = 'sealed'::regnamespace AND relname LIKE 'calls\\_%')`,
    [schema],
  );

/** What version 0.1 left for the keeper to count, where it is still there. */
async function grantBefore(owner: Transaction, keeper: string): Promise<void> {
  const { found } = await one(
    owner,
    z.strictObject({ found: z.boolean() }),
    `SELECT to_regclass('sealed.open_calls_before') IS NOT NULL AS found`,
  );
  if (!found) return;
  await owner.query(`GRANT SELECT ON sealed.open_calls_before TO ${quote(keeper)}`);
  await owner.query(`GRANT EXECUTE ON FUNCTION sealed.forget_before() TO ${quote(keeper)}`);
}

async function revokeEverything(owner: Transaction, database: string, logins: string[]): Promise<void> {
  const everyone = ['PUBLIC', ...logins.map(quote)].join(', ');
  await owner.query(`REVOKE ALL ON DATABASE ${quote(database)} FROM ${everyone}`);
  await owner.query(`REVOKE ALL ON SCHEMA public FROM ${everyone}`);
  await owner.query(`REVOKE ALL ON tyst_migration FROM ${everyone}`);
  for (const schema of ['intake', 'sealed', 'published', 'desk']) {
    await owner.query(`REVOKE ALL ON SCHEMA ${schema} FROM ${everyone}`);
    for (const { name } of await ownTables(owner, schema))
      await owner.query(`REVOKE ALL ON ${name} FROM ${everyone}`);
    await owner.query(`REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ${schema} FROM ${everyone}`);
  }
  await owner.query(
    `REVOKE UPDATE (envelope, key_id, month), SELECT (receipt_hash) ON intake.call FROM ${everyone}`,
  );
}

/**
 * What the server itself would tell any login about numbers of rows and times, and large objects, in which any login
 * could keep what it likes. Only a superuser may revoke these, so on a rented server this part is left out and the
 * number of calls is not hidden from a login.
 */
async function hideServerFunctions(owner: Transaction): Promise<void> {
  await owner.query(`
    DO $$ DECLARE f regprocedure; BEGIN
      FOR f IN SELECT p.oid::regprocedure FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname = 'pg_catalog' AND (p.proname LIKE 'pg\\_stat\\_get\\_%' OR p.proname LIKE 'lo\\_%'
          OR p.proname IN ('pg_relation_size', 'pg_table_size', 'pg_total_relation_size', 'pg_indexes_size',
            'loread', 'lowrite'))
      LOOP EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f); END LOOP;
    END $$`);
}

/** What only a superuser can give; on a rented server the keeper works without (see docs/operations.md). */
async function grantServerRights(owner: Transaction, keeper: string): Promise<void> {
  await owner.query(`GRANT pg_checkpoint TO ${quote(keeper)}`);
  await owner.query(`GRANT EXECUTE ON FUNCTION pg_switch_wal() TO ${quote(keeper)}`);
  await owner.query(`GRANT EXECUTE ON FUNCTION pg_stat_reset_single_table_counters(oid) TO ${quote(keeper)}`);
  // Whether there is a standby, and whether it is waited for: what the keeper looks at when it starts.
  await owner.query(
    `GRANT EXECUTE ON FUNCTION pg_stat_get_wal_senders(), pg_stat_get_activity(integer) TO ${quote(keeper)}`,
  );
}

/**
 * Creates the four login roles if need be, sets their passwords from the secret, and gives each exactly its
 * rights and the server's own settings. Takes a connection as the owner of the database. One transaction: a running web process never meets
 * the moment between taking and giving.
 */
export async function prepareRoles(source: Database, secret: string): Promise<void> {
  await source.transaction(async (owner) => {
    const row = await maybeOne(
      owner,
      z.strictObject({ name: z.string(), super: z.boolean() }),
      'SELECT current_database() AS name, rolsuper AS super FROM pg_roles WHERE rolname = current_user',
    );
    if (row === null) throw new Error('The database does not know the role it let in.');
    const login = (role: RoleName) => loginOf(row.name, role);
    for (const role of roleNames) {
      await ensureRole(owner, login(role), passwordOf(secret, login(role)), row.super);
      await resetSettings(owner, row.name, login(role));
    }
    await revokeEverything(owner, row.name, roleNames.map(login));
    for (const role of roleNames) {
      await owner.query(`GRANT CONNECT ON DATABASE ${quote(row.name)} TO ${quote(login(role))}`);
      await owner.query(grants[role].replaceAll(/\bR\b/g, quote(login(role))));
    }
    await grantBefore(owner, login('keeper'));
    await owner.query(`GRANT TEMPORARY ON DATABASE ${quote(row.name)} TO ${quote(login('keeper'))}`);
    if (row.super) {
      await hideServerFunctions(owner);
      await grantServerRights(owner, login('keeper'));
    }
  });
}
