import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The way of a file from the web to the keeper: an envelope that only the keeper's memory can open, and its answer.
 * Neither is worth compressing, and no statistics copy a part of one into the catalogue.
 */
export class ImportRequest1795700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE desk.import_key (
        only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
        public_key bytea NOT NULL
      );
      CREATE TABLE desk.import_request (
        id uuid PRIMARY KEY,
        state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'taken', 'answered', 'refused')),
        envelope bytea,
        answer bytea,
        CHECK ((state IN ('waiting', 'taken')) = (envelope IS NOT NULL)),
        CHECK ((state = 'answered') = (answer IS NOT NULL))
      );
      ALTER TABLE desk.import_request
        ALTER id SET STATISTICS 0, ALTER state SET STATISTICS 0,
        ALTER envelope SET STATISTICS 0, ALTER answer SET STATISTICS 0,
        ALTER envelope SET STORAGE EXTERNAL, ALTER answer SET STORAGE EXTERNAL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE desk.import_request, desk.import_key');
  }
}
