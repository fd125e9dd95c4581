import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which sequence numbers of a station's log are missing, so that a report need not read all received ones. Null until
 * the next report counts them.
 */
export class LogAccounts1764500001000 implements MigrationInterface {
  name = 'LogAccounts1764500001000';

  async up(runner: QueryRunner): Promise<void> {
    // A plain statement: the builder rebuilds SQLite's table.
    await runner.query('ALTER TABLE station ADD COLUMN log_gaps text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE station DROP COLUMN log_gaps');
  }
}
