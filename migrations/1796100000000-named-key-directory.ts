import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whether the key of the night lies in a directory that was named: then one that is missing from the default directory is
 * not lost, but looked for in the wrong place, and nothing begins anew.
 */
export class NamedKeyDirectory1796100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE intake.key ADD in_named_directory boolean NOT NULL DEFAULT false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE intake.key DROP in_named_directory');
  }
}
