import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What administrators set, and the second factor of those who have one. */
export class Administration1795300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE desk.setting (
        name text PRIMARY KEY CHECK (name IN ('organisation')),
        value text NOT NULL CHECK (char_length(value) BETWEEN 1 AND 120)
      );
      CREATE TABLE desk.two_factor (
        username text PRIMARY KEY REFERENCES desk.account (username) ON DELETE CASCADE,
        secret bytea CHECK (octet_length(secret) = 20),
        pending bytea CHECK (octet_length(pending) = 20)
      );
      CREATE TABLE desk.recovery_code (
        code_hash bytea PRIMARY KEY CHECK (octet_length(code_hash) = 32),
        username text NOT NULL REFERENCES desk.account (username) ON DELETE CASCADE
      );
      CREATE TABLE desk.used_code (
        username text NOT NULL REFERENCES desk.account (username) ON DELETE CASCADE,
        step bigint NOT NULL,
        PRIMARY KEY (username, step)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE desk.used_code, desk.recovery_code, desk.two_factor, desk.setting');
  }
}
