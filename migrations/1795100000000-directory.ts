import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The referral directory. An organisation that was removed keeps its id, without a document: see `installDirectory`. */
export class Directory1795100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE desk.organisation (
        id text PRIMARY KEY CHECK (id ~ '^[a-z0-9][a-z0-9-]{0,63}$'),
        document jsonb
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE desk.organisation');
  }
}
