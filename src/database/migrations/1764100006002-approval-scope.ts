import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An approval says where, when and how urgently; older ones (null) hold for whatever their campaign holds for. */
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
