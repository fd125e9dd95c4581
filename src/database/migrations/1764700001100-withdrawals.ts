import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who withdrew an approval, and who stopped the broadcasting of what is approved, when and why. */
export class Withdrawals1764700001100 implements MigrationInterface {
  name = 'Withdrawals1764700001100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE approval ADD COLUMN voided_by varchar(36)');
    await runner.query('ALTER TABLE approval ADD COLUMN stopped_at bigint');
    await runner.query('ALTER TABLE approval ADD COLUMN stopped_by varchar(36)');
    await runner.query('ALTER TABLE approval ADD COLUMN stop_reason text');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const column of ['voided_by', 'stopped_at', 'stopped_by', 'stop_reason'])
      await runner.query(`ALTER TABLE approval DROP COLUMN ${column}`);
  }
}
