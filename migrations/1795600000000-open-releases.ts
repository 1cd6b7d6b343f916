import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lets administrators open the releases to anybody: one more name among the settings, and no row until somebody does. */
export class OpenReleases1795600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE desk.setting DROP CONSTRAINT setting_name_check;
      ALTER TABLE desk.setting ADD CONSTRAINT setting_name_check
        CHECK (name IN ('organisation', 'open-releases'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM desk.setting WHERE name = 'open-releases';
      ALTER TABLE desk.setting DROP CONSTRAINT setting_name_check;
      ALTER TABLE desk.setting ADD CONSTRAINT setting_name_check CHECK (name IN ('organisation'));
    `);
  }
}
