import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

/** Whose recording a clip is made of and how large it came, for the bound on what one person keeps waiting. Those of today are nobody's. */
export class UploadOwners1764400006000 implements MigrationInterface {
  name = 'UploadOwners1764400006000';

  async up(runner: QueryRunner): Promise<void> {
    // Plain statements: the builder makes SQLite's table anew.
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
