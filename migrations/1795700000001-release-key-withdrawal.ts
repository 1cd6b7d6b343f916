import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Release keys that may have come into other hands: what they signed is no longer believed. */
export class ReleaseKeyWithdrawal1795700000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE published.release_key_withdrawal (
        id text PRIMARY KEY REFERENCES published.release_key (id),
        withdrawn_on date NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE published.release_key_withdrawal');
  }
}
