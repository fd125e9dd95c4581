import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Each audit row has a seal made with the key on the server's disk. */
export class AuditSeals1764500002000 implements MigrationInterface {
  name = 'AuditSeals1764500002000';

  async up(runner: QueryRunner): Promise<void> {
    // A plain statement: the builder rebuilds SQLite's table, and the audit table forbids deletes.
    await runner.query('ALTER TABLE audit ADD COLUMN seal text');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Seals that are taken away cannot be made again; restore a backup.'));
  }
}
