import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The quarter of installation begins when the first handler signs in, and its plan stands from then on. Where the quarter
 * was frozen already, or a handler has signed in before this version came, it has begun.
 */
export class BegunQuarter1797000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE desk.begun_quarter (
        quarter text PRIMARY KEY CHECK (quarter ~ '^[0-9]{4}-Q[1-4]$')
      );
      INSERT INTO desk.begun_quarter (quarter)
      SELECT quarter FROM (
        SELECT to_char(installed_on, 'YYYY"-Q"Q') AS quarter FROM published.installation
      ) AS installed
      WHERE EXISTS (SELECT 1 FROM published.quarter_plan p WHERE p.quarter = installed.quarter)
        OR EXISTS (
          SELECT 1 FROM desk.event JOIN desk.account ON username = actor
          WHERE kind = 'sign-in' AND role = 'handler'
        );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE desk.begun_quarter');
  }
}
