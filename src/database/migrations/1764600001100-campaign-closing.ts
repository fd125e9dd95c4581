import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a campaign was ended or cancelled, by whom and why. No campaign was until now. */
export class CampaignClosing1764600001100 implements MigrationInterface {
  name = 'CampaignClosing1764600001100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE campaign ADD COLUMN closed_at bigint');
    await runner.query('ALTER TABLE campaign ADD COLUMN closed_by varchar(36)');
    await runner.query('ALTER TABLE campaign ADD COLUMN close_reason text');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const column of ['closed_at', 'closed_by', 'close_reason'])
      await runner.query(`ALTER TABLE campaign DROP COLUMN ${column}`);
  }
}
