import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The four schemas of the way of a call and their tables. Who may do what is not decided here but in
 * `src/platform/roles.ts`, which runs at every start.
 *
 * Tables that hold a call or a receipt gather no statistics and are never vacuumed by themselves: ANALYZE would
 * copy whole code arrays into pg_statistic, where they outlive the call.
 */
export class Schemas1795000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA intake;
      CREATE SCHEMA sealed;
      CREATE SCHEMA published;
      CREATE SCHEMA desk;

      CREATE TABLE intake.call (
        receipt_hash bytea PRIMARY KEY CHECK (octet_length(receipt_hash) = 32),
        day date NOT NULL,
        month text NOT NULL CHECK (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
        codes smallint[] NOT NULL CHECK (array_ndims(codes) = 1 AND cardinality(codes) <= 120)
      ) WITH (autovacuum_enabled = false, toast.autovacuum_enabled = false);

      CREATE TABLE intake.receipt_memory (
        receipt_hash bytea PRIMARY KEY CHECK (octet_length(receipt_hash) = 32),
        forget_on date NOT NULL
      ) WITH (autovacuum_enabled = false, toast.autovacuum_enabled = false);

      ALTER TABLE intake.call
        ALTER receipt_hash SET STATISTICS 0, ALTER day SET STATISTICS 0,
        ALTER month SET STATISTICS 0, ALTER codes SET STATISTICS 0;
      ALTER TABLE intake.receipt_memory
        ALTER receipt_hash SET STATISTICS 0, ALTER forget_on SET STATISTICS 0;

      CREATE TABLE published.installation (
        only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
        installed_on date NOT NULL
      );
      CREATE TABLE published.quarter_plan (
        quarter text PRIMARY KEY CHECK (quarter ~ '^[0-9]{4}-Q[1-4]$'),
        plan jsonb NOT NULL,
        vocabulary jsonb NOT NULL
      );
      CREATE TABLE published.period (
        id text PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('month', 'quarter')),
        quarter text NOT NULL REFERENCES published.quarter_plan (quarter),
        published_on date NOT NULL
      );
      CREATE TABLE published.noisy_table (
        period text NOT NULL REFERENCES published.period (id),
        id text NOT NULL,
        noisy integer[] NOT NULL CHECK (array_ndims(noisy) = 2),
        PRIMARY KEY (period, id)
      );
      CREATE TABLE published.release_key (
        id text PRIMARY KEY,
        public_key text NOT NULL,
        number integer GENERATED ALWAYS AS IDENTITY
      );
      CREATE TABLE published.release (
        period text NOT NULL CHECK (period ~ '^[0-9]{4}(-Q[1-4])?$'),
        revision integer NOT NULL CHECK (revision >= 1),
        reason text,
        issued_on date NOT NULL,
        release_key text NOT NULL REFERENCES published.release_key (id),
        PRIMARY KEY (period, revision),
        CHECK ((revision = 1) = (reason IS NULL))
      );
      CREATE TABLE published.release_file (
        period text NOT NULL,
        revision integer NOT NULL,
        name text NOT NULL,
        bytes bytea NOT NULL,
        PRIMARY KEY (period, revision, name),
        FOREIGN KEY (period, revision) REFERENCES published.release (period, revision)
      );

      CREATE TABLE desk.account (
        username text PRIMARY KEY CHECK (username ~ '^[a-z0-9][a-z0-9._-]{0,31}$'),
        role text NOT NULL CHECK (role IN ('handler', 'supervisor', 'administrator')),
        password_hash text,
        locale text NOT NULL DEFAULT 'sv' CHECK (locale IN ('sv', 'en')),
        disabled boolean NOT NULL DEFAULT false
      );
      CREATE TABLE desk.session (
        token_hash bytea PRIMARY KEY,
        username text NOT NULL REFERENCES desk.account (username) ON DELETE CASCADE,
        renew_before timestamptz(0) NOT NULL,
        ends_at timestamptz(0) NOT NULL
      );
      CREATE TABLE desk.invitation (
        token_hash bytea PRIMARY KEY,
        username text NOT NULL REFERENCES desk.account (username) ON DELETE CASCADE,
        valid_before timestamptz(0) NOT NULL
      );
      CREATE TABLE desk.sign_in_failure (
        name_hash bytea PRIMARY KEY,
        failed_at timestamptz(0)[] NOT NULL CHECK (cardinality(failed_at) BETWEEN 1 AND 10)
      );
      CREATE TABLE desk.vocabulary (
        version integer PRIMARY KEY,
        from_quarter text NOT NULL UNIQUE,
        document jsonb NOT NULL
      );
      CREATE TABLE desk.plan (
        quarter text PRIMARY KEY CHECK (quarter ~ '^[0-9]{4}-Q[1-4]$'),
        plan jsonb NOT NULL
      );
      CREATE TABLE desk.event (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        day date NOT NULL,
        actor text NOT NULL,
        kind text NOT NULL,
        subject text
      );
      CREATE TABLE desk.release_request (
        period text NOT NULL CHECK (period ~ '^[0-9]{4}(-Q[1-4])?$'),
        revision integer NOT NULL CHECK (revision >= 1),
        reason text,
        requested_by text NOT NULL,
        PRIMARY KEY (period, revision),
        CHECK ((revision = 1) = (reason IS NULL))
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA desk, published, sealed, intake CASCADE');
  }
}
