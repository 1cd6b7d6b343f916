import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a supervisor wants said before the numbers of a report: with the wish for a release, and with the release. */
export class Foreword1795500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['desk.release_request', 'published.release'])
      await runner.query(`
        ALTER TABLE ${table}
          ADD foreword_sv text CHECK (char_length(foreword_sv) BETWEEN 1 AND 2000),
          ADD foreword_en text CHECK (char_length(foreword_en) BETWEEN 1 AND 2000)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['desk.release_request', 'published.release'])
      await runner.query(`ALTER TABLE ${table} DROP foreword_sv, DROP foreword_en`);
  }
}
