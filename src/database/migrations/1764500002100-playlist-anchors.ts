import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Each version of a playlist stores the end of the audit before it; existing versions stay null, so that their bytes do
 * not change.
 */
export class PlaylistAnchors1764500002100 implements MigrationInterface {
  name = 'PlaylistAnchors1764500002100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE playlist ADD COLUMN audit_seq integer');
    await runner.query('ALTER TABLE playlist ADD COLUMN audit_hash text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE playlist DROP COLUMN audit_hash');
    await runner.query('ALTER TABLE playlist DROP COLUMN audit_seq');
  }
}
