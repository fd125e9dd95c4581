import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Each row of the audit bears a seal that the key on the server's disk makes. */
export class AuditSeals1764500002000 implements MigrationInterface {
  name = 'AuditSeals1764500002000';

  async up(runner: QueryRunner): Promise<void> {
    // A plain statement: the builder makes SQLite's table anew, and the audit lets nobody delete from it.
    await runner.query('ALTER TABLE audit ADD COLUMN seal text');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Seals that are taken away cannot be made again; restore a backup.'));
  }
}
