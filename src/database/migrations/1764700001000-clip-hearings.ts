import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, id, instant, ref, text } from '../schema/schema-builder.js';

/** Who listened to which clip to its end. Decisions state whether the approver had; earlier ones do not say. */
export class ClipHearings1764700001000 implements MigrationInterface {
  name = 'ClipHearings1764700001000';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'clip_hearing', {
      columns: [id(), ref('clip_id'), text('sha256'), ref('account_id'), text('source'), instant('heard_at')],
      references: { clip_id: 'clip', account_id: 'account' },
      unique: [['clip_id', 'account_id']],
    });
    await runner.query('ALTER TABLE approval ADD COLUMN heard text');
    await runner.query('ALTER TABLE approval ADD COLUMN heard_at bigint');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const column of ['heard', 'heard_at']) await runner.query(`ALTER TABLE approval DROP COLUMN ${column}`);
    await runner.dropTable('clip_hearing');
  }
}
