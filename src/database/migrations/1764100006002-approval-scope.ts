import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An approval states channels, dates and urgency; older approvals (null) cover whatever their campaign covers. */
export class ApprovalScope1764100006002 implements MigrationInterface {
  name = 'ApprovalScope1764100006002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE approval ADD COLUMN scope text');
    await runner.query('ALTER TABLE approval ADD COLUMN seen_hash text');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('What an approval says is not taken away; restore a backup instead.'));
  }
}
