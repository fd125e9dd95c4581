import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Each version of a playlist says where the audit ended before it; those that are there say nothing, so their bytes stay. */
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
