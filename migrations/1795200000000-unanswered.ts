import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a supervisor reads off the telephone system: a month's unanswered calls, which Tyst itself never sees. */
export class Unanswered1795200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE desk.unanswered (
        month text PRIMARY KEY CHECK (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
        calls integer NOT NULL CHECK (calls BETWEEN 0 AND 1000000)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE desk.unanswered');
  }
}
