import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which numbers of a station's log have not come, so that a report need not read all that have. Null until the next report counts them. */
export class LogAccounts1764500001000 implements MigrationInterface {
  name = 'LogAccounts1764500001000';

  async up(runner: QueryRunner): Promise<void> {
    // A plain statement: the builder makes SQLite's table anew.
    await runner.query('ALTER TABLE station ADD COLUMN log_gaps text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE station DROP COLUMN log_gaps');
  }
}
