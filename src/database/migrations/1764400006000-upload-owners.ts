import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

/**
 * Who uploaded the recording of a clip and its original size, for the quota of waiting uploads per person. Existing
 * clips have no owner.
 */
export class UploadOwners1764400006000 implements MigrationInterface {
  name = 'UploadOwners1764400006000';

  async up(runner: QueryRunner): Promise<void> {
    // Plain statements: the builder rebuilds SQLite's table.
    await runner.query('ALTER TABLE clip ADD COLUMN uploaded_by varchar(36)');
    await runner.query('ALTER TABLE clip ADD COLUMN upload_bytes integer');
    const index = new TableIndex({
      name: 'ix_clip_uploaded_by_created_at',
      columnNames: ['uploaded_by', 'created_at'],
      where: 'uploaded_by IS NOT NULL',
    });
    await runner.createIndex('clip', index);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('clip', 'ix_clip_uploaded_by_created_at');
    await runner.query('ALTER TABLE clip DROP COLUMN upload_bytes');
    await runner.query('ALTER TABLE clip DROP COLUMN uploaded_by');
  }
}
